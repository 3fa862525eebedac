//! Asserts in constants what the macro does not know: what a type is, which stages a nested struct
//! has, and which features are enabled.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::expand::snapshot;
use crate::model::{Allowed, Config, DEFAULT_ON_OPTION, Doubt, Field, Form, Origin};

/// The assertions for single fields.
pub(crate) fn of_fields(config: &Config) -> TokenStream {
    let types = config.fields.iter().filter_map(of_type);
    let json = config.fields.iter().find_map(|field| match &field.origin {
        Origin::Text { reading, .. } => reading.json,
        _ => None,
    });
    let json = json.map(|word| {
        let why = format!(
            "`{word}` needs the feature `json` of stage-config\n\
             help: `stage-config = {{ version = \"{}\", features = [\"json\"] }}` in Cargo.toml",
            env!("CARGO_PKG_VERSION")
        );
        quote_spanned!(word.span()=> const _: () = ::core::assert!(__private::HAS_JSON, "{}", #why);)
    });
    let doubts = config.fields.iter().flat_map(of_names);
    quote!(#(#types)* #(#doubts)* #json)
}

/// Refuses names that the snapshot does not allow for the type.
fn of_names(field: &Field) -> impl Iterator<Item = TokenStream> {
    let ty = field.ty;
    field.doubts.iter().map(move |Doubt { mistake, allowed }| {
        let is_allowed = match allowed {
            Allowed::IfOptional => quote!(__FieldType::<#ty>::OPTIONAL),
            Allowed::UnlessScalar => quote!(!__FieldType::<#ty>::READS.__is_scalar()),
        };
        let why = mistake.text();
        quote_spanned!(mistake.span()=> const _: () = ::core::assert!(#is_allowed, "{}", #why);)
    })
}

/// Refuses a default for an `Option`, a secret in the source code, and a number in quotes.
fn of_type(field: &Field) -> Option<TokenStream> {
    let ty = field.ty;
    let (word, is_default) = match &field.origin {
        Origin::Value { word, .. } => (*word, false),
        Origin::Text { default: Some((key, _)), .. } => (*key, true),
        _ => return None,
    };
    let span = word.span();
    let help = if is_default {
        "remove `default = …`, or make the field an `Option`"
    } else {
        "read it from Parameter Store: `#[ssm(\"…\")]`"
    };
    let why = format!("`{word}` would keep a secret in the source code\nhelp: {help}");
    let not_secret = quote_spanned!(span=> ::core::assert!(!__FieldType::<#ty>::SECRET, #why));
    let is_parsed = matches!(&field.origin, Origin::Text { reading, .. } if matches!(reading.form, Form::Parsed(_)));
    let literals = field.origin.literals().into_iter().filter(|_| !is_parsed);
    let refuse = literals.map(|(_, text)| {
        // In a block with the span of the literal, because the compiler points at the call.
        quote_spanned! {text.span()=>
            { __FieldType::<#ty>::WRITTEN }.refuse(__FieldType::<#ty>::OPTIONAL, #text)
        }
    });
    if !is_default {
        // Each value is a separate error.
        return Some(quote_spanned! {span=>
            #(const _: () = #refuse;)*
            const _: () = #not_secret;
        });
    }
    // If the field must not have a default, this is its only error.
    let (mistake, help) = DEFAULT_ON_OPTION;
    let why = format!("{mistake}\nhelp: {help}");
    Some(quote_spanned! {span=>
        const _: () = {
            ::core::assert!(!__FieldType::<#ty>::OPTIONAL, #why);
            #not_secret;
            #(#refuse;)*
        };
    })
}

/// The assertions that nested structs fit into this one.
pub(crate) fn of_nested(config: &Config) -> TokenStream {
    let nested = config.fields.iter().filter(|field| matches!(field.origin, Origin::Nested));
    let existing = snapshot::of_nested(config);
    let checks = nested.map(|field| {
        let row = Literal::usize_unsuffixed(field.index);
        let span = field.ty.span();
        let exists = existing.is_some().then(|| {
            quote_spanned!(span=> const _: () = __private::check_existing(__TABLE, #row, __EXISTING);)
        });
        quote_spanned!(span=> const _: () = __private::check_nested(__TABLE, #row); #exists)
    });
    let checks: TokenStream = checks.collect();
    quote!(#existing #checks)
}
