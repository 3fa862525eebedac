//! What is denied, on what, and how the service says so.

use stage_config_names::{ParameterName, SECRETS, closest};

use crate::account;
use crate::error::ServiceError;
use crate::parameter::secret_name;
use crate::service::Operation;
use crate::wire::Call;

pub(crate) const GET_SECRET_VALUE: &str = "secretsmanager:GetSecretValue";

/// A statement of a policy, as it were.
#[derive(Debug)]
pub(crate) struct Denial {
    action: Action,
    /// A parameter's resource or a secret's name; `None` stands for all.
    resource: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// `ssm:*`
    All,
    One(Operation),
    GetSecretValue,
}

impl Denial {
    #[track_caller]
    pub(crate) fn of_all(action: &str) -> Self {
        Self { action: Action::named(action), resource: None }
    }

    #[track_caller]
    pub(crate) fn of_one(action: &str, name: &str) -> Self {
        let action = Action::named(action);
        let resource = match action {
            Action::GetSecretValue => {
                let name = secret_name(name);
                let reference = format!("{SECRETS}{name}");
                assert!(
                    checked(&reference).selector().is_none(),
                    "a version of `{name}` cannot be denied, only the secret"
                );
                name.to_owned()
            }
            Action::All | Action::One(_) => checked(name).resource(),
        };
        Self { action, resource: Some(resource) }
    }

    /// How a call is denied, if it is.
    pub(crate) fn of(&self, call: &Call) -> Option<ServiceError> {
        match self.action {
            Action::All => {}
            Action::One(operation) if operation.as_str() == call.operation => {}
            Action::One(_) | Action::GetSecretValue => return None,
        }
        let mut asked = call.names.iter().map(|name| resource_of(&call.operation, name));
        let resource = match &self.resource {
            Some(denied) => asked.find(|resource| resource == denied)?,
            None => asked.next().unwrap_or_else(|| "*".to_owned()),
        };
        let arn = format!("arn:aws:ssm:{}:{}:{resource}", account::REGION, account::ID);
        Some(access_denied(&format!("ssm:{}", call.operation), &arn))
    }

    /// How it is denied to read a secret, if it is.
    pub(crate) fn of_secret(&self, name: &str) -> Option<ServiceError> {
        let denied = self.action == Action::GetSecretValue
            && self.resource.as_ref().is_none_or(|denied| denied == name);
        denied.then(|| access_denied(GET_SECRET_VALUE, &account::secret_arn(name)))
    }
}

impl Action {
    #[track_caller]
    fn named(action: &str) -> Self {
        match action {
            "ssm:*" => return Self::All,
            GET_SECRET_VALUE => return Self::GetSecretValue,
            _ => {}
        }
        let operation = action.strip_prefix("ssm:").and_then(Operation::named);
        operation.map_or_else(|| panic!("{}", unknown(action)), Self::One)
    }
}

fn unknown(action: &str) -> String {
    let bare = action.rsplit(':').next().unwrap_or(action);
    let operations = Operation::ALL.iter().map(|operation| operation.as_str());
    let meant = match closest(bare, operations.chain(["GetSecretValue"])) {
        Some("GetSecretValue") => GET_SECRET_VALUE.to_owned(),
        meant => format!("ssm:{}", meant.unwrap_or("GetParameter")),
    };
    format!("`{action}` is not an action that is served here; did you mean `{meant}`?")
}

/// A name that is not well formed stands for no parameter, and the service then names them all.
fn resource_of(operation: &str, name: &str) -> String {
    if operation == Operation::GetParametersByPath.as_str() {
        return format!("parameter/{}", name.trim_matches('/'));
    }
    match ParameterName::parse(name.trim()) {
        Ok(name) => name.resource(),
        Err(_) => "*".to_owned(),
    }
}

fn access_denied(action: &str, arn: &str) -> ServiceError {
    let message = format!(
        "User: {user} is not authorized to perform: {action} on resource: {arn} because no \
         identity-based policy allows the {action} action",
        user = account::USER,
    );
    ServiceError::new("AccessDeniedException", message)
}

#[track_caller]
pub(crate) fn checked(name: &str) -> ParameterName<'_> {
    match ParameterName::parse(name) {
        Ok(name) => name,
        Err(fault) => panic!("parameter name {fault}:\n{}", fault.draw(name)),
    }
}
