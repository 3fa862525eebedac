//! The filters of listings.

use std::collections::HashSet;

use serde::Deserialize;

use super::members::Violations;
use super::rules::{self, is_below};
use crate::error::{Result, ServiceError};
use crate::storage::Stored;

const EQUALS: &str = "Equals";
const BEGINS_WITH: &str = "BeginsWith";
const CONTAINS: &str = "Contains";
const RECURSIVE: &str = "Recursive";
const ONE_LEVEL: &str = "OneLevel";
const MAX_VALUES: usize = 50;
const MAX_VALUE: usize = 1024;
const KEYS: [&str; 7] = ["Name", "Type", "KeyId", "Path", "Label", "Tier", "DataType"];
const KEY_RULE: &str = "Member must satisfy regular expression pattern: \
                        tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Filter {
    key: String,
    option: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

/// A filter as `DescribeParameters` had them before. A name begins with the value.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OldFilter {
    key: String,
    #[serde(default)]
    values: Vec<String>,
}

/// The listings differ in the keys that they take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    ByPath,
    Described,
}

/// Checks filters: first each by itself, as all members of a request, and then for this listing.
pub(super) fn check(filters: &[Filter], listing: Listing) -> Result<()> {
    check_members(filters)?;
    let mut keys = HashSet::new();
    for filter in filters {
        filter.check(listing)?;
        if !keys.insert(&filter.key) {
            let message = format!(
                "The following filter is duplicated in the request: {}. A request can contain only \
                 one occurrence of a specific filter.",
                filter.key
            );
            return Err(ServiceError::new("InvalidFilterKey", message));
        }
    }
    Ok(())
}

pub(super) fn from_old(filters: Vec<OldFilter>) -> Result<Vec<Filter>> {
    let mut violations = Violations::default();
    for (at, OldFilter { key, values }) in (1..).zip(&filters) {
        let field = format!("filters.{at}.member");
        violations.unless_one_of(key, &format!("{field}.key"), &["KeyId", "Type", "Name"]);
        check_values(&mut violations, values, &format!("{field}.values"), 1);
    }
    violations.into_result()?;
    let from_old = |OldFilter { key, values }| {
        let option = (key == "Name").then(|| BEGINS_WITH.to_owned());
        Filter { key, option, values }
    };
    Ok(filters.into_iter().map(from_old).collect())
}

fn check_members(filters: &[Filter]) -> Result<()> {
    let mut violations = Violations::default();
    for (at, Filter { key, option, values }) in (1..).zip(filters) {
        let field = format!("parameterFilters.{at}.member");
        let of_tag = key.strip_prefix("tag:").is_some_and(|tag| !tag.is_empty());
        if !of_tag && !KEYS.contains(&key.as_str()) {
            violations.add(key, &format!("{field}.key"), KEY_RULE);
        }
        violations.unless_length(key, &format!("{field}.key"), 1..=132);
        if let Some(option) = option {
            violations.unless_length(option, &format!("{field}.option"), 1..=10);
        }
        check_values(&mut violations, values, &format!("{field}.values"), 0);
    }
    violations.into_result()
}

fn check_values(violations: &mut Violations, values: &[String], field: &str, least: usize) {
    violations.unless_count(values, field, least..=MAX_VALUES);
    violations.unless_each_length(values, field, &(1..=MAX_VALUE));
}

impl Filter {
    fn check(&self, listing: Listing) -> Result<()> {
        let Self { key, option, values } = self;
        let by_path = listing == Listing::ByPath;
        let is_valid = match key.as_str() {
            "Type" | "KeyId" => true,
            "Label" => by_path,
            _ => !by_path,
        };
        if !is_valid {
            let keys = if by_path { "Type, KeyId" } else { "Path, Name, Type, KeyId, Tier" };
            let message = format!(
                "The following filter key is not valid: {key}. Valid filter keys include: [{keys}]."
            );
            return Err(ServiceError::new("InvalidFilterKey", message));
        }
        // A filter without a value finds all that have the tag.
        if values.is_empty() && !key.starts_with("tag:") {
            let message =
                format!("The following filter values are missing : null for filter key {key}.");
            return Err(ServiceError::new("InvalidFilterValue", message));
        }
        let options: &[_] = match key.as_str() {
            "Path" => &[RECURSIVE, ONE_LEVEL],
            "Name" => &[BEGINS_WITH, EQUALS, CONTAINS],
            "Label" => &[EQUALS],
            _ => &[BEGINS_WITH, EQUALS],
        };
        if let Some(option) = option.as_deref().filter(|option| !options.contains(option)) {
            return Err(not_one_of("option", "options", option, options));
        }
        let known: &[_] = match key.as_str() {
            "Path" => return values.iter().try_for_each(|path| rules::path(path)),
            "Type" => &["String", "StringList", "SecureString"],
            "Tier" => &["Standard", "Advanced", "Intelligent-Tiering"],
            _ => return Ok(()),
        };
        let unknown = |value: &&String| !known.contains(&value.as_str());
        match values.iter().find(unknown) {
            Some(value) if option.as_deref() != Some(BEGINS_WITH) => {
                Err(not_one_of("value", "values", value, known))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn matches(&self, stored: &Stored) -> bool {
        let latest = &stored.latest;
        match self.key.as_str() {
            "Name" => self.accepts_name(&stored.name),
            "Path" => {
                let recursive = self.option.as_deref() == Some(RECURSIVE);
                self.values.iter().any(|path| is_below(path, &stored.name, recursive))
            }
            "Type" => self.accepts(stored.kind.as_str()),
            "KeyId" => latest.key.as_ref().is_some_and(|key| self.accepts(&key.id)),
            "Tier" => self.accepts(latest.tier()),
            "DataType" => self.accepts(latest.data_type()),
            "Label" => stored.versions().flat_map(|it| &it.labels).any(|label| self.accepts(label)),
            tag => {
                let tag = tag.strip_prefix("tag:").unwrap_or(tag);
                let value = stored.tags.get(tag);
                value.is_some_and(|value| self.values.is_empty() || self.accepts(value))
            }
        }
    }

    /// `Key` and `/Key` are the same.
    fn accepts_name(&self, name: &str) -> bool {
        if self.option.as_deref() == Some(CONTAINS) {
            return self.values.iter().any(|value| name.contains(value));
        }
        self.values.iter().any(|value| self.accepts_one(bare(name), bare(value)))
    }

    fn accepts(&self, text: &str) -> bool {
        self.values.iter().any(|value| self.accepts_one(text, value))
    }

    fn accepts_one(&self, text: &str, value: &str) -> bool {
        match self.option.as_deref() {
            Some(BEGINS_WITH) => text.starts_with(value),
            _ => text == value,
        }
    }
}

fn bare(name: &str) -> &str {
    name.strip_prefix('/').unwrap_or(name)
}

fn not_one_of(what: &str, all: &str, given: &str, known: &[&str]) -> ServiceError {
    let message = format!(
        "The following filter {what} is not valid: {given}. Valid {all} include: [{}].",
        known.join(", ")
    );
    ServiceError::new("InvalidFilterOption", message)
}
