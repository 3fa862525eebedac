//! `LabelParameterVersion`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use stage_config_names::{ParameterName, Selector};

use super::{Service, constraint, names};
use crate::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LabelParameterVersion {
    name: String,
    parameter_version: Option<u64>,
    #[serde(default)]
    labels: Vec<String>,
}

impl Service {
    pub(super) fn label_parameter_version(
        &self,
        request: LabelParameterVersion,
    ) -> Result<Value, ServiceError> {
        let name = names::plain(&request.name)?;
        constraint::one_to_ten("labels", &request.labels)?;
        let (valid, invalid): (BTreeSet<_>, BTreeSet<_>) =
            request.labels.into_iter().partition(|label| is_label(label));
        let mut storage = self.storage();
        let stored = storage.get_mut(&name).ok_or_else(ServiceError::not_found)?;
        let version = stored.label(request.parameter_version, &valid)?;
        Ok(json!({ "InvalidLabels": invalid, "ParameterVersion": version }))
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
        if !is_label(label) {
            return Err(ServiceError::validation(format!("`{label}` cannot be a label")));
        }
        self.label_parameter_version(request).map(|_| ())
    }
}

fn is_label(text: &str) -> bool {
    let name = format!("/name:{text}");
    let selector = ParameterName::parse(&name).map(|name| name.selector());
    matches!(selector, Ok(Some(Selector::Label(label))) if label == text)
}
