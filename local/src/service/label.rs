//! `LabelParameterVersion`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stage_config_names::{ParameterName, Selector};

use super::Service;
use super::constraint;
use super::names;
use crate::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LabelParameterVersion {
    name: String,
    parameter_version: Option<u64>,
    #[serde(default)]
    labels: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Labelled {
    invalid_labels: Vec<String>,
    parameter_version: u64,
}

impl Service {
    pub(super) fn label_parameter_version(
        &self,
        request: LabelParameterVersion,
    ) -> Result<Labelled, ServiceError> {
        let name = names::plain(&request.name)?;
        constraint::one_to_ten("labels", &request.labels)?;
        let (valid, invalid_labels): (Vec<_>, _) =
            request.labels.into_iter().partition(|label| is_label(label));
        let valid = BTreeSet::from_iter(valid);
        let mut storage = self.storage();
        let stored = storage.get_mut(&name).ok_or_else(ServiceError::not_found)?;
        let parameter_version = stored.label(request.parameter_version, &valid)?;
        Ok(Labelled { invalid_labels, parameter_version })
    }

    pub(super) fn label_one(
        &self,
        name: &str,
        version: u32,
        label: &str,
    ) -> Result<(), ServiceError> {
        let request = LabelParameterVersion {
            name: name.to_owned(),
            parameter_version: Some(version.into()),
            labels: vec![label.to_owned()],
        };
        if self.label_parameter_version(request)?.invalid_labels.is_empty() {
            return Ok(());
        }
        Err(ServiceError::validation(format!("`{label}` cannot be a label")))
    }
}

fn is_label(text: &str) -> bool {
    let name = format!("/name:{text}");
    let selector = ParameterName::parse(&name).map(|name| name.selector());
    matches!(selector, Ok(Some(Selector::Label(label))) if label == text)
}
