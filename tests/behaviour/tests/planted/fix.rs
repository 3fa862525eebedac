//! What a help says, done to the source by rules that know nothing of the mistake.
//!
//! | the help | what is done |
//! |---|---|
//! | the compiler's `5 + new line` | the new line replaces the old one |
//! | `the …` | nothing: it lists what is known, and what was meant is for a human to say |
//! | `remove …`, `keep …` | what is underlined goes: the code itself, its argument or its attribute |
//!
//! Otherwise the first code that is no model, with `…` or `path::to::`, is taken:
//!
//! | the code | what is underlined | what is done |
//! |---|---|---|
//! | `#[a(…)]` | something in or of an attribute of the field | replaces it; a second `#[a]` goes |
//! | | the name or the type of a field | replaces its `#[a]`, or is put before the field |
//! | `#[stage_config(key = …)]` | an argument of `stage_config` | replaces the argument |
//! | | an argument elsewhere | the argument goes, and the struct gets the code; `… on the struct`: it stays |
//! | | the name of `stage_config` | replaces the attribute |
//! | `key = value`, `key(…)` | the name of the attribute | becomes its first argument, or that of its `prefix(…)` |
//! | | the value of another key | becomes the first argument of the attribute |
//! | | anything else in an argument | replaces the argument |
//! | a name, a literal, `Some(…)`, `const { … }` | anything | replaces it |
//!
//! And `#[stage_config(…)] struct …` moves the underlined attribute from the field to the struct.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, Meta, Token, parse_str};

use crate::report::{Help, codes};
use crate::source::{Attributed, Bytes, Place};

/// Bytes of the source, and what to put there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

impl Edit {
    pub(crate) fn new(at: Bytes, text: impl Into<String>) -> Self {
        Self { begin: at.start, end: at.end, text: text.into() }
    }
}

/// `None` where no rule fits.
pub(crate) fn edits(place: &Place<'_>, help: &Help<'_>) -> Option<Vec<Edit>> {
    let words = match help {
        Help::Words(words) => *words,
        Help::Lines(lines) => {
            let edit = |&(number, text): &(usize, &str)| Edit::new(place.source.line(number), text);
            return Some(lines.iter().map(edit).collect());
        }
    };
    if words.starts_with("the ") {
        return None;
    }
    if words.starts_with("remove ") {
        return remove(place, codes(words).next()?);
    }
    if words.starts_with("keep ") {
        return remove(place, "");
    }
    if words.ends_with(" on the struct") {
        let arguments = codes(words).next()?.strip_prefix("#[stage_config(")?.strip_suffix(")]")?;
        return Some(vec![to_struct(place, arguments)]);
    }
    if codes(words).next()?.starts_with("#[stage_config(…)]") {
        let attribute = place.attribute?;
        let moved = format!("\n{}", place.text(&attribute.all));
        let behind = place.planted.behind_derive;
        return Some(vec![Edit::new(attribute.all.clone(), ""), Edit::new(behind..behind, moved)]);
    }
    let code = codes(words).find(|it| !it.contains('…') && !it.contains("path::to::"))?;
    if let Ok(attributes) = Attribute::parse_outer.parse_str(code) {
        let [attribute] = &attributes[..] else { return None };
        return whole(place, code, attribute);
    }
    let is_expression = code.starts_with("Some(") || code.starts_with("const {");
    if is_expression || parse_str::<Ident>(code).is_ok() || parse_str::<Lit>(code).is_ok() {
        return Some(vec![Edit::new(place.underlined.clone(), code)]);
    }
    let arguments = Punctuated::<Meta, Token![,]>::parse_terminated.parse_str(code).ok()?;
    argument(place, code, &arguments.first()?.path().get_ident()?.to_string())
}

fn remove(place: &Place<'_>, code: &str) -> Option<Vec<Edit>> {
    let attribute = place.attribute?;
    let gone = if attribute.path == place.underlined {
        attribute.all.clone()
    } else if place.text(&place.underlined) == code
        && place.innermost().is_none_or(|it| it != place.underlined)
    {
        place.underlined.clone()
    } else {
        with_comma(place, &place.innermost()?)
    };
    Some(vec![Edit::new(gone, "")])
}

/// The code is an attribute.
fn whole(place: &Place<'_>, code: &str, new: &Attribute) -> Option<Vec<Edit>> {
    let of_the_name = |it: &&Attributed| new.path().is_ident(&it.name);
    let old = place.attribute.or_else(|| place.field?.attributes.iter().find(of_the_name));
    let Some(old) = old else {
        let field = place.field?.all.start;
        return Some(vec![Edit::new(field..field, format!("{code} "))]);
    };
    let is_of_struct = new.path().is_ident("stage_config");
    if is_of_struct && old.path != place.underlined {
        let arguments = code.split_once('(')?.1.strip_suffix(")]")?;
        return Some(if old.name == "stage_config" {
            // Several may be underlined.
            vec![Edit::new(place.argument().unwrap_or(place.underlined.clone()), arguments)]
        } else {
            vec![Edit::new(with_comma(place, &place.argument()?), ""), to_struct(place, arguments)]
        });
    }
    let mut edits = vec![Edit::new(old.all.clone(), code)];
    for other in place.field.iter().flat_map(|it| &it.attributes) {
        if other.name == old.name && other.all != old.all {
            edits.push(Edit::new(other.all.clone(), ""));
        }
    }
    Some(edits)
}

/// The code is `key = value`, or several of them.
fn argument(place: &Place<'_>, code: &str, key: &str) -> Option<Vec<Edit>> {
    let attribute = place.attribute?;
    if attribute.path == place.underlined {
        return Some(vec![first(attribute, code)?]);
    }
    let is_of_key = |it: &Bytes| place.text(it).starts_with(key);
    let is_underlined = |it: &Bytes| it.start == place.underlined.start;
    let argument = place.argument().filter(is_of_key);
    let argument = argument.or(place.innermost().filter(is_underlined)).or(place.argument())?;
    let is_of_another = place.underlined.start != argument.start
        && !place.text(&argument).starts_with(key)
        && argument.len() > place.underlined.len();
    Some(vec![if is_of_another { first(attribute, code)? } else { Edit::new(argument, code) }])
}

fn first(attribute: &Attributed, code: &str) -> Option<Edit> {
    let is_prefixed = attribute.name == "nested" && attribute.lists.len() > 1;
    let begin = attribute.lists.get(usize::from(is_prefixed))?.all.start;
    Some(Edit::new(begin..begin, format!("{code}, ")))
}

fn to_struct(place: &Place<'_>, arguments: &str) -> Edit {
    let options = place.planted.attributes.iter().find(|it| it.name == "stage_config");
    options.and_then(|it| first(it, arguments)).unwrap_or_else(|| {
        let behind = place.planted.behind_derive;
        Edit::new(behind..behind, format!("\n#[stage_config({arguments})]"))
    })
}

/// The argument and the comma behind it.
fn with_comma(place: &Place<'_>, argument: &Bytes) -> Bytes {
    let behind = &place.source.text[argument.end..];
    let comma = behind.starts_with(',').then(|| 1 + usize::from(behind.starts_with(", ")));
    argument.start..argument.end + comma.unwrap_or(0)
}
