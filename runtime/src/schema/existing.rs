//! Whether the parameters of a nested struct exist, according to the snapshots of the struct around
//! it. This is known only when both are compiled.

use stage_config_names::{EMPTY_HASH, hash, hash_rendered};

use crate::schema::fits::{Message, agree, at, path};
use crate::schema::scope::Scope;
use crate::schema::table::{Field, Kind, ParameterTable, begins};

/// The parameters that exist at a stage.
#[derive(Debug, Clone, Copy)]
pub struct Existing {
    stage: &'static str,
    /// The hashes of their names, and of the paths above them with a slash at the end.
    names: Hashes,
    /// The hashes of the names of those that are a StringList.
    lists: Hashes,
}

/// Sorted, of 8 bytes each.
type Hashes = &'static [u8];

impl Existing {
    /// What the derive found in a snapshot.
    #[must_use]
    pub const fn new(stage: &'static str, names: &'static [u8], lists: &'static [u8]) -> Self {
        Self { stage, names, lists }
    }
}

/// A binary search.
const fn contain(hashes: Hashes, wanted: u64) -> bool {
    let (chunks, _) = hashes.as_chunks::<8>();
    let (mut start, mut end) = (0, chunks.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let found = u64::from_be_bytes(chunks[middle]);
        if found == wanted {
            return true;
        }
        if found < wanted {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    false
}

/// Refuses the nested struct in row `row` of a table if it reads a parameter that does not exist at a
/// stage. It is apart from `check_nested`, because there is a limit to the work of one constant.
///
/// # Panics
/// If it refuses. In a constant, the compiler shows the text of the panic at the call.
#[track_caller]
pub const fn check_existing(outer: &ParameterTable, row: usize, existing: &[Existing]) {
    let scope = Scope::new(outer);
    let Some(nested) = scope.nested(&outer.fields[row]) else { return };
    // `check_nested` reports other stages.
    if !agree(outer.stages.declared(), nested.table.stages.declared()) {
        return;
    }
    let mut index = 0;
    while index < existing.len() {
        let at = At { scope: &nested, existing: &existing[index], prefix: EMPTY_HASH };
        if let Some(text) = at.inside().missing(outer.fields[row].optional) {
            panic!("{}", text.as_str());
        }
        index += 1;
    }
}

/// A nested struct at a stage.
#[derive(Clone, Copy)]
struct At<'a> {
    scope: &'a Scope<'a>,
    existing: &'a Existing,
    /// The hash of the prefixes around it.
    prefix: u64,
}

impl At<'_> {
    /// With its own prefix.
    const fn inside(self) -> Self {
        match self.scope.own_prefix() {
            Some(prefix) => {
                let stage = self.existing.stage;
                Self { prefix: hash_rendered(self.prefix, at(prefix, stage), stage), ..self }
            }
            None => self,
        }
    }

    /// Says which parameter does not exist, or cannot be read. An optional struct may be absent as a
    /// whole.
    const fn missing(&self, optional: bool) -> Option<Message> {
        // Without a prefix, it was checked with the struct itself.
        let is_checked = self.scope.table.has_snapshot && self.scope.own_prefix().is_none();
        if is_checked || optional && !self.has_any() {
            return None;
        }
        let fields = self.scope.table.fields;
        let mut row = 0;
        while row < fields.len() {
            let found = match self.scope.nested(&fields[row]) {
                Some(nested) => {
                    let nested = At { scope: &nested, ..*self };
                    nested.inside().missing(fields[row].optional)
                }
                None => self.fault(&fields[row]),
            };
            if found.is_some() {
                return found;
            }
            row += 1;
        }
        None
    }

    /// Whether any parameter of the struct exists.
    const fn has_any(&self) -> bool {
        let fields = self.scope.table.fields;
        let mut row = 0;
        while row < fields.len() {
            let found = match (self.scope.nested(&fields[row]), self.hash_of(&fields[row])) {
                (Some(nested), _) => At { scope: &nested, ..*self }.inside().has_any(),
                (None, Some(hash)) => contain(self.existing.names, hash),
                (None, None) => false,
            };
            if found {
                return true;
            }
            row += 1;
        }
        false
    }

    /// What is wrong with a field that is read from a parameter.
    const fn fault(&self, field: &Field) -> Option<Message> {
        let Some(hash) = self.hash_of(field) else { return None };
        if !field.optional && !contain(self.existing.names, hash) {
            let text = match field.kind {
                Kind::SsmPath(_) => self.message(field, "has no parameter below it"),
                _ => self.message(field, "does not exist"),
            };
            let text = text.and("help: if it is new: `stage-config snapshot --stage ");
            return Some(text.and(self.existing.stage).and("`"));
        }
        let is_one_value = field.reads.__is_scalar() && field.json_key.is_none();
        if is_one_value && matches!(field.kind, Kind::Ssm(_)) && contain(self.existing.lists, hash)
        {
            let text = self.message(field, "is a StringList, and not one value,");
            return Some(text.and("help: store it as a String, or make the field a `Vec`"));
        }
        None
    }

    /// The hash of the whole name. `None` if a snapshot never has it: a secret, an ARN, a public
    /// parameter.
    const fn hash_of(&self, field: &Field) -> Option<u64> {
        let (names, end) = match field.kind {
            Kind::Ssm(names) => (names, ""),
            Kind::SsmPath(names) => (names, "/"),
            _ => return None,
        };
        let (stage, name) = (self.existing.stage, at(names, self.existing.stage));
        if begins(name, "arn:") || begins(name, "/aws/") {
            return None;
        }
        let slash = if begins(name, "/") { "" } else { "/" };
        Some(hash(hash_rendered(hash(self.prefix, slash), name, stage), end))
    }

    /// "parameter `/db/prod/url` of `database.url` … at stage `prod`, according to its snapshot"
    const fn message(&self, field: &Field, what: &str) -> Message {
        let stage = self.existing.stage;
        let (noun, name) = match field.kind {
            Kind::SsmPath(names) => ("path `", at(names, stage)),
            Kind::Ssm(names) => ("parameter `", at(names, stage)),
            _ => ("", ""),
        };
        let text = and_prefixes(self.scope, &Message::EMPTY.and(noun), stage);
        let text = text.and(if begins(name, "/") { "" } else { "/" }).and_rendered(name, stage);
        let text = path(self.scope, &text.and("` of `")).and(field.name).and("` ").and(what);
        text.and(" at stage `").and(stage).and("`, according to its snapshot\n")
    }
}

/// Appends the prefixes around a struct, the outermost first.
const fn and_prefixes(scope: &Scope<'_>, text: &Message, stage: &str) -> Message {
    let Some((outer, _)) = scope.outer else { return *text };
    let text = and_prefixes(outer, text, stage);
    match scope.own_prefix() {
        Some(prefix) => text.and_rendered(at(prefix, stage), stage),
        None => text,
    }
}
