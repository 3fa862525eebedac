//! The format of the description of a configuration in the program that loads it. The derive writes the
//! larger part of it; the runtime completes it in a constant, and reads it.
//!
//! | part | content |
//! |---|---|
//! | magic number | 16 bytes |
//! | version of the format | a number |
//! | length | the number of the bytes that follow |
//! | table | as below |
//!
//! The two numbers in the header have 4 bytes, the lowest first. All others are in LEB128, of at most 32
//! bits. A text is its length in bytes and then UTF-8. A list is the number of its elements and then
//! these. A part with a `?` is there only if its bit is set.
//!
//! A table is:
//!
//! 1. What the derive knows, as [`Table::write`] writes it: the name of the struct, a byte of
//!    [`table_bit`]s, the variable of the stage?, the fallback?, the list of the declared stages, the list
//!    of their aliases and that of their accounts (each followed by its stage), and the list of the
//!    fields. A field is a byte of [`field_bit`]s, the byte of its [`kind`], its name, its type, its doc
//!    comment?, the key in JSON?, the default?, and the list of its names. These are the names or
//!    prefixes by stage (one for each declared stage, or a single one for all), or the variable.
//! 2. What only the compiler knows, three bytes for each field: one of [`fact_bit`]s, and two for what a
//!    text is read as.
//! 3. The table of each nested struct, in the order of the fields.
//!
//! Any change needs a new version, except more ways to read a text: a reader does not judge a text that
//! is read in a way it does not know. There is no checksum, because the constant would take long to
//! compile.

/// The version that this crate writes.
pub const VERSION: u32 = 1;

/// Bits of a table.
#[expect(missing_docs, reason = "each says itself what it is")]
pub mod table_bit {
    pub const VARIABLE: u8 = 1;
    pub const FALLBACK: u8 = 1 << 1;
    pub const ALLOW_NEAR_MISSES: u8 = 1 << 2;
    pub const ALL: u8 = VARIABLE | FALLBACK | ALLOW_NEAR_MISSES;
}

/// Bits of a field.
#[expect(missing_docs, reason = "each says itself what it is")]
pub mod field_bit {
    pub const DOC: u8 = 1;
    pub const JSON_KEY: u8 = 1 << 1;
    pub const DEFAULT: u8 = 1 << 2;
    pub const ALL: u8 = DOC | JSON_KEY | DEFAULT;
}

/// Bits of what only the compiler knows about a field.
#[expect(missing_docs, reason = "each says itself what it is")]
pub mod fact_bit {
    pub const OPTIONAL: u8 = 1;
    pub const SECRET: u8 = 1 << 1;
    pub const ALL: u8 = OPTIONAL | SECRET;
}

/// Where the value of a field comes from.
#[expect(missing_docs, reason = "each says itself what it is")]
pub mod kind {
    pub const VALUE: u8 = 0;
    pub const STAGE: u8 = 1;
    pub const ENV: u8 = 2;
    pub const SSM: u8 = 3;
    pub const SECRET: u8 = 4;
    pub const SSM_PATH: u8 = 5;
    pub const NESTED: u8 = 6;
}

/// What the derive knows about a struct.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the page describes them")]
pub struct Table<'a> {
    pub config: &'a str,
    pub variable: Option<&'a str>,
    pub fallback: Option<&'a str>,
    pub allow_near_misses: bool,
    pub declared: Vec<&'a str>,
    pub aliases: Vec<(&'a str, &'a str)>,
    pub accounts: Vec<(&'a str, &'a str)>,
    pub fields: Vec<Field<'a>>,
}

/// What the derive knows about a field.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the page describes them")]
pub struct Field<'a> {
    pub kind: u8,
    pub name: &'a str,
    pub ty: &'a str,
    pub doc: &'a str,
    pub json_key: Option<&'a str>,
    pub default: Option<&'a str>,
    pub names: Vec<&'a str>,
}

impl Table<'_> {
    /// The first part of a table.
    pub fn write(&self) -> Vec<u8> {
        let mut output = Output(Vec::new());
        output.text(self.config);
        output.bits([
            (self.variable.is_some(), table_bit::VARIABLE),
            (self.fallback.is_some(), table_bit::FALLBACK),
            (self.allow_near_misses, table_bit::ALLOW_NEAR_MISSES),
        ]);
        output.texts(self.variable);
        output.texts(self.fallback);
        output.list(&self.declared, |output, stage| output.text(stage));
        for pairs in [&self.aliases, &self.accounts] {
            output.list(pairs, |output, (name, stage)| output.texts([*name, *stage]));
        }
        output.list(&self.fields, Output::field);
        output.0
    }
}

struct Output(Vec<u8>);

impl Output {
    fn bits<const N: usize>(&mut self, bits: [(bool, u8); N]) {
        self.0.push(bits.into_iter().filter(|(is_set, _)| *is_set).map(|(_, bit)| bit).sum());
    }

    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        for text in texts {
            self.text(text);
        }
    }

    fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(list.len());
        for it in list {
            write(self, it);
        }
    }

    fn field(&mut self, field: &Field<'_>) {
        let doc = (!field.doc.is_empty()).then_some(field.doc);
        self.bits([
            (doc.is_some(), field_bit::DOC),
            (field.json_key.is_some(), field_bit::JSON_KEY),
            (field.default.is_some(), field_bit::DEFAULT),
        ]);
        self.0.push(field.kind);
        self.texts([field.name, field.ty]);
        self.texts([doc, field.json_key, field.default].into_iter().flatten());
        self.list(&field.names, |output, name| output.text(name));
    }
}
