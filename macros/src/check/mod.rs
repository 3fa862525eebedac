//! Checks the attributes as written: rules for names, and rules that involve several attributes.

mod agreement;
mod names;
mod stages;

use proc_macro2::Span;
use quote::{format_ident, quote};
use stage_config_names::is_template;
use syn::ext::IdentExt;
use syn::{Expr, Ident, Path, PathSegment as Segment, Type, parse_quote};

use self::stages::Stages;
use crate::diagnostics::{Errors, Help};
use crate::model::{
    Config, DEFAULT_ON_OPTION, DefaultValue, Field, Form, Origin, PerStage, Reading, STAGE_FIELD,
    Store, Value,
};
use crate::parse::attribute::{Given, Keys, Source};
use crate::parse::{self, Input, arguments};

/// The valid part of the input: all of it, if there is no mistake.
pub(crate) fn check<'a>(input: &'a Input<'a>, errors: &Errors) -> Config<'a> {
    let stages = Stages::of(input, errors);
    let sources = input.fields.iter().filter_map(|field| field.source.as_ref());
    if sources.flat_map(Source::names).any(|name| is_template(&name.value())) {
        // In a struct without stages, it is the stage of the outer struct, which `check_nested`
        // checks.
        stages.report_outside_of_names(errors);
    }
    let fields = input.fields.iter().enumerate();
    let fields = fields.filter_map(|(index, it)| field(index, it, &stages, errors)).collect();
    let settings = &input.settings;
    let stage_env = settings.stage_env.as_ref();
    Config {
        ident: &input.item.ident,
        vis: &input.item.vis,
        names: names_ident(input, errors),
        runtime: runtime(input),
        stage_env: stage_env.and_then(|(_, name)| names::variable(name, errors)),
        validate: settings.validate.as_ref().map(|(_, path)| path),
        stages: stages.finish(settings, errors),
        fields,
    }
}

/// The name of the generated struct of names.
fn names_ident(input: &Input, errors: &Errors) -> Ident {
    let config = &input.item.ident;
    let usual = format_ident!("{}Names", config.unraw(), span = config.span());
    match &input.settings.names {
        Some((_, name)) if name == config => {
            let what = format!("`{name}` is the name of the configuration itself");
            errors.add(name, what, Help::replace(name, usual.to_string()));
            usual
        }
        Some((_, name)) => name.clone(),
        None => usual,
    }
}

/// The path of `stage-config`, with the span of the macro, so that the user's lints do not apply.
fn runtime(input: &Input) -> Path {
    let Some((_, given)) = &input.settings.runtime else { return parse_quote!(::stage_config) };
    let mut path = given.clone();
    for Segment { ident, .. } in &mut path.segments {
        // Only its span says what `$crate` is.
        if *ident != "$crate" {
            ident.set_span(ident.span().resolved_at(Span::call_site()));
        }
    }
    path
}

fn field<'a>(
    index: usize,
    field: &'a parse::Field<'a>,
    stages: &Stages<'a>,
    errors: &Errors,
) -> Option<Field<'a>> {
    let parse::Field { ident, vis, ty, doc, attr, source } = field;
    if *ident == STAGE_FIELD {
        let what = format!("`{STAGE_FIELD}` is the name of a field of the generated struct");
        errors.add(ident, what, Help::note("rename it, for example to `stage`"));
    }
    let ((kind, attr), source) = ((*attr)?, source.as_ref()?);
    let names = |given| {
        let of = kind.name_of()?;
        stages.place(kind, attr, given, errors)?.map(|name| names::check(of, name, stages, errors))
    };
    let text = |from, keys| text(from, keys, ty, errors);
    let origin = match source {
        Source::Stage => Origin::Stage,
        Source::Value(given) => Origin::Source {
            word: attr.path().get_ident()?,
            values: stages.place(kind, attr, given, errors)?.map(|it| Some(value(it)))?,
        },
        Source::Ssm(given, keys) => text(Store::Ssm(names(given)?), keys)?,
        Source::Secret(given, keys) => text(Store::Secret(names(given)?), keys)?,
        Source::Env(given, keys) => {
            let PerStage::Same(name) = stages.place(kind, attr, given, errors)? else {
                return None;
            };
            text(Store::Env(names::variable(name, errors)?), keys)?
        }
        Source::SsmPath(given, keys) => {
            Origin::Path { paths: names(given)?, required: keys.required.is_some() }
        }
        Source::Nested(Given { all: None, each }) if each.is_empty() => {
            Origin::Nested { prefix: None }
        }
        Source::Nested(given) => Origin::Nested { prefix: Some(names(given)?) },
    };
    Some(Field { index, ident, vis, ty, doc, origin })
}

/// How a value is read from text.
fn text<'a>(from: Store<'a>, keys: &'a Keys, ty: &Type, errors: &Errors) -> Option<Origin<'a>> {
    let form = match (&keys.json, &keys.parse_with) {
        (Some(_), None) => Form::Json,
        (None, Some((_, function))) => Form::Parsed(function),
        (None, None) => Form::Plain,
        (Some(json), Some(_)) => {
            let what = "`json` and `parse_with` are mutually exclusive";
            errors.add(json, what, Help::remove(json));
            return None;
        }
    };
    let reading = Reading {
        key: keys.json_key.as_ref().map(|(_, key)| key),
        base64: keys.base64.is_some(),
        form,
        json: keys.json.as_ref().or(keys.json_key.as_ref().map(|(word, _)| word)),
    };
    let default = keys.default.as_ref();
    if let Some((key, written)) = default.filter(|(_, value)| is_of_option(value, ty)) {
        let (what, _) = DEFAULT_ON_OPTION;
        let help = Help::remove(quote!(#key = #written));
        errors.add(key, what, help.and(["or change `Option<T>` to `T`".to_owned()]));
        return None;
    }
    let default = default.map(|(key, written)| DefaultValue { key, value: value(written) });
    Some(Origin::Text { from, reading, default })
}

/// Whether the value of an `Option` is `None` or `Some(…)`, although it must have the inner type.
/// For other values, the compiler reports the mistake.
fn is_of_option(value: &Expr, ty: &Type) -> bool {
    let function = if let Expr::Call(call) = value { &call.func } else { value };
    let is_one = arguments::ident(function).is_some_and(|it| it == "None" || it == "Some");
    let Type::Path(ty) = ty else { return false };
    is_one && ty.path.segments.last().is_some_and(|it| it.ident == "Option")
}

fn value(written: &Expr) -> Value<'_> {
    arguments::string(written).map_or(Value::Expr(written), Value::Text)
}
