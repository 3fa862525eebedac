//! The tags of parameters.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::members::Violations;
use super::{Session, rules};
use crate::error::{Result, ServiceError};
use crate::storage::{Storage, Stored};

const MOST: usize = 50;
const PATTERN: &str = "Member must satisfy regular expression pattern: \
                       ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
/// The types of resources that have tags. Only parameters are here.
const TYPES: [&str; 9] = [
    "Document",
    "ManagedInstance",
    "MaintenanceWindow",
    PARAMETER,
    "PatchBaseline",
    "OpsItem",
    "OpsMetadata",
    "Automation",
    "Association",
];
const PARAMETER: &str = "Parameter";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag {
    key: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Resource {
    resource_type: String,
    resource_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AddTags {
    #[serde(flatten)]
    resource: Resource,
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RemoveTags {
    #[serde(flatten)]
    resource: Resource,
    tag_keys: Vec<String>,
}

impl Session<'_> {
    pub(super) fn add_tags(&self, request: &AddTags) -> Result<Value> {
        let mut storage = self.storage();
        let stored = self.tagged(&mut storage, &request.resource)?;
        stored.tags = with(&stored.tags, &request.tags)?;
        Ok(json!({}))
    }

    /// A key that no tag has is no error.
    pub(super) fn remove_tags(&self, request: &RemoveTags) -> Result<Value> {
        let mut storage = self.storage();
        let stored = self.tagged(&mut storage, &request.resource)?;
        stored.tags.retain(|key, _| !request.tag_keys.contains(key));
        Ok(json!({}))
    }

    pub(super) fn list_tags(&self, request: &Resource) -> Result<Value> {
        let mut storage = self.storage();
        let tags = &self.tagged(&mut storage, request)?.tags;
        let tags = tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
        Ok(json!({ "TagList": tags.collect::<Value>() }))
    }

    fn tagged<'s>(&self, storage: &'s mut Storage, resource: &Resource) -> Result<&'s mut Stored> {
        if !TYPES.contains(&resource.resource_type.as_str()) {
            return Err(ServiceError::new("InvalidResourceType", ""));
        }
        let not_here = || ServiceError::new("InvalidResourceId", "");
        if resource.resource_type != PARAMETER {
            return Err(not_here());
        }
        let name = rules::resource(&resource.resource_id)?;
        storage.parameters.get_mut(&self.here.arn_of(&name)).ok_or_else(not_here)
    }
}

/// The tags, and some more or with other values.
pub(super) fn with(
    tags: &BTreeMap<String, String>,
    more: &[Tag],
) -> Result<BTreeMap<String, String>> {
    check(more)?;
    let mut tags = tags.clone();
    tags.extend(more.iter().map(|Tag { key, value }| (key.clone(), value.clone())));
    if tags.len() > MOST {
        let message = "The Targets parameter includes too many tags. Remove one or more tags and \
                       try the command again.";
        return Err(ServiceError::new("TooManyTagsError", message));
    }
    Ok(tags)
}

fn check(tags: &[Tag]) -> Result<()> {
    let mut violations = Violations::default();
    for (at, Tag { key, value }) in (1..).zip(tags) {
        for (text, member, allowed) in [(key, "key", 1..=128), (value, "value", 0..=256)] {
            let field = format!("tags.{at}.member.{member}");
            violations.unless_length(text, &field, allowed);
            if !text.chars().all(may_be_in_tags) {
                violations.add(text, &field, PATTERN);
            }
        }
    }
    violations.into_result()?;
    match tags.iter().find(|tag| tag.key.starts_with("aws:")) {
        Some(Tag { key, .. }) => Err(ServiceError::validation(format!(
            "aws: prefixed tag key names are not allowed for external use. (`{key}`)"
        ))),
        None => Ok(()),
    }
}

/// Letters, numbers and spaces of all scripts, and some signs.
fn may_be_in_tags(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace() && !c.is_control() || "_.:/=+-@".contains(c)
}
