//! Which reply belongs to which name.
//!
//! Replies come in an order of their own. One is known by name and selector; a parameter shared
//! from another account by its ARN and selector, since its name may be that of one of ours.

use aws_sdk_ssm::types::{Parameter, ParameterType};
use stage_config_names::ParameterName;

use crate::source::Answer;

/// What `GetParameters` answers. Never printed: it holds the values.
#[derive(Default)]
pub(super) struct Replies {
    pub(super) found: Vec<Parameter>,
    pub(super) invalid: Vec<String>,
}

/// What one page of `GetParametersByPath` answers. Never printed either.
pub(super) struct Page {
    pub(super) found: Vec<Parameter>,
    /// What to ask for the next page with, if there is one.
    pub(super) next: Option<String>,
}

impl Replies {
    /// What they say of a name that was asked for among `asked`. Nothing, if it is among neither
    /// the found nor the missing, or if two of the found could be meant. Nor of a secret that is
    /// among the missing: there is whatever Parameter Store could not get, for any reason.
    pub(super) fn answer(
        &self,
        name: &ParameterName<'_>,
        asked: &[ParameterName<'_>],
    ) -> Option<Answer> {
        if self.invalid.iter().any(|it| without_slash(it) == without_slash(name.as_str())) {
            return (!name.is_secret_reference()).then_some(Answer::Missing);
        }
        let mut candidates: Vec<_> =
            self.found.iter().filter(|reply| belongs(reply, name)).collect();
        if name.arn().is_none() {
            // Our own `/a`, not the one that was asked for by the ARN of another account.
            for by_arn in asked.iter().filter(|asked| asked.arn().is_some()) {
                if let Some(place) = candidates.iter().position(|reply| belongs(reply, by_arn)) {
                    candidates.remove(place);
                }
            }
        }
        // Not every stand-in for the service tells versions apart. Better ask again than guess.
        let (first, others) = candidates.split_first()?;
        let alike = others.iter().all(|other| other.value == first.value);
        alike.then(|| answer_to(name, first))?
    }

    /// What they say of this name, the only one that was asked for.
    pub(super) fn only(&self, name: &ParameterName<'_>) -> Option<Answer> {
        if let Some(reply) = self.found.first() {
            return answer_to(name, reply);
        }
        self.invalid.first()?;
        Some(if name.is_secret_reference() {
            Answer::Unreadable(
                "cannot be read: Parameter Store does not say whether it is missing or the role \
                 may not read it, which it does to a role with `ssm:GetParameter`"
                    .to_owned(),
            )
        } else {
            Answer::Missing
        })
    }
}

/// For a parameter of which the reply says nothing, or no value.
pub(super) fn incomplete() -> Answer {
    Answer::Unavailable("cannot be read: the reply of Parameter Store is without it".to_owned())
}

/// The answer that a reply is to one who asked for this name.
pub(super) fn answer_to(name: &ParameterName<'_>, reply: &Parameter) -> Option<Answer> {
    if !name.is_secret_reference() {
        return answer(reply);
    }
    // Secret, whichever type a stand-in for the service gives it.
    Some(match &reply.value {
        Some(text) => Answer::secure(text),
        None => Answer::Unreadable(
            "cannot be read: it is binary, and Parameter Store hands out secrets in text only"
                .to_owned(),
        ),
    })
}

/// The answer that a reply is.
pub(super) fn answer(reply: &Parameter) -> Option<Answer> {
    let text = reply.value.as_deref()?;
    Some(match reply.r#type {
        Some(ParameterType::SecureString) => Answer::secure(text),
        _ => Answer::found(text),
    })
}

fn belongs(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    let selector = name.selector().map(|selector| format!(":{selector}"));
    if reply.selector.as_deref().filter(|it| !it.is_empty()) != selector.as_deref() {
        return false;
    }
    if name.arn().is_some() {
        let text = name.as_str();
        let bare = match selector {
            Some(selector) => text.strip_suffix(&*selector),
            None => Some(text),
        };
        return reply.arn.as_deref() == bare;
    }
    reply.name.as_deref().is_some_and(|it| without_slash(it) == without_slash(name.path()))
}

/// `Key` and `/Key` are one.
fn without_slash(name: &str) -> &str {
    name.strip_prefix('/').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
    const SHARED: &str = "arn:aws:ssm:us-east-1:444455556666:parameter/a";

    fn reply(name: &str, arn: &str, selector: Option<&str>, value: &str) -> Parameter {
        Parameter::builder()
            .name(name)
            .arn(arn)
            .set_selector(selector.map(str::to_owned))
            .value(value)
            .build()
    }

    fn answers(replies: &Replies, names: &[&str]) -> Vec<Option<String>> {
        use secrecy::ExposeSecret;
        let names: Vec<_> = names.iter().map(|name| ParameterName::parse(name).unwrap()).collect();
        let text = |answer| match answer {
            Answer::Found { text, .. } => text.expose_secret().to_owned(),
            other => format!("{other:?}"),
        };
        names.iter().map(|name| replies.answer(name, &names).map(text)).collect()
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    #[test]
    fn by_name_and_selector_in_any_order() {
        let found = vec![
            reply("/b", "arn:b", None, "b"),
            reply("/a", OWN, Some(":2"), "second"),
            reply("/a", OWN, None, "latest"),
            reply("/a", OWN, Some(":blue"), "blue"),
        ];
        let replies = Replies { found, invalid: vec!["/a:9".to_owned(), "Lost".to_owned()] };
        assert_eq!(
            answers(&replies, &["/a", "/a:2", "/a:blue", "/b", "/a:9", "/Lost"]),
            some(&["latest", "second", "blue", "b", "Missing", "Missing"])
        );
        assert_eq!(answers(&replies, &["/a:1", "/c"]), [None, None]);
    }

    #[test]
    fn with_and_without_a_slash() {
        let replies = Replies { found: vec![reply("Key", OWN, None, "1")], invalid: vec![] };
        assert_eq!(answers(&replies, &["/Key"]), some(&["1"]));
    }

    #[test]
    fn an_empty_selector_is_none() {
        let replies = Replies { found: vec![reply("/a", OWN, Some(""), "1")], invalid: vec![] };
        assert_eq!(answers(&replies, &["/a"]), some(&["1"]));
    }

    #[test]
    fn a_parameter_of_another_account_by_its_arn_beside_one_of_ours() {
        for found in [
            vec![reply("/a", SHARED, None, "shared"), reply("/a", OWN, None, "own")],
            vec![reply("/a", OWN, None, "own"), reply("/a", SHARED, None, "shared")],
        ] {
            let replies = Replies { found, invalid: vec![] };
            assert_eq!(answers(&replies, &["/a", SHARED]), some(&["own", "shared"]));
        }
        let found = vec![reply("/a", SHARED, Some(":1"), "first"), reply("/a", SHARED, None, "2")];
        let replies = Replies { found, invalid: vec![] };
        let first = format!("{SHARED}:1");
        assert_eq!(answers(&replies, &[&first, SHARED]), some(&["first", "2"]));
    }

    #[test]
    fn only_the_parameter_of_another_account() {
        let found = vec![reply("/a", SHARED, None, "shared")];
        let replies = Replies { found, invalid: vec![] };
        assert_eq!(answers(&replies, &["/a", SHARED]), [None, Some("shared".to_owned())]);
    }

    #[test]
    fn one_of_ours_by_name_and_by_arn() {
        let found = vec![reply("/a", OWN, None, "own"), reply("/a", OWN, None, "own")];
        let replies = Replies { found, invalid: vec![] };
        assert_eq!(answers(&replies, &["/a", OWN]), some(&["own", "own"]));
    }

    #[test]
    fn nothing_is_guessed_where_versions_are_not_told_apart() {
        let found = vec![reply("/a", OWN, None, "latest"), reply("/a", OWN, None, "first")];
        let replies = Replies { found, invalid: vec![] };
        assert_eq!(answers(&replies, &["/a", "/a:1"]), [None, None]);
    }

    #[test]
    fn a_reply_without_a_value_is_none() {
        let nothing = Parameter::builder().name("/a").arn(OWN).build();
        let replies = Replies { found: vec![nothing], invalid: vec![] };
        assert_eq!(answers(&replies, &["/a"]), [None]);
        assert!(replies.only(&ParameterName::parse("/a").unwrap()).is_none());
    }

    #[test]
    fn a_secure_string_is_known_as_one() {
        let secure = Parameter::builder().value("1").r#type(ParameterType::SecureString).build();
        assert!(matches!(answer(&secure), Some(Answer::Found { secure: true, .. })));
        let list = Parameter::builder().value("1").r#type(ParameterType::StringList).build();
        assert!(matches!(answer(&list), Some(Answer::Found { secure: false, .. })));
    }

    #[test]
    fn of_one_name_nothing_needs_to_match() {
        let name = ParameterName::parse("/a").unwrap();
        let found = vec![reply("/renamed", OWN, Some(":7"), "1")];
        assert!(matches!(
            Replies { found, invalid: vec![] }.only(&name),
            Some(Answer::Found { secure: false, .. })
        ));
        let invalid = vec!["/a".to_owned()];
        assert!(matches!(Replies { found: vec![], invalid }.only(&name), Some(Answer::Missing)));
        assert!(Replies::default().only(&name).is_none());
    }

    const SECRET: &str = "/aws/reference/secretsmanager/stripe+live@2";
    const SECRET_ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";

    #[test]
    fn secrets_by_name_and_selector_never_by_arn() {
        let found = vec![
            reply(SECRET, SECRET_ARN, Some(":AWSPREVIOUS"), "previous"),
            reply("/a", OWN, None, "own"),
            reply(SECRET, SECRET_ARN, None, "current"),
        ];
        let replies = Replies { found, invalid: vec![] };
        let previous = format!("{SECRET}:AWSPREVIOUS");
        let names = ["/a", SECRET, &previous];
        assert_eq!(answers(&replies, &names), some(&["own", "current", "previous"]));
    }

    #[test]
    fn a_secret_is_secret_whichever_type_it_comes_as() {
        let name = ParameterName::parse(SECRET).unwrap();
        let replies =
            Replies { found: vec![reply(SECRET, SECRET_ARN, None, "1")], invalid: vec![] };
        for answer in [replies.answer(&name, &[name]), replies.only(&name)] {
            assert!(matches!(answer, Some(Answer::Found { secure: true, .. })));
        }
    }

    #[test]
    fn a_binary_secret_has_no_text() {
        let name = ParameterName::parse(SECRET).unwrap();
        let binary = Parameter::builder().name(SECRET).arn(SECRET_ARN).build();
        assert!(matches!(answer_to(&name, &binary), Some(Answer::Unreadable(_))));
    }

    #[test]
    fn a_secret_that_a_batch_did_not_get_is_not_missing_for_that() {
        let name = ParameterName::parse(SECRET).unwrap();
        let replies = Replies { found: vec![], invalid: vec![SECRET.to_owned()] };
        assert!(replies.answer(&name, &[name]).is_none());
        assert!(matches!(replies.only(&name), Some(Answer::Unreadable(_))));
    }
}
