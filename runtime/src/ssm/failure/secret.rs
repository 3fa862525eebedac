//! Failures of secrets of Secrets Manager, which Parameter Store passes on.

use stage_config_names::ParameterName;

/// The permission that a role needs besides the one for Parameter Store.
pub(super) const GET_SECRET_VALUE: &str = "secretsmanager:GetSecretValue";

/// The resource of a policy for a secret.
///
/// The service reports either the name or the ARN. The ARN ends with six random characters, which
/// change if the secret is created again.
pub(super) fn resource(name: &ParameterName<'_>, said: Option<String>) -> String {
    let Some(secret) = name.secret() else {
        return said.unwrap_or_else(|| format!("…:{}", name.resource()));
    };
    let said = said.unwrap_or_default();
    let place = said.split_once(":secret:").map_or("…", |(place, _)| place);
    format!("{place}:secret:{secret}-??????")
}

/// The error code of Secrets Manager in a message of Parameter Store:
/// `An error occurred (…) when referencing Secrets Manager: …`
pub(super) fn code_passed_on(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("An error occurred (")?;
    Some(rest.split_once(") when referencing Secrets Manager")?.0)
}
