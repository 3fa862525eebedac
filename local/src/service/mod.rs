//! The operations: a request's JSON in, a reply's JSON or an error out.

mod filter;
mod list;
mod read;
mod rules;
mod write;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Result, ServiceError};
use crate::faults::Script;
use crate::storage::Storage;

pub(crate) use list::page_of;

type Operation = fn(&Service, &Value) -> Result<Value>;

pub(crate) const BY_PATH: &str = "GetParametersByPath";
pub(crate) const OPERATIONS: [(&str, Operation); 7] = [
    ("GetParameter", |service, body| service.get_parameter(&request(body)?)),
    ("GetParameters", |service, body| service.get_parameters(&request(body)?)),
    (BY_PATH, |service, body| service.by_path(&request(body)?)),
    ("PutParameter", |service, body| service.put_parameter(request(body)?)),
    ("DeleteParameter", |service, body| service.delete(&request(body)?)),
    ("DescribeParameters", |service, body| service.describe(&request(body)?)),
    ("LabelParameterVersion", |service, body| service.label_version(request(body)?)),
];

#[derive(Default)]
pub(crate) struct Service {
    /// Locked for a whole operation.
    storage: Mutex<Storage>,
    pub(crate) script: Script,
}

impl Service {
    pub(crate) fn answer(&self, operation: &str, body: &Value) -> Result<Value> {
        match OPERATIONS.iter().find(|(name, _)| *name == operation) {
            Some((_, carry_out)) => carry_out(self, body),
            None => Err(ServiceError::new("UnknownOperationException", "")),
        }
    }

    /// Answers a page of a path that has no parameters and leads to the requested one.
    pub(crate) fn empty_page(body: &Value) -> Result<Value> {
        request::<list::GetParametersByPath>(body)?.empty_page()
    }

    fn storage(&self) -> MutexGuard<'_, Storage> {
        self.storage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn request<T: DeserializeOwned>(body: &Value) -> Result<T> {
    T::deserialize(body).map_err(|error| {
        let text = error.to_string();
        match text.strip_prefix("missing field `").and_then(|it| it.strip_suffix('`')) {
            Some(field) => rules::missing(field),
            // The text of the error may quote a value.
            None => ServiceError::new("SerializationException", "the body cannot be read"),
        }
    })
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> f64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}
