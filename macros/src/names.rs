//! The names that stand in attributes, checked as their owners would.

use stage_config_names::{Fault, ParameterName, Reason};
use syn::LitStr;

use crate::errors::Errors;

/// A name with several faults shows them one by one; a suggestion mends this many.
const MAX_REPAIRS: usize = 16;

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

/// Checks the name of an environment variable.
pub(crate) fn variable<'a>(name: &'a LitStr, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let (mistake, fix) = if text.is_empty() {
        ("is empty", "NAME")
    } else if text.trim() != text {
        ("has blanks around it", text.trim())
    } else if let Some(at) = text.find(['=', '\0']) {
        ("has a `=` or NUL in it", &text[..at])
    } else {
        return Some(name);
    };
    errors.add(name, format!("environment variable {mistake}"), format!("`{fix:?}`"));
    None
}

/// The nearest valid name, however many faults there are.
fn suggestion(name: &str) -> Option<String> {
    let mut name = name.to_owned();
    for _ in 0..MAX_REPAIRS {
        let Err(fault) = ParameterName::parse(&name) else { return Some(name) };
        name = repair(&name, &fault)?;
    }
    None
}

/// Puts in the place of the fault what would be valid there.
fn repair(name: &str, fault: &Fault) -> Option<String> {
    let at = fault.at();
    let (before, wrong, after) = (&name[..at.start], &name[at.clone()], &name[at.end..]);
    let right = match fault.reason() {
        Reason::Character(_) | Reason::SecretCharacter(_) | Reason::LabelCharacter(_) => "-".into(),
        Reason::OuterBlank
        | Reason::TrailingSlash
        | Reason::EmptySelector
        | Reason::SecondSelector => String::new(),
        Reason::EmptyLevel => "/".into(),
        Reason::NoLeadingSlash => format!("/{wrong}"),
        Reason::VersionZero => "1".into(),
        Reason::Reserved | Reason::LabelReserved | Reason::LabelBeginsWithDigit => {
            format!("my-{wrong}")
        }
        Reason::ArnPartition => "aws".into(),
        Reason::ArnService => "ssm".into(),
        Reason::ArnRegion => "us-east-1".into(),
        Reason::ArnAccount => "123456789012".into(),
        Reason::ArnResource => format!("parameter/{}", wrong.rsplit(['/', ':']).next()?),
        _ => return None,
    };
    Some(format!("{before}{right}{after}"))
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
            ("arn:amazon:s3::1:document/key", "arn:aws:ssm:us-east-1:123456789012:parameter/key"),
        ] {
            assert_eq!(suggestion(name).as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn no_suggestion_without_an_end() {
        assert_eq!(suggestion(&"/a".repeat(16)), None);
        assert_eq!(suggestion(&"é".repeat(1000)), None);
    }
}
