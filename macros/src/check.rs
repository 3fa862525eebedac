//! From attributes to facts: every rule that needs more than one attribute, or knows of names.

use proc_macro2::Span;
use quote::{ToTokens, format_ident};
use stage_config_names::{NameOf, closest};
use syn::ext::IdentExt;
use syn::{Expr, Ident, LitStr, Path, PathSegment as Segment, Type, parse_quote};

use crate::args;
use crate::attr::{self, FieldAttr, Input};
use crate::errors::Errors;
use crate::grammar::{Key, Kind};
use crate::model::{
    Config, DEFAULT_ON_OPTION, DefaultValue, Field, Form, Origin, PerStage, Reading, STAGE_FIELD,
    Store, Value,
};
use crate::names;
use crate::print::{compact, did_you_mean, known};
use crate::stages::Stages;

/// What is sound of the input; all of it, if no mistake was found.
pub(crate) fn check<'a>(input: &'a Input<'a>, errors: &Errors) -> Config<'a> {
    let stages = Stages::of(input, errors);
    let fields = input.fields.iter().enumerate();
    let fields = fields.filter_map(|(index, it)| field(index, it, &stages, errors)).collect();
    let options = &input.options;
    Config {
        ident: &input.item.ident,
        vis: &input.item.vis,
        names: names_ident(input, errors),
        runtime: runtime(input),
        stages: stages.finish(options, errors),
        stage_env: options.stage_env.get().and_then(|name| names::variable(name, "STAGE", errors)),
        validate: options.validate.get(),
        fields,
    }
}

/// The name of the generated struct of names.
fn names_ident(input: &Input, errors: &Errors) -> Ident {
    let config = &input.item.ident;
    let usual = format_ident!("{}Names", config.unraw(), span = config.span());
    match input.options.names.get() {
        Some(name) if name == config => {
            let mistake = format!("`{name}` is the name of the configuration itself");
            errors.add(name, mistake, format!("`names = {usual}`"));
            usual
        }
        Some(name) => name.clone(),
        None => usual,
    }
}

/// The path to the crate that this expands to calls into. As the macro's own words, so that the
/// user's lints have nothing to say of it.
fn runtime(input: &Input) -> Path {
    let Some(given) = input.options.runtime.get() else { return parse_quote!(::stage_config) };
    let mut path = given.clone();
    for Segment { ident, .. } in &mut path.segments {
        // What `$crate` stands for is known by its span alone.
        if *ident != "$crate" {
            ident.set_span(ident.span().resolved_at(Span::call_site()));
        }
    }
    path
}

fn field<'a>(
    index: usize,
    field: &'a attr::Field<'a>,
    stages: &Stages<'a>,
    errors: &Errors,
) -> Option<Field<'a>> {
    let attr::Field { ident, vis, ty, doc, attr } = field;
    if *ident == STAGE_FIELD {
        let mistake = format!("`{STAGE_FIELD}` is the name of a field of the generated struct");
        errors.add(ident, mistake, "another name, such as `stage`");
    }
    let attr = attr.as_ref()?;
    let origin = OriginOf { field, attr, stages, errors }.check()?;
    Some(Field { index, ident, vis, ty, doc, origin })
}

/// What it takes to say where a field comes from.
struct OriginOf<'a, 'c> {
    field: &'a attr::Field<'a>,
    attr: &'a FieldAttr,
    stages: &'c Stages<'a>,
    errors: &'c Errors,
}

impl<'a> OriginOf<'a, '_> {
    fn check(&self) -> Option<Origin<'a>> {
        let origin = match self.attr.kind {
            Kind::Stage => Origin::Stage,
            Kind::Value => Origin::Source {
                word: &self.attr.word,
                values: self.per_stage(|written| Some(value(written)))?,
            },
            Kind::Ssm => self.text(Store::Ssm(self.names()?))?,
            Kind::Secret => self.text(Store::Secret(self.names()?))?,
            Kind::Env => {
                let name = self.string(self.same()?)?;
                self.text(Store::Env(names::variable(name, "NAME", self.errors)?))?
            }
            Kind::SsmPath => Origin::Path {
                paths: self.names()?,
                required: self.attr.keys.word(Key::Required).is_some(),
            },
            Kind::Nested => {
                let FieldAttr { for_all, by_stage, lone, .. } = self.attr;
                let has_prefix = for_all.is_some() || !by_stage.is_empty() || !lone.is_empty();
                Origin::Nested { prefix: if has_prefix { Some(self.names()?) } else { None } }
            }
        };
        (!self.attr.damaged).then_some(origin)
    }

    /// How a value is made of the text.
    fn text(&self, from: Store<'a>) -> Option<Origin<'a>> {
        let keys = &self.attr.keys;
        let (json, key) = (keys.word(Key::Json), keys.value(Key::OfJson));
        let form = match (json, keys.value(Key::ParseWith)) {
            (Some(_), None) => Form::Json,
            (None, Some(function)) => Form::Parsed(function),
            (None, None) => Form::Plain,
            (Some(_), Some(_)) => {
                let mistake = "`json` and `parse_with` both say how the text is read";
                self.errors.add(keys.word(Key::ParseWith), mistake, "keep `json` or `parse_with`");
                return None;
            }
        };
        let reading = Reading {
            key: key.and_then(args::string),
            base64: keys.word(Key::Base64).is_some(),
            form,
            json: json.or(keys.word(Key::OfJson)),
        };
        let default = keys.word(Key::Default).zip(keys.value(Key::Default));
        if let Some((key, _)) = default.filter(|(_, value)| self.is_of_option(value)) {
            let (mistake, help) = DEFAULT_ON_OPTION;
            self.errors.add(key, mistake, help);
            return None;
        }
        let default = default.map(|(key, written)| DefaultValue { key, value: value(written) });
        Some(Origin::Text { from, reading, default })
    }

    /// Whether an optional field is given `None` or `Some(…)`, which are no values of the type
    /// inside; the compiler would say that too.
    fn is_of_option(&self, value: &Expr) -> bool {
        let function = if let Expr::Call(call) = value { &call.func } else { value };
        let is_one = args::ident(function).is_some_and(|it| it == "None" || it == "Some");
        let Type::Path(ty) = self.field.ty else { return false };
        is_one && ty.path.segments.last().is_some_and(|it| it.ident == "Option")
    }

    fn names(&self) -> Option<PerStage<&'a LitStr>> {
        let of = self.attr.kind.name_of()?;
        self.per_stage(|name| names::check(of, self.string(name)?, self.stages, self.errors))
    }

    /// One for all stages, or one for each.
    fn per_stage<T>(&self, read: impl Fn(&'a Expr) -> Option<T>) -> Option<PerStage<T>> {
        let placed = self.stages.place(self.attr, self.errors);
        self.report_lone();
        let given = match (&self.attr.for_all, placed.each.iter().flatten().next()) {
            (Some(all), None) => read(all).map(PerStage::Same),
            (None, Some(_)) => {
                self.stages.report_missing(&placed, self.attr, self.errors);
                let values =
                    placed.each.iter().map(|given| given.and_then(|(_, value)| read(value)));
                // All are read before the first that is missing ends it.
                let values: Vec<_> = values.collect();
                let values = values.into_iter().collect::<Option<Vec<_>>>()?;
                let names = self.stages.names().map(str::to_owned);
                Some(PerStage::Each(names.zip(values).collect()))
            }
            (Some(all), Some((stage, one))) => {
                self.report_both(all, stage, one);
                None
            }
            (None, None) => {
                if placed.sound {
                    self.report_none();
                }
                None
            }
        };
        given.filter(|_| placed.sound)
    }

    /// One, because there is no other at another stage.
    fn same(&self) -> Option<&'a Expr> {
        let placed = self.stages.place(self.attr, self.errors);
        self.report_lone();
        if self.attr.for_all.is_none() && placed.sound {
            self.report_none();
        }
        self.attr.for_all.as_ref().filter(|_| placed.sound)
    }

    /// Words without a value: stages, slips of keys, or else names without their quotes.
    fn report_lone(&self) {
        let FieldAttr { kind, lone, by_stage, for_all, .. } = self.attr;
        for word in lone {
            let name = word.unraw().to_string();
            let is_known = kind.is_by_stage() && self.stages.keys().any(|stage| stage == name);
            let is_named = for_all.is_some() || !by_stage.is_empty();
            let meant = closest(&name, kind.keys().iter().map(|key| key.word()));
            if is_known || kind.is_by_stage() && lone.len() > 1 && !is_named {
                self.report_no_value(word);
            } else if is_named || meant.is_some() {
                let mistake = format!("unknown key `{word}` in {kind}{}", did_you_mean(meant));
                let keys: Vec<_> = kind.keys().iter().map(|key| key.example()).collect();
                let help = match (meant.and_then(Key::of), known("key", &keys)) {
                    (Some(key), _) => format!("`{}`", key.example()),
                    (None, Some(known)) => format!("remove `{word}`; {known}"),
                    (None, None) => format!("remove `{word}`"),
                };
                self.errors.add(word, mistake, help);
            } else {
                self.report_no_literal(word, None);
            }
        }
    }

    fn report_no_value(&self, word: &Ident) {
        self.errors.add(word, format!("`{word}` has no value"), format!("`{word} = …`"));
    }

    fn report_both(&self, all: &Expr, stage: &Ident, one: &Expr) {
        let FieldAttr { kind, damaged, .. } = self.attr;
        // What stands there may not be what was meant.
        if *damaged {
            return;
        }
        if let Some(word) = args::ident(all).filter(|it| self.stages.keys().any(|key| *it == key)) {
            return self.report_no_value(word);
        }
        let noun = kind.takes();
        let mistake = format!("{kind} has a {noun} for all stages and one for `{stage}`");
        let [all_of, each] = [compact(all), format!("{stage} = {}, …", compact(one))];
        let [all_of, each] = [kind.written(&all_of), kind.written(&each)];
        self.errors.add(all, mistake, format!("`{all_of}`, or `{each}`"));
    }

    fn report_none(&self) {
        let FieldAttr { kind, word, damaged, .. } = self.attr;
        if !damaged {
            let mistake = format!("{kind} has no {}", kind.takes());
            self.errors.add(word, mistake, format!("`{}`", kind.example()));
        }
    }

    /// Names are checked when this is compiled, so they have to be there.
    fn string<'e>(&self, value: &'e Expr) -> Option<&'e LitStr> {
        let literal = args::string(value);
        if literal.is_none() {
            let stage = self.attr.by_stage.iter().find(|(_, it)| std::ptr::eq(it, value));
            self.report_no_literal(value, stage.map(|(stage, _)| stage));
        }
        literal
    }

    fn report_no_literal(&self, value: impl ToTokens, stage: Option<&Ident>) {
        let FieldAttr { kind, .. } = self.attr;
        let text = compact(&value);
        let word = syn::parse2::<Ident>(value.to_token_stream()).ok();
        let slash = if kind.name_of() == Some(NameOf::Path) { "/" } else { "" };
        // In capitals, it stands for something else.
        let name = match word.map(|word| word.unraw().to_string()) {
            Some(word) if word.starts_with(char::is_lowercase) => format!("\"{slash}{word}\""),
            _ => kind.sample().to_owned(),
        };
        let help = stage.map_or_else(|| kind.written(&name), |it| format!("{it} = {name}"));
        let mistake = format!(
            "`{text}` is not a string literal; the names in {kind} are checked at compile time"
        );
        self.errors.add(value, mistake, format!("`{help}`"));
    }
}

fn value(written: &Expr) -> Value<'_> {
    args::string(written).map_or(Value::Expr(written), Value::Text)
}
