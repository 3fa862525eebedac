//! The filters of listings.

use serde::Deserialize;

use crate::error::ServiceError;
use crate::storage::Stored;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Filter {
    key: String,
    option: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

/// Checks the keys, options and values of filters. A tag is a key only where `keys` has `tag:`.
pub(super) fn check(filters: &[Filter], keys: &[&str]) -> Result<(), ServiceError> {
    for Filter { key, option, values } in filters {
        let is_tag = key.starts_with("tag:") && keys.contains(&"tag:");
        if !is_tag && !keys.contains(&key.as_str()) {
            let keys = keys.join(", ");
            let message = format!(
                "The following filter key is not valid: {key}. Valid filter keys include: [{keys}]."
            );
            return Err(ServiceError::new("InvalidFilterKey", message));
        }
        let options: &[&str] = match key.as_str() {
            "Path" => &["Recursive", "OneLevel"],
            "Name" => &["BeginsWith", "Equals", "Contains"],
            _ => &["BeginsWith", "Equals"],
        };
        if let Some(option) = option.as_deref().filter(|option| !options.contains(option)) {
            let options = options.join(", ");
            let message = format!(
                "The following filter option is not valid: {option}. Valid options include: \
                 [{options}]."
            );
            return Err(ServiceError::new("InvalidFilterOption", message));
        }
        if values.is_empty() && !is_tag {
            let message =
                format!("The following filter values are missing : null for filter key {key}.");
            return Err(ServiceError::new("InvalidFilterValue", message));
        }
    }
    Ok(())
}

pub(super) fn all_match(filters: &[Filter], stored: &Stored) -> bool {
    filters.iter().all(|filter| filter.matches(stored))
}

/// Whether a parameter is below a path, on any level or on the next one only. A name without a slash
/// is below no path, not even `/`.
pub(super) fn is_below(name: &str, path: &str, recursive: bool) -> bool {
    let below = name.strip_prefix(path.trim_end_matches('/')).and_then(|it| it.strip_prefix('/'));
    below.is_some_and(|below| recursive || !below.contains('/'))
}

impl Filter {
    fn matches(&self, stored: &Stored) -> bool {
        let latest = stored.latest();
        match self.key.as_str() {
            "Path" => {
                let recursive = self.option.as_deref() == Some("Recursive");
                self.values.iter().any(|path| is_below(&stored.name, path, recursive))
            }
            "Name" => self.accepts(&stored.name),
            "Type" => self.accepts(stored.kind.as_str()),
            "KeyId" => stored.key_id.as_deref().is_some_and(|key| self.accepts(key)),
            "Tier" => self.accepts(latest.tier.as_str()),
            "DataType" => self.accepts(&latest.data_type),
            "Label" => stored.versions().flat_map(|it| &it.labels).any(|label| self.accepts(label)),
            key => {
                let tag = key.strip_prefix("tag:").and_then(|key| stored.tags.get(key));
                tag.is_some_and(|value| self.values.is_empty() || self.accepts(value))
            }
        }
    }

    fn accepts(&self, text: &str) -> bool {
        self.values.iter().any(|value| match self.option.as_deref() {
            Some("BeginsWith") => text.starts_with(value),
            Some("Contains") => text.contains(value),
            _ => text == value,
        })
    }
}
