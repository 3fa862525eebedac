//! What is put from code: it is not logged, meets no fault and needs no policy.

use stage_config_names::ParameterName;

use super::label::{LabelParameterVersion, is_label};
use super::{Service, Session};
use crate::error::{Refused, ServiceError};
use crate::location::Location;
use crate::parameter::Parameter;

impl Service {
    /// Puts a parameter from code, overwriting the one that exists.
    pub(crate) fn put(&self, parameter: Parameter) -> Result<(), Refused> {
        let name = parameter.name.clone();
        let (session, plain) = self.session_for(&name);
        let refuse = |message| Err(ServiceError::validation(message));
        let put = if parameter.is_secret() {
            if parameter.key_id.is_some() {
                refuse("the store does not keep the keys of secrets")
            } else {
                session.storage().secrets.put(&session.here, parameter)
            }
        } else if parameter.version_id.is_some() || parameter.staging_labels.is_some() {
            refuse("only a secret has a version id and staging labels")
        } else {
            let parameter = Parameter { name: plain.to_owned(), ..parameter };
            session.put_parameter(parameter.into()).map(drop)
        };
        put.map_err(|error| Refused::new(name, error))
    }

    /// Labels a version from code.
    pub(crate) fn label(&self, name: &str, version: u32, label: &str) -> Result<(), Refused> {
        let (session, plain) = self.session_for(name);
        let request = LabelParameterVersion {
            name: plain.to_owned(),
            parameter_version: Some(version.into()),
            labels: vec![label.to_owned()],
        };
        let labelled = if is_label(label) {
            session.label_version(request).map(drop)
        } else {
            Err(ServiceError::validation(format!("`{label}` cannot be a label")))
        };
        labelled.map_err(|error| Refused::new(name, error))
    }

    /// A session of code, and the plain name in it. An ARN names a parameter of any account and
    /// region.
    fn session_for<'n>(&self, name: &'n str) -> (Session<'_>, &'n str) {
        let parsed = ParameterName::parse(name).ok().filter(|it| it.selector().is_none());
        let elsewhere = parsed.and_then(|it| Some((Location::of(&it.arn()?)?, it.path())));
        let (here, name) = elsewhere.unwrap_or_else(|| (self.home.clone(), name));
        (Session { service: self, here, policies: None }, name)
    }
}
