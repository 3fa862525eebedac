//! The model as code. Thin: whatever can be ordinary Rust is called in the runtime's `__private`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::Config;
use crate::{assertions, parameters, read, table};

pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, runtime, .. } = config;
    let parameters = parameters::expand(config);
    let table = table::expand(config);
    let values = read::values();
    let reads = read::expand(config);
    let locals = config.fields.iter().map(read::local);
    let fields = config.fields.iter().map(|field| field.ident);
    let this = quote!(Self { #(#fields: #locals?,)* });
    let assembled = match config.validate {
        None => quote!(::core::option::Option::Some(#this)),
        Some(check) => {
            // A pointer, because the compiler suggests nonsense of a call that does not fit.
            let validate = quote_spanned! {check.span()=>
                let __check: fn(&Self) -> ::core::result::Result<(), _> = #check;
                #runtime::__private::Values::validate(#values, __check(&__config))?;
            };
            quote! {
                let __config = #this;
                #validate
                ::core::option::Option::Some(__config)
            }
        }
    };
    let nested = nested(config);
    let (of_fields, of_nested) = (assertions::of_fields(config), assertions::of_nested(config));
    quote! {
        #parameters

        #[automatically_derived]
        #[allow(unused_braces, unused_parens)]
        impl #runtime::StageConfig for #ident {
            const PARAMETERS: &'static #runtime::ParameterTable = #table;

            fn __assemble(
                #values: &mut #runtime::__private::Values<'_>,
            ) -> ::core::option::Option<Self> {
                #reads
                #assembled
            }
        }

        #nested

        #of_fields
        #of_nested
    }
}

/// What lets another configuration nest this one.
fn nested(config: &Config) -> TokenStream {
    let Config { ident, parameters, runtime, .. } = config;
    let private = quote!(#runtime::__private);
    quote! {
        #[automatically_derived]
        impl #private::Nested for #ident {
            type Parameters = #parameters;
            const TABLE: &'static #runtime::ParameterTable =
                <Self as #runtime::StageConfig>::PARAMETERS;

            fn assemble(
                __values: &mut #private::Values<'_>,
            ) -> ::core::option::Option<Self> {
                <Self as #runtime::StageConfig>::__assemble(__values)
            }

            fn parameters(__at: #private::At) -> Self::Parameters {
                #parameters::__at(__at)
            }
        }
    }
}
