//! The names that stand in attributes, checked as their owners would, and what to write instead.

use stage_config_names::{Fault, ParameterName, Reason, Selector, closest};
use syn::LitStr;

use crate::errors::Errors;

/// A name with several faults shows them one by one; a suggestion mends this many.
const MAX_REPAIRS: usize = 16;

/// Below this, Parameter Store reads secrets of Secrets Manager.
const SECRETS: &str = "/aws/reference/secretsmanager";

/// What people call the level of a stage, besides by its name.
const USUAL_LEVELS: [&str; 8] =
    ["dev", "development", "live", "prod", "production", "sandbox", "staging", "test"];

/// Cyrillic letters, which a keyboard left in another layout gives.
const LOOKALIKES: [(char, char); 18] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
];

const NOT_IN_VARIABLES: [char; 2] = ['=', '\0'];

/// Checks the name of a parameter.
pub(crate) fn parameter<'a>(name: &'a LitStr, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let Err(fault) = ParameterName::parse(&text) else { return Some(name) };
    let drawing: Vec<_> = fault.draw(&text).lines().map(|line| format!("  {line}")).collect();
    let mistake = format!("parameter name {fault}\n\n{}\n", drawing.join("\n"));
    let help = match (fault.fix(&text), suggestion(&text)) {
        (Some(fix), _) => format!("`{fix:?}`"),
        (None, Some(suggestion)) => format!("a name that is allowed: `{suggestion:?}`"),
        (None, None) => {
            r#"a name as `"/app/key"`, `"/app/key:3"` or `"/app/key:label"`"#.to_owned()
        }
    };
    errors.add(name, mistake, help);
    None
}

/// Checks the name of an environment variable. `example` is one that is allowed.
pub(crate) fn variable<'a>(name: &'a LitStr, example: &str, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let mistake = if text.is_empty() {
        "is empty"
    } else if text.trim().is_empty() {
        "is nothing but blanks"
    } else if text.trim() != text {
        "has blanks around it"
    } else if text.contains(NOT_IN_VARIABLES) {
        "has a `=` or NUL in it"
    } else {
        return Some(name);
    };
    let mut parts = text.split(NOT_IN_VARIABLES).map(str::trim);
    let fix = parts.find(|part| !part.is_empty()).unwrap_or(example);
    errors.add(name, format!("environment variable {mistake}"), format!("`{fix:?}`"));
    None
}

/// A name for a stage that has none, made like those of the others. It is valid, and none of them.
pub(crate) fn at_stage(stage: &str, others: &[(&str, String)]) -> Option<String> {
    let others: Vec<_> =
        others.iter().filter_map(|(other, name)| Some((*other, suggestion(name)?))).collect();
    let is_new = |made: &String| {
        let canonical = |name| ParameterName::parse(name).ok().map(|name| name.canonical());
        let made = canonical(made);
        made.is_some() && others.iter().all(|(_, name)| canonical(name) != made)
    };
    // The surest first.
    let ways = [Parts::with_level, Parts::with_word, Parts::with_usual_level, Parts::with_one_more];
    let likes = others.iter().filter_map(|(other, name)| Some((*other, Parts::of(name)?)));
    let likes: Vec<_> = likes.collect();
    let mut made =
        ways.iter().flat_map(|way| likes.iter().filter_map(|(other, it)| way(it, other, stage)));
    made.find(is_new)
}

/// The name of a parameter, by what may differ between stages.
struct Parts<'a> {
    /// In front of the path: an ARN, or where secrets are.
    head: &'a str,
    path: &'a str,
    /// With the colon. A version belongs to one parameter alone and is none.
    label: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let name = ParameterName::parse(text).ok()?;
        let (head, selector) = text.split_once(name.path())?;
        let label = if let Some(Selector::Label(_)) = name.selector() { selector } else { "" };
        if name.is_secret_reference() {
            let path = name.path().strip_prefix(SECRETS)?;
            return Some(Self { head: SECRETS, path, label });
        }
        // Public parameters are the same for everybody.
        let is_public = name.path().starts_with("/aws/");
        (!is_public).then(|| Self { head, path: name.path(), label })
    }

    fn swap(&self, from: &str, to: &str, separates: impl Fn(char) -> bool) -> Option<String> {
        let text = format!("{}{}", self.path, self.label);
        let mut swapped = self.head.to_owned();
        let mut done = 0;
        for (at, found) in text.match_indices(from) {
            let end = at + found.len();
            let is_whole = text[..at].chars().next_back().is_none_or(&separates)
                && text[end..].chars().next().is_none_or(&separates);
            if is_whole {
                swapped.extend([&text[done..at], to]);
                done = end;
            }
        }
        swapped.push_str(&text[done..]);
        (done > 0).then_some(swapped)
    }

    /// `/dev/key` as `/prod/key`.
    fn with_level(&self, from: &str, to: &str) -> Option<String> {
        self.swap(from, to, |c| matches!(c, '/' | ':'))
    }

    /// `/key-dev` as `/key-prod`.
    fn with_word(&self, from: &str, to: &str) -> Option<String> {
        self.swap(from, to, |c| !c.is_ascii_alphanumeric())
    }

    /// `/key/test` as `/key/prod`.
    fn with_usual_level(&self, _: &str, to: &str) -> Option<String> {
        USUAL_LEVELS.iter().find_map(|usual| self.with_level(usual, to))
    }

    /// `/key` as `/key/prod`.
    #[expect(clippy::unnecessary_wraps, reason = "as the other ways")]
    fn with_one_more(&self, _: &str, to: &str) -> Option<String> {
        let Self { head, path, label } = self;
        let slash = if path.starts_with('/') { "" } else { "/" };
        Some(format!("{head}{slash}{path}/{to}{label}"))
    }
}

/// The nearest valid name, however many faults there are.
fn suggestion(name: &str) -> Option<String> {
    let mut name = secret(name).unwrap_or_else(|| name.to_owned());
    for _ in 0..MAX_REPAIRS {
        let Err(fault) = ParameterName::parse(&name) else { return Some(name) };
        name = repair(&name, &fault)?;
    }
    None
}

/// How Parameter Store calls a secret of which this is the ARN.
fn secret(arn: &str) -> Option<String> {
    let fields: Vec<_> = arn.split(':').collect();
    let ["arn", _, "secretsmanager", _, _, "secret", name, ..] = fields[..] else { return None };
    // Behind the name stand six random characters, which are no part of it.
    let is_random = |end: &str| end.len() == 6 && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let name = name.rsplit_once('-').filter(|(_, end)| is_random(end)).map_or(name, |(it, _)| it);
    Some(format!("{SECRETS}/{name}"))
}

/// Puts in the place of the fault what would be valid there.
fn repair(name: &str, fault: &Fault) -> Option<String> {
    let at = fault.at();
    let (before, wrong, after) = (&name[..at.start], &name[at.clone()], &name[at.end..]);
    let right = match fault.reason() {
        Reason::Character(c) | Reason::SecretCharacter(c) | Reason::LabelCharacter(c) => {
            instead_of(c, before, after)?
        }
        Reason::OuterBlank
        | Reason::TrailingSlash
        | Reason::EmptySelector
        | Reason::SecondSelector => String::new(),
        Reason::EmptyLevel => "/".into(),
        Reason::NoLeadingSlash => format!("/{wrong}"),
        Reason::VersionZero => match wrong.trim_start_matches('0') {
            "" => "1".into(),
            version => version.into(),
        },
        Reason::Reserved | Reason::LabelReserved | Reason::LabelBeginsWithDigit => {
            format!("my-{wrong}")
        }
        Reason::ArnPartition => "aws".into(),
        Reason::ArnService if after.contains(":parameter/") => "ssm".into(),
        Reason::ArnRegion => "us-east-1".into(),
        Reason::ArnAccount => "123456789012".into(),
        Reason::ArnResource => {
            let (kind, name) = wrong.split_once(['/', ':'])?;
            let is_slip = kind.is_empty() || closest(kind, ["parameter"]).is_some();
            is_slip.then(|| format!("parameter/{name}"))?
        }
        _ => return None,
    };
    Some(format!("{before}{right}{after}"))
}

/// What a character that is refused was most likely meant as.
fn instead_of(c: char, before: &str, after: &str) -> Option<String> {
    if let Some((_, latin)) = LOOKALIKES.iter().find(|(alike, _)| *alike == c) {
        return Some(latin.to_string());
    }
    let begins = before.is_empty() || before.ends_with(['/', ':']);
    let ends = after.is_empty() || after.starts_with(['/', ':']);
    match c {
        // Something was to be put in, and nobody knows what.
        '{' | '}' => None,
        // Nothing would be left.
        _ if begins && ends => None,
        _ if begins || ends || before.ends_with('-') => Some(String::new()),
        _ => Some("-".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_valid() {
        for (name, wanted) in [
            ("/stripe secret/live key", "/stripe-secret/live-key"),
            ("/aws/key", "/my-aws/key"),
            ("SSM key/", "/my-SSM-key"),
            ("/key:3:blue", "/key:3"),
            ("/key:3rd", "/key:my-3rd"),
            ("/key:0", "/key:1"),
            ("/key:007", "/key:7"),
            ("/stripe/tеst", "/stripe/test"),
            ("/team  (a)/key!", "/team-a/key"),
            (
                "arn:amazon:ssm::1:parameters/app/key",
                "arn:aws:ssm:us-east-1:123456789012:parameter/app/key",
            ),
            (
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/db-AbCdEf",
                "/aws/reference/secretsmanager/app/db",
            ),
            (
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:live-db",
                "/aws/reference/secretsmanager/live-db",
            ),
        ] {
            assert_eq!(suggestion(name).as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn no_suggestion_without_an_end() {
        assert_eq!(suggestion(&"/a".repeat(16)), None);
        assert_eq!(suggestion(&"é".repeat(1000)), None);
        assert_eq!(suggestion("/rocket/🚀"), None);
        assert_eq!(suggestion("/app/{stage}/key"), None);
        assert_eq!(suggestion("arn:aws:s3:::bucket/key"), None);
        assert_eq!(suggestion("arn:aws:ssm:us-east-1:123456789012:document/key"), None);
    }

    #[test]
    fn names_for_another_stage() {
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter";
        let of_arn = (&*format!("{arn}/dev/key"), Some(&*format!("{arn}/prod/key")));
        for (dev, wanted) in [
            ("/stripe/test", Some("/stripe/prod")),
            ("/limit", Some("/limit/prod")),
            ("limit", Some("/limit/prod")),
            ("/app/dev/url", Some("/app/prod/url")),
            ("/dev-tools/dev", Some("/dev-tools/prod")),
            ("/app/url-dev", Some("/app/url-prod")),
            ("/device/url", Some("/device/url/prod")),
            ("/limit/prod", Some("/limit/prod/prod")),
            ("/dev/key:3", Some("/prod/key")),
            ("/key:dev", Some("/key:prod")),
            ("/key:blue", Some("/key/prod:blue")),
            ("/broken key/dev", Some("/broken-key/prod")),
            of_arn,
            (
                "/aws/reference/secretsmanager/key/dev",
                Some("/aws/reference/secretsmanager/key/prod"),
            ),
            ("/aws/service/ami", None),
            ("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", None),
        ] {
            assert_eq!(at_stage("prod", &[("dev", dev.to_owned())]).as_deref(), wanted, "{dev}");
        }
    }

    #[test]
    fn the_name_most_like_a_stages_own_is_followed() {
        let others = [("dev", "/stripe/test".to_owned()), ("qa", "/stripe/sub/qa".to_owned())];
        assert_eq!(at_stage("prod", &others).as_deref(), Some("/stripe/sub/prod"));
        assert_eq!(at_stage("größe", &others), None);
    }
}
