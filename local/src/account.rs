//! The account and region that the store claims, and its only user.

use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) const PARTITION: &str = "aws";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const ID: &str = "111122223333";
pub(crate) const USER: &str = "arn:aws:sts::111122223333:assumed-role/local/local";
pub(crate) const KMS_KEY: &str =
    "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000";

/// The full ARN of a parameter, in which one slash precedes the name in either form.
pub(crate) fn arn(name: &str) -> String {
    let name = name.strip_prefix('/').unwrap_or(name);
    format!("arn:{PARTITION}:ssm:{REGION}:{ID}:parameter/{name}")
}

/// The full ARN of a secret. Secrets Manager ends it with six random letters or digits; here a name
/// always has the same, so that a test knows the ARN of a secret that does not exist.
pub(crate) fn secret_arn(name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let mut bits = hasher.finish();
    let suffix: String = std::iter::repeat_with(|| {
        let letter = ALPHABET.get(usize::try_from(bits % 32).unwrap_or_default());
        bits /= 32;
        letter.map_or('A', |&it| char::from(it))
    })
    .take(6)
    .collect();
    format!("arn:{PARTITION}:secretsmanager:{REGION}:{ID}:secret:{name}-{suffix}")
}
