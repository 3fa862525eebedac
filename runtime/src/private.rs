//! For generated code, and for tests of both clients of Parameter Store. It may change in any
//! release.

pub use std::borrow::Cow;
pub use std::option::Option;

pub use crate::cached::clock::{Clock, Moment};
pub use crate::config::nested::Nested;
#[cfg(feature = "_store")]
pub use crate::config::parameter_tests::read_parameters;
pub use crate::decode::convert::{
    Base64, Convert, FromBase64, FromParsed, InBase64, Json, Parse, Text,
};
pub use crate::decode::decoder::Decoder;
pub use crate::decode::dispatch::{FieldType, FieldTypeDefaults, Written};
pub use crate::decode::field::FieldDecoder;
pub use crate::decode::group::Group;
pub use crate::decode::map::ParameterMap;
pub use crate::decode::types::{FromText, by};
#[cfg(feature = "lean")]
pub use crate::lean::Lean;
pub use crate::schema::embedded::Parts;
pub use crate::schema::existing::{Existing, check_existing};
pub use crate::schema::fits::check_nested;
pub use crate::schema::names::{At, FromNames, for_stage, from_env};
pub use crate::schema::stage::{Stage, StageError};
pub use crate::schema::{Field, Kind, ParameterTable, Reads, Stages};

/// The table of a struct with mistakes, which is never loaded.
pub const NOTHING: &ParameterTable =
    &ParameterTable::__new("", Stages::__new(&[], &[], None, false), None, &[]);

/// Whether JSON can be read.
pub const HAS_JSON: bool = cfg!(feature = "json");
