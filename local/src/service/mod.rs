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

#[derive(Default)]
pub(crate) struct Service {
    /// Locked for a whole operation.
    storage: Mutex<Storage>,
    pub(crate) script: Script,
}

impl Service {
    pub(crate) fn answer(&self, operation: &str, body: &Value) -> Result<Value> {
        match operation {
            "GetParameter" => self.get_parameter(&request(body)?),
            "GetParameters" => self.get_parameters(&request(body)?),
            "GetParametersByPath" => self.by_path(&request(body)?),
            "PutParameter" => self.put_parameter(request(body)?),
            "DeleteParameter" => self.delete(&request(body)?),
            "DescribeParameters" => self.describe(&request(body)?),
            "LabelParameterVersion" => self.label_version(request(body)?),
            _ => Err(ServiceError::new("UnknownOperationException", "")),
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
