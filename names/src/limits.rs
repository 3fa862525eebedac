//! How much the service allows, and what it keeps for itself.

/// The most characters that a name may have. The service counts the ARN in front with it, whose
/// length a compiler cannot know; what is over this is refused in any account.
pub const MAX_LENGTH: usize = 1011;
/// The most levels that a name may have, the last one included.
pub const MAX_LEVELS: usize = 15;
/// The most characters of the name of a secret.
pub(crate) const MAX_SECRET: usize = 512;
/// The most characters of a label.
pub(crate) const MAX_LABEL: usize = 100;
/// A version id of a secret is 32 to 64 characters, a staging label 1 to 256.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>
pub(crate) const MAX_SECRET_VERSION: usize = 256;

/// Whether a name or label begins with a prefix that the service keeps for itself.
pub(crate) fn is_reserved(text: &str) -> bool {
    text.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("aws") || start.eq_ignore_ascii_case("ssm"))
}
