//! Matches replies with names.
//!
//! Replies come in any order. Name and selector identify one; ARN and selector identify a parameter
//! that another account shares, because one of ours may have the same name. A reply that does not fit
//! is never a value: a wrong value is worse than none.

#[cfg(any(feature = "lean", feature = "extension"))]
pub(crate) mod json;

use secrecy::{ExposeSecret, SecretString};
use stage_config_names::{Account, Name, ParameterName, SECRETS, Selector};

use super::failure::INCOMPLETE;
use crate::source::Answer;

/// A parameter as a reply has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameter {
    pub(crate) name: Option<String>,
    pub(crate) arn: Option<String>,
    /// The version or the label that was requested: `:3`.
    pub(crate) selector: Option<String>,
    pub(crate) version: i64,
    pub(crate) value: Option<SecretString>,
    /// Whether its type is known to be one that is not encrypted. Any other may be secret.
    pub(crate) is_plain: bool,
    /// Whether it came from Secrets Manager: only such a reply has a `SourceResult`.
    pub(crate) is_from_secrets_manager: bool,
}

/// Whether a parameter has a value, or is a binary secret, which never has one.
pub(crate) fn is_complete(has_value: bool, name: Option<&str>) -> bool {
    has_value || name.is_some_and(|name| name.starts_with(SECRETS))
}

/// The reply to `GetParameters`, or to `GetParameter`.
#[derive(Default)]
pub(crate) struct Replies {
    pub(crate) found: Vec<Parameter>,
    pub(crate) invalid: Vec<String>,
}

/// A reply to `GetParametersByPath`, and the token of the next page.
pub(crate) struct Page {
    pub(crate) found: Vec<Parameter>,
    pub(crate) next: Option<String>,
}

impl Replies {
    /// The answer for a name that was requested together with others, all of them `requested`. `None` if the name is neither
    /// found nor invalid, or if two of the found may be meant. Also `None` for a secret that is
    /// invalid: that is what Parameter Store says of any secret that it could not get.
    pub(super) fn answer(
        &self,
        name: &ParameterName<'_>,
        requested: &[ParameterName<'_>],
    ) -> Option<Answer> {
        let mut candidates: Vec<_> =
            self.found.iter().filter(|reply| belongs(reply, name)).collect();
        if name.arn().is_none() {
            // Our own `/a`, not the one that was requested by the ARN of another account.
            for by_arn in requested.iter().filter(|it| it.arn().is_some()) {
                if let Some(index) = candidates.iter().position(|reply| belongs(reply, by_arn)) {
                    candidates.remove(index);
                }
            }
        }
        let Some((first, others)) = candidates.split_first() else {
            let missing = self.has_invalid(name) && !name.is_secret_reference();
            return missing.then_some(Answer::Missing);
        };
        if self.has_invalid(name) {
            return Some(misfit());
        }
        // Not every stand-in for the service distinguishes versions. Another request beats a guess.
        others.iter().all(|other| alike(first, other)).then(|| answer_to(name, first))?
    }

    /// The answer for this name, the only one that was requested.
    pub(crate) fn only(&self, name: &ParameterName<'_>) -> Answer {
        let is_invalid = self.has_invalid(name);
        match &*self.found {
            [] if is_invalid && name.is_secret_reference() => Answer::failed(
                "Parameter Store does not say whether it is missing or the role may not read it, \
                 which it does to a role with `ssm:GetParameter`",
            ),
            [] if is_invalid => Answer::Missing,
            [] if self.invalid.is_empty() => incomplete(),
            [first, others @ ..]
                if !is_invalid
                    && self.found.iter().all(|reply| belongs_alone(reply, name))
                    && others.iter().all(|other| alike(first, other)) =>
            {
                answer_to(name, first).unwrap_or_else(incomplete)
            }
            _ => misfit(),
        }
    }

    fn has_invalid(&self, name: &ParameterName<'_>) -> bool {
        let name = Name::from(name.as_str());
        self.invalid.iter().any(|invalid| name == **invalid)
    }
}

/// The answer for a parameter without a reply or without a value.
pub(super) fn incomplete() -> Answer {
    Answer::transient(INCOMPLETE)
}

/// The answer if a reply is for another parameter or another version, or contradicts itself.
pub(super) fn misfit() -> Answer {
    Answer::failed("the reply does not fit what was requested; check the endpoint")
}

/// The answer that a reply has for this name; `None` if it has no value.
fn answer_to(name: &ParameterName<'_>, reply: &Parameter) -> Option<Answer> {
    if !name.is_secret_reference() {
        return answer(reply);
    }
    // Secret, whatever type a stand-in for the service gives it.
    Some(match &reply.value {
        Some(text) => found(reply, text, true),
        None => Answer::failed("it is binary, and Parameter Store returns only text"),
    })
}

/// The answer that a reply has; `None` if it has no value.
pub(super) fn answer(reply: &Parameter) -> Option<Answer> {
    Some(found(reply, reply.value.as_ref()?, !reply.is_plain))
}

/// The ARN of a reply says which account answered; that of a secret is in the same account.
fn found(reply: &Parameter, text: &SecretString, secure: bool) -> Answer {
    let account = reply.arn.as_deref().and_then(Account::from_arn);
    Answer::Found { text: text.clone().into(), secure, account }
}

/// Whether both have the same value.
pub(super) fn alike(one: &Parameter, other: &Parameter) -> bool {
    let [value, of_other] =
        [one, other].map(|it| it.value.as_ref().map(ExposeSecret::expose_secret));
    value == of_other && one.is_plain == other.is_plain
}

/// Whether this is the reply to the name, among several that were requested.
fn belongs(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    selector_of(reply) == name.selector().map(|it| format!(":{it}")).as_deref()
        && is_for(reply, name)
}

/// Whether this is the reply to the name, the only one that was requested.
///
/// moto needs two exceptions, which no reply of the service meets. It leaves out the selector: its
/// number identifies a version, and a label is not checked. It returns a secret under its name in
/// Secrets Manager: `SourceResult`, which only secrets have, identifies it.
fn belongs_alone(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    let selected = match (selector_of(reply), name.selector()) {
        (None, Some(Selector::Version(version))) => u64::try_from(reply.version) == Ok(version),
        (None, _) => true,
        (Some(selector), wanted) => wanted.is_some_and(|it| selector == format!(":{it}")),
    };
    let secret = || reply.is_from_secrets_manager && reply.name.as_deref() == name.secret();
    selected && (is_for(reply, name) || name.is_secret_reference() && secret())
}

fn is_for(reply: &Parameter, name: &ParameterName<'_>) -> bool {
    if name.arn().is_none() {
        let path = Name::from(name.path());
        return reply.name.as_deref().is_some_and(|name| path == *name);
    }
    let selector = name.selector().map(|it| format!(":{it}")).unwrap_or_default();
    reply.arn.as_deref() == name.as_str().strip_suffix(&*selector)
}

/// The selector of a reply; an empty one counts as none.
pub(super) fn selector_of(reply: &Parameter) -> Option<&str> {
    reply.selector.as_deref().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests;
