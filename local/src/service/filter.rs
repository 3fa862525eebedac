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

/// Checks the keys, options and values of filters.
pub(super) fn check(filters: &[Filter], keys: &[&str]) -> Result<(), ServiceError> {
    for Filter { key, option, values } in filters {
        let (code, message) = if !keys.contains(&key.as_str()) {
            let keys = keys.join(", ");
            let message = format!(
                "The following filter key is not valid: {key}. Valid filter keys include: [{keys}]."
            );
            ("InvalidFilterKey", message)
        } else if let options = options(key)
            && let Some(option) = option.as_deref().filter(|option| !options.contains(option))
        {
            let options = options.join(", ");
            let message = format!(
                "The following filter option is not valid: {option}. Valid options include: \
                 [{options}]."
            );
            ("InvalidFilterOption", message)
        } else if values.is_empty() {
            let message =
                format!("The following filter values are missing : null for filter key {key}.");
            ("InvalidFilterValue", message)
        } else {
            continue;
        };
        return Err(ServiceError::new(code, message));
    }
    Ok(())
}

fn options(key: &str) -> &'static [&'static str] {
    match key {
        "Path" => &["Recursive", "OneLevel"],
        "Name" => &["BeginsWith", "Equals", "Contains"],
        _ => &["BeginsWith", "Equals"],
    }
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
        match self.key.as_str() {
            "Path" => {
                let recursive = self.option.as_deref() == Some("Recursive");
                self.values.iter().any(|path| is_below(&stored.name, path, recursive))
            }
            "Name" => self.accepts(&stored.name),
            "Type" => self.accepts(stored.kind.as_str()),
            "KeyId" => stored.key_id.iter().any(|key| self.accepts(key)),
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
