//! `PutParameter`.

use std::collections::BTreeSet;
use std::time::SystemTime;

use regex_lite::Regex;
use serde::Deserialize;
use serde_json::{Value, json};

use super::reply::seconds;
use super::{Service, constraint, names};
use crate::error::ServiceError;
use crate::parameter::{Kind, Parameter};
use crate::storage::{Stored, Tier, Version};

const DATA_TYPES: [&str; 3] = ["text", "aws:ec2:image", "aws:ssm:integration"];
const TIERS: [&str; 3] = ["Standard", "Advanced", "Intelligent-Tiering"];
const INTELLIGENT: &str = "Intelligent-Tiering";
const DEFAULT_KEY: &str = "alias/aws/ssm";
const MAX_STANDARD: usize = 4096;
const MAX_ADVANCED: usize = 8192;
const MAX_DESCRIPTION: usize = 1024;

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutParameter {
    name: String,
    value: String,
    r#type: Option<String>,
    description: Option<String>,
    key_id: Option<String>,
    overwrite: Option<bool>,
    allowed_pattern: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    tier: Option<String>,
    data_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    value: String,
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
            ..Self::default()
        }
    }
}

impl Service {
    pub(super) fn put_parameter(&self, request: PutParameter) -> Result<Value, ServiceError> {
        let name = names::creatable(&request.name)?;
        let overwrite = request.overwrite == Some(true);
        if overwrite && !request.tags.is_empty() {
            return Err(ServiceError::validation(
                "Invalid request: tags and overwrite can't be used together. To create a \
                 parameter with tags, please remove overwrite flag. To update tags for an \
                 existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
            ));
        }
        let mut storage = self.storage();
        let existing = storage.get_mut(&name);
        if existing.is_some() && !overwrite {
            let message = "The parameter already exists. To overwrite this value, set the \
                           overwrite option in the request to true.";
            return Err(ServiceError::new("ParameterAlreadyExists", message));
        }
        let kind = kind(request.r#type.as_deref(), existing.as_deref())?;
        let key_id = request.key_id.filter(|_| kind == Kind::SecureString);
        let before = existing.as_deref().map(Stored::latest);
        let version = Version {
            number: 0,
            tier: tier(request.tier.as_deref(), before.map(|it| it.tier), &request.value)?,
            description: request.description.or_else(|| before?.description.clone()),
            allowed_pattern: request
                .allowed_pattern
                .filter(|pattern| !pattern.is_empty())
                .or_else(|| before?.allowed_pattern.clone()),
            data_type: request
                .data_type
                .or_else(|| Some(before?.data_type.clone()))
                .unwrap_or_else(|| "text".to_owned()),
            labels: BTreeSet::new(),
            modified: seconds(SystemTime::now()),
            value: request.value,
        };
        check(&version)?;
        let tier = version.tier.as_str();
        let Some(existing) = existing else {
            let mut stored = Stored::new(name.path(), kind, version);
            stored.key_id = match kind {
                Kind::SecureString => Some(key_id.unwrap_or_else(|| DEFAULT_KEY.to_owned())),
                _ => None,
            };
            stored.tags = request.tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
            storage.insert(&name, stored);
            return Ok(json!({ "Version": 1, "Tier": tier }));
        };
        existing.add(version)?;
        if key_id.is_some() {
            existing.key_id = key_id;
        }
        Ok(json!({ "Version": existing.latest().number, "Tier": tier }))
    }
}

/// The requested type, or else the type of the existing parameter. A type cannot change.
fn kind(asked: Option<&str>, existing: Option<&Stored>) -> Result<Kind, ServiceError> {
    const KINDS: [Kind; 3] = [Kind::SecureString, Kind::StringList, Kind::String];
    let asked = match asked {
        None => None,
        Some(asked) => {
            constraint::is_one_of(asked, "type", &KINDS.map(Kind::as_str))?;
            KINDS.into_iter().find(|kind| kind.as_str() == asked)
        }
    };
    match (asked, existing.map(|stored| stored.kind)) {
        (Some(asked), Some(existing)) if asked != existing => {
            let message = format!(
                "Parameter Store does not support changing a parameter type in a hierarchy. For \
                 example, you can't change a parameter from a {} type to a {} type. You must \
                 create a new, unique parameter.",
                existing.as_str(),
                asked.as_str()
            );
            Err(ServiceError::new("HierarchyTypeMismatchException", message))
        }
        (Some(kind), _) | (None, Some(kind)) => Ok(kind),
        (None, None) => {
            let message = "A parameter type is required when you create a parameter.";
            Err(ServiceError::validation(message))
        }
    }
}

/// The tier of a new version. An advanced parameter never becomes a standard one.
fn tier(asked: Option<&str>, before: Option<Tier>, value: &str) -> Result<Tier, ServiceError> {
    let is_advanced = before == Some(Tier::Advanced);
    if let Some(asked) = asked {
        constraint::is_one_of(asked, "tier", &TIERS)?;
    }
    let tier = match asked {
        Some("Standard") if is_advanced => {
            return Err(ServiceError::validation(
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter \
                 from the advanced-parameter tier to the standard-parameter tier. If necessary, \
                 you can delete the advanced parameter and recreate it as a standard parameter. \
                 Be aware that standard parameters have a value limit of 4096 characters.",
            ));
        }
        Some("Advanced") => Tier::Advanced,
        Some(INTELLIGENT) if value.len() > MAX_STANDARD => Tier::Advanced,
        _ if is_advanced => Tier::Advanced,
        _ => Tier::Standard,
    };
    match tier {
        Tier::Standard if value.len() > MAX_STANDARD => Err(ServiceError::validation(
            "Standard tier parameters support a maximum parameter value of 4096 characters. To \
             create a larger parameter value, upgrade the parameter to use the advanced-parameter \
             tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/\
             userguide/parameter-store-advanced-parameters.html",
        )),
        Tier::Advanced if value.len() > MAX_ADVANCED => Err(ServiceError::validation(
            "Advanced tier parameters support a maximum parameter value of 8192 characters.",
        )),
        tier => Ok(tier),
    }
}

fn check(version: &Version) -> Result<(), ServiceError> {
    if version.value.is_empty() {
        let rule = "Member must have length greater than or equal to 1";
        return Err(constraint::violated("", "value", rule));
    }
    if let Some(text) = &version.description
        && text.chars().count() > MAX_DESCRIPTION
    {
        let rule = "Member must have length less than or equal to 1024";
        return Err(constraint::violated(text, "description", rule));
    }
    let data_type = &version.data_type;
    if !DATA_TYPES.contains(&data_type.as_str()) {
        return Err(ServiceError::validation(format!(
            "The following data type is not supported: {data_type} (Data type names are all \
             lowercase.)"
        )));
    }
    let Some(pattern) = &version.allowed_pattern else { return Ok(()) };
    let Ok(whole) = Regex::new(&format!("^(?:{pattern})$")) else {
        let message =
            format!("The request does not meet the regular expression requirement. ({pattern})");
        return Err(ServiceError::new("InvalidAllowedPatternException", message));
    };
    if whole.is_match(&version.value) {
        return Ok(());
    }
    let message = format!("Parameter value, cannot be validated against allowedPattern: {pattern}");
    Err(ServiceError::new("ParameterPatternMismatchException", message))
}
