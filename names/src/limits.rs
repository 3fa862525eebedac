//! The limits of the service, and its reserved names.

/// The maximum length of a name. The service includes the ARN, whose length the compiler does not
/// know. A longer name is refused in every account.
pub const MAX_LENGTH: usize = 1011;
/// The maximum number of levels of a name, including the last one.
pub const MAX_LEVELS: usize = 15;
/// The maximum length of the name of a secret.
pub const MAX_SECRET: usize = 512;
/// The maximum length of a label.
pub(crate) const MAX_LABEL: usize = 100;
/// The maximum number of names in one request, and of labels too.
pub const MAX_NAMES: usize = 10;
/// The length of a version id of a secret. A selector that is shorter is a staging label.
pub const SECRET_VERSION_ID: std::ops::RangeInclusive<usize> = 32..=64;
/// The maximum length of a staging label, which may be longer than a version id.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>
pub(crate) const MAX_SECRET_VERSION: usize = 256;

/// Whether a name or label begins with a reserved prefix.
pub(crate) fn is_reserved(text: &str) -> bool {
    text.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("aws") || start.eq_ignore_ascii_case("ssm"))
}
