//! Puts the parts of a description together, in a constant of the crate that derives. The compiler
//! interprets it, and takes microseconds for each call. So whole parts are copied, and what is done for
//! each field is not a call.

use stage_config_names::description::{VERSION, fact_bit};

use super::{FACTS, HEADER, MAGIC};
use crate::schema::table::ParameterTable;

/// The parts of the description of a struct, except its table. The compiler checks all that a constant
/// refers to, so one that refers to the table would take long.
///
/// Its functions take it as an argument because the derive names them by their paths.
#[derive(Debug)]
pub struct Parts {
    /// What the derive knows.
    written: &'static [u8],
    /// The descriptions of the nested structs, in the order of their fields.
    nested: &'static [&'static [u8]],
}

impl Parts {
    /// The parts.
    #[must_use]
    pub const fn new(written: &'static [u8], nested: &'static [&'static [u8]]) -> Self {
        Self { written, nested }
    }

    /// The length of the description.
    #[must_use]
    pub const fn length(parts: &Self, table: &ParameterTable) -> usize {
        let mut length = HEADER + parts.written.len() + FACTS * table.fields.len();
        let mut at = 0;
        while at < parts.nested.len() {
            length += table_of(parts.nested[at]).len();
            at += 1;
        }
        length
    }

    /// The description. `N` is its length.
    ///
    /// # Panics
    /// If it is not, or has more than 32 bits.
    #[must_use]
    pub const fn array<const N: usize>(parts: &Self, table: &ParameterTable) -> [u8; N] {
        let mut array = [0; N];
        parts.write(table, &mut array);
        array
    }

    pub(super) const fn write(&self, table: &ParameterTable, bytes: &mut [u8]) {
        let length = bytes.len() - HEADER;
        assert!(length <= u32::MAX as usize, "a description is shorter than 4 GB");
        #[expect(clippy::cast_possible_truncation, reason = "checked")]
        let length = length as u32;
        let rest = put(bytes, &MAGIC);
        let rest = put(rest, &VERSION.to_le_bytes());
        let rest = put(rest, &length.to_le_bytes());
        let rest = put(rest, self.written);
        let fields = table.fields;
        let (facts, mut rest) = rest.split_at_mut(FACTS * fields.len());
        let mut row = 0;
        while row < fields.len() {
            let field = &fields[row];
            let optional = if field.optional { fact_bit::OPTIONAL } else { 0 };
            let secret = if field.secret { fact_bit::SECRET } else { 0 };
            facts[FACTS * row] = optional | secret;
            facts[FACTS * row + 1] = field.reads.form as u8;
            facts[FACTS * row + 2] = field.reads.item as u8;
            row += 1;
        }
        let mut at = 0;
        while at < self.nested.len() {
            rest = put(rest, table_of(self.nested[at]));
            at += 1;
        }
        assert!(rest.is_empty(), "the length is that of the parts");
    }
}

/// The rest of the bytes after the part.
const fn put<'a>(bytes: &'a mut [u8], part: &[u8]) -> &'a mut [u8] {
    let (place, rest) = bytes.split_at_mut(part.len());
    place.copy_from_slice(part);
    rest
}

/// Without its header, so that it is not found as a description. A struct with a mistake has none.
const fn table_of(description: &[u8]) -> &[u8] {
    if description.is_empty() { description } else { description.split_at(HEADER).1 }
}
