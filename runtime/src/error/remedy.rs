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

/// Writes the `help:` lines of an error. `location` is the location where the source looked.
pub(crate) fn write_help<'a>(
    remedies: impl Iterator<Item = &'a Remedy>,
    location: Option<&str>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut help = Help::default();
    for remedy in remedies {
        help.add(remedy);
    }
    for text in help.texts(location) {
        write!(f, "\nhelp: {text}")?;
    }
    Ok(())
}

/// The remedies of all problems, sorted.
#[derive(Default)]
struct Help<'a> {
    create: Vec<(NameKind, &'a Name, ParameterType)>,
    set: Vec<&'a str>,
    allow: Vec<&'a str>,
    do_without: Vec<bool>,
    not_required: bool,
    whole: Vec<&'a str>,
    say: Vec<&'a str>,
}

impl<'a> Help<'a> {
    fn add(&mut self, remedy: &'a Remedy) {
        match remedy {
            Remedy::Create { kind, name, ty } => self.create(*kind, name, *ty),
            Remedy::Set(variable) => once(&mut self.set, variable),
            Remedy::Allow(action) => once(&mut self.allow, action),
            Remedy::DoWithout { secret } => once(&mut self.do_without, *secret),
            Remedy::NotRequired => self.not_required = true,
            Remedy::Whole(part) => once(&mut self.whole, part),
            Remedy::Say(text) => once(&mut self.say, text),
        }
    }

    fn create(&mut self, kind: NameKind, name: &'a Name, ty: ParameterType) {
        let same = |known: &&mut (NameKind, &Name, _)| {
            (known.0 == NameKind::Path) == (kind == NameKind::Path) && known.1 == name
        };
        match self.create.iter_mut().find(same) {
            Some((_, _, known)) => *known = ty.max(*known),
            None => self.create.push((kind, name, ty)),
        }
    }

    fn texts(&self, location: Option<&str>) -> Vec<String> {
        let mut texts = Vec::new();
        let to_create =
            self.create.iter().map(|(kind, name, ty)| to_create(*kind, name, *ty, location));
        let (commands, others) = to_create.partition::<Vec<_>, _>(|text| text.starts_with("aws "));
        if !commands.is_empty() {
            // On consecutive lines, so that they can be copied together.
            texts.push(commands.join("\n      "));
        }
        texts.extend(others);
        if !self.set.is_empty() {
            let plural = if self.set.len() == 1 { "" } else { "s" };
            texts.push(format!("set the environment variable{plural} {}", list(&self.set)));
        }
        texts.extend(self.allow.iter().map(|it| format!("allow `{it}` in a policy of the role")));
        texts.extend(match self.do_without[..] {
            [] => None,
            [true] => Some("if a value may be absent, make its field an `Option`"),
            [false] => {
                Some("if a value may be absent, make its field an `Option` or give it a `default`")
            }
            _ => Some(
                "if a value may be absent, make its field an `Option`, or give it a `default` if \
                 it is not secret",
            ),
        }
        .map(str::to_owned));
        if self.not_required {
            texts.push("remove `required` if a path may be empty".to_owned());
        }
        texts.extend(
            self.whole
                .iter()
                .map(|part| format!("`{part}` is `None` only if none of its parameters exists")),
        );
        texts.extend(self.say.iter().map(|&text| text.to_owned()));
        texts
    }
}

fn once<T: PartialEq>(known: &mut Vec<T>, another: T) {
    if !known.contains(&another) {
        known.push(another);
    }
}

fn list(names: &[&str]) -> String {
    format!("`{}`", names.join("`, `"))
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
    if let Some(arn) = parsed.and_then(|parsed| parsed.arn()) {
        return match arn.account() {
            "" => format!("`{name}` is a public parameter: check its name and region"),
            account => format!("account {account} has to create `{path}` and to share it"),
        };
    }
    if path.starts_with("/aws/service/") {
        return format!("`{name}` is a public parameter: check its name and region");
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
