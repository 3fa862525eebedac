//! Where the store claims to be, and who asks it.

pub(crate) const REGION: &str = "us-east-1";
pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const USER: &str = "arn:aws:sts::111122223333:assumed-role/local/local";

/// The full ARN of a parameter, which has one slash in front of the name in either form.
pub(crate) fn arn(name: &str) -> String {
    let name = name.strip_prefix('/').unwrap_or(name);
    format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name}")
}
