//! Which reply belongs to which name.
//!
//! Replies come in an order of their own. One is known by name and selector; a parameter shared
//! from another account by its ARN and selector, since its name may be that of one of ours.

use aws_sdk_ssm::types::{Parameter, ParameterType};
use stage_config_names::ParameterName;

use crate::source::Answer;

use super::call::Replies;

impl Replies {
    /// What these replies say of a name that was asked for among `asked`; nothing, if it is among
    /// neither the found nor the missing.
    pub(super) fn answer(
        &self,
        name: &ParameterName<'_>,
        asked: &[ParameterName<'_>],
    ) -> Option<Answer> {
        if self.invalid.iter().any(|invalid| is_same(invalid, name)) {
            return Some(Answer::Missing);
        }
        self.found
            .iter()
            .filter(|reply| belongs(reply, name))
            // Our own `/a` before the one that was asked for by the ARN of another account.
            .min_by_key(|reply| name.arn().is_none() && is_asked_by_arn(reply, asked))
            .and_then(answer)
    }
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
        return reply.arn.as_deref().is_some_and(|arn| arn == bare(name));
    }
    reply.name.as_deref().is_some_and(|it| without_slash(it) == without_slash(name.path()))
}

fn is_asked_by_arn(reply: &Parameter, asked: &[ParameterName<'_>]) -> bool {
    asked
        .iter()
        .any(|name| name.arn().is_some() && reply.arn.as_deref().is_some_and(|it| it == bare(name)))
}

/// As it was asked for, without the selector.
fn bare<'a>(name: &ParameterName<'a>) -> &'a str {
    match name.selector() {
        Some(_) => name.as_str().rsplit_once(':').map_or(name.as_str(), |(bare, _)| bare),
        None => name.as_str(),
    }
}

fn is_same(invalid: &str, name: &ParameterName<'_>) -> bool {
    without_slash(invalid) == without_slash(name.as_str())
}

/// `Key` and `/Key` are one.
fn without_slash(name: &str) -> &str {
    name.strip_prefix('/').unwrap_or(name)
}
