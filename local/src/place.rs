//! Where the store claims to be, and who asks it.

use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) const REGION: &str = "us-east-1";
pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const USER: &str = "arn:aws:sts::111122223333:assumed-role/local/local";

/// The full ARN of a parameter, which has one slash in front of the name in either form.
pub(crate) fn arn(name: &str) -> String {
    let name = name.strip_prefix('/').unwrap_or(name);
    format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name}")
}

/// The full ARN of a secret. Secrets Manager ends it with six letters or digits of its own choice;
/// here they are always the same for a name, so that the ARN of a secret that is not there is known.
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
    format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-{suffix}")
}
