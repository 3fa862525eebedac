//! Checks the attributes as written: rules for names, and rules that involve several attributes.

mod accounts;
mod by_stage;
mod names;
mod snapshot;
mod stages;

use std::path::Path as FilePath;

use proc_macro2::Span;
use quote::format_ident;
use stage_config_names::is_template;
use syn::ext::IdentExt;
use syn::{Expr, Path, PathSegment as Segment, Type, parse_quote};

use self::stages::KnownStages;
use crate::diagnostics::{Errors, Help, field};
use crate::model::{Config, DEFAULT_ON_OPTION, Field, Form, Origin, Reading, SnapshotFile};
use crate::parse::attribute::{Given, pair};
use crate::parse::keywords::{Key, Kind};
use crate::parse::{self, Input, arguments};

/// The valid part of the input: all of it, if there is no mistake. `manifest` is the folder of
/// `Cargo.toml`, which is beside the snapshots.
pub(crate) fn check<'a>(
    input: &'a Input<'a>,
    manifest: Option<&FilePath>,
    errors: &Errors,
) -> Config<'a> {
    let stages = KnownStages::new(input, errors);
    let given = input.fields.iter().filter_map(|field| field.given.as_ref());
    if given.flat_map(Given::names).any(|name| is_template(&name.value())) {
        // In a struct without stages, it is the stage of the outer struct, which `check_nested`
        // checks.
        stages.report_outside_of_names(errors);
    }
    let settings = &input.settings;
    let accounts = accounts::check(settings.accounts.as_ref(), &stages, errors);
    let folder = settings.snapshot.as_ref();
    let snapshots = snapshot::read(folder, manifest, &stages, &accounts, errors);
    let fields = input.fields.iter().enumerate();
    let field = |(index, it)| check_field(index, it, &stages, &snapshots, errors);
    let fields = fields.filter_map(field);
    // The code for a field cannot name a type parameter.
    let fields = fields.filter(|_| input.item.generics.params.is_empty()).collect();
    let ident = &input.item.ident;
    let usual = format_ident!("{}Names", ident.unraw(), span = ident.span());
    let stage_env = settings.stage_env.as_ref();
    Config {
        ident,
        vis: &input.item.vis,
        names: settings.names.clone().unwrap_or(usual),
        runtime: runtime(input),
        stage_env: stage_env.and_then(|name| names::variable(name, errors)),
        validate: settings.validate.as_ref(),
        accounts,
        snapshots,
        stages: stages.finish(settings, errors),
        fields,
    }
}

/// The path of `stage-config`, with the span of the macro, so that the user's lints do not apply.
fn runtime(input: &Input) -> Path {
    let Some(given) = &input.settings.runtime else { return parse_quote!(::stage_config) };
    let mut path = given.clone();
    for Segment { ident, .. } in &mut path.segments {
        // Only its span says what `$crate` is.
        if *ident != "$crate" {
            ident.set_span(ident.span().resolved_at(Span::call_site()));
        }
    }
    path
}

fn check_field<'a>(
    index: usize,
    field: &'a parse::Field<'a>,
    stages: &KnownStages,
    snapshots: &[SnapshotFile],
    errors: &Errors,
) -> Option<Field<'a>> {
    let parse::Field { ident, ty, doc, given, .. } = field;
    let given = given.as_ref()?;
    let kind = given.kind;
    let name = |it| {
        let name = arguments::string(it).or_else(|| not_literal(kind, it, errors))?;
        match kind.name_of() {
            Some(of) => names::check(of, name, stages, errors),
            None => names::variable(name, errors),
        }
    };
    let names = match kind {
        Kind::Stage | Kind::Value => Some(None),
        Kind::Nested if given.all.is_empty() && given.each.is_empty() => Some(None),
        _ => by_stage::sort(stages, given, name, errors).map(Some),
    };
    let origin = match kind {
        Kind::Stage => Origin::Stage,
        Kind::Value => Origin::Value {
            word: given.attr.path().get_ident()?,
            values: by_stage::sort(stages, given, Some, errors)?,
        },
        Kind::Ssm | Kind::Secret | Kind::Env => text(given, ty, errors)?,
        Kind::SsmPath => Origin::Path { required: given.key(Key::Required).is_some() },
        Kind::Nested => Origin::Nested,
    };
    let names = names?;
    let doubts = snapshot::doubts(kind, names.as_ref(), &origin, snapshots, errors);
    let field = Field { index, ident, ty, doc, kind, names, origin, doubts };
    Some(field).filter(|_| given.is_whole())
}

fn not_literal<T>(kind: Kind, name: &Expr, errors: &Errors) -> Option<T> {
    field::not_literal(kind, name, errors);
    None
}

/// How a value is read from text.
fn text<'a>(given: &'a Given, ty: &Type, errors: &Errors) -> Option<Origin<'a>> {
    let [json, json_key, function] =
        [Key::Json, Key::Member, Key::ParseWith].map(|it| given.key(it));
    let form = match (json, function) {
        (Some((json, _)), Some(_)) => {
            let what = "`json` and `parse_with` are mutually exclusive";
            errors.add(json, what, Help::remove(json));
            return None;
        }
        (Some(_), None) => Form::Json,
        (None, Some((_, function))) => Form::Parsed(function?),
        (None, None) => Form::Plain,
    };
    let reading = Reading {
        key: json_key.and_then(|(_, name)| arguments::string(name?)),
        base64: given.key(Key::Base64).is_some(),
        form,
        json: json.or(json_key).map(|(word, _)| word),
    };
    let default = given.key(Key::Default).and_then(|(key, written)| Some((key, written?)));
    if let Some((key, written)) = default.filter(|(_, value)| is_of_option(value, ty)) {
        let (what, _) = DEFAULT_ON_OPTION;
        let help = Help::remove(pair(key, Some(written)));
        errors.add(key, what, help.and(["or change `Option<T>` to `T`".to_owned()]));
        return None;
    }
    Some(Origin::Text { reading, default })
}

/// Whether the value of an `Option` is `None` or `Some(…)`, although it must have the inner type.
/// For other values, the compiler reports the mistake.
fn is_of_option(value: &Expr, mut ty: &Type) -> bool {
    let value = arguments::ungrouped(value);
    let function = if let Expr::Call(call) = value { &call.func } else { value };
    let is_one = arguments::ident(function).is_some_and(|it| it == "None" || it == "Some");
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    let Type::Path(ty) = ty else { return false };
    is_one && ty.path.segments.last().is_some_and(|it| it.ident == "Option")
}
