#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("guide.md")]

#[cfg(feature = "_calls")]
mod body;
mod cached;
mod config;
mod decode;
mod environment;
mod error;
mod escape;
#[cfg(feature = "extension")]
mod extension;
#[cfg(feature = "_store")]
mod http;
#[cfg(feature = "lambda")]
pub mod lambda;
#[cfg(feature = "lean")]
mod lean;
#[cfg(feature = "_calls")]
mod quote;
pub mod schema;
pub mod source;
#[cfg(feature = "ssm")]
mod ssm;
#[cfg(feature = "_calls")]
#[cfg_attr(
    not(feature = "_store"),
    expect(dead_code, reason = "the extension needs only a part of it")
)]
mod store;

#[doc = include_str!("compile_errors.md")]
pub mod compile_errors {}

#[doc = include_str!("load_errors.md")]
pub mod load_errors {}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use cached::{ChangedFields, Changes, ColdStart};
pub use config::{Loader, StageConfig};
pub use environment::Environment;
pub use error::{LoadError, Problem, ProblemKind};
#[cfg(feature = "extension")]
pub use extension::Extension;
pub use schema::stage::StageError;
pub use secrecy::{self, ExposeSecret, SecretBox, SecretString};
pub use source::{Fixed, Source};
#[cfg(feature = "ssm")]
pub use ssm::ParameterStore;
#[doc = include_str!("derive.md")]
pub use stage_config_macros::StageConfig;
