//! Names that no service has rules for: of environment variables, and of stages.

use crate::template::{STAGE, is_template};

/// What no system lets be part of the name of an environment variable.
const NOT_IN_VARIABLES: [char; 2] = ['=', '\0'];

/// What is wrong with a name of which nothing but the blanks are looked at, to be read on from it.
///
/// ```
/// use stage_config_names::blanks;
///
/// assert_eq!(blanks(" prod"), Some("has blanks around it"));
/// assert_eq!(blanks("pre prod"), None);
/// ```
pub fn blanks(name: &str) -> Option<&'static str> {
    match name.trim() {
        "" if name.is_empty() => Some("is empty"),
        "" => Some("is nothing but blanks"),
        trimmed if trimmed != name => Some("has blanks around it"),
        _ => None,
    }
}

/// What is wrong with the name of an environment variable, and the part of it that is one.
///
/// ```
/// use stage_config_names::wrong_in_variable;
///
/// assert_eq!(wrong_in_variable("TABLE_NAME"), None);
/// let (mistake, part) = wrong_in_variable("TABLE=orders").unwrap();
/// assert_eq!((mistake, part.as_deref()), ("has a `=` or NUL in it", Some("TABLE")));
/// ```
pub fn wrong_in_variable(name: &str) -> Option<(&'static str, Option<String>)> {
    let mistake = if let Some(mistake) = blanks(name) {
        mistake
    } else if name.contains(NOT_IN_VARIABLES) {
        "has a `=` or NUL in it"
    } else if is_template(name) {
        "has a `{stage}` in it, which stands for the stage in other names only"
    } else {
        return None;
    };
    let name = name.replace("_{stage}", "").replace(STAGE, "");
    let part = name.split(NOT_IN_VARIABLES).map(str::trim).find(|part| !part.is_empty());
    Some((mistake, part.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_is_a_name_is_found() {
        for (name, part) in [
            ("", None),
            (" \t", None),
            (" A ", Some("A")),
            ("=A", Some("A")),
            ("A\0B", Some("A")),
            ("APP_{stage}", Some("APP")),
            ("{stage}", None),
        ] {
            let (_, found) = wrong_in_variable(name).unwrap();
            assert_eq!(found.as_deref(), part, "{name:?}");
        }
        assert_eq!(wrong_in_variable("pre prod"), None);
    }

    #[test]
    fn blanks_are_told_from_nothing() {
        assert_eq!(blanks(""), Some("is empty"));
        assert_eq!(blanks(" \t"), Some("is nothing but blanks"));
        assert_eq!(blanks("prod "), Some("has blanks around it"));
    }
}
