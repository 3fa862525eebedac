//! What cannot be seen in the source: what a type is, which stages a nested struct has, which
//! features are on. The compiler knows, and is asked in constants.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

use crate::model::{Config, DEFAULT_ON_OPTION, DefaultValue, Field, Form, Origin, PerStage, Value};

/// Those of each field by itself.
pub(crate) fn of_fields(config: &Config) -> TokenStream {
    let private = private(config);
    let types = config.fields.iter().filter_map(|field| of_type(field, &private));
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
        let span = word.span();
        quote_spanned!(span=> const _: () = ::core::assert!(#private::HAS_JSON, "{}", #why);)
    });
    quote!(#(#types)* #json)
}

/// An `Option` needs no default, a secret is not written in the source, a number not in quotes.
fn of_type(field: &Field, private: &TokenStream) -> Option<TokenStream> {
    let ty = field.ty;
    let (word, is_default) = match &field.origin {
        Origin::Source { word, .. } => (*word, false),
        Origin::Text { default: Some(DefaultValue { key, .. }), .. } => (*key, true),
        _ => return None,
    };
    let span = word.span();
    let not_optional = is_default.then(|| {
        let (mistake, help) = DEFAULT_ON_OPTION;
        let why = format!("{mistake}\nhelp: {help}");
        quote_spanned!(span=> ::core::assert!(!#private::FieldType::<#ty>::OPTIONAL, #why);)
    });
    let help = if is_default {
        "remove `default = …`, or make the field an `Option`"
    } else {
        "read it from Parameter Store: `#[ssm(\"/app/key\")]`"
    };
    let refuse = quoted(&field.origin).into_iter().map(|text| {
        let span = text.span();
        let probe = quote!(#private::FieldType::<#ty>);
        // In a block, which stands at the literal: the compiler points at the call.
        quote_spanned!(span=> { #probe::WRITTEN }.refuse(#probe::OPTIONAL, #text);)
    });
    // Each of several values is an error of its own. If a field may have no default, that is the only
    // error about it.
    let (values, default) = if is_default {
        (TokenStream::new(), quote!(#(#refuse)*))
    } else {
        (quote_spanned!(span=> #(const _: () = #refuse)*), TokenStream::new())
    };
    let why = format!("`{word}` would keep a secret in the source code\nhelp: {help}");
    Some(quote_spanned! {span=>
        const _: () = {
            #[allow(unused_imports)]
            use #private::FieldTypeDefaults as _;
            #values
            #not_optional
            ::core::assert!(!#private::FieldType::<#ty>::SECRET, #why);
            #default
        };
    })
}

/// The string literals that the type reads, and no function of the user's.
fn quoted<'a>(origin: &Origin<'a>) -> Vec<&'a LitStr> {
    let values: Vec<_> = match origin {
        Origin::Source { values: PerStage::Same(value), .. } => vec![value],
        Origin::Source { values: PerStage::Each(values), .. } => {
            values.iter().map(|(_, value)| value).collect()
        }
        Origin::Text { reading, default, .. } if !matches!(reading.form, Form::Parsed(_)) => {
            default.iter().map(|it| &it.value).collect()
        }
        Origin::Text { .. } | Origin::Stage | Origin::Path { .. } | Origin::Nested { .. } => {
            Vec::new()
        }
    };
    let text = |value: &Value<'a>| match value {
        Value::Text(text) => Some(*text),
        Value::Expr(_) => None,
    };
    values.into_iter().filter_map(text).collect()
}

/// Whether nested structs fit into this one.
pub(crate) fn of_nested(config: &Config) -> TokenStream {
    let Config { ident, runtime, .. } = config;
    let private = private(config);
    let nested = config.fields.iter().filter(|field| matches!(field.origin, Origin::Nested { .. }));
    nested
        .map(|field| {
            let row = Literal::usize_unsuffixed(field.index);
            let span = field.ty.span();
            quote_spanned! {span=>
                const _: () = {
                    const FITS: &#private::Fits =
                        &#private::Fits::of(<#ident as #runtime::StageConfig>::PARAMETERS, #row);
                    if !FITS.is_sound() {
                        ::core::panic!("{}", FITS.text());
                    }
                };
            }
        })
        .collect()
}

fn private(config: &Config) -> TokenStream {
    let runtime = &config.runtime;
    quote!(#runtime::__private)
}
