//! Attributes into slots.
//!
//! What is written where is known here; what it means together is for `check`.

use syn::ext::IdentExt;
use syn::{
    Attribute, Data, DataStruct, DeriveInput, Expr, ExprCall, Fields, Ident, Meta, Type, Visibility,
};

use crate::args::{self, Arg, Args};
use crate::errors::Errors;
use crate::grammar::{Key, Kind, Takes};
use crate::keys::Keys;
use crate::options::Options;
use crate::print::{compact, list};

/// A struct as its attributes describe it.
pub(crate) struct Input<'a> {
    pub(crate) item: &'a DeriveInput,
    pub(crate) options: Options,
    pub(crate) fields: Vec<Field<'a>>,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    pub(crate) doc: String,
    /// `None` if there was none, which was reported.
    pub(crate) attr: Option<FieldAttr>,
}

/// What one attribute of a field says.
pub(crate) struct FieldAttr {
    pub(crate) kind: Kind,
    /// The word itself, for mistakes about all of it.
    pub(crate) word: Ident,
    pub(crate) for_all: Option<Expr>,
    /// Under keys of no other meaning, so that they should be stages.
    pub(crate) by_stage: Vec<(Ident, Expr)>,
    pub(crate) keys: Keys,
    /// Words where names are wanted: stages without one, names without their quotes, slips of keys.
    pub(crate) lone: Vec<Ident>,
    /// Part of it was refused already, so nothing follows from what is absent.
    pub(crate) damaged: bool,
}

impl Input<'_> {
    /// Whether all of it was understood, so that something follows from what is absent.
    pub(crate) fn is_whole(&self) -> bool {
        let is_understood = |field: &Field| field.attr.as_ref().is_some_and(|it| !it.damaged);
        let is_struct =
            matches!(&self.item.data, Data::Struct(DataStruct { fields: Fields::Named(_), .. }));
        is_struct && !self.options.damaged && self.fields.iter().all(is_understood)
    }
}

/// Reads all attributes of an item.
pub(crate) fn read<'a>(item: &'a DeriveInput, errors: &Errors) -> Input<'a> {
    let options = Options::read(item, errors);
    for attr in &item.attrs {
        if let Some(kind) = Kind::of_attribute(attr) {
            let mistake = format!("{kind} belongs on a field, not on the struct");
            let help = format!("`{} field: Type`", kind.example());
            errors.add(attr.path(), mistake, help);
        }
    }
    let fields = named_fields(item, errors).into_iter().flatten();
    let fields = fields.filter_map(|field| {
        Some(Field {
            ident: field.ident.as_ref()?,
            vis: &field.vis,
            ty: &field.ty,
            doc: doc(&field.attrs),
            attr: FieldAttr::read(field, errors),
        })
    });
    Input { item, options, fields: fields.collect() }
}

fn named_fields<'a>(
    item: &'a DeriveInput,
    errors: &Errors,
) -> Option<impl Iterator<Item = &'a syn::Field>> {
    let name = &item.ident;
    let parameters = &item.generics.params;
    if !parameters.is_empty() {
        let mistake = "a configuration has no type parameters or lifetimes";
        errors.add(parameters, mistake, format!("write out the types: `struct {name} {{ … }}`"));
    }
    let what = match &item.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => {
            return Some(fields.named.iter());
        }
        Data::Struct(DataStruct { fields: Fields::Unnamed(_), .. }) => "tuple structs",
        Data::Struct(_) => "unit structs",
        Data::Enum(_) => "enums",
        Data::Union(_) => "unions",
    };
    let mistake = format!("`StageConfig` is derived for structs with named fields, not for {what}");
    errors.add(name, mistake, format!("`struct {name} {{ field: Type, … }}`"));
    None
}

impl FieldAttr {
    fn read(field: &syn::Field, errors: &Errors) -> Option<Self> {
        for attr in &field.attrs {
            if attr.path().is_ident("stage_config") {
                let mistake = "`#[stage_config]` belongs on the struct, not on a field";
                errors.add(attr.path(), mistake, "`#[stage_config(…)] struct …`");
            }
        }
        let mut kinds =
            field.attrs.iter().filter_map(|attr| Kind::of_attribute(attr).map(|kind| (kind, attr)));
        let Some((kind, attr)) = kinds.next() else {
            report_no_kind(field, errors);
            return None;
        };
        let mut this = Self::of_kind(kind, attr, errors)?;
        for (second, attr) in kinds {
            let name = field.ident.as_ref()?;
            if second == kind {
                let mistake = format!("{kind} is given twice for `{name}`");
                errors.add(attr.path(), mistake, format!("remove one: `{}`", compact(attr)));
            } else {
                let mistake = format!("{kind} and {second} are mutually exclusive");
                errors.add(attr.path(), mistake, format!("keep {kind} or {second}"));
            }
            this.damaged = true;
        }
        Some(this)
    }

    fn of_kind(kind: Kind, attr: &Attribute, errors: &Errors) -> Option<Self> {
        let word = attr.path().get_ident()?.clone();
        let mut this = Self {
            kind,
            word,
            for_all: None,
            by_stage: Vec::new(),
            keys: Keys::default(),
            lone: Vec::new(),
            damaged: false,
        };
        if kind == Kind::Stage {
            if !matches!(attr.meta, Meta::Path(_)) {
                let mistake = "`#[stage]` takes no arguments";
                errors.add(&this.word, mistake, "`#[stage]`");
                this.damaged = true;
            }
            return Some(this);
        }
        let args = Args::read(attr, &kind.example_like(attr), errors);
        this.damaged = args.damaged;
        for arg in args.list {
            this.take(arg, errors);
        }
        Some(this)
    }

    fn take(&mut self, Arg { key, value }: Arg, errors: &Errors) {
        let Some(word) = key else { return self.take_for_all(value, errors) };
        let name = word.unraw().to_string();
        match Key::of(&name).filter(|key| self.kind.keys().contains(key)) {
            Some(key) => self.damaged |= !self.keys.take(key, &word, Some(&value), errors),
            None => self.by_stage.push((word, value)),
        }
    }

    /// Whether a key is given.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.keys.has(word) || self.by_stage.iter().any(|(key, _)| key.unraw() == word)
    }

    fn take_for_all(&mut self, value: Expr, errors: &Errors) {
        let kind = self.kind;
        let known = |word: &Ident| kind.keys().iter().find(|key| *word == key.word());
        // Beside a value, a word that is a key elsewhere is no second value.
        let is_second = self.for_all.is_some() || !self.by_stage.is_empty();
        let is_key = |word: &&Ident| is_second && Key::of(&word.to_string()).is_some();
        let word = args::ident(&value).filter(|word| kind.takes_names() || is_key(word));
        let call = if let Expr::Call(call) = &value { Some(call) } else { None };
        if let Some((key, word)) = word.and_then(|word| Some((known(word)?, word))) {
            self.damaged |= !self.keys.take(*key, word, None, errors);
        } else if let Some(call) = call.filter(|call| is_prefix(kind, call)) {
            let mistake = "`#[nested]` takes its prefix without `prefix(…)`";
            errors.add(&call.func, mistake, format!("`{}`", kind.written(&compact(&call.args))));
            self.damaged = true;
        } else if let Some((word, fix)) = call.and_then(|call| without_call(kind, call)) {
            errors.add(call, format!("`{word}` takes no parentheses"), format!("`{fix}`"));
            self.damaged = true;
        } else if let Some(word) = word.filter(|it| is_second || !is_constant(it)) {
            self.lone.push(word.clone());
            self.damaged = true;
        } else if let Some(first) = &self.for_all {
            let (first, second) = (compact(first), compact(&value));
            let mut help = format!("`{}`", kind.written(&first));
            if kind.is_by_stage() {
                let each = kind.written(&format!("dev = {first}, prod = {second}"));
                help = format!("{help}, or by stage `{each}`");
            }
            errors.add(value, format!("{kind} has a second {}", kind.takes()), help);
            self.damaged = true;
        } else {
            self.for_all = Some(value);
        }
    }
}

fn is_prefix(kind: Kind, call: &ExprCall) -> bool {
    kind == Kind::Nested && args::ident(&call.func).is_some_and(|word| word == "prefix")
}

/// The key or stage that is written like a call, as in `dev("/app/key")`, and how it should be.
fn without_call(kind: Kind, call: &ExprCall) -> Option<(&Ident, String)> {
    let word = args::ident(&call.func)?;
    let key = Key::of(&word.to_string()).filter(|key| kind.keys().contains(key));
    let only = call.args.first().filter(|_| call.args.len() == 1);
    let assign = |value: &Expr| format!("{word} = {}", compact(value));
    let fix = match (key, only) {
        (Some(key), Some(value)) if key.takes() != Takes::Nothing => assign(value),
        (Some(key), _) => key.example().to_owned(),
        (None, value) if kind.takes_names() => {
            assign(value.filter(|it| args::string(it).is_some())?)
        }
        _ => return None,
    };
    Some((word, fix))
}

/// Whether a word is in capitals, so that it is no name or stage but stands for one.
fn is_constant(word: &Ident) -> bool {
    !word.to_string().contains(char::is_lowercase)
}

/// The attributes of all fields.
const KNOWN: [&str; 9] =
    ["allow", "cfg", "cfg_attr", "deny", "deprecated", "doc", "expect", "forbid", "warn"];

fn report_no_kind(field: &syn::Field, errors: &Errors) {
    let Some(name) = &field.ident else { return };
    let mistake = format!("no attribute says where `{name}` comes from");
    let help = format!("one of {}", list(Kind::ALL.map(Kind::example)));
    let is_strange = |attr: &Attribute| {
        attr.path().get_ident().is_some_and(|word| !KNOWN.iter().any(|known| word == known))
    };
    if field.attrs.iter().any(is_strange) {
        // If it is a slip, the compiler does not know it either, and says so.
        errors.add_echo(name, mistake, help);
    } else {
        errors.add(name, mistake, help);
    }
}

/// The lines of a doc comment, each without the blank in front.
fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => args::string(&pair.value),
        _ => None,
    });
    let lines = lines.map(|line| {
        let line = line.value();
        line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
