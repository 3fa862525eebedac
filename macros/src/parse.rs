//! Reads attributes as written. `check` decides what they mean together.

pub(crate) mod accounts;
pub(crate) mod arguments;
pub(crate) mod attribute;
pub(crate) mod keywords;
pub(crate) mod settings;
pub(crate) mod snapshot;
pub(crate) mod stages;

use stage_config_names::closest;
use syn::{Attribute, Data, DataStruct, DeriveInput, Fields, Ident, Meta, Type, Visibility};

use self::arguments::string;
use self::attribute::Given;
use self::keywords::Kind;
use self::settings::Settings;
use crate::diagnostics::print::list;
use crate::diagnostics::{Errors, Help};

/// A struct as its attributes describe it.
pub(crate) struct Input<'a> {
    pub(crate) item: &'a DeriveInput,
    pub(crate) settings: Settings,
    pub(crate) fields: Vec<Field<'a>>,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    pub(crate) doc: String,
    /// The kind of its attribute, if it has one.
    pub(crate) kind: Option<Kind>,
    /// What its attribute says, unless it was refused.
    pub(crate) given: Option<Given<'a>>,
}

/// Reads all attributes of an item.
pub(crate) fn read<'a>(item: &'a DeriveInput, errors: &Errors) -> Input<'a> {
    for attr in &item.attrs {
        if let Some(kind) = Kind::from_attribute(attr) {
            let what = format!("{kind} belongs on a field, not on the struct");
            errors.add(attr.path(), what, Help::remove(attr));
        }
    }
    let fields = named_fields(item, errors).into_iter().flatten();
    Input {
        item,
        settings: Settings::read(item, errors),
        fields: fields.filter_map(|field| Field::read(field, errors)).collect(),
    }
}

fn named_fields<'a>(
    item: &'a DeriveInput,
    errors: &Errors,
) -> Option<impl Iterator<Item = &'a syn::Field>> {
    let name = &item.ident;
    let parameters = &item.generics.params;
    if !parameters.is_empty() {
        let what = "a configuration has no type parameters or lifetimes";
        let help = Help::note(format!("write out the types: `struct {name} {{ … }}`"));
        errors.add(parameters, what, help);
    }
    if let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &item.data {
        return Some(fields.named.iter());
    }
    let what = "`StageConfig` is derived only for structs with named fields";
    errors.add(name, what, Help::note(format!("write `struct {name} {{ field: Type, … }}`")));
    None
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, errors: &Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("stage_config")) {
            let what = "`#[stage_config]` belongs on the struct, not on a field";
            errors.add(attr.path(), what, Help::remove(attr));
        }
        let mut attrs =
            field.attrs.iter().filter_map(|attr| Some((Kind::from_attribute(attr)?, attr)));
        let first = attrs.next();
        let kind = first.map(|(kind, _)| kind);
        let mut given = first.and_then(|(kind, attr)| Given::read(kind, attr, errors));
        if first.is_none() {
            report_no_attribute(ident, &field.attrs, errors);
        }
        for (second, attr) in attrs {
            let what = match kind.filter(|kind| *kind != second) {
                None => format!("{second} is given twice for `{ident}`"),
                Some(kind) => format!("{kind} and {second} are mutually exclusive"),
            };
            errors.add(attr.path(), what, Help::remove(attr));
            given = None;
        }
        let doc = doc(&field.attrs);
        Some(Self { ident, vis: &field.vis, ty: &field.ty, doc, kind, given })
    }
}

fn report_no_attribute(name: &Ident, attrs: &[Attribute], errors: &Errors) {
    let words = attrs.iter().filter_map(|attr| Some(attr.path().get_ident()?.to_string()));
    // The compiler reports a misspelt attribute.
    if words.into_iter().all(|word| closest(&word, Kind::ALL.map(Kind::word)).is_none()) {
        let what = format!("no attribute says where `{name}` comes from");
        let help = Help::note(format!("add one of {}", list(Kind::ALL.map(Kind::shape))));
        errors.add(name, what, help);
    }
}

/// The lines of a doc comment, without the first space of each.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(string(&pair.value)?.value()),
        _ => None,
    });
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
