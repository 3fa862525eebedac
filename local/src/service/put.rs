//! `PutParameter`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::SystemTime;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tag::{self, Tag};
use super::{Session, members, rules, seconds};
use crate::error::{Result, ServiceError};
use crate::location::Location;
use crate::parameter::{Kind, Parameter};
use crate::storage::{Key, LifecyclePolicy, Stored, Version};

const INTELLIGENT: &str = "Intelligent-Tiering";
const MAX_STANDARD: usize = 4096;
const MAX_ADVANCED: usize = 8192;
const MAX_DESCRIPTION: usize = 1024;
const MAX_POLICIES: usize = 4096;
const DATA_TYPES: [&str; 3] = ["text", "aws:ec2:image", "aws:ssm:integration"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutParameter {
    name: String,
    value: String,
    r#type: Option<String>,
    description: Option<String>,
    key_id: Option<String>,
    overwrite: Option<bool>,
    tier: Option<String>,
    data_type: Option<String>,
    policies: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl From<Parameter> for PutParameter {
    fn from(parameter: Parameter) -> Self {
        Self {
            name: parameter.name,
            value: parameter.value,
            r#type: Some(parameter.kind.as_str().to_owned()),
            description: parameter.description,
            key_id: parameter.key_id,
            overwrite: Some(true),
            tier: Some(INTELLIGENT.to_owned()),
            data_type: None,
            policies: None,
            tags: Vec::new(),
        }
    }
}

impl Session<'_> {
    pub(super) fn put_parameter(&self, request: PutParameter) -> Result<Value> {
        let name = rules::creatable(&self.here, &request.name)?;
        let arn = self.here.arn_of(&name);
        let tags = self.new_tags(&arn, &request)?;
        let mut storage = self.storage();
        let existing = storage.parameters.get_mut(&arn);
        if existing.is_some() && request.overwrite != Some(true) {
            let message = "The parameter already exists. To overwrite this value, set the \
                           overwrite option in the request to true.";
            return Err(ServiceError::new("ParameterAlreadyExists", message));
        }
        let kind = kind(request.r#type.as_deref(), existing.as_deref().map(|it| it.kind))?;
        let before = existing.as_deref().map(|stored| &stored.latest);
        let policies = policies(request.policies.as_deref(), before)?;
        let needs_advanced = request.value.len() > MAX_STANDARD || !policies.is_empty();
        let version = Version {
            number: 1,
            is_advanced: is_advanced(request.tier.as_deref(), before, needs_advanced)?,
            value: request.value,
            description: request.description.or_else(|| before?.description.clone()),
            data_type: request.data_type.or_else(|| before?.data_type.clone()),
            labels: BTreeSet::new(),
            modified: seconds(SystemTime::now()),
            user: self.here.user(),
            key: key(&self.here, kind, request.key_id)?,
            policies,
        };
        check(&version)?;
        if let Some(key) = &version.key {
            let advanced = version.is_advanced;
            let action = if advanced { "kms:GenerateDataKey" } else { "kms:Encrypt" };
            self.use_key(action, key, &arn)?;
        }
        let tier = version.tier();
        let Some(existing) = existing else {
            let stored = Stored {
                arn: arn.clone(),
                name: name.path().to_owned(),
                kind,
                latest: version,
                earlier: VecDeque::new(),
                tags,
            };
            storage.parameters.insert(arn, stored);
            return Ok(json!({ "Version": 1, "Tier": tier }));
        };
        existing.add(version)?;
        Ok(json!({ "Version": existing.latest.number, "Tier": tier }))
    }

    /// The tags of a parameter that is created.
    fn new_tags(&self, arn: &str, request: &PutParameter) -> Result<BTreeMap<String, String>> {
        if request.tags.is_empty() {
            return Ok(BTreeMap::new());
        }
        if request.overwrite == Some(true) {
            return Err(ServiceError::validation(
                "Invalid request: tags and overwrite can't be used together. To create a parameter \
                 with tags, please remove overwrite flag. To update tags for an existing \
                 parameter, please use AddTagsToResource or RemoveTagsFromResource.",
            ));
        }
        self.allow("ssm:AddTagsToResource", arn, &[])?;
        tag::with(&BTreeMap::new(), &request.tags)
    }
}

/// The requested policies, or else those of the version before. An empty list removes them.
fn policies(asked: Option<&str>, before: Option<&Version>) -> Result<Vec<LifecyclePolicy>> {
    match asked {
        None => Ok(before.map(|version| version.policies.clone()).unwrap_or_default()),
        Some(text) => {
            members::has_length(text, "policies", 1..=MAX_POLICIES)?;
            LifecyclePolicy::read_all(text)
        }
    }
}

/// The key of a parameter of this type.
fn key(here: &Location, kind: Kind, id: Option<String>) -> Result<Option<Key>> {
    if let Some(id) = &id {
        members::key_id(id)?;
    }
    match (kind, id) {
        (Kind::SecureString, id) => Ok(Some(Key::new(here, id))),
        (_, None) => Ok(None),
        (_, Some(_)) => {
            Err(ServiceError::validation("KeyId is required for SecureString type parameter only."))
        }
    }
}

/// The requested type, or else the type of the existing parameter. A type cannot change.
fn kind(asked: Option<&str>, existing: Option<Kind>) -> Result<Kind> {
    let Some(asked) = asked else {
        let message = "A parameter type is required when you create a parameter.";
        return existing.ok_or_else(|| ServiceError::validation(message));
    };
    members::is_one_of(asked, "type", &["SecureString", "StringList", "String"])?;
    let kind = match asked {
        "SecureString" => Kind::SecureString,
        "StringList" => Kind::StringList,
        _ => Kind::String,
    };
    match existing {
        Some(existing) if existing != kind => {
            let message = format!(
                "Parameter Store does not support changing a parameter type in a hierarchy. For \
                 example, you can't change a parameter from a {} type to a {asked} type. You must \
                 create a new, unique parameter.",
                existing.as_str()
            );
            Err(ServiceError::new("HierarchyTypeMismatchException", message))
        }
        _ => Ok(kind),
    }
}

/// Whether a new version is in the advanced tier, which a parameter never leaves.
fn is_advanced(tier: Option<&str>, before: Option<&Version>, needs_it: bool) -> Result<bool> {
    let was_advanced = before.is_some_and(|version| version.is_advanced);
    if let Some(tier) = tier {
        members::is_one_of(tier, "tier", &["Standard", "Advanced", INTELLIGENT])?;
    }
    match tier {
        Some("Standard") if was_advanced => Err(ServiceError::validation(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter \
             from the advanced-parameter tier to the standard-parameter tier. If necessary, \
             you can delete the advanced parameter and recreate it as a standard parameter. \
             Be aware that standard parameters have a value limit of 4096 characters.",
        )),
        Some("Advanced") => Ok(true),
        Some(INTELLIGENT) => Ok(was_advanced || needs_it),
        _ => Ok(was_advanced),
    }
}

fn check(version: &Version) -> Result<()> {
    let refuse = |message: &str| Err(ServiceError::validation(message));
    let size = version.value.len();
    members::has_length(&version.value, "value", 1..=usize::MAX)?;
    if let Some(text) = &version.description {
        members::has_length(text, "description", 0..=MAX_DESCRIPTION)?;
    }
    let data_type = version.data_type();
    if !DATA_TYPES.contains(&data_type) {
        return refuse(&format!(
            "The following data type is not supported: {data_type} (Data type names are all \
             lowercase.)"
        ));
    }
    match version.is_advanced {
        false if !version.policies.is_empty() => refuse(
            "Standard tier parameters do not support parameter policies. To use them, upgrade the \
             parameter to use the advanced-parameter tier.",
        ),
        false if size > MAX_STANDARD => refuse(
            "Standard tier parameters support a maximum parameter value of 4096 characters. To \
             create a larger parameter value, upgrade the parameter to use the advanced-parameter \
             tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/\
             userguide/parameter-store-advanced-parameters.html",
        ),
        true if size > MAX_ADVANCED => {
            refuse("Advanced tier parameters support a maximum parameter value of 8192 characters.")
        }
        _ => Ok(()),
    }
}
