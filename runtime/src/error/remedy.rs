//! How to fix the problems of a load: each remedy once, as a command if there is one.

use std::borrow::Cow;
use std::fmt;

use stage_config_names::{Name, NameKind};

/// How to fix a problem.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Create a missing parameter or secret, or a parameter under a path.
    Create { kind: NameKind, name: Name, ty: ParameterType },
    /// Set an environment variable.
    Set(&'static str),
    /// Allow an action.
    Allow(String),
    /// Make the value of a field optional. A secret cannot have a default.
    DoWithout { secret: bool },
    /// Allow an empty map.
    NotRequired,
    /// Create all parameters of an optional struct, or none.
    Whole(String),
    /// Any other text.
    Say(String),
}

/// The type of a parameter to create. If two fields need different types, the later one fits both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ParameterType {
    String,
    StringList,
    SecureString,
}

/// Writes the `help:` lines of an error. `location` is where the source looked.
pub(crate) fn write_help<'a>(
    remedies: impl Iterator<Item = &'a Remedy>,
    location: Option<&str>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut create: Vec<(NameKind, &Name, ParameterType)> = Vec::new();
    let mut others: Vec<&Remedy> = Vec::new();
    for remedy in remedies {
        if let Remedy::Create { kind, name, ty } = remedy {
            let is_path = |kind: NameKind| kind == NameKind::Path;
            match create.iter_mut().find(|it| is_path(it.0) == is_path(*kind) && it.1 == name) {
                Some((_, _, known)) => *known = (*known).max(*ty),
                None => create.push((*kind, name, *ty)),
            }
        } else if !others.contains(&remedy) {
            others.push(remedy);
        }
    }
    let create = create.into_iter().map(|(kind, name, ty)| to_create(kind, name, ty, location));
    let (commands, advice) = create.partition::<Vec<_>, _>(|text| text.starts_with("aws "));
    if !commands.is_empty() {
        // On consecutive lines, so that they can be copied together.
        write!(f, "\nhelp: {}", commands.join("\n      "))?;
    }
    advice.iter().try_for_each(|text| write!(f, "\nhelp: {text}"))?;
    let do_without = [false, true].map(|secret| Remedy::DoWithout { secret });
    let of_both = do_without.iter().all(|it| others.contains(&it));
    others.retain(|it| !of_both || **it != do_without[1]);
    others.sort_by_key(|it| it.rank());
    for remedy in others {
        let if_so = if of_both && *remedy == do_without[0] { " if it is not secret" } else { "" };
        write!(f, "\nhelp: {remedy}{if_so}")?;
    }
    Ok(())
}

impl Remedy {
    /// Its position among the others.
    fn rank(&self) -> usize {
        match self {
            Self::Create { .. } | Self::Set(_) => 0,
            Self::Allow(_) => 1,
            Self::DoWithout { .. } | Self::NotRequired => 2,
            Self::Whole(_) | Self::Say(_) => 3,
        }
    }
}

/// The text of its line, if no command is.
impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { name, .. } => write!(f, "create `{name}`"),
            Self::Set(variable) => write!(f, "set the environment variable `{variable}`"),
            Self::Allow(action) => write!(f, "allow `{action}` in a policy of the role"),
            Self::DoWithout { secret } => {
                f.write_str("if a value may be absent, make its field an `Option`")?;
                f.write_str(if *secret { "" } else { " or give it a `default`" })
            }
            Self::NotRequired => f.write_str("remove `required` if a path may be empty"),
            Self::Whole(part) => {
                write!(f, "`{part}` is `None` only if none of its parameters exists")
            }
            Self::Say(text) => f.write_str(text),
        }
    }
}

/// The command that creates a missing name, or advice where no command can.
///
/// If a version or label is missing, the parameter may exist, so the command lists its versions.
fn to_create(kind: NameKind, name: &Name, ty: ParameterType, location: Option<&str>) -> String {
    let region = match location {
        Some(location) if is_region(location) => format!(" --region {location}"),
        // The command would create it in another location.
        Some(location) => {
            let below = if kind == NameKind::Path { "/…" } else { "" };
            return format!("create `{}{below}` in {location}", name.own());
        }
        None => String::new(),
    };
    if kind == NameKind::Path {
        let name = quoted(name.as_str());
        return format!("aws ssm put-parameter --name {name}/… --type {ty:?}{region} --value …");
    }
    let parsed = name.parse().ok();
    let (path, versioned) = match &parsed {
        Some(parsed) => (parsed.path(), parsed.selector().is_some()),
        None => (name.as_str(), false),
    };
    if path.starts_with("/aws/service/") {
        return format!("`{name}` is a public parameter: check its name and region");
    }
    if let Some(arn) = parsed.and_then(|parsed| parsed.arn()) {
        let account = arn.account();
        return format!("account {account} has to create `{path}` and to share it");
    }
    match (parsed.and_then(|parsed| parsed.secret()).map(quoted), versioned) {
        (Some(secret), false) => {
            format!("aws secretsmanager create-secret --name {secret}{region} --secret-string …")
        }
        (Some(secret), true) => {
            format!("aws secretsmanager list-secret-version-ids --secret-id {secret}{region}")
        }
        (None, false) => {
            let name = quoted(path);
            format!("aws ssm put-parameter --name {name} --type {ty:?}{region} --value …")
        }
        (None, true) => format!("aws ssm get-parameter-history --name {}{region}", quoted(path)),
    }
}

/// Whether the location of a source looks like an AWS region: `us-east-1`, `us-gov-west-1`.
fn is_region(location: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    location.rsplit_once('-').is_some_and(|(words, number)| {
        is_number(number) && words.contains('-') && words.split('-').all(is_word)
    })
}

/// One word of a POSIX shell.
fn quoted(name: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_.-+=@:".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) {
        return name.into();
    }
    format!("'{}'", name.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests;
