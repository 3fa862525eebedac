//! The model as code. Thin: whatever can be ordinary Rust is called in the runtime's `__private`.

mod assertions;
mod fields;
mod names;
mod stub;
mod table;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

pub(crate) use self::stub::expand as stub;
use crate::model::Config;

pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, runtime, names, .. } = config;
    let names_struct = names::expand(config);
    let table = table::expand(config);
    let values = fields::values();
    let reads = reads(config);
    let fields = config.fields.iter().map(|field| field.ident);
    let locals = config.fields.iter().map(fields::local);
    let this = quote!(Self { #(#fields: #locals,)* });
    let assembled = match config.validate {
        None => quote!(::core::option::Option::Some(#this)),
        Some(check) => {
            // A pointer, because the compiler suggests nonsense of a call that does not fit.
            // Not to be seen by the user's words, though they stand where these do.
            let span = Span::mixed_site().located_at(check.span());
            let [it, call] = ["__config", "__check"].map(|name| Ident::new(name, span));
            let validate = quote_spanned! {check.span()=>
                let #call: fn(&Self) -> ::core::result::Result<(), _> = #check;
                #runtime::__private::Decoder::validate(#values, #call(&#it))?;
            };
            quote! {
                let #it = #this;
                #validate
                ::core::option::Option::Some(#it)
            }
        }
    };
    let literals = literals(config);
    let (of_fields, of_nested) = (assertions::of_fields(config), assertions::of_nested(config));
    quote! {
        #names_struct

        #[automatically_derived]
        #[allow(deprecated, unused_braces, unused_parens)]
        impl #runtime::StageConfig for #ident {
            const PARAMETERS: &'static #runtime::ParameterTable = #table;

            type __Names = #names;

            fn __assemble(
                #values: &mut #runtime::__private::Decoder<'_>,
            ) -> ::core::option::Option<Self> {
                #reads
                #assembled
            }

            #literals

            fn __parameters(__at: #runtime::__private::At) -> Self::__Names {
                #names::__at(__at)
            }
        }

        #of_fields
        #of_nested
    }
}

/// A local for each field. All are read before one that is missing ends it.
///
/// In one pattern: each `?` would be an end of its own, which drops what the others have read, and
/// the time to compile N of them is more than N².
fn reads(config: &Config) -> TokenStream {
    let (locals, reads): (Vec<_>, Vec<_>) = fields::each(config).unzip();
    if reads.is_empty() {
        return TokenStream::new();
    }
    let import = fields::import(config);
    quote! {
        #import
        let (#(::core::option::Option::Some(#locals),)*) = (#(#reads,)*) else {
            return ::core::option::Option::None;
        };
    }
}

/// Nothing for a struct without literals.
fn literals(config: &Config) -> Option<TokenStream> {
    let literals = fields::literals(config);
    if literals.is_empty() {
        return None;
    }
    let Config { runtime, .. } = config;
    let (import, values) = (fields::import(config), fields::values());
    Some(quote! {
        fn __check_literals(#values: &mut #runtime::__private::Decoder<'_>) {
            #import
            #(#literals)*
        }
    })
}
