//! Matches replies with names.
//!
//! Replies come in any order. A reply is matched by name and selector. A parameter that another
//! account shares is matched by ARN and selector, because this account may have the same name. A
//! reply that does not match is never used: a wrong value would be worse than none.

use aws_sdk_ssm::types::{Parameter, ParameterType};
use stage_config_names::{ParameterName, Selector};

use crate::schema::parameter::without_slash;
use crate::source::Answer;

/// The reply of `GetParameters` or `GetParameter`. Never printed, because it contains values.
#[derive(Default)]
pub(super) struct Replies {
    pub(super) found: Vec<Parameter>,
    pub(super) invalid: Vec<String>,
}

/// A page of `GetParametersByPath`. Never printed, because it contains values.
pub(super) struct Page {
    /// `None` if the reply has no list, so that it is not a page. A page may be empty.
    pub(super) found: Option<Vec<Parameter>>,
    /// The token for the next page, if there is one.
    pub(super) next: Option<String>,
}

impl Replies {
    /// The answer for a name of the batch `asked`. `None` if the reply does not mention the name,
    /// if two of the parameters could be meant, or if a secret is missing: Parameter Store lists
    /// every secret as missing that it could not read, for any reason.
    pub(super) fn answer(
        &self,
        name: &ParameterName<'_>,
        asked: &[ParameterName<'_>],
    ) -> Option<Answer> {
        let mut candidates: Vec<_> =
            self.found.iter().filter(|reply| belongs(reply, name)).collect();
        if name.arn().is_none() {
            // `/a` of this account, and not the one with the ARN of another account.
            for by_arn in asked.iter().filter(|asked| asked.arn().is_some()) {
                if let Some(place) = candidates.iter().position(|reply| belongs(reply, by_arn)) {
                    candidates.remove(place);
                }
            }
        }
        let Some((first, others)) = candidates.split_first() else {
            let missing = self.has_invalid(name) && !name.is_secret_reference();
            return missing.then_some(Answer::Missing);
        };
        if self.has_invalid(name) {
            return Some(contradiction());
        }
        // Some emulators do not distinguish versions. Request it again instead of guessing.
        others.iter().all(|other| alike(first, other)).then(|| answer_to(name, first))?
    }

    /// The answer for the only name of a request.
    pub(super) fn only(&self, name: &ParameterName<'_>) -> Answer {
        let Some((first, others)) = self.found.split_first() else {
            return match self.has_invalid(name) {
                true if name.is_secret_reference() => Answer::Unreadable(
                    "cannot be read: Parameter Store does not say whether it is missing or the \
                     role may not read it, which it does to a role with `ssm:GetParameter`"
                        .to_owned(),
                ),
                true => Answer::Missing,
                false if self.invalid.is_empty() => incomplete(),
                false => for_another(),
            };
        };
        if self.has_invalid(name) {
            return contradiction();
        }
        if !self.found.iter().all(|reply| belongs_alone(reply, name)) {
            return for_another();
        }
        if !others.iter().all(|other| alike(first, other)) {
            return Answer::Unreadable(
                "cannot be read: the reply has different values for it; check the endpoint"
                    .to_owned(),
            );
        }
        answer_to(name, first).unwrap_or_else(incomplete)
    }

    fn has_invalid(&self, name: &ParameterName<'_>) -> bool {
        self.invalid.iter().any(|it| without_slash(it) == without_slash(name.as_str()))
    }
}

/// The answer if the reply does not contain the parameter or its value. Most likely, the reply was
/// truncated, which is transient.
pub(super) fn incomplete() -> Answer {
    Answer::Unavailable(
        "cannot be read: the reply of Parameter Store does not contain it".to_owned(),
    )
}

fn for_another() -> Answer {
    Answer::Unreadable(
        "cannot be read: the reply is for another parameter, or for another version of it; check \
         the endpoint"
            .to_owned(),
    )
}

fn contradiction() -> Answer {
    Answer::Unreadable(
        "cannot be read: the reply says both that it exists and that it does not; check the \
         endpoint"
            .to_owned(),
    )
}

/// The answer for this name, or `None` if the reply has no value.
fn answer_to(name: &ParameterName<'_>, reply: &Parameter) -> Option<Answer> {
    if !name.is_secret_reference() {
        return answer(reply);
    }
    // Secret, whichever type an emulator reports.
    Some(match &reply.value {
        Some(text) => Answer::secure(text),
        None => Answer::Unreadable(
            "cannot be read: it is binary, and Parameter Store returns only text".to_owned(),
        ),
    })
}

/// The answer, or `None` if the reply has no value.
pub(super) fn answer(reply: &Parameter) -> Option<Answer> {
    let text = reply.value()?;
    Some(match reply.r#type {
        Some(ParameterType::String | ParameterType::StringList) => Answer::found(text),
        // An unknown type may be secret.
        _ => Answer::secure(text),
    })
}

/// Whether both have the same value.
pub(super) fn alike(one: &Parameter, other: &Parameter) -> bool {
    (&one.value, &one.r#type) == (&other.value, &other.r#type)
}

/// Whether this is the reply for the name, in a batch.
fn belongs(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    selector_of(reply) == name.selector().map(|it| format!(":{it}")).as_deref()
        && is_for(reply, name)
}

/// Whether this is the reply for the only name of a request.
///
/// moto needs two exceptions that cannot occur in a reply of the service. It returns versions and
/// labels without the selector: a version is matched by its number, and a label by the name alone.
/// It returns a secret under its name in Secrets Manager: it is recognised by `SourceResult`, which
/// only secrets have.
fn belongs_alone(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    let selected = match (selector_of(reply), name.selector()) {
        (None, Some(Selector::Version(version))) => u64::try_from(reply.version) == Ok(version),
        (None, _) => true,
        (Some(selector), wanted) => wanted.is_some_and(|it| selector == format!(":{it}")),
    };
    let secret = || reply.source_result.is_some() && reply.name.as_deref() == name.secret();
    selected && (is_for(reply, name) || name.is_secret_reference() && secret())
}

fn is_for(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    if name.arn().is_none() {
        return reply.name().is_some_and(|it| without_slash(it) == without_slash(name.path()));
    }
    let selector = name.selector().map(|it| format!(":{it}")).unwrap_or_default();
    reply.arn() == name.as_str().strip_suffix(&*selector)
}

/// The selector of a reply, unless it is empty.
pub(super) fn selector_of(reply: &Parameter) -> Option<&str> {
    reply.selector().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests;
