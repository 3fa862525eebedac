//! `LabelParameterVersion` and `UnlabelParameterVersion`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use stage_config_names::{ParameterName, Selector};

use super::members::{self, Violations};
use super::{Session, rules};
use crate::error::{Result, ServiceError};

const MAX_LABEL: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LabelParameterVersion {
    pub(super) name: String,
    pub(super) parameter_version: Option<i64>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UnlabelParameterVersion {
    name: String,
    parameter_version: i64,
    labels: Vec<String>,
}

impl Session<'_> {
    /// Labels that break a rule are invalid, and the others are attached.
    pub(super) fn label_version(&self, request: LabelParameterVersion) -> Result<Value> {
        let name = rules::plain(&request.name)?;
        check(&request.labels)?;
        let (valid, invalid): (BTreeSet<_>, BTreeSet<_>) =
            request.labels.into_iter().partition(|label| is_label(label));
        let mut storage = self.storage();
        let stored = storage.parameters.get_mut(&self.here.arn_of(&name));
        let stored = stored.ok_or_else(ServiceError::not_found)?;
        let version = stored.label(request.parameter_version, &valid)?;
        Ok(json!({ "InvalidLabels": invalid, "ParameterVersion": version }))
    }

    /// Labels that the version does not have are invalid.
    pub(super) fn unlabel_version(&self, request: UnlabelParameterVersion) -> Result<Value> {
        let name = rules::plain(&request.name)?;
        check(&request.labels)?;
        let mut storage = self.storage();
        let stored = storage.parameters.get_mut(&self.here.arn_of(&name));
        let stored = stored.ok_or_else(ServiceError::not_found)?;
        let version = stored.version_mut(request.parameter_version)?;
        let labels = BTreeSet::from_iter(request.labels);
        let (removed, invalid): (BTreeSet<_>, BTreeSet<_>) =
            labels.into_iter().partition(|label| version.labels.remove(label));
        Ok(json!({ "RemovedLabels": removed, "InvalidLabels": invalid }))
    }
}

fn check(labels: &[String]) -> Result<()> {
    members::one_to_ten("labels", labels)?;
    let mut violations = Violations::default();
    violations.unless_each_length(labels, "labels", &(1..=MAX_LABEL));
    violations.into_result()
}

pub(super) fn is_label(text: &str) -> bool {
    let name = format!("/name:{text}");
    let selector = ParameterName::parse(&name).map(|name| name.selector());
    matches!(selector, Ok(Some(Selector::Label(label))) if label == text)
}
