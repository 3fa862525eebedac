//! What the code that the derive writes may call. Not for anybody else, and not kept stable.

pub use std::borrow::Cow;

use stage_config_names::Stages;

use crate::config::StageConfig;
use crate::environment::Environment;
use crate::schema::stage::StageError;
use crate::schema::table::ParameterTable;

pub use crate::cached::clock::{Clock, Moment};
pub use crate::config::nested::Nested;
#[cfg(feature = "ssm")]
pub use crate::config::parameter_tests::read_parameters;
pub use crate::decode::convert::{
    Base64, Convert, FromBase64, FromParsed, InBase64, Json, Parse, Text,
};
pub use crate::decode::decoder::Decoder;
pub use crate::decode::dispatch::{FieldType, FieldTypeDefaults, Written};
pub use crate::decode::field::FieldDecoder;
pub use crate::decode::map::FromEntries;
pub use crate::schema::fits::Fits;
pub use crate::schema::names::At;
pub use crate::schema::stage::Stage;

/// The table of a struct with mistakes, which is never loaded.
pub const NOTHING: &ParameterTable = &ParameterTable {
    config: "",
    stages: Stages { declared: &[], aliases: &[], fallback: None, allow_near_misses: false },
    variable: None,
    fields: &[],
};

/// Whether JSON can be read.
pub const HAS_JSON: bool = cfg!(feature = "json");

impl At {
    /// The stage of a deployment that is called `deployed`.
    pub fn deployed<T: StageConfig>(deployed: &str) -> Result<Self, StageError> {
        Stage::named(T::PARAMETERS, deployed).map(Self::stage)
    }

    /// The stage that the environment of the process names.
    pub fn from_env<T: StageConfig>() -> Result<Self, StageError> {
        Stage::from(T::PARAMETERS, &Environment::of_process()).map(Self::stage)
    }
}
