//! What is particular about the secrets of Secrets Manager, which Parameter Store only passes on.

use stage_config_names::ParameterName;

/// What a role needs besides the action of Parameter Store.
pub(super) const GET_SECRET_VALUE: &str = "secretsmanager:GetSecretValue";

/// What a policy has to name for a secret to be read.
///
/// The service may say the ARN, which ends with six characters of its own making that are others if
/// the secret is made anew, or nothing but the name.
pub(super) fn resource(name: &ParameterName<'_>, said: Option<String>) -> String {
    let Some(secret) = name.secret() else {
        return said.unwrap_or_else(|| format!("…:{}", name.resource()));
    };
    let said = said.unwrap_or_default();
    let place = said.split_once(":secret:").map_or("…", |(place, _)| place);
    format!("{place}:secret:{secret}-??????")
}

/// The code that Secrets Manager gave, where Parameter Store passes it on in its message:
/// `An error occurred (…) when referencing Secrets Manager: …`
pub(super) fn code_passed_on(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("An error occurred (")?;
    Some(rest.split_once(") when referencing Secrets Manager")?.0)
}
