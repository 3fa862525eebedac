//! The document of a policy.

use std::collections::HashSet;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::condition::Conditions;
use super::list::List;
use super::pattern::matches;
use super::{Access, PolicyError};

#[derive(Debug, Deserialize)]
#[serde(try_from = "WrittenDocument")]
pub(super) struct Document(Vec<Statement>);

#[derive(Debug, Deserialize)]
#[serde(try_from = "WrittenStatement")]
pub(super) struct Statement {
    id: Option<String>,
    pub(super) effect: Effect,
    actions: Selection<Action>,
    resources: Selection<Resource>,
    conditions: Conditions,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum Effect {
    Allow,
    Deny,
}

#[derive(Debug)]
enum Selection<T> {
    Only(Vec<T>),
    AllBut(Vec<T>),
}

/// A pattern of actions, in lower case.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Action(String);

/// A pattern of ARNs.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Resource(String);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, expecting = "a policy document")]
struct WrittenDocument {
    version: Option<String>,
    #[serde(rename = "Id")]
    _id: Option<IgnoredAny>,
    statement: List<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, expecting = "a statement")]
struct WrittenStatement {
    sid: Option<String>,
    effect: Effect,
    action: Option<List<Action>>,
    not_action: Option<List<Action>>,
    resource: Option<List<Resource>>,
    not_resource: Option<List<Resource>>,
    #[serde(default)]
    condition: Conditions,
}

impl FromStr for Document {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        serde_json::from_str(text).map_err(|error| PolicyError(error.to_string()))
    }
}

impl Document {
    pub(super) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.0.iter()
    }
}

impl Statement {
    pub(super) fn is_for(&self, access: &Access<'_>) -> bool {
        let action = access.action.to_ascii_lowercase();
        self.actions.selects(|it| matches(&it.0, &action))
            && self.resources.selects(|it| matches(&it.0, access.resource))
            && self.conditions.hold(access.context)
    }
}

impl<T> Selection<T> {
    /// From a member such as `Action`, and the one that selects all others.
    fn new(name: &str, only: Option<List<T>>, all_but: Option<List<T>>) -> Result<Self, String> {
        match (only, all_but) {
            (Some(List(items)), None) if !items.is_empty() => Ok(Self::Only(items)),
            (None, Some(List(items))) if !items.is_empty() => Ok(Self::AllBut(items)),
            (None, None) => Err(format!("a statement has no `{name}`")),
            (Some(_), Some(_)) => Err(format!("a statement has both `{name}` and `Not{name}`")),
            _ => Err(format!("the list `{name}` or `Not{name}` is empty")),
        }
    }

    fn selects(&self, matches: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Only(items) => items.iter().any(matches),
            Self::AllBut(items) => !items.iter().any(matches),
        }
    }
}

impl TryFrom<WrittenDocument> for Document {
    type Error = String;

    fn try_from(written: WrittenDocument) -> Result<Self, String> {
        let WrittenDocument { version, statement: List(statements), .. } = written;
        if let Some(version) = version.filter(|it| it != "2012-10-17" && it != "2008-10-17") {
            return Err(format!(
                "`{version}` is not a version of the policy language; write `2012-10-17`"
            ));
        }
        let mut ids = HashSet::new();
        let mut ids_of = statements.iter().filter_map(|statement| statement.id.as_deref());
        match ids_of.find(|id| !ids.insert(*id)) {
            Some(id) => Err(format!("two statements have the `Sid` `{id}`")),
            None => Ok(Self(statements)),
        }
    }
}

impl TryFrom<WrittenStatement> for Statement {
    type Error = String;

    fn try_from(written: WrittenStatement) -> Result<Self, String> {
        let is_id = |id: &String| id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if let Some(id) = written.sid.as_ref().filter(|id| !is_id(id)) {
            return Err(format!("the `Sid` `{id}` has more than letters and digits"));
        }
        Ok(Self {
            id: written.sid,
            effect: written.effect,
            actions: Selection::new("Action", written.action, written.not_action)?,
            resources: Selection::new("Resource", written.resource, written.not_resource)?,
            conditions: written.condition,
        })
    }
}

impl TryFrom<String> for Action {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_service = |it: &str| {
            it == "*"
                || !it.is_empty() && it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'?');
        let is_action = text.split_once(':').is_some_and(|(service, name)| {
            is_service(service) && !name.is_empty() && name.bytes().all(allowed)
        });
        if text == "*" || is_action {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(format!("`{text}` is not an action, such as `ssm:GetParameter`"))
    }
}

impl TryFrom<String> for Resource {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        refuse_variables(&text)?;
        let parts: Vec<_> = text.splitn(6, ':').collect();
        // A `*` at the end stands for the other parts too.
        let is_whole = parts.len() == 6 || text.ends_with('*');
        let names_a_service = parts.get(2).is_some_and(|it| !it.contains(['*', '?']));
        if text == "*" || parts[0] == "arn" && is_whole && names_a_service {
            return Ok(Self(text));
        }
        Err(format!(
            "`{text}` is not `*` or an ARN, such as `arn:aws:ssm:us-east-1:111122223333:parameter/a`"
        ))
    }
}

/// IAM replaces `${aws:username}` in resources and conditions.
pub(super) fn refuse_variables(text: &str) -> Result<(), String> {
    if text.contains("${") {
        return Err(format!("`{text}` has a policy variable, which is not evaluated here"));
    }
    Ok(())
}
