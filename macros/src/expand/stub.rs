//! The code after a mistake: the mistakes, and a stub of everything that the rest of the program
//! may use. The types of fields without a mistake are still checked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Mistake;
use crate::expand::names::{self, Entry};
use crate::expand::{assertions, fields, scope};
use crate::model::Config;
use crate::parse::keywords::Kind;
use crate::parse::{Field, Input};

/// `config` is the valid part of `input`.
pub(crate) fn expand(mistakes: &[Mistake], input: &Input, config: &Config) -> TokenStream {
    let Config { ident, vis, names, runtime, .. } = config;
    let (echoes, errors): (Vec<_>, Vec<_>) = mistakes.iter().partition(|it| it.is_echo);
    let [echoes, errors] = [echoes, errors]
        .map(|mistakes| mistakes.into_iter().map(Mistake::to_code).collect::<TokenStream>());
    let (impl_generics, ty_generics, where_clause) = input.item.generics.split_for_impl();

    // A type parameter can be neither checked nor named.
    let is_concrete = input.item.generics.params.is_empty();
    let entries = input.fields.iter().filter_map(|field| entry(field, is_concrete));
    let definition = names::definition_with(config, entries);

    let decoder = fields::decoder();
    let reads = is_concrete.then(|| {
        let reads = fields::each(config).map(|(local, read)| quote!(let #local = #read;));
        quote!(#(#reads)*)
    });
    let assertions = is_concrete.then(|| assertions::of_fields(config));

    let result = quote!(::core::result::Result<Self, #runtime::StageError>);
    let methods = [
        quote!(for_stage(_: &str) -> #result),
        quote!(from_env() -> #result),
        quote!(stage(&self) -> &str),
        quote!(chosen(&self) -> &'static str),
    ];
    let scope = scope(
        runtime,
        &quote! {
            #[allow(missing_docs)]
            impl #names {
                #(#vis fn #methods { ::core::unreachable!() })*
            }

            #[automatically_derived]
            impl __private::FromNames for #names {
                fn __new(_: __private::At<'_>) -> Self {
                    ::core::unreachable!()
                }
            }

            #[automatically_derived]
            #[allow(unused)]
            impl #impl_generics #runtime::StageConfig for #ident #ty_generics #where_clause {
                const PARAMETERS: &'static __private::ParameterTable = __private::NOTHING;

                type __Names = #names;

                fn __assemble(#decoder: &mut __private::Decoder<'_>) -> __private::Option<Self> {
                    #reads
                    #echoes
                    ::core::unreachable!()
                }
            }

            #assertions
        },
    );
    quote!(#errors #definition #scope)
}

/// The field of the struct of names for a field, if there is one.
fn entry<'a>(field: &'a Field, is_concrete: bool) -> Option<Entry<'a>> {
    let nested = match field.kind? {
        Kind::Ssm | Kind::Secret | Kind::SsmPath => None,
        Kind::Nested if is_concrete => Some(field.ty),
        Kind::Value | Kind::Env | Kind::Stage | Kind::Nested => return None,
    };
    Some(Entry { vis: field.vis, ident: field.ident, nested })
}
