//! Generates code from the model. There is little of it: everything that can be ordinary Rust is in
//! the runtime, in `__private`.
//!
//! | module | generates |
//! |---|---|
//! | `table` | the table of everything that the struct reads |
//! | `description` | the description of the struct, which tools find in the program |
//! | `fields` | an expression for the value of each field |
//! | `names` | the generated struct of names |
//! | `assertions` | assertions for what only the compiler knows: types and nested structs |
//! | `snapshot` | the files of a snapshot, and what nested structs need of it |
//! | `stub` | after a mistake: the mistakes, and a stub of what the rest of the program may use |
//!
//! Everything except the struct of names is in one constant, where imports shorten the paths. The
//! imported names begin with `__`, because the user's expressions are in the same scope.

mod assertions;
mod description;
mod fields;
mod names;
mod snapshot;
mod stub;
mod table;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

pub(crate) use self::stub::expand as stub;
use crate::model::Config;
use crate::parse::Input;

pub(crate) fn expand(config: &Config, input: &Input) -> TokenStream {
    let Config { ident, runtime, names, .. } = config;
    let definition = names::definition(config, input);
    let methods = names::methods(config);
    let table = table::expand(config);
    let description = description::expand(config);
    let decoder = fields::decoder();
    let reads = reads(config);
    let result = result(config);
    let literals = literals(config);
    let snapshot = snapshot::files(config);
    let assertions = [assertions::of_fields(config), assertions::of_nested(config)];
    let scope = scope(
        runtime,
        &quote! {
            #table
            #description

            #methods

            #[automatically_derived]
            impl #runtime::StageConfig for #ident {
                const PARAMETERS: &'static __private::ParameterTable = __TABLE;

                const __DESCRIPTION: &'static [u8] = &__private::Parts::array::<
                    { __private::Parts::length(__PARTS, __TABLE) }
                >(__PARTS, __TABLE);

                type __Names = #names;

                fn __assemble(#decoder: &mut __private::Decoder<'_>) -> __private::Option<Self> {
                    #reads
                    #result
                }

                #literals
            }

            #snapshot

            #(#assertions)*
        },
    );
    quote!(#definition #scope)
}

/// Items in their own scope, with imports from the runtime.
fn scope(runtime: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        #[allow(deprecated, unused_braces, unused_imports, unused_parens)]
        const _: () = {
            use #runtime::__private::{
                self, Field as __Field, Kind as __Kind, Option::None as __None,
                Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
            };

            #items
        };
    }
}

/// Decodes all fields, even if one fails.
fn reads(config: &Config) -> Option<TokenStream> {
    let decoder = fields::decoder();
    let reads: Vec<_> = fields::each(config).collect();
    let groups = reads
        .chunks(fields::GROUP)
        .map(|reads| quote!(__private::Decoder::group(#decoder, |#decoder| (#(#reads,)*))));
    let locals = (0..groups.len()).map(fields::group);
    (!reads.is_empty()).then(|| {
        quote! {
            let (#(__Some(#locals),)*) = (#(#groups,)*) else { return __None };
        }
    })
}

/// The struct of the values, if `validate` accepts it.
fn result(config: &Config) -> TokenStream {
    let fields = config.fields.iter().map(|field| field.ident);
    let values = (0..config.fields.len()).map(fields::decoded);
    let this = quote!(Self { #(#fields: #values,)* });
    let Some(check) = config.validate else { return quote!(__Some(#this)) };
    // A function pointer, because the compiler makes wrong suggestions for a call with other types.
    // Names of the user in `check` must not resolve to these locals.
    let span = Span::mixed_site().located_at(check.span());
    let [it, call] = ["__config", "__check"].map(|name| Ident::new(name, span));
    let decoder = fields::decoder();
    // With this span, the compiler points at the function and not at its call.
    let private = quote!(__private);
    let validate = quote_spanned! {check.span()=>
        let #call: fn(&Self) -> ::core::result::Result<(), _> = #check;
        #private::Decoder::validate(#decoder, #call(&#it))?;
    };
    quote! {
        let #it = #this;
        #validate
        __Some(#it)
    }
}

/// `None` if the struct has no literals.
fn literals(config: &Config) -> Option<TokenStream> {
    let (literals, decoder) = (fields::literals(config), fields::decoder());
    (!literals.is_empty()).then(|| {
        quote! {
            fn __check_literals(#decoder: &mut __private::Decoder<'_>) {
                #(#literals)*
            }
        }
    })
}
