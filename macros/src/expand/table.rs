//! The table of all that a struct reads.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{LitStr, Path};

use crate::model::{Config, DefaultValue, Field, Origin, PerStage, Stages, Store, Value};
use crate::print::compact;

pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { runtime, .. } = config;
    let name = config.ident.unraw().to_string();
    let stages = stages(&config.stages, runtime);
    let variable = option(config.stage_env);
    let rows = config.fields.iter().map(|field| row(field, runtime));
    quote! {{
        use #runtime::__private::FieldTypeDefaults as _;
        &#runtime::ParameterTable {
            config: #name,
            stages: #stages,
            variable: #variable,
            fields: &[#(#rows,)*],
        }
    }}
}

fn stages(stages: &Stages, runtime: &Path) -> TokenStream {
    let declared = stages.declared.iter().filter_map(|names| names.first());
    let aliases = stages.declared.iter().flat_map(|names| {
        let own = names.first();
        names.iter().skip(1).map(move |alias| quote!((#alias, #own)))
    });
    let fallback = option(stages.fallback.as_ref());
    let allow_near_misses = stages.allow_near_misses;
    quote! {
        #runtime::Stages {
            declared: &[#(#declared),*],
            aliases: &[#(#aliases),*],
            fallback: #fallback,
            allow_near_misses: #allow_near_misses,
        }
    }
}

/// What the table says of one field.
fn row(field: &Field, runtime: &Path) -> TokenStream {
    let Field { ty, doc, origin, .. } = field;
    let name = field.ident.unraw().to_string();
    let written = compact(ty);
    let probe = quote!(#runtime::__private::FieldType::<#ty>);
    let kind = kind(field, runtime);
    let (key, default) = match origin {
        Origin::Text { reading, default, .. } => (reading.key, default.as_ref()),
        _ => (None, None),
    };
    let key = option(key);
    let optional = match origin {
        Origin::Text { default: Some(_), .. } | Origin::Path { required: false, .. } => {
            quote!(true)
        }
        _ => quote!(#probe::OPTIONAL),
    };
    let default = option(default.map(|DefaultValue { value, .. }| match value {
        Value::Text(text) => compact(text),
        Value::Expr(value) => compact(value),
    }));
    quote! {
        #runtime::Field {
            name: #name,
            doc: #doc,
            kind: #runtime::Kind::#kind,
            json_key: #key,
            optional: #optional,
            default: #default,
            secret: #probe::SECRET,
            ty: #written,
        }
    }
}

fn kind(field: &Field, runtime: &Path) -> TokenStream {
    let names = |names| names_of(names, runtime);
    let of = |kind: TokenStream, given| {
        let names = names(given);
        quote!(#kind(#names))
    };
    match &field.origin {
        Origin::Stage => quote!(Stage),
        Origin::Source { .. } => quote!(Value),
        Origin::Text { from: Store::Env(variable), .. } => quote!(Env(#variable)),
        Origin::Text { from: Store::Ssm(given), .. } => of(quote!(Ssm), given),
        Origin::Text { from: Store::Secret(given), .. } => of(quote!(Secret), given),
        Origin::Path { paths, .. } => of(quote!(SsmPath), paths),
        Origin::Nested { prefix } => {
            let ty = field.ty;
            let prefix = option(prefix.as_ref().map(names));
            quote!(Nested(<#ty as #runtime::__private::Nested>::TABLE, #prefix))
        }
    }
}

fn names_of(names: &PerStage<&LitStr>, runtime: &Path) -> TokenStream {
    match names {
        PerStage::Same(name) => quote!(#runtime::Names::Same(#name)),
        PerStage::Each(names) => {
            let pairs = names.iter().map(|(stage, name)| quote!((#stage, #name)));
            quote!(#runtime::Names::ByStage(&[#(#pairs),*]))
        }
    }
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}
