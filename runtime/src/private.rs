//! What the code that the derive writes may call. Not for anybody else, and not kept stable.

pub use std::borrow::Cow;

use crate::config::StageConfig;
use crate::environment::Environment;
use crate::stage::StageError;
use crate::table::Kind;

pub use crate::below::{Entry, ReadBelow, Unread};
pub use crate::clock::{Clock, Moment};
pub use crate::convert::{Base64, Convert, Decoded, FromBase64, Json, Parse, Returned, Text};
pub use crate::probe::{Probe, ProbeDefaults};
pub use crate::reader::{
    ReadLiteral, ReadLiteralOption, ReadOption, ReadPlain, ReadStatic, Reader,
};
pub use crate::stage::Stage;
pub use crate::values::{Slot, Values};

/// Whether JSON can be read.
pub const HAS_JSON: bool = cfg!(feature = "json");

impl Stage {
    /// The stage of a deployment that is called `deployed`.
    pub fn choose<T: StageConfig>(deployed: &str) -> Result<Self, StageError> {
        Self::named(T::PARAMETERS, deployed)
    }

    /// The stage that the environment of the process names.
    pub fn from_env<T: StageConfig>() -> Result<Self, StageError> {
        Self::from(T::PARAMETERS, &Environment::of_process())
    }
}

/// The name that is asked for at a stage by the field in row `index` of the table.
pub fn name_at<T: StageConfig>(index: usize, stage: &Stage) -> Cow<'static, str> {
    match T::PARAMETERS.fields[index].kind {
        Kind::Ssm(names) => names.asked_at(stage.resolved()),
        Kind::Env(_) | Kind::Stage | Kind::Value => unreachable!("only parameters have names"),
    }
}
