//! The model as code. Thin: whatever can be ordinary Rust is called in the runtime's `__private`.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use stage_config_names::NearMiss;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Expr, Ident, Path, Stmt};

use crate::args;
use crate::model::{Config, Fallback, Field, Given, Origin, PerStage, Stages, Store};
use crate::parameters;
use crate::print::compact;

pub(crate) fn expand(config: &Config) -> TokenStream {
    let Config { ident, runtime, .. } = config;
    let parameters = parameters::expand(config);
    let table = table(config);
    let values = values();
    let locals: Vec<_> = config.fields.iter().map(local).collect();
    let fields = config.fields.iter().map(|field| field.ident);
    let reads = reads(config);
    let assertions = assertions(config);
    quote! {
        #parameters

        #[automatically_derived]
        #[allow(unused_braces)]
        impl #runtime::StageConfig for #ident {
            const PARAMETERS: &'static #runtime::ParameterTable = #table;

            fn __assemble(
                #values: &mut #runtime::__private::Values<'_>,
            ) -> ::core::option::Option<Self> {
                #reads
                ::core::option::Option::Some(Self { #(#fields: #locals?,)* })
            }
        }

        #assertions
    }
}

fn table(config: &Config) -> TokenStream {
    let Config { runtime, .. } = config;
    let name = config.ident.unraw().to_string();
    let stages = stages(&config.stages, runtime);
    let variable = option(config.variable);
    let rows = config.fields.iter().map(|field| row(field, runtime));
    quote! {{
        use #runtime::__private::ProbeDefaults as _;
        &#runtime::ParameterTable {
            config: #name,
            stages: #stages,
            variable: #variable,
            fields: &[#(#rows,)*],
        }
    }}
}

fn stages(stages: &Stages, runtime: &Path) -> TokenStream {
    let declared = &stages.declared;
    let fallback = option(stages.fallback.as_ref());
    let near_miss = match stages.near_miss {
        NearMiss::Refuse => quote!(Refuse),
        NearMiss::Allow => quote!(Allow),
    };
    quote! {
        #runtime::Stages {
            declared: &[#(#declared),*],
            fallback: #fallback,
            near_miss: #runtime::NearMiss::#near_miss,
        }
    }
}

/// What the table says of one field.
fn row(field: &Field, runtime: &Path) -> TokenStream {
    let Field { ty, doc, origin, .. } = field;
    let name = field.ident.unraw().to_string();
    let written = compact(ty);
    let probe = quote!(#runtime::__private::Probe::<#ty>);
    let kind = match origin {
        Origin::Stage => quote!(Stage),
        Origin::Source { .. } => quote!(Value),
        Origin::Text { from: Store::Env(variable), .. } => quote!(Env(#variable)),
        Origin::Text { from: Store::Ssm(PerStage::Same(name)), .. } => {
            quote!(Ssm(#runtime::Names::Same(#name)))
        }
        Origin::Text { from: Store::Ssm(PerStage::Each(names)), .. } => {
            let pairs = names.iter().map(|(stage, name)| quote!((#stage, #name)));
            quote!(Ssm(#runtime::Names::ByStage(&[#(#pairs),*])))
        }
    };
    let has_default = matches!(origin, Origin::Text { default: Some(_), .. });
    let optional = if has_default { quote!(true) } else { quote!(#probe::OPTIONAL) };
    quote! {
        #runtime::Field {
            name: #name,
            doc: #doc,
            kind: #runtime::Kind::#kind,
            optional: #optional,
            secret: #probe::SECRET,
            ty: #written,
        }
    }
}

/// A local for each field: what it reads, or `None` where that is a problem.
pub(crate) fn reads(config: &Config) -> TokenStream {
    let runtime = &config.runtime;
    let reads = config.fields.iter().map(|field| {
        let (local, read) = (local(field), read(field, runtime));
        quote!(let #local = #read;)
    });
    quote! {
        use #runtime::__private::{
            ReadLiteral as _, ReadLiteralOption as _, ReadOption as _, ReadPlain as _, ReadStatic as _,
        };
        #(#reads)*
    }
}

/// An expression of type `Option<FieldType>`. That a type cannot be read is said at the type.
///
/// Everything is called by its path, so that no trait of the user's can come between. The readers
/// are not, because it takes a method to find the right one; no trait has methods of these names.
fn read(field: &Field, runtime: &Path) -> TokenStream {
    let Field { index, ty, origin, .. } = field;
    let index = Literal::usize_unsuffixed(*index);
    let values = values();
    let span = ty.span();
    let private = quote_spanned!(span=> #runtime::__private);
    let reader = quote_spanned!(span=> (&&&#private::Reader::<#ty>::NEW));
    let slot = quote_spanned!(span=> #private::Values::field(#values, #index));
    let read_given = |given: &Given| match given {
        Given::Text(text) => {
            let slot = quote_spanned!(span=> #private::Values::literal(#values, #index, #text));
            quote_spanned!(span=> #reader.__stage_config_read_literal(#slot))
        }
        // A closure keeps a `return` or `?` of the user's inside.
        Given::Expr(value) => {
            let value = last(value);
            quote!(::core::option::Option::Some((|| -> #ty { #value })()))
        }
    };
    match origin {
        Origin::Stage | Origin::Text { default: None, .. } => {
            quote_spanned!(span=> #reader.__stage_config_read(#slot))
        }
        Origin::Text { default: Some(Fallback { given, .. }), .. } => match given {
            Given::Text(text) => {
                let slot = quote_spanned!(span=> #private::Slot::or_literal(#slot, #text));
                quote_spanned!(span=> #reader.__stage_config_read(#slot))
            }
            Given::Expr(value) => {
                let value = last(value);
                let default = quote!(|| -> #ty { #value });
                quote_spanned!(span=> #reader.__stage_config_read_or(#slot, #default))
            }
        },
        Origin::Source { given: PerStage::Same(given), .. } => read_given(given),
        Origin::Source { given: PerStage::Each(given), .. } => {
            let last = given.len() - 1;
            let arms = given.iter().enumerate().map(|(place, (stage, given))| {
                let pattern = if place == last { quote!(_) } else { stage.to_token_stream() };
                let read = read_given(given);
                quote!(#pattern => #read,)
            });
            quote!(match #runtime::__private::Values::resolved(#values) { #(#arms)* })
        }
    }
}

/// An expression as the last of a block, where one that begins with a block would end behind that.
fn last(value: &Expr) -> TokenStream {
    let statement = Stmt::Expr(args::ungrouped(value).clone(), None);
    let tokens = statement.into_token_stream().into_iter().enumerate();
    let tokens = tokens.map(|(at, token)| match token {
        // The compiler does not see the group of a `macro_rules` fragment, unlike syn.
        TokenTree::Group(group) if at == 0 && begins_with_block(group.clone().into()) => {
            let mut seen = Group::new(Delimiter::Parenthesis, group.stream());
            seen.set_span(group.span());
            seen.into()
        }
        token => token,
    });
    tokens.collect()
}

/// Inside of invisible groups.
fn begins_with_block(token: TokenTree) -> bool {
    const WORDS: [&str; 7] = ["const", "for", "if", "loop", "match", "unsafe", "while"];
    let TokenTree::Group(group) = token else { return false };
    if group.delimiter() != Delimiter::None {
        return false;
    }
    group.stream().into_iter().next().is_some_and(|first| match &first {
        TokenTree::Group(inner) if inner.delimiter() == Delimiter::Brace => true,
        TokenTree::Ident(word) => WORDS.iter().any(|it| word == it),
        _ => begins_with_block(first),
    })
}

/// What only the type knows: an `Option` needs no default, a secret is not written in the source.
pub(crate) fn assertions(config: &Config) -> TokenStream {
    let private = {
        let runtime = &config.runtime;
        quote!(#runtime::__private)
    };
    let assertions = config.fields.iter().filter_map(|Field { ty, origin, .. }| {
        let (word, is_default) = match origin {
            Origin::Source { word, .. } => (word, false),
            Origin::Text { default: Some(Fallback { key, .. }), .. } => (key, true),
            Origin::Stage | Origin::Text { default: None, .. } => return None,
        };
        let span = word.span();
        let not_optional = is_default.then(|| {
            let why = "an `Option` has a default already, which is `None`\n\
                       help: remove `default = …`, or make the field no `Option`";
            quote_spanned!(span=> ::core::assert!(!#private::Probe::<#ty>::OPTIONAL, #why);)
        });
        let help = if is_default {
            "remove `default = …`, or make the field an `Option`"
        } else {
            "read it from Parameter Store: `#[ssm(\"/app/key\")]`"
        };
        let why = format!("`{word}` would keep a secret in the source code\nhelp: {help}");
        Some(quote_spanned! {span=>
            const _: () = {
                #[allow(unused_imports)]
                use #private::ProbeDefaults as _;
                #not_optional
                ::core::assert!(!#private::Probe::<#ty>::SECRET, #why);
            };
        })
    });
    assertions.collect()
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// Not to be seen by the user's expressions.
pub(crate) fn values() -> Ident {
    Ident::new("__values", Span::mixed_site())
}

fn local(field: &Field) -> Ident {
    format_ident!("__{}", field.index, span = Span::mixed_site())
}
