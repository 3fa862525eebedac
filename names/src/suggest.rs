//! What a wrong name was most likely meant to be.

use crate::fault::{Fault, Reason};
use crate::kind::NameOf;
use crate::name::SECRETS;
use crate::near::closest;
use crate::template::{self, STAGE};

/// A name with several faults shows them one by one; a suggestion mends this many.
const MAX_REPAIRS: usize = 16;

/// How the stage is written in other languages.
const OTHER_PLACEHOLDERS: [&str; 4] = ["${stage}", "$stage", "<stage>", "%stage%"];

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

/// The nearest valid name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    name: String,
    is_sure: bool,
}

impl Suggestion {
    /// The name. It is valid, however many faults there were.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it was surely meant: nothing but slashes, blanks around it, and a `:` with no selector
    /// behind it were at fault.
    pub fn is_sure(&self) -> bool {
        self.is_sure
    }
}

impl NameOf {
    /// The valid name that is nearest to this one, if that can be told.
    ///
    /// ```
    /// use stage_config_names::NameOf;
    ///
    /// let nearest = NameOf::Parameter.suggest("/stripe secret/test/").unwrap();
    /// assert_eq!(nearest.name(), "/stripe-secret/test");
    /// assert!(!nearest.is_sure());
    /// assert!(NameOf::Parameter.suggest("stripe/test").unwrap().is_sure());
    /// ```
    pub fn suggest(self, name: &str) -> Option<Suggestion> {
        let mut is_sure = true;
        let mut name = name.to_owned();
        for other in OTHER_PLACEHOLDERS {
            is_sure &= !name.contains(other);
            name = name.replace(other, STAGE);
        }
        if let (Self::Parameter, Some(secret)) = (self, name_in_arn(&name)) {
            name = format!("{SECRETS}{secret}");
            is_sure = false;
        }
        for _ in 0..MAX_REPAIRS {
            let Err(fault) = self.check(&name) else { return Some(Suggestion { name, is_sure }) };
            is_sure &= leaves_no_doubt(fault.reason());
            let stood_in = template::with_stand_in(&name).into_owned();
            // Of a template, the repair sees the stage as a word.
            name = if template::check_braces(&name).is_ok() {
                template::without_stand_in(&name, &repair(&stood_in, &fault)?)?
            } else {
                repair(&name, &fault)?
            };
        }
        None
    }
}

fn leaves_no_doubt(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::OuterBlank
            | Reason::NoLeadingSlash
            | Reason::PathNoSlash
            | Reason::EmptyLevel
            | Reason::TrailingSlash
            | Reason::EmptySelector
    )
}

/// The name of a secret of which this is the ARN.
fn name_in_arn(arn: &str) -> Option<&str> {
    let fields: Vec<_> = arn.split(':').collect();
    let ["arn", _, "secretsmanager", _, _, "secret", name, ..] = fields[..] else { return None };
    // Behind the name stand six random characters, which are no part of it.
    let is_random = |end: &str| end.len() == 6 && end.bytes().all(|b| b.is_ascii_alphanumeric());
    Some(name.rsplit_once('-').filter(|(_, end)| is_random(end)).map_or(name, |(it, _)| it))
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
        | Reason::SecondSelector
        | Reason::SecretPrefix
        | Reason::PathSelector
        | Reason::PlaceholderUnopened => String::new(),
        Reason::PlaceholderUnclosed | Reason::PlaceholderUnknown => STAGE.into(),
        Reason::EmptyLevel => "/".into(),
        Reason::NoLeadingSlash | Reason::PathNoSlash => format!("/{wrong}"),
        Reason::VersionZero => match wrong.trim_start_matches('0') {
            "" => "1".into(),
            version => version.into(),
        },
        Reason::Reserved | Reason::LabelReserved | Reason::LabelBeginsWithDigit => {
            format!("my-{wrong}")
        }
        Reason::SecretArn => name_in_arn(wrong)?.into(),
        Reason::PathArn => format!("/{}", wrong.split_once(":parameter/")?.1),
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
    if begins && ends {
        None // Nothing would be left.
    } else if begins || ends || before.ends_with('-') {
        Some(String::new())
    } else {
        Some("-".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(of: NameOf, name: &str) -> Option<String> {
        of.suggest(name).map(|it| it.name)
    }

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
            (
                "arn:aws:sqs:us-east-1:123456789012:parameter/app/key",
                "arn:aws:ssm:us-east-1:123456789012:parameter/app/key",
            ),
            ("/app/{stage/key", "/app/{stage}/key"),
            ("/app/{stag}/key", "/app/{stage}/key"),
            ("/app/{{stage}}/key", "/app/{stage}/key"),
            ("/app/${stage}/key", "/app/{stage}/key"),
            ("/app/$stage/key", "/app/{stage}/key"),
            ("/app/<stage>", "/app/{stage}"),
            ("/app/stage}/key", "/app/stage/key"),
            ("app/{stage}/the key", "/app/{stage}/the-key"),
        ] {
            assert_eq!(suggested(NameOf::Parameter, name).as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn suggestions_of_secrets_and_paths() {
        for (of, name, wanted) in [
            (NameOf::Secret, "/aws/reference/secretsmanager/stripe/live", "stripe/live"),
            (NameOf::Secret, " stripe:AWSCURRENT:", "stripe:AWSCURRENT"),
            (NameOf::Secret, "stripe key:v 1", "stripe-key:v-1"),
            (
                NameOf::Secret,
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/db-AbCdEf",
                "app/db",
            ),
            (NameOf::Path, "flags", "/flags"),
            (NameOf::Path, "flags/{stage}/", "/flags/{stage}"),
            (NameOf::Path, "/flags:3", "/flags"),
            (NameOf::Path, "arn:aws:ssm:us-east-1:123456789012:parameter/app/flags", "/app/flags"),
        ] {
            assert_eq!(suggested(of, name).as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn no_suggestion_without_an_end() {
        assert_eq!(suggested(NameOf::Parameter, &"/a".repeat(16)), None);
        assert_eq!(suggested(NameOf::Parameter, &"é".repeat(1000)), None);
        assert_eq!(suggested(NameOf::Parameter, "/rocket/🚀"), None);
        assert_eq!(suggested(NameOf::Parameter, "arn:aws:s3:::bucket/key"), None);
        // Of another service, and nothing like a parameter of this one.
        let queue = "arn:aws:sqs:us-east-1:123456789012:/key";
        assert_eq!(suggested(NameOf::Parameter, queue), None);
        let document = "arn:aws:ssm:us-east-1:123456789012:document/key";
        assert_eq!(suggested(NameOf::Parameter, document), None);
        assert_eq!(suggested(NameOf::Path, "/aws/reference/secretsmanager"), None);
        // The word that stands for the stage meanwhile.
        assert_eq!(suggested(NameOf::Parameter, "/xstagex/{stage}/a b"), None);
    }

    #[test]
    fn only_slashes_outer_blanks_and_an_empty_selector_are_sure() {
        for (name, sure) in [
            ("a/b", true),
            ("/a//b///c/", true),
            (" a/b/ ", true),
            ("/a:", true),
            (" /a b", false),
            ("/a@b", false),
            ("/a/$stage", false),
            ("a/$stage", false),
        ] {
            let suggestion = NameOf::Parameter.suggest(name).unwrap();
            assert_eq!(suggestion.is_sure(), sure, "{name:?}");
        }
    }
}
