//! The operations: a request's JSON in, a reply's JSON or an error out.

mod by_path;
mod constraint;
mod delete;
mod describe;
mod filter;
mod label;
mod names;
mod operation;
mod page;
mod put;
mod read;
mod reply;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Refused, ServiceError};
use crate::faults::Faults;
use crate::parameter::{Kind, Parameter};
use crate::storage::Storage;

pub(crate) use operation::Operation;

pub(crate) struct Service {
    /// Locked for the whole of an operation.
    storage: Mutex<Storage>,
    faults: Arc<Faults>,
}

impl Service {
    pub(crate) fn new(faults: Arc<Faults>) -> Self {
        Self { storage: Mutex::default(), faults }
    }

    pub(crate) fn answer(&self, operation: Operation, body: &[u8]) -> Result<String, ServiceError> {
        match operation {
            Operation::GetParameter => reply(body, |it| self.get_parameter(&it)),
            Operation::GetParameters => reply(body, |it| self.get_parameters(&it)),
            Operation::GetParametersByPath => reply(body, |it| self.get_parameters_by_path(&it)),
            Operation::PutParameter => reply(body, |it| self.put_parameter(it)),
            Operation::DeleteParameter => reply(body, |it| self.delete_parameter(&it)),
            Operation::DescribeParameters => reply(body, |it| self.describe_parameters(&it)),
            Operation::LabelParameterVersion => reply(body, |it| self.label_parameter_version(it)),
        }
    }

    /// Puts a parameter from code, overwriting the one that exists.
    pub(crate) fn put(&self, parameter: Parameter) -> Result<(), Refused> {
        let name = parameter.name.clone();
        let put = match parameter.kind {
            Kind::Secret => self.storage().secrets.put(parameter),
            _ => self.put_parameter(parameter.into()).map(|_| ()),
        };
        put.map_err(|error| Refused::new(name, error))
    }

    /// Labels a version from code.
    pub(crate) fn label(&self, name: &str, version: u32, label: &str) -> Result<(), Refused> {
        self.label_one(name, version, label).map_err(|error| Refused::new(name, error))
    }

    fn storage(&self) -> MutexGuard<'_, Storage> {
        self.storage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reply<Request: DeserializeOwned, Reply: Serialize>(
    body: &[u8],
    operation: impl FnOnce(Request) -> Result<Reply, ServiceError>,
) -> Result<String, ServiceError> {
    let request = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    serde_json::to_string(&operation(request)?).map_err(|_| ServiceError::internal())
}

fn unreadable(error: &serde_json::Error) -> ServiceError {
    let text = error.to_string();
    match text.strip_prefix("missing field `").and_then(|it| it.split('`').next()) {
        Some(field) => constraint::missing(field),
        // The text of the error may quote a value.
        None => ServiceError::new(
            "SerializationException",
            format!("cannot be read at line {}, column {}", error.line(), error.column()),
        ),
    }
}
