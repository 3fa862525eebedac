#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("guide.md")]

mod asked;
mod at;
mod below;
mod cold_start;
mod config;
mod convert;
mod describe;
mod duration;
mod environment;
mod error;
mod fits;
mod fixed;
mod foreign;
mod literals;
mod load;
mod loader;
mod nested;
mod parameter_tests;
mod probe;
mod reader;
mod remedy;
mod slot;
mod source;
#[cfg(feature = "ssm")]
mod ssm;
mod stage;
mod table;
mod value;
mod values;

#[doc = include_str!("compile_errors.md")]
pub mod compile_errors {}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use asked::Parameter;
pub use at::AskedName;
pub use cold_start::ColdStart;
pub use config::StageConfig;
pub use environment::Environment;
pub use error::{LoadError, Problem, ProblemKind};
pub use fixed::Fixed;
pub use loader::Loader;
pub use secrecy::{self, ExposeSecret, SecretBox, SecretString};
pub use source::{Answer, Answers, Request, Source};
#[cfg(feature = "ssm")]
pub use ssm::ParameterStore;
pub use stage::StageError;
pub use stage_config_macros::StageConfig;
pub use stage_config_names::{NameOf, NearMiss, Stages};
pub use table::{Field, Kind, Names, ParameterTable};
pub use value::{FromText, Malformed, by};

/// The README, whose snippets are tests. It lies outside of the package.
#[cfg(all(doctest, feature = "json", feature = "ssm"))]
#[doc = include_str!("../../README.md")]
struct Readme;
