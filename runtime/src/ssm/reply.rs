//! Which reply belongs to which name.
//!
//! Replies come in an order of their own. One is known by name and selector; a parameter shared
//! from another account by its ARN and selector, since its name may be that of one of ours. What
//! does not fit is never a value: a wrong one would be worse than none.

use aws_sdk_ssm::types::{Parameter, ParameterType};
use stage_config_names::{ParameterName, Selector};

use crate::schema::parameter::without_slash;
use crate::source::Answer;

/// What `GetParameters` answers, or `GetParameter`. Never printed: it holds the values.
#[derive(Default)]
pub(super) struct Replies {
    pub(super) found: Vec<Parameter>,
    pub(super) invalid: Vec<String>,
}

/// What one page of `GetParametersByPath` answers. Never printed either.
pub(super) struct Page {
    /// An empty list is a page. Without a list, the reply is not one.
    pub(super) found: Option<Vec<Parameter>>,
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
        let Some((first, others)) = candidates.split_first() else {
            let missing = self.has_invalid(name) && !name.is_secret_reference();
            return missing.then_some(Answer::Missing);
        };
        if self.has_invalid(name) {
            return Some(contradiction());
        }
        // Not every stand-in for the service tells versions apart. Better ask again than guess.
        others.iter().all(|other| alike(first, other)).then(|| answer_to(name, first))?
    }

    /// What they say of this name, the only one that was asked for.
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

/// For a parameter of which the reply says nothing, or no value. It was torn on the way, most
/// likely, and that passes.
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

/// The answer that a reply is to one who asked for this name; nothing, if it is without a value.
fn answer_to(name: &ParameterName<'_>, reply: &Parameter) -> Option<Answer> {
    if !name.is_secret_reference() {
        return answer(reply);
    }
    // Secret, whichever type a stand-in for the service gives it.
    Some(match &reply.value {
        Some(text) => Answer::secure(text),
        None => Answer::Unreadable(
            "cannot be read: it is binary, and Parameter Store returns only text".to_owned(),
        ),
    })
}

/// The answer that a reply is; nothing, if it is without a value.
pub(super) fn answer(reply: &Parameter) -> Option<Answer> {
    let text = reply.value()?;
    Some(match reply.r#type {
        Some(ParameterType::String | ParameterType::StringList) => Answer::found(text),
        // What is not known to be plain may be secret.
        _ => Answer::secure(text),
    })
}

/// Whether it makes no difference which of the two is read.
pub(super) fn alike(one: &Parameter, other: &Parameter) -> bool {
    (&one.value, &one.r#type) == (&other.value, &other.r#type)
}

/// Whether this is a reply to the name, of several that were asked for.
fn belongs(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    selector_of(reply) == name.selector().map(|it| format!(":{it}")).as_deref()
        && is_for(reply, name)
}

/// Whether this is a reply to the name, the only one that was asked for.
///
/// moto needs two exceptions, neither of which can be met with in a reply of the service. A version
/// or label comes without its selector; the version is known by its number, and of a label only the
/// name is known. A secret comes under its name in Secrets Manager, and is known by what only
/// secrets have: the reply of Secrets Manager in `SourceResult`.
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

/// The selector of a reply; an empty one is none.
pub(super) fn selector_of(reply: &Parameter) -> Option<&str> {
    reply.selector().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests;
