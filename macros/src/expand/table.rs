//! The table of everything that a struct reads.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use crate::diagnostics::print::compact;
use crate::model::{Config, Field, Form, Origin, PerStage};
use crate::parse::keywords::Kind;

pub(crate) fn expand(config: &Config) -> TokenStream {
    let name = config.ident.unraw().to_string();
    let stages = stages(config);
    let variable = option(config.stage_env);
    let rows = config.fields.iter().map(row);
    let snapshot = (!config.snapshots.is_empty()).then(|| quote!(.__with_snapshot()));
    quote! {
        const __STAGES: __private::Stages = #stages;
        const __TABLE: &__private::ParameterTable =
            &__private::ParameterTable::__new(#name, __STAGES, #variable, &[#(#rows,)*]) #snapshot;
    }
}

fn stages(Config { stages, accounts, .. }: &Config) -> TokenStream {
    let declared = stages.declared.iter().filter_map(|names| names.first());
    let aliases = stages.declared.iter().flat_map(|names| {
        let own = names.first();
        names.iter().skip(1).map(move |alias| quote!((#alias, #own)))
    });
    let fallback = option(stages.fallback.as_ref());
    let allow_near_misses = stages.allow_near_misses;
    let accounts = (!accounts.is_empty()).then(|| {
        let accounts = accounts.iter().map(|(account, stage)| quote!((#account, #stage)));
        quote!(.__accounts(&[#(#accounts),*]))
    });
    quote! {
        __private::Stages::__new(&[#(#declared),*], &[#(#aliases),*], #fallback, #allow_near_misses)
            #accounts
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
        Origin::Path { required: false } => quote!(true),
        _ => quote!(__FieldType::<#ty>::OPTIONAL),
    };
    let reads = reads(field).map(|reads| quote!(.__reads(#reads)));
    let doc = (!doc.is_empty()).then(|| quote!(.__doc(#doc)));
    let key = key.map(|key| quote!(.__json_key(#key)));
    let default = default.map(|(_, value)| {
        let written = compact(value);
        quote!(.__default(#written))
    });
    quote! {
        __Field::__new(#name, #written, [#optional, __FieldType::<#ty>::SECRET], __Kind::#kind)
            #reads #doc #key #default
    }
}

/// What the text of the field is read as. `None` if it reads none, or if only a function of the user
/// knows.
fn reads(field: &Field) -> Option<TokenStream> {
    let ty = field.ty;
    let by_type = quote!(__FieldType::<#ty>::READS);
    let Origin::Text { reading, .. } = &field.origin else {
        return matches!(field.origin, Origin::Path { .. }).then_some(by_type);
    };
    let reads = match reading.form {
        Form::Plain => by_type,
        Form::Json => quote!(__private::Reads::__JSON),
        Form::Parsed(_) if reading.base64 => quote!(__private::Reads::__TEXT),
        Form::Parsed(_) => return None,
    };
    Some(if reading.base64 { quote!(#reads.__in_base64()) } else { reads })
}

/// A value of `Kind`, whose variants have the names of ours.
fn kind(field: &Field) -> TokenStream {
    let variant = format_ident!("{}", format!("{:?}", field.kind));
    let values = field.names.as_ref().map(PerStage::values).unwrap_or_default();
    let names = quote!(__STAGES.__names(&[#(#values),*]));
    match field.kind {
        Kind::Stage | Kind::Value => quote!(#variant),
        Kind::Env => quote!(#variant(#(#values)*)),
        Kind::Ssm | Kind::Secret | Kind::SsmPath => quote!(#variant(#names)),
        Kind::Nested => {
            let (ty, prefix) = (field.ty, option(field.names.as_ref().map(|_| names)));
            quote!(#variant(<#ty as __private::Nested>::TABLE, #prefix))
        }
    }
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(__None), |value| quote!(__Some(#value)))
}
