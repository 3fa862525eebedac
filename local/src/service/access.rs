//! What the policies of the caller allow.

use stage_config_names::ParameterName;

use super::Session;
use crate::calls::{BY_PATH, Call, OPERATIONS};
use crate::error::{Result, ServiceError};
use crate::iam::{Access, Verdict, keys};
use crate::storage::Key;

impl Session<'_> {
    /// Whether the caller may make this call, on everything that it names. An operation that is not
    /// served has no action.
    pub(super) fn authorize(&self, call: &Call) -> Result<()> {
        if !OPERATIONS.contains(&call.operation.as_str()) {
            return Ok(());
        }
        let is_recursive = call.body()["Recursive"].as_bool().unwrap_or(false).to_string();
        let recursive = (call.operation == BY_PATH).then_some((keys::RECURSIVE, &*is_recursive));
        let mut arns: Vec<_> = call.arns(&self.here).collect();
        if arns.is_empty() {
            arns.push(self.here.arn("ssm", "*"));
        }
        let action = call.action();
        arns.iter().try_for_each(|arn| self.allow(&action, arn, recursive.as_slice()))
    }

    /// Parameter Store reads a secret for the caller.
    pub(super) fn read_secret(&self, arn: &str, name: &ParameterName<'_>) -> Result<()> {
        let action = "secretsmanager:GetSecretValue";
        self.service.script.meet_inner(&self.here, action, arn, name)?;
        self.allow(action, arn, &[])
    }

    /// Parameter Store decrypts the value of the parameter with this ARN for the caller.
    pub(super) fn decrypt(&self, key: &Key, arn: &str, name: &ParameterName<'_>) -> Result<()> {
        let action = "kms:Decrypt";
        self.service.script.meet_inner(&self.here, action, &key.arn, name)?;
        self.use_key(action, key, arn)
    }

    /// Parameter Store uses a key for the caller. The ARN of the parameter is the encryption context.
    pub(super) fn use_key(&self, action: &str, key: &Key, arn: &str) -> Result<()> {
        let domain = self.here.service_domain();
        let mut context = vec![
            (keys::CALLER_ACCOUNT, self.here.account.as_str()),
            (keys::ENCRYPTION_CONTEXT, arn),
            (keys::VIA_SERVICE, &domain),
        ];
        context.extend(key.alias().map(|alias| (keys::RESOURCE_ALIASES, alias)));
        if key.is_managed() && self.judge(action, &key.arn, &context) == Verdict::NotAllowed {
            return Ok(());
        }
        self.allow(action, &key.arn, &context)
    }

    /// Whether the caller may do this.
    pub(super) fn allow(&self, action: &str, arn: &str, context: &[(&str, &str)]) -> Result<()> {
        match self.judge(action, arn, context) {
            Verdict::Allowed => Ok(()),
            Verdict::NotAllowed => Err(ServiceError::not_allowed(&self.here, action, arn)),
            Verdict::Denied => Err(ServiceError::denied(&self.here, action, arn)),
        }
    }

    fn judge(&self, action: &str, arn: &str, context: &[(&str, &str)]) -> Verdict {
        let Some(policies) = self.policies else { return Verdict::Allowed };
        let everywhere = [
            (keys::PRINCIPAL_ACCOUNT, self.here.account.as_str()),
            (keys::REGION, &self.here.region),
        ];
        let context = &[context, &everywhere].concat();
        policies.judge(&Access { action, resource: arn, context })
    }
}
