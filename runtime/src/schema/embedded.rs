//! The description of a configuration in the program that loads it, for tools that cannot run the
//! program. `stage_config_names::description` has the format.
//!
//! | file | what it does |
//! |---|---|
//! | `write.rs` | puts the parts of a description together, in a constant |
//! | `read.rs` | finds and reads the tables in the bytes of a file |
//! | `rules.rs` | checks the tables as a derive does, and limits what they cause |
//! | `error.rs` | why a description cannot be read |

mod error;
mod read;
mod rules;
mod write;

pub use self::error::DescriptionError;
pub use self::read::find_descriptions;
pub use self::write::Parts;

/// Arbitrary, and no text.
const MAGIC: [u8; 16] = *b"\x93stage-config\r\n\x1a";
/// Magic number, version and length.
const HEADER: usize = MAGIC.len() + 4 + 4;
/// What only the compiler knows about a field.
const FACTS: usize = 3;

/// Structs that are nested deeper than this can be written and not read.
const MAX_DEPTH: usize = 32;

#[cfg(test)]
mod tests;
