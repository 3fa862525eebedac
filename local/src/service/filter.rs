//! The filters of listings.

use serde::Deserialize;

use crate::error::{Result, ServiceError};
use crate::storage::Stored;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Filter {
    key: String,
    option: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

/// Checks the keys and options of filters.
pub(super) fn check(filters: &[Filter], keys: &[&str]) -> Result<()> {
    for Filter { key, option, .. } in filters {
        if !keys.contains(&key.as_str()) {
            let keys = keys.join(", ");
            let message = format!(
                "The following filter key is not valid: {key}. Valid filter keys include: [{keys}]."
            );
            return Err(ServiceError::new("InvalidFilterKey", message));
        }
        let options = ["BeginsWith", "Equals", "Contains"];
        let options = if key == "Name" { &options[..] } else { &options[..2] };
        if let Some(option) = option.as_deref().filter(|option| !options.contains(option)) {
            let options = options.join(", ");
            let message = format!(
                "The following filter option is not valid: {option}. Valid options include: \
                 [{options}]."
            );
            return Err(ServiceError::new("InvalidFilterOption", message));
        }
    }
    Ok(())
}

impl Filter {
    pub(super) fn matches(&self, stored: &Stored) -> bool {
        match self.key.as_str() {
            "Name" => self.accepts(&stored.name),
            "Type" => self.accepts(stored.kind.as_str()),
            _ => stored.versions().flat_map(|it| &it.labels).any(|label| self.accepts(label)),
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
