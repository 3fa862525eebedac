//! The operations: a request's JSON in, a reply's JSON or an error out.

mod by_path;
mod constraint;
mod delete;
mod describe;
mod filter;
mod label;
mod names;
mod page;
mod put;
mod read;
mod reply;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Refused, ServiceError};
use crate::faults::Script;
use crate::parameter::{Kind, Parameter};
use crate::storage::Storage;

pub(crate) use page::page_of;

type Operation = fn(&Service, &[u8]) -> Result<Value, ServiceError>;

pub(crate) const BY_PATH: &str = "GetParametersByPath";
pub(crate) const OPERATIONS: [(&str, Operation); 7] = [
    ("GetParameter", |service, body| service.get_parameter(&request(body)?)),
    ("GetParameters", |service, body| service.get_parameters(&request(body)?)),
    (BY_PATH, |service, body| service.get_parameters_by_path(&request(body)?)),
    ("PutParameter", |service, body| service.put_parameter(request(body)?)),
    ("DeleteParameter", |service, body| service.delete_parameter(&request(body)?)),
    ("DescribeParameters", |service, body| service.describe_parameters(&request(body)?)),
    ("LabelParameterVersion", |service, body| service.label_parameter_version(request(body)?)),
];

pub(crate) struct Service {
    /// Locked for the whole of an operation.
    storage: Mutex<Storage>,
    script: Arc<Script>,
}

impl Service {
    pub(crate) fn new(script: Arc<Script>) -> Self {
        Self { storage: Mutex::default(), script }
    }

    /// Carries out an operation of [`OPERATIONS`].
    pub(crate) fn answer(&self, operation: &str, body: &[u8]) -> Result<Value, ServiceError> {
        match OPERATIONS.iter().find(|(name, _)| *name == operation) {
            Some((_, carry_out)) => carry_out(self, body),
            None => Err(ServiceError::new("UnknownOperationException", "")),
        }
    }

    /// Answers a page of a path that has no parameters and leads to the page that was asked for.
    pub(crate) fn empty_page(body: &[u8]) -> Result<Value, ServiceError> {
        by_path::empty_page(&request(body)?)
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

fn request<T: DeserializeOwned>(body: &[u8]) -> Result<T, ServiceError> {
    serde_json::from_slice(body).map_err(|error| unreadable(&error))
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
