//! The stage-selecting struct: the names of all parameters at one stage.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Path, Visibility};

use crate::model::{Config, Origin, Store};

/// The field that holds the stage, which no field of the user may be called.
pub(crate) const STAGE: &str = "__stage";

/// The struct and what it can do.
pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, vis, parameters, runtime, .. } = config;
    let read_from_ssm = config
        .fields
        .iter()
        .filter(|field| matches!(field.origin, Origin::Text { from: Store::Ssm(_), .. }));
    let fields = read_from_ssm.clone().map(|field| (field.vis, field.ident, field.doc));
    let definition = definition(config, fields);
    let names = read_from_ssm.clone().map(|field| field.ident);
    let rows = read_from_ssm.map(|field| Literal::usize_unsuffixed(field.index));
    let choose = quote!(#runtime::__private::Stage);
    quote! {
        #definition

        impl #parameters {
            /// The names at the stage that a deployment is called.
            ///
            /// # Errors
            /// Where no stage can be chosen; it lists the declared ones.
            #vis fn for_stage(
                stage: &str,
            ) -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::result::Result::map(#choose::choose::<#ident>(stage), Self::__at)
            }

            /// The names at the stage that the environment holds.
            ///
            /// # Errors
            /// Where no stage can be chosen; it lists the declared ones.
            #vis fn from_env() -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::result::Result::map(#choose::from_env::<#ident>(), Self::__at)
            }

            /// The stage as deployed; where none was given, the one that was chosen.
            #[must_use]
            #vis fn stage(&self) -> &str {
                self.__stage.deployed()
            }

            /// The declared stage that was chosen.
            #[must_use]
            #vis fn resolved(&self) -> &'static str {
                self.__stage.resolved()
            }

            fn __at(stage: #choose) -> Self {
                Self {
                    #(#names: #runtime::__private::name_at::<#ident>(#rows, &stage),)*
                    __stage: stage,
                }
            }
        }
    }
}

/// The struct alone, with these fields.
pub(crate) fn definition<'a>(
    config: &Config,
    fields: impl Iterator<Item = (&'a Visibility, &'a Ident, &'a str)>,
) -> TokenStream {
    let Config { ident, vis, parameters, runtime, .. } = config;
    let doc = format!(" The names of the parameters of [`{ident}`] at one stage.");
    let fields = fields.map(|(vis, ident, doc)| field(vis, ident, doc, runtime));
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
        )]
        #vis struct #parameters {
            #(#fields)*
            __stage: #runtime::__private::Stage,
        }
    }
}

fn field(vis: &Visibility, ident: &Ident, doc: &str, runtime: &Path) -> TokenStream {
    let doc = if doc.is_empty() {
        format!("The name of the parameter that `{}` is read from.", ident.unraw())
    } else {
        doc.to_owned()
    };
    let lines = doc.lines().map(|line| format!(" {line}"));
    quote! {
        #(#[doc = #lines])*
        #vis #ident: #runtime::__private::Cow<'static, str>,
    }
}
