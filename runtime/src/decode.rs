//! From the answers of a source to the values of fields.

pub(crate) mod convert;
mod duration;
pub(crate) mod field;
pub(crate) mod map;
pub(crate) mod probe;
pub(crate) mod reader;
pub(crate) mod text;
pub(crate) mod values;
