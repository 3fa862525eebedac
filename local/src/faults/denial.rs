//! A denied call, in the service's words.

use stage_config_names::ParameterName;

use super::on::Target;
use crate::account;
use crate::error::ServiceError;
use crate::parameter::secret_name;
use crate::wire::Call;

/// A request is denied for this resource, or for the first that it asks for.
pub(super) fn request(call: &Call, resource: Option<&str>) -> ServiceError {
    let first = || call.resources().next().unwrap_or_else(|| "*".to_owned());
    let resource = resource.map_or_else(first, str::to_owned);
    let arn =
        format!("arn:{}:ssm:{}:{}:{resource}", account::PARTITION, account::REGION, account::ID);
    denied(&format!("ssm:{}", call.operation), &arn)
}

/// A call that Parameter Store makes for the caller is denied.
pub(super) fn inner(target: Target, name: &ParameterName<'_>) -> ServiceError {
    if target == Target::Decrypt {
        return denied("kms:Decrypt", account::KMS_KEY);
    }
    let arn = account::secret_arn(secret_name(name.path()));
    denied("secretsmanager:GetSecretValue", &arn)
}

fn denied(action: &str, arn: &str) -> ServiceError {
    let message = format!(
        "User: {user} is not authorized to perform: {action} on resource: {arn} because no \
         identity-based policy allows the {action} action",
        user = account::USER,
    );
    ServiceError::new("AccessDeniedException", message)
}
