//! The stage-selecting struct: the names of all parameters at one stage.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Path, Type, Visibility};

use crate::model::{Config, Origin, Store};

/// The field that holds the stage, which no field of the user may be called.
pub(crate) const STAGE: &str = "__stage";

/// A field of it.
pub(crate) struct Entry<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) doc: &'a str,
    /// The struct that it stands for, if it is not the name of one parameter.
    pub(crate) nested: Option<&'a Type>,
}

/// The struct and what it can do.
pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, vis, parameters, runtime, .. } = config;
    let private = quote!(#runtime::__private);
    let table = quote!(<#ident as #runtime::StageConfig>::PARAMETERS);
    let fields = config.fields.iter().filter(|field| {
        !matches!(
            field.origin,
            Origin::Stage | Origin::Source { .. } | Origin::Text { from: Store::Env(_), .. }
        )
    });
    let nested = |origin: &Origin| matches!(origin, Origin::Nested { .. });
    let entries = fields.clone().map(|field| Entry {
        vis: field.vis,
        ident: field.ident,
        doc: field.doc,
        nested: nested(&field.origin).then_some(field.ty),
    });
    let definition = definition(config, entries);
    let names = fields.map(|field| {
        let (name, ty, row) = (field.ident, field.ty, Literal::usize_unsuffixed(field.index));
        if nested(&field.origin) {
            let nested = quote_spanned!(ty.span()=> <#ty as #private::Nested>::parameters);
            quote!(#name: #nested(#private::At::nested(&__at, #table, #row)))
        } else {
            quote!(#name: #private::At::name(&__at, #table, #row))
        }
    });
    quote! {
        #definition

        // Most programs call none of them.
        #[allow(dead_code)]
        impl #parameters {
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
            #vis fn resolved(&self) -> &'static str {
                #private::Stage::resolved(&self.__stage)
            }

            fn __at(__at: #private::At) -> Self {
                Self { #(#names,)* __stage: #private::At::into_stage(__at) }
            }
        }
    }
}

/// The struct alone, with these fields.
pub(crate) fn definition<'a>(
    config: &Config,
    entries: impl Iterator<Item = Entry<'a>>,
) -> TokenStream {
    let Config { ident, vis, parameters, runtime, .. } = config;
    let doc = format!(" The names of the parameters of [`{ident}`] at one stage.");
    let fields = entries.map(|entry| field(&entry, runtime));
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

fn field(&Entry { vis, ident, doc, nested }: &Entry, runtime: &Path) -> TokenStream {
    let what = if nested.is_some() { "names of the parameters" } else { "name of the parameter" };
    let doc = match summary(doc) {
        none if none.is_empty() => format!("The {what} that `{}` is read from.", ident.unraw()),
        summary => summary,
    };
    let lines = doc.lines().map(|line| format!(" {line}"));
    let ty = if let Some(ty) = nested {
        quote_spanned!(ty.span()=> <#ty as #runtime::__private::Nested>::Parameters)
    } else {
        quote!(#runtime::__private::Cow<'static, str>)
    };
    quote! {
        #(#[doc = #lines])*
        #vis #ident: #ty,
    }
}

/// The first paragraph, and the links that it may need. An example would be tested twice.
fn summary(doc: &str) -> String {
    let is_code = |line: &str| line.starts_with("```") || line.starts_with("~~~");
    let ends = |line: &&str| {
        let text = line.trim_start_matches([' ', '*']);
        text.is_empty() || is_code(text)
    };
    let paragraph: Vec<_> = doc.lines().take_while(|line| !ends(line)).collect();
    let rest = doc.lines().skip(paragraph.len());
    let links: Vec<_> = rest.filter(|line| line.starts_with('[') && line.contains("]: ")).collect();
    if paragraph.is_empty() || links.is_empty() {
        return paragraph.join("\n");
    }
    format!("{}\n\n{}", paragraph.join("\n"), links.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_no_examples() {
        for (doc, wanted) in [
            ("", ""),
            ("One\nand two.", "One\nand two."),
            ("One.\n\nTwo.\n\n```\nf()\n```", "One."),
            ("One:\n```\nf()\n```", "One:"),
            ("```\nf()\n```", ""),
            ("See [a].\n\nMore of [b].\n\n[a]: https://a", "See [a].\n\n[a]: https://a"),
        ] {
            assert_eq!(summary(doc), wanted);
        }
    }
}
