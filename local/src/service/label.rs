//! `LabelParameterVersion`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use stage_config_names::{ParameterName, Selector};

use super::{Session, rules};
use crate::error::{Result, ServiceError};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LabelParameterVersion {
    pub(super) name: String,
    pub(super) parameter_version: Option<u64>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
}

impl Session<'_> {
    pub(super) fn label_version(&self, request: LabelParameterVersion) -> Result<Value> {
        let name = rules::plain(&request.name)?;
        rules::one_to_ten("labels", &request.labels)?;
        let (valid, invalid): (BTreeSet<_>, BTreeSet<_>) =
            request.labels.into_iter().partition(|label| is_label(label));
        let mut storage = self.storage();
        let stored = storage.parameters.get_mut(&self.here.arn_of(&name));
        let stored = stored.ok_or_else(ServiceError::not_found)?;
        let version = stored.label(request.parameter_version, &valid)?;
        Ok(json!({ "InvalidLabels": invalid, "ParameterVersion": version }))
    }
}

pub(super) fn is_label(text: &str) -> bool {
    let name = format!("/name:{text}");
    let selector = ParameterName::parse(&name).map(|name| name.selector());
    matches!(selector, Ok(Some(Selector::Label(label))) if label == text)
}
