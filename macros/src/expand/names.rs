//! The generated struct of names: the names of all parameters at one stage.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Path, Type, Visibility};

use crate::expand::fields;
use crate::model::{Config, Field, Origin, Store};

/// A field of it: as visible as the user's own, and of a nested struct with the type of that.
pub(crate) type Entry<'a> = (&'a Visibility, &'a Ident, Option<&'a Type>);

/// The struct and what it can do.
pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, vis, names, runtime, .. } = config;
    let private = quote!(#runtime::__private);
    let table = quote!(<#ident as #runtime::StageConfig>::PARAMETERS);
    let entries = config.fields.iter().filter_map(|field| {
        let nested = match field.origin {
            Origin::Nested { .. } => Some(field.ty),
            Origin::Path { .. } | Origin::Text { from: Store::Ssm(_) | Store::Secret(_), .. } => {
                None
            }
            Origin::Text { from: Store::Env(_), .. } | Origin::Source { .. } | Origin::Stage => {
                return None;
            }
        };
        Some((field, nested))
    });
    let entries_of = entries.clone().map(|(field, nested)| (field.vis, field.ident, nested));
    let definition = definition(config, entries_of);
    let (nested, plain): (Vec<_>, Vec<_>) = entries.partition(|(_, nested)| nested.is_some());
    let nested = nested.into_iter().map(|(field, ty)| {
        let (name, row) = (field.ident, row(field));
        let nested = quote_spanned!(ty.span()=> <#ty as #private::Nested>::parameters);
        quote!(#name: #nested(#private::At::nested(&__at, #table, #row)))
    });
    let plain = plain.into_iter().map(|(field, _)| field);
    let rows = plain.clone().map(row);
    let locals: Vec<_> = plain.clone().map(fields::local).collect();
    let idents = plain.map(|field| field.ident);
    // In one call: each would be a place to panic, and so to drop the names that are there by then.
    let read = (!locals.is_empty())
        .then(|| quote!(let [#(#locals),*] = #private::At::names(&__at, #table, [#(#rows),*]);));
    quote! {
        #definition

        // Most programs call none of them.
        #[allow(dead_code)]
        impl #names {
            /// The names at the stage that a deployment is called.
            ///
            /// # Errors
            /// Where no stage can be chosen; it lists the declared ones.
            #vis fn for_stage(
                stage: &str,
            ) -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::result::Result::map(#private::At::deployed::<#ident>(stage), Self::__at)
            }

            /// The names at the stage that the environment holds.
            ///
            /// # Errors
            /// Where no stage can be chosen; it lists the declared ones.
            #vis fn from_env() -> ::core::result::Result<Self, #runtime::StageError> {
                ::core::result::Result::map(#private::At::from_env::<#ident>(), Self::__at)
            }

            /// The stage as deployed; where none was given, the one that was chosen.
            #[must_use]
            #vis fn stage(&self) -> &str {
                #private::Stage::deployed(&self.__stage)
            }

            /// The declared stage that was chosen.
            #[must_use]
            #vis fn chosen(&self) -> &'static str {
                #private::Stage::chosen(&self.__stage)
            }

            fn __at(__at: #private::At) -> Self {
                #read
                Self {
                    #(#idents: #locals,)*
                    #(#nested,)*
                    __stage: #private::At::into_stage(__at),
                }
            }
        }
    }
}

fn row(field: &Field) -> Literal {
    Literal::usize_unsuffixed(field.index)
}

/// The struct alone, with these fields.
pub(crate) fn definition<'a>(
    config: &Config,
    entries: impl Iterator<Item = Entry<'a>>,
) -> TokenStream {
    let Config { ident, vis, names, runtime, .. } = config;
    let doc = format!(" The names of the parameters of [`{ident}`] at one stage.");
    let fields = entries.map(|entry| field(entry, runtime));
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
        )]
        #vis struct #names {
            #(#fields)*
            __stage: #runtime::__private::Stage,
        }
    }
}

fn field((vis, ident, nested): Entry, runtime: &Path) -> TokenStream {
    let (what, ty) = if let Some(ty) = nested {
        let ty = quote_spanned!(ty.span()=> <#ty as #runtime::__private::Nested>::Parameters);
        ("names of the parameters", ty)
    } else {
        ("name of the parameter", quote!(#runtime::__private::Cow<'static, str>))
    };
    let doc = format!(" The {what} that `{}` is read from.", ident.unraw());
    quote! {
        #[doc = #doc]
        #vis #ident: #ty,
    }
}
