//! Repairs invalid names, if their meaning is certain.

use std::ops::Range;

use stage_config_names::{Account, NameError, NameKind, Reason, STAGE, closest};

/// The maximum number of repairs. Faults are found one by one.
const MAX_REPAIRS: usize = 16;

/// Placeholders of other languages.
const OTHER_PLACEHOLDERS: [&str; 4] = ["${stage}", "$stage", "<stage>", "%stage%"];

/// Cyrillic letters, and the Latin letters that look like them.
const LOOKALIKES: (&str, &str) = ("аеорсухіАВЕКМНОРСТ", "aeopcyxiABEKMHOPCT");

/// The valid name that was meant. `None` if only the user can know it, for example after a space.
pub(crate) fn suggest(of: NameKind, name: &str) -> Option<String> {
    let mut name = name.to_owned();
    for other in OTHER_PLACEHOLDERS {
        name = name.replace(other, STAGE);
    }
    for _ in 0..MAX_REPAIRS {
        let Err(error) = of.check(&name) else { return Some(name) };
        name = repair(&name, &error)?;
    }
    None
}

/// Replaces what is wrong with what was meant.
fn repair(name: &str, error: &NameError) -> Option<String> {
    let Range { start, end } = error.at();
    let (before, wrong, after) = (&name[..start], &name[start..end], &name[end..]);
    let right = match error.reason() {
        Reason::Character(c) | Reason::SecretCharacter(c) | Reason::LabelCharacter(c) => {
            let (cyrillic, latin) = LOOKALIKES;
            let place = cyrillic.chars().position(|alike| alike == c)?;
            latin.chars().nth(place)?.to_string()
        }
        Reason::OuterBlank
        | Reason::TrailingSlash
        | Reason::SecretPrefix
        | Reason::PathSelector
        | Reason::PlaceholderUnopened => String::new(),
        Reason::PlaceholderUnclosed => STAGE.into(),
        Reason::PlaceholderUnknown => {
            let word = wrong.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let is_stage = word.is_empty() || closest(&word, ["stage", "env"]).is_some();
            is_stage.then(|| STAGE.to_owned())?
        }
        Reason::EmptyLevel => "/".into(),
        Reason::NoLeadingSlash | Reason::PathNoSlash => format!("/{wrong}"),
        Reason::SecretArn => name_in_arn(wrong)?.into(),
        _ => return None,
    };
    Some(format!("{before}{right}{after}"))
}

/// The name of a secret of which this is the ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let fields: Vec<_> = arn.split(':').collect();
    let ["arn", _, "secretsmanager", _, _, "secret", name, ..] = fields[..] else { return None };
    // The six random characters at the end are not part of the name.
    let is_random = |end: &str| end.len() == 6 && end.bytes().all(|b| b.is_ascii_alphanumeric());
    Some(name.rsplit_once('-').filter(|(_, end)| is_random(end)).map_or(name, |(it, _)| it))
}

/// The account that was meant, if its digits are all there: the console shows `1111-2222-3333`.
pub(crate) fn account(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '"')).collect();
    Account::parse(&digits).is_some().then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_suggested() {
        let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/db-AbCdEf";
        for (of, name, wanted) in [
            (NameKind::Parameter, " a/b//c/ ", "/a/b/c"),
            (NameKind::Parameter, "/stripe/tеst", "/stripe/test"),
            (NameKind::Parameter, "/app/{stage/key", "/app/{stage}/key"),
            (NameKind::Parameter, "/app/{stag}/key", "/app/{stage}/key"),
            (NameKind::Parameter, "/app/{{stage}}/key", "/app/{stage}/key"),
            (NameKind::Parameter, "/app/${stage}/key", "/app/{stage}/key"),
            (NameKind::Parameter, "/app/<stage>", "/app/{stage}"),
            (NameKind::Parameter, "/app/stage}/key", "/app/stage/key"),
            (NameKind::Secret, "/aws/reference/secretsmanager/stripe/live", "stripe/live"),
            (NameKind::Secret, secret, "app/db"),
            (NameKind::Path, "flags/{stage}/", "/flags/{stage}"),
            (NameKind::Path, "/flags:3", "/flags"),
        ] {
            assert_eq!(suggest(of, name).as_deref(), Some(wanted), "{name}");
            assert!(of.check(wanted).is_ok(), "{wanted}");
        }
    }

    #[test]
    fn nothing_is_made_up() {
        for name in [
            "/stripe secret/test",
            "/aws/key",
            "/key:",
            "/key:3rd",
            "/key:3:blue",
            "arn:aws:ssm::123456789012:parameter/key",
            "arn:aws:ssm:us-east-1:1:parameter/key",
            "arn:aws:s3:::bucket/key",
            &"/a".repeat(16),
        ] {
            assert_eq!(suggest(NameKind::Parameter, name), None, "{name}");
        }
    }
}
