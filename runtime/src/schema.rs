//! What a configuration reads: a table of its fields, the names at each stage, and descriptions.
//!
//! [`StageConfig::PARAMETERS`](crate::StageConfig::PARAMETERS) is the entry point.

// | module | what it has |
// |---|---|
// | `table`, `stages` | what the derive writes about a struct |
// | `reads` | what the text of a value is read as |
// | `scope` | the walk through nested structs |
// | `parameter` | one name at each stage, with the prefixes around it |
// | `requested` | every name that a load requests |
// | `names` | what the generated struct of names is built from |
// | `stage` | the stage of one load |
// | `fits` | whether a nested struct fits into the one around it, at compile time |
// | `existing` | whether what a nested struct reads exists, at compile time |
// | `embedded` | the description in a binary: written in a constant, and read by tools |
// | `describe` | the configuration in Markdown and JSON |

pub(crate) mod describe;
pub(crate) mod embedded;
pub(crate) mod existing;
pub(crate) mod fits;
pub(crate) mod names;
pub(crate) mod parameter;
pub(crate) mod reads;
pub(crate) mod requested;
pub(crate) mod scope;
pub(crate) mod stage;
pub(crate) mod stages;
pub(crate) mod table;

pub use stage_config_names::NameKind;

pub use self::embedded::{DescriptionError, find_descriptions};
pub use self::parameter::Parameter;
pub use self::reads::{Reads, Unreadable};
pub use self::requested::RequestedName;
pub use self::stages::Stages;
pub use self::table::{Field, Kind, Names, ParameterTable};
