//! The table of everything that a struct reads.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::LitStr;
use syn::ext::IdentExt;

use crate::diagnostics::print::compact;
use crate::model::{Config, Field, Origin, PerStage, Stages, Store};

pub(crate) fn expand(config: &Config) -> TokenStream {
    let name = config.ident.unraw().to_string();
    let stages = stages(&config.stages);
    let variable = option(config.stage_env);
    let rows = config.fields.iter().map(row);
    quote! {
        const __STAGES: __private::Stages = #stages;
        const __TABLE: &__private::ParameterTable =
            &__private::ParameterTable::__new(#name, __STAGES, #variable, &[#(#rows,)*]);
    }
}

fn stages(stages: &Stages) -> TokenStream {
    let declared = stages.declared.iter().filter_map(|names| names.first());
    let aliases = stages.declared.iter().flat_map(|names| {
        let own = names.first();
        names.iter().skip(1).map(move |alias| quote!((#alias, #own)))
    });
    let fallback = option(stages.fallback.as_ref());
    let allow_near_misses = stages.allow_near_misses;
    quote! {
        __private::Stages::__new(&[#(#declared),*], &[#(#aliases),*], #fallback, #allow_near_misses)
    }
}

/// The row of one field.
fn row(field: &Field) -> TokenStream {
    let Field { ty, doc, origin, .. } = field;
    let name = field.ident.unraw().to_string();
    let written = compact(ty);
    let kind = kind(field);
    let (key, default) = match origin {
        Origin::Text { reading, default, .. } => (reading.key, default.as_ref()),
        _ => (None, None),
    };
    let optional = match origin {
        // An assertion refuses a default for an `Option`.
        Origin::Text { default: Some(_), .. } => quote!(false),
        Origin::Path { required: false, .. } => quote!(true),
        _ => quote!(__FieldType::<#ty>::OPTIONAL),
    };
    let doc = (!doc.is_empty()).then(|| quote!(.__doc(#doc)));
    let key = key.map(|key| quote!(.__json_key(#key)));
    let default = default.map(|(_, value)| {
        let written = compact(value);
        quote!(.__default(#written))
    });
    quote! {
        __Field::__new(#name, #written, [#optional, __FieldType::<#ty>::SECRET], __Kind::#kind)
            #doc #key #default
    }
}

/// A variant of `Kind`.
fn kind(field: &Field) -> TokenStream {
    match &field.origin {
        Origin::Stage => quote!(Stage),
        Origin::Value { .. } => quote!(Value),
        Origin::Text { from: Store::Env(variable), .. } => quote!(Env(#variable)),
        Origin::Text { from: Store::Ssm(given), .. } => {
            let names = names(given);
            quote!(Ssm(#names))
        }
        Origin::Text { from: Store::Secret(given), .. } => {
            let names = names(given);
            quote!(Secret(#names))
        }
        Origin::Path { paths, .. } => {
            let names = names(paths);
            quote!(SsmPath(#names))
        }
        Origin::Nested { prefix } => {
            let (ty, prefix) = (field.ty, option(prefix.as_ref().map(names)));
            quote!(Nested(<#ty as __private::Nested>::TABLE, #prefix))
        }
    }
}

/// In the order of the declared stages.
fn names(names: &PerStage<&LitStr>) -> TokenStream {
    let names: Vec<_> = match names {
        PerStage::Same(name) => vec![name],
        PerStage::Each(names) => names.iter().map(|(_, name)| name).collect(),
    };
    quote!(__STAGES.__names(&[#(#names),*]))
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(__None), |value| quote!(__Some(#value)))
}
