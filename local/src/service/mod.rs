//! The operations: a request's JSON in, a reply's JSON or an error out.

mod access;
mod code;
mod delete;
mod filter;
mod history;
mod identity;
mod label;
mod list;
mod members;
mod page;
mod put;
mod read;
mod rules;
mod tag;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::calls::Call;
use crate::error::{Result, ServiceError};
use crate::faults::{Outcome, Reply, Script};
use crate::iam::Policies;
use crate::location::Location;
use crate::storage::Storage;

pub(crate) struct Service {
    /// The location of calls that are not signed, and of what is put from code.
    pub(crate) home: Location,
    /// Locked for a whole operation.
    storage: Mutex<Storage>,
    pub(crate) script: Script,
    pub(crate) policies: Policies,
}

/// An operation: the location that it is for, and what it may use.
struct Session<'a> {
    service: &'a Service,
    here: Location,
    /// Those of the caller. Nothing is denied to what is put from code.
    policies: Option<&'a Policies>,
}

impl Service {
    pub(crate) fn new(home: Location) -> Self {
        Self {
            home,
            storage: Mutex::default(),
            script: Script::default(),
            policies: Policies::default(),
        }
    }

    /// The location that a call is for: the region that it is signed for, if any.
    pub(crate) fn location(&self, call: &Call) -> Location {
        let region = call.region().unwrap_or(&self.home.region).to_owned();
        Location { account: self.home.account, region }
    }

    pub(crate) fn answer(&self, call: &Call) -> Result<Value> {
        let here = self.location(call);
        Session { service: self, here, policies: Some(&self.policies) }.answer(call)
    }

    /// Answers as a fault says.
    pub(crate) fn answer_with(&self, call: &Call, outcome: &Outcome) -> Result<Value> {
        let page = || request::<list::GetParametersByPath>(call.body());
        let leading_to = |mut page: Value, token: String| {
            page["NextToken"] = token.into();
            page
        };
        match &outcome.reply {
            Some(Reply::Deny) => {
                Err(call.denied(&self.location(call), outcome.resource.as_deref()))
            }
            Some(Reply::Fail) => Err(ServiceError::internal()),
            Some(Reply::Error { code, message }) => {
                Err(ServiceError::new(code.clone(), message.clone()))
            }
            Some(Reply::EmptyPage) => {
                Ok(leading_to(json!({ "Parameters": [] }), page()?.token_of_same()?))
            }
            Some(Reply::PageAgain) => Ok(leading_to(self.answer(call)?, page()?.token_of_same()?)),
            Some(Reply::PageBack) => Ok(leading_to(self.answer(call)?, page()?.token_of_first()?)),
            Some(Reply::PageOf(path)) => self.answer(&call.of_path(path)),
            reply => {
                let mut answer = self.answer(call)?;
                if let Some(reply) = reply {
                    let here = self.location(call);
                    reply.edit(&mut answer, call, &here, outcome.resource.as_deref());
                }
                Ok(answer)
            }
        }
    }
}

impl Session<'_> {
    fn answer(&self, call: &Call) -> Result<Value> {
        if call.is_query() {
            return self.identify(call);
        }
        self.authorize(call)?;
        let body = call.body();
        match call.operation.as_str() {
            "GetParameter" => self.get_parameter(&request(body)?),
            "GetParameters" => self.get_parameters(&request(body)?),
            "GetParametersByPath" => self.by_path(&request(body)?),
            "GetParameterHistory" => self.history(&request(body)?),
            "DescribeParameters" => self.describe(request(body)?),
            "PutParameter" => self.put_parameter(request(body)?),
            "DeleteParameter" => self.delete(&request(body)?),
            "DeleteParameters" => self.delete_all(&request(body)?),
            "LabelParameterVersion" => self.label_version(request(body)?),
            "UnlabelParameterVersion" => self.unlabel_version(request(body)?),
            "AddTagsToResource" => self.add_tags(&request(body)?),
            "RemoveTagsFromResource" => self.remove_tags(&request(body)?),
            "ListTagsForResource" => self.list_tags(&request(body)?),
            _ => Err(ServiceError::new("UnknownOperationException", "")),
        }
    }

    fn storage(&self) -> MutexGuard<'_, Storage> {
        self.service.storage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn request<T: DeserializeOwned>(body: &Value) -> Result<T> {
    T::deserialize(body).map_err(|error| {
        let text = error.to_string();
        match text.strip_prefix("missing field `").and_then(|it| it.strip_suffix('`')) {
            Some(field) => members::missing(field),
            // The text of the error may quote a value.
            None => ServiceError::new("SerializationException", "the body cannot be read"),
        }
    })
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> f64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}
