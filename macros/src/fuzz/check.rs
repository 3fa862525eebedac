//! What holds of every expansion.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, LineColumn, Spacing, TokenStream, TokenTree};
use proptest::prelude::*;
use stage_config_names::NameKind;
use syn::{Data, DeriveInput, Expr, File, Item, ItemConst, ItemImpl, LitStr, Stmt, Type};

use super::words::INVISIBLE;
use crate::derive;

pub(super) enum Outcome {
    Expanded,
    /// With these mistakes.
    Refused(Vec<String>),
    /// The compiler refuses it before any macro sees it.
    NotRust,
}

/// The tokens of a source, each at a place of its own.
pub(super) fn tokens(source: &str) -> TokenStream {
    let tokens = source.parse().unwrap_or_else(|error| panic!("{error}: {source}"));
    with_invisible(tokens)
}

fn with_invisible(tokens: TokenStream) -> TokenStream {
    let mut invisible = false;
    let tokens = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) if word == INVISIBLE => {
            invisible = true;
            None
        }
        TokenTree::Group(group) => {
            let delimiter =
                if std::mem::take(&mut invisible) { Delimiter::None } else { group.delimiter() };
            let mut read = Group::new(delimiter, with_invisible(group.stream()));
            read.set_span(group.span());
            Some(read.into())
        }
        token => Some(token),
    });
    tokens.collect()
}

pub(super) fn check(source: &str) -> Result<Outcome, TestCaseError> {
    let tokens = tokens(source);
    let expansion = derive(tokens.clone());
    prop_assert_eq!(expansion.to_string(), derive(tokens.clone()).to_string());

    let Some(input) = syn::parse2::<DeriveInput>(tokens.clone()).ok().filter(is_rust) else {
        return Ok(Outcome::NotRust);
    };
    let file = match syn::parse2::<File>(expansion.clone()) {
        Ok(file) => file,
        Err(_) if is_misread(tokens) => return Ok(Outcome::NotRust),
        Err(error) => return Err(TestCaseError::fail(format!("{error}: {expansion}"))),
    };

    let implement = file.items.iter().flat_map(inner).filter(|it| is_impl_for(it, &input)).count();
    prop_assert_eq!(implement, 1, "the impl: {}", expansion);
    let structs = file.items.iter().filter(|item| matches!(item, Item::Struct(_))).count();
    prop_assert_eq!(structs, 1, "the struct of names: {}", expansion);

    let mut said = Vec::new();
    mistakes(expansion, &mut said);
    for (_, mistake) in &said {
        check_mistake(mistake)?;
    }
    let distinct: BTreeSet<_> = said.iter().map(|(at, it)| (at.line, at.column, it)).collect();
    prop_assert_eq!(distinct.len(), said.len(), "said twice: {:?}", said);
    if said.is_empty() {
        return Ok(Outcome::Expanded);
    }
    Ok(Outcome::Refused(said.into_iter().map(|(_, mistake)| mistake).collect()))
}

/// For syn a field may be called `_`.
fn is_rust(input: &DeriveInput) -> bool {
    let Data::Struct(data) = &input.data else { return true };
    data.fields.iter().all(|field| field.ident.as_ref().is_none_or(|name| name != "_"))
}

/// At the beginning of a statement, syn takes `crate` for a visibility, which it was once to be.
fn is_misread(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        let is_misread = match token {
            TokenTree::Ident(word) if word == "pub" => {
                tokens.next();
                false
            }
            TokenTree::Ident(word) if word == "crate" => !matches!(
                next,
                Some(TokenTree::Punct(next))
                    if next.as_char() == ':'
                        || next.as_char() == '=' && next.spacing() == Spacing::Alone
            ),
            TokenTree::Group(group) => is_misread(group.stream()),
            _ => false,
        };
        if is_misread {
            return true;
        }
    }
    false
}

/// The items in the block of a constant.
fn inner(item: &Item) -> impl Iterator<Item = &Item> {
    let block = match item {
        Item::Const(ItemConst { expr, .. }) => match &**expr {
            Expr::Block(block) => Some(&block.block),
            _ => None,
        },
        _ => None,
    };
    block.into_iter().flat_map(|block| &block.stmts).filter_map(|statement| match statement {
        Stmt::Item(item) => Some(item),
        _ => None,
    })
}

fn is_impl_for(item: &Item, input: &DeriveInput) -> bool {
    let Item::Impl(ItemImpl { trait_: Some((_, of, _)), self_ty, .. }) = item else { return false };
    let Type::Path(ty) = &**self_ty else { return false };
    of.segments.last().is_some_and(|it| it.ident == "StageConfig")
        && ty.path.segments.last().is_some_and(|it| it.ident == input.ident)
}

/// The texts of `compile_error!`, and of the echoes, with the places they point to.
fn mistakes(tokens: TokenStream, said: &mut Vec<(LineColumn, String)>) {
    let mut is_error = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) => is_error = word == "compile_error" || word == "panic",
            TokenTree::Group(group) if std::mem::take(&mut is_error) => {
                let text = group.stream().into_iter().last();
                let text = text.map(|it| (it.span(), syn::parse2::<LitStr>(it.into())));
                if let Some((span, Ok(text))) = text {
                    said.push((span.start(), text.value()));
                }
            }
            TokenTree::Group(group) => mistakes(group.stream(), said),
            _ => {}
        }
    }
}

/// What is wrong, and behind it what to do.
fn check_mistake(mistake: &str) -> Result<(), TestCaseError> {
    let Some((what, help)) = mistake.split_once("\nhelp: ") else {
        return Err(TestCaseError::fail(format!("no help: {mistake}")));
    };
    prop_assert!(!what.trim().is_empty(), "nothing wrong: {}", mistake);
    prop_assert!(!help.trim_matches(['`', ' ']).is_empty(), "empty help: {}", mistake);
    if what.starts_with("parameter name ") {
        let code = help.split('`').skip(1).step_by(2);
        for name in code.filter_map(|code| syn::parse_str::<LitStr>(code).ok()) {
            let name = name.value();
            prop_assert!(
                NameKind::Parameter.check(&name).is_ok(),
                "{:?} is no help: {}",
                name,
                what
            );
        }
    }
    Ok(())
}
