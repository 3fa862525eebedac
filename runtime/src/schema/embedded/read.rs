//! Finds and reads descriptions. The bytes may be those of any file, so each of them is checked, and the
//! tables that result are as valid as those of a derive.

use std::collections::HashSet;
use std::hint::black_box;

use stage_config_names::description::{VERSION, fact_bit, field_bit, kind, table_bit};
use stage_config_names::{Account, NameKind, is_template, outside_of_names, render};

use super::error::{DescriptionError, Why};
use super::{FACTS, HEADER, MAGIC, MAX_DEPTH};
use crate::escape::one_line;
use crate::schema::fits::misfit;
use crate::schema::reads::Reads;
use crate::schema::stages::Stages;
use crate::schema::table::{Field, Kind, Names, ParameterTable};

/// Enough for every stage of a company in each region, and few enough that checking the names at each
/// of them ends.
const MAX_STAGES: usize = 256;

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
        let table = read.and_then(|body| Reader { rest: body.to_vec().leak() }.description());
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
}

fn damaged(what: impl Into<String>) -> Why {
    Why::Damaged(what.into())
}

impl Reader {
    fn description(mut self) -> Result<&'static ParameterTable, Why> {
        let table = self.table(0)?;
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
        let fields = fields.leak();
        let table = ParameterTable::__new(config, stages, variable, fields);
        for row in 0..fields.len() {
            if let Some(text) = misfit(&table, row) {
                return Err(damaged(one_line(text.as_str())));
            }
        }
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
            (kind::SSM, names) => Kind::Ssm(check_names(NameKind::Parameter, names, stages)?),
            (kind::SECRET, names) => Kind::Secret(check_names(NameKind::Secret, names, stages)?),
            (kind::SSM_PATH, names) => Kind::SsmPath(check_names(NameKind::Path, names, stages)?),
            (kind::NESTED, []) => Kind::Nested(NOTHING, None),
            (kind::NESTED, prefix) => {
                Kind::Nested(NOTHING, Some(check_names(NameKind::Path, prefix, stages)?))
            }
            _ => return Err(damaged("a field has an unknown kind")),
        };
        let (optional, secret, reads) = (false, false, Reads::UNKNOWN);
        Ok(Field { name, doc, kind, json_key, optional, default, secret, ty, reads })
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

/// One name for each stage, or a single one.
fn check_names(of: NameKind, names: &'static [&'static str], stages: Stages) -> Result<Names, Why> {
    let declared = stages.declared();
    if names.len() != 1 && names.len() != declared.len() || names.is_empty() {
        let (names, stages) = (names.len(), declared.len());
        return Err(damaged(format!("a field has {names} names for {stages} stages")));
    }
    for (index, name) in names.iter().enumerate() {
        let at = if names.len() == 1 { declared } else { &declared[index..=index] };
        check_name(of, name, at)?;
    }
    Ok(stages.__names(names))
}

/// The rules that the derive applies to stages, as far as others rely on them.
fn check_stages(stages: &Stages) -> Result<(), Why> {
    let Stages { rules, accounts } = stages;
    let aliases = rules.aliases.iter();
    let names: Vec<_> =
        rules.declared.iter().chain(aliases.clone().map(|(alias, _)| alias)).collect();
    if names.len() > MAX_STAGES {
        let names = names.len();
        return Err(damaged(format!("it has {names} stages and aliases, more than {MAX_STAGES}")));
    }
    if let Some(name) = names.iter().find(|name| name.is_empty() || name.trim() != ***name) {
        return Err(damaged(format!("`{}` is not the name of a stage", one_line(name))));
    }
    if rules.declared.iter().collect::<HashSet<_>>().len() < rules.declared.len() {
        return Err(damaged("a stage is declared twice"));
    }
    let others = aliases.chain(*accounts).map(|(_, stage)| stage).chain(&rules.fallback);
    if let Some(other) = others.into_iter().find(|stage| !rules.declared.contains(stage)) {
        return Err(damaged(format!("stage `{}` is not declared", one_line(other))));
    }
    match accounts.iter().find(|(account, _)| Account::parse(account).is_none()) {
        Some((other, _)) => Err(damaged(format!("`{}` is not an account", one_line(other)))),
        None => Ok(()),
    }
}

/// The rules that the derive applies to names, at the stages for which this is the name.
fn check_name(of: NameKind, name: &str, stages: &[&str]) -> Result<(), Why> {
    let wrong = |why: String| damaged(format!("{of} `{}` {why}", one_line(name)));
    of.check(name).map_err(|error| wrong(error.to_string()))?;
    for stage in stages.iter().filter(|_| is_template(name)) {
        if outside_of_names(stage).is_some() {
            return Err(wrong(format!("cannot have stage `{}` in it", one_line(stage))));
        }
        of.check(&render(name, stage)).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(())
}
