//! The code after a mistake: the mistakes, and a stub of everything that the rest of the program
//! may use. The types of fields without a mistake are still checked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Mistake;
use crate::expand::{assertions, fields, names, scope};
use crate::model::Config;
use crate::parse::Input;

/// `config` is the valid part of `input`.
pub(crate) fn expand(mistakes: &[Mistake], input: &Input, config: &Config) -> TokenStream {
    let Config { ident, vis, names, runtime, .. } = config;
    let errors: TokenStream = mistakes.iter().map(Mistake::to_code).collect();
    let (impl_generics, ty_generics, where_clause) = input.item.generics.split_for_impl();
    let definition = names::definition(config, input);
    let decoder = fields::decoder();
    let reads = fields::each(config).map(|read| quote!(let _ = #read;));
    let assertions = assertions::of_fields(config);
    // The compiler gets there only if it has not reported the misspelt attribute of a field.
    let unnoticed = mistakes.is_empty().then(|| {
        let why = "no attribute says where a field comes from\nhelp: add one, as `#[ssm(\"…\")]`";
        quote!(const { ::core::panic!(#why) };)
    });
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
                    #(#reads)*
                    #unnoticed
                    ::core::unreachable!()
                }
            }

            #assertions
        },
    );
    quote!(#errors #definition #scope)
}
