//! The generated struct of names: the names of all parameters at one stage.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::expand::fields;
use crate::model::{Config, Field};
use crate::parse::Input;
use crate::parse::keywords::Kind;

/// The definition of the struct. After a mistake, it has the refused fields too.
pub(crate) fn definition(config: &Config, input: &Input) -> TokenStream {
    let Config { ident, vis, names, runtime, .. } = config;
    let doc = format!(" The names of the parameters of [`{ident}`] at one stage.");
    // A type parameter cannot be named.
    let is_concrete = input.item.generics.params.is_empty();
    let fields = input.fields.iter().filter_map(|field| {
        let (vis, ident, ty) = (field.vis, field.ident, field.ty);
        let (what, ty) = match field.kind? {
            Kind::Ssm | Kind::Secret | Kind::SsmPath => {
                ("name of the parameter", quote!(#runtime::__private::Cow<'static, str>))
            }
            Kind::Nested if is_concrete => {
                let ty = quote_spanned!(ty.span()=> <#ty as #runtime::__private::Nested>::Names);
                ("names of the parameters", ty)
            }
            Kind::Nested | Kind::Value | Kind::Env | Kind::Stage => return None,
        };
        let doc = format!(" The {what} that `{}` is read from.", ident.unraw());
        Some(quote! {
            #[doc = #doc]
            #vis #ident: #ty,
        })
    });
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        // Most programs use few of the fields.
        #[allow(dead_code)]
        #vis struct #names {
            #(#fields)*
            __stage: #runtime::__private::Stage,
        }
    }
}

/// The methods of the struct.
pub(crate) fn methods(config: &Config) -> TokenStream {
    let Config { vis, names, runtime, .. } = config;
    let plain: Vec<_> = config.fields.iter().filter(|field| is_name(field)).collect();
    let idents = plain.iter().map(|field| field.ident);
    let values = (0..plain.len()).map(fields::decoded);
    let groups = plain.chunks(fields::GROUP).enumerate().map(|(index, plain)| {
        let (group, rows) = (fields::group(index), plain.iter().copied().map(row));
        quote!(let #group = __at.group(|__at| (#(__at.name(#rows),)*));)
    });
    let nested = config.fields.iter().filter(|field| field.kind == Kind::Nested).map(|field| {
        let (name, row) = (field.ident, row(field));
        quote!(#name: __at.nested(#row))
    });
    quote! {
        // Most programs do not call them.
        #[allow(dead_code)]
        impl #names {
            /// The names at the stage of a deployment.
            ///
            /// # Errors
            /// If no stage can be chosen; the error lists the declared ones.
            #vis fn for_stage(
                stage: &str,
            ) -> ::core::result::Result<Self, #runtime::StageError> {
                __private::for_stage(__TABLE, stage)
            }

            /// The names at the stage of the environment.
            ///
            /// # Errors
            /// If no stage can be chosen; the error lists the declared ones.
            #vis fn from_env() -> ::core::result::Result<Self, #runtime::StageError> {
                __private::from_env(__TABLE)
            }

            /// The stage as deployed. If no stage is set, the declared stage that was chosen.
            #[must_use]
            #vis fn stage(&self) -> &str {
                __private::Stage::deployed(&self.__stage)
            }

            /// The declared stage that was chosen.
            #[must_use]
            #vis fn chosen(&self) -> &'static str {
                __private::Stage::chosen(&self.__stage)
            }
        }

        #[automatically_derived]
        impl __private::FromNames for #names {
            fn __new(__at: __private::At<'_>) -> Self {
                // First, because a call after the groups would drop each name by itself if it panics.
                let __stage = __at.stage();
                #(#groups)*
                Self { #(#nested,)* #(#idents: #values,)* __stage }
            }
        }
    }
}

/// Whether a field is read from Parameter Store.
fn is_name(field: &Field) -> bool {
    matches!(field.kind, Kind::Ssm | Kind::Secret | Kind::SsmPath)
}

fn row(field: &Field) -> Literal {
    Literal::usize_unsuffixed(field.index)
}
