//! Finds and reads descriptions. The bytes may be those of any file, so each of them is checked, and the
//! tables that result are as valid as those of a derive.

use std::collections::HashSet;
use std::hint::black_box;

use stage_config_names::NameKind;
use stage_config_names::description::{VERSION, fact_bit, field_bit, kind, table_bit};

use super::error::{DescriptionError, Why, damaged};
use super::rules::{Budget, check_fit, check_names, check_stages};
use super::{FACTS, HEADER, MAGIC, MAX_DEPTH};
use crate::schema::reads::Reads;
use crate::schema::stages::Stages;
use crate::schema::table::{Field, Kind, Names, ParameterTable};

/// Finds the descriptions in the bytes of a file: an executable for any platform, a library, an
/// archive that is not compressed.
///
/// Each program that calls [`Loader::load`](crate::Loader::load) contains the description of each
/// configuration that it loads. It is there in a stripped release build too, so a tool learns what a
/// function reads from the artifact that is deployed, without running it. If a description occurs more
/// than once, only the first is returned. None at all is an empty list.
///
/// The tables live as long as the program, because a [`ParameterTable`] is made of `'static` parts: call
/// this once for a file. It takes memory in proportion to the descriptions in the file.
///
/// # Errors
/// One for each description that is damaged, cut off or of an unknown format.
pub fn find_descriptions(bytes: &[u8]) -> Vec<Result<&'static ParameterTable, DescriptionError>> {
    let (magic, mut at) = (magic(), 0);
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    while let Some(next) = find(&bytes[at..], &magic) {
        let start = at + next;
        let read = whole(&bytes[start..]);
        at = start + if let Ok(body) = &read { HEADER + body.len() } else { magic.len() };
        if read.as_ref().is_ok_and(|body| !known.insert(*body)) {
            continue;
        }
        let table = read.and_then(|body| Reader::new(body).description());
        found.push(table.map_err(|why| DescriptionError { at: start, why }));
    }
    found
}

/// A program that contains only the reader must not look like one with a description, so the magic
/// number is kept inverted, and the compiler is kept from inverting it.
fn magic() -> [u8; MAGIC.len()] {
    const INVERTED: [u8; MAGIC.len()] = (!u128::from_ne_bytes(MAGIC)).to_ne_bytes();
    black_box(INVERTED).map(|byte| !byte)
}

fn find(bytes: &[u8], magic: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == magic[0])?;
        if bytes[at..].starts_with(magic) {
            return Some(at);
        }
        at += 1;
    }
}

/// The table of the description at the beginning of the bytes.
fn whole(bytes: &[u8]) -> Result<&[u8], Why> {
    let cut_off = |of| Why::CutOff { has: bytes.len(), of };
    let number = |at: usize| {
        let number = bytes.get(at..at + 4).and_then(|bytes| bytes.first_chunk());
        number.copied().map(u32::from_le_bytes).ok_or(cut_off(HEADER))
    };
    let version = number(MAGIC.len())?;
    if version != VERSION {
        return Err(Why::Version(version));
    }
    let length = number(HEADER - 4)? as usize;
    bytes[HEADER..].get(..length).ok_or(cut_off(HEADER.saturating_add(length)))
}

/// Stands for the table of a nested struct until that is read.
const NOTHING: &ParameterTable =
    &ParameterTable::__new("", Stages::__new(&[], &[], None, false), None, &[]);

struct Reader {
    rest: &'static [u8],
    budget: Budget,
}

impl Reader {
    fn new(body: &[u8]) -> Self {
        Self { rest: body.to_vec().leak(), budget: Budget::new(body.len()) }
    }

    fn description(mut self) -> Result<&'static ParameterTable, Why> {
        let table = self.table(0)?;
        check_fit(table, &mut self.budget)?;
        if self.rest.is_empty() { Ok(table) } else { Err(damaged("it is longer than its table")) }
    }

    fn bytes(&mut self, length: usize) -> Result<&'static [u8], Why> {
        let split = self.rest.split_at_checked(length);
        let (bytes, rest) = split.ok_or_else(|| damaged("its table is longer than it is"))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Why> {
        self.bytes(N).map(|bytes| *bytes.first_chunk().expect("it has this length"))
    }

    fn number(&mut self) -> Result<usize, Why> {
        let mut number = 0_u32;
        for shift in (0..u32::BITS).step_by(7) {
            let [byte] = self.array()?;
            let bits = u32::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number as usize);
            }
        }
        Err(damaged("a number has more than 32 bits"))
    }

    fn text(&mut self) -> Result<&'static str, Why> {
        let length = self.number()?;
        str::from_utf8(self.bytes(length)?).map_err(|_| damaged("a text is not UTF-8"))
    }

    fn text_if(&mut self, is_there: bool) -> Result<Option<&'static str>, Why> {
        is_there.then(|| self.text()).transpose()
    }

    fn pair(&mut self) -> Result<(&'static str, &'static str), Why> {
        Ok((self.text()?, self.text()?))
    }

    /// A list grows with the bytes that there are, whatever its number says.
    fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, Why>,
    ) -> Result<&'static [T], Why> {
        let mut list = Vec::new();
        for _ in 0..self.number()? {
            list.push(read(self)?);
        }
        Ok(Vec::leak(list))
    }

    fn table(&mut self, depth: usize) -> Result<&'static ParameterTable, Why> {
        if depth > MAX_DEPTH {
            return Err(damaged(format!("it nests structs more than {MAX_DEPTH} deep")));
        }
        let config = self.text()?;
        let [bits] = self.array()?;
        let has = |bit| bits & bit != 0;
        if has(!table_bit::ALL) {
            return Err(damaged("a struct has an unknown bit"));
        }
        let variable = self.text_if(has(table_bit::VARIABLE))?;
        let fallback = self.text_if(has(table_bit::FALLBACK))?;
        let declared = self.list(Self::text)?;
        let aliases = self.list(Self::pair)?;
        let near_misses = has(table_bit::ALLOW_NEAR_MISSES);
        let stages = Stages::__new(declared, aliases, fallback, near_misses);
        let stages = stages.__accounts(self.list(Self::pair)?);
        check_stages(&stages)?;
        let mut fields = self.list(|this| this.field(stages))?.to_vec();
        for field in &mut fields {
            let facts: [u8; FACTS] = self.array()?;
            set_facts(field, facts)?;
        }
        for field in &mut fields {
            if let Kind::Nested(table, _) = &mut field.kind {
                *table = self.table(depth + 1)?;
            }
        }
        let table = ParameterTable::__new(config, stages, variable, fields.leak());
        Ok(Box::leak(Box::new(table)))
    }

    /// A field without what only the compiler knew. If it is nested, its table is read later.
    fn field(&mut self, stages: Stages) -> Result<Field, Why> {
        let [bits, kind] = self.array()?;
        let has = |bit| bits & bit != 0;
        if has(!field_bit::ALL) {
            return Err(damaged("a field has an unknown bit"));
        }
        let (name, ty) = (self.text()?, self.text()?);
        let doc = self.text_if(has(field_bit::DOC))?.unwrap_or_default();
        let json_key = self.text_if(has(field_bit::JSON_KEY))?;
        let default = self.text_if(has(field_bit::DEFAULT))?;
        let names = self.list(Self::text)?;
        let kind = match (kind, names) {
            (kind::VALUE, []) => Kind::Value,
            (kind::STAGE, []) => Kind::Stage,
            (kind::ENV, [variable]) => Kind::Env(variable),
            (kind::SSM, names) => Kind::Ssm(self.names(NameKind::Parameter, names, stages)?),
            (kind::SECRET, names) => Kind::Secret(self.names(NameKind::Secret, names, stages)?),
            (kind::SSM_PATH, names) => Kind::SsmPath(self.names(NameKind::Path, names, stages)?),
            (kind::NESTED, []) => Kind::Nested(NOTHING, None),
            (kind::NESTED, prefix) => {
                Kind::Nested(NOTHING, Some(self.names(NameKind::Path, prefix, stages)?))
            }
            _ => return Err(damaged("a field has an unknown kind")),
        };
        let (optional, secret, reads) = (false, false, Reads::UNKNOWN);
        Ok(Field { name, doc, kind, json_key, optional, default, secret, ty, reads })
    }

    fn names(
        &mut self,
        of: NameKind,
        names: &'static [&'static str],
        stages: Stages,
    ) -> Result<Names, Why> {
        check_names(of, names, stages, &mut self.budget)?;
        Ok(stages.__names(names))
    }
}

fn set_facts(field: &mut Field, [bits, form, item]: [u8; FACTS]) -> Result<(), Why> {
    if bits & !fact_bit::ALL != 0 {
        return Err(damaged("a field has an unknown bit"));
    }
    field.optional = bits & fact_bit::OPTIONAL != 0;
    field.secret = bits & fact_bit::SECRET != 0;
    field.reads = Reads::from_numbers([form, item]);
    Ok(())
}
