//! The account and region that the store claims, and its only user.

pub(crate) const USER: &str = "arn:aws:sts::111122223333:assumed-role/local/local";
pub(crate) const KMS_KEY: &str =
    "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000";

/// The full ARN of a resource of Systems Manager.
pub(crate) fn ssm_arn(resource: &str) -> String {
    format!("arn:aws:ssm:us-east-1:111122223333:{resource}")
}

/// The full ARN of a parameter, in which one slash precedes the name in either form.
pub(crate) fn arn(name: &str) -> String {
    ssm_arn(&format!("parameter/{}", name.strip_prefix('/').unwrap_or(name)))
}

/// The full ARN of a secret. Secrets Manager ends it with six random letters or digits; here a name
/// always has the same, so that a test knows the ARN of a secret that does not exist.
pub(crate) fn secret_arn(name: &str) -> String {
    let suffix = hash(name) & 0xff_ffff;
    format!("arn:aws:secretsmanager:us-east-1:111122223333:secret:{name}-{suffix:06x}")
}

/// FNV-1a. The hashes of the standard library may change with the compiler.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
