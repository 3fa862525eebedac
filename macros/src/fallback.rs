//! What is generated where there are mistakes: the mistakes, and a stub of everything that the
//! rest of the program may call. Fields without a mistake are still checked against their types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::attr::{FieldAttr, Input};
use crate::errors::Mistakes;
use crate::expand;
use crate::grammar::Kind;
use crate::model::Config;
use crate::parameters;

/// `config` is what is sound of `input`.
pub(crate) fn expand(mistakes: &Mistakes, input: &Input, config: &Config) -> TokenStream {
    let Config { ident, vis, parameters, runtime, .. } = config;
    let Mistakes { errors, echoes } = mistakes;
    let (impl_generics, ty_generics, where_clause) = input.item.generics.split_for_impl();

    let from_ssm =
        |attr: &Option<FieldAttr>| attr.as_ref().is_some_and(|attr| attr.kind == Kind::Ssm);
    let fields = input.fields.iter().filter(|field| from_ssm(&field.attr));
    let fields = fields.filter(|field| field.ident != parameters::STAGE);
    let fields = fields.map(|field| (field.vis, field.ident, field.doc.as_str()));
    let definition = parameters::definition(config, fields);

    let values = expand::values();
    // Of a type parameter nothing is known that could be checked.
    let is_concrete = input.item.generics.params.is_empty();
    let reads = is_concrete.then(|| expand::reads(config));
    let assertions = is_concrete.then(|| expand::assertions(config));

    quote! {
        #errors

        #definition

        #[allow(missing_docs)]
        impl #parameters {
            #vis fn for_stage(_: &str) -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::unreachable!()
            }

            #vis fn from_env() -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::unreachable!()
            }

            #vis fn stage(&self) -> &str {
                ::core::unreachable!()
            }

            #vis fn resolved(&self) -> &'static str {
                ::core::unreachable!()
            }
        }

        #[automatically_derived]
        #[allow(unused)]
        impl #impl_generics #runtime::StageConfig for #ident #ty_generics #where_clause {
            const PARAMETERS: &'static #runtime::ParameterTable = &#runtime::ParameterTable {
                config: "",
                stages: #runtime::Stages {
                    declared: &[],
                    aliases: &[],
                    fallback: ::core::option::Option::None,
                    near_miss: #runtime::NearMiss::Refuse,
                },
                variable: ::core::option::Option::None,
                fields: &[],
            };

            fn __assemble(
                #values: &mut #runtime::__private::Values<'_>,
            ) -> ::core::option::Option<Self> {
                #reads
                #echoes
                ::core::unreachable!()
            }
        }

        #assertions
    }
}
