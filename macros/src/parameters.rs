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
                #choose::deployed(&self.__stage)
            }

            /// The declared stage that was chosen.
            #[must_use]
            #vis fn resolved(&self) -> &'static str {
                #choose::resolved(&self.__stage)
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
    let doc = match summary(doc) {
        none if none.is_empty() => {
            format!("The name of the parameter that `{}` is read from.", ident.unraw())
        }
        summary => summary,
    };
    let lines = doc.lines().map(|line| format!(" {line}"));
    quote! {
        #(#[doc = #lines])*
        #vis #ident: #runtime::__private::Cow<'static, str>,
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
