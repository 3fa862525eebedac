//! Decodes the answers of a source into the fields of a struct.
//!
//! | file | what it does |
//! |---|---|
//! | `decoder.rs` | decodes one struct: its fields by row, and the problems that they meet |
//! | `dispatch.rs` | chooses by the field's type: optional, secret, or any other |
//! | `group.rs` | decodes fields together, so that many of them compile fast |
//! | `field.rs` | finds the raw value of one field and converts it |
//! | `map.rs` | decodes all parameters under a path into a map |
//! | `convert.rs` | converts a text as the field's attribute says: by type, JSON, base64, a function |
//! | `types.rs` | reads a text by the field's type alone |
//! | `check.rs` | checks a text by what a field of a description reads |
//! | `malformed.rs` | why a text does not fit, without the text if it is secret |

mod check;
pub(crate) mod convert;
pub(crate) mod decoder;
pub(crate) mod dispatch;
pub(crate) mod field;
pub(crate) mod group;
pub(crate) mod malformed;
pub(crate) mod map;
pub(crate) mod types;
