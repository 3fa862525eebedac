//! Ways to damage tokens.

use std::iter;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use super::check::tokens;
use super::choices::Choices;
use super::words::{self, INVISIBLE};

/// What is done to one token.
#[derive(Debug, Clone)]
pub(super) enum Damage {
    Lost,
    Doubled,
    /// With the one behind it.
    Swapped,
    Became(String),
    /// In front of it.
    Inserted(String),
    /// Inside a group without delimiters, with the one behind it or alone, as a `macro_rules`
    /// fragment is.
    Wrapped {
        both: bool,
    },
}

impl Damage {
    pub(super) fn any(choices: &mut Choices) -> Self {
        match choices.below(6) {
            0 => Self::Lost,
            1 => Self::Doubled,
            2 => Self::Swapped,
            3 => Self::Wrapped { both: choices.one_in(2) },
            4 => Self::Became(words::token(choices)),
            _ => Self::Inserted(words::token(choices)),
        }
    }

    /// Done to the one that has so many before it, however deep it stands.
    pub(super) fn to(&self, tokens: TokenStream, at: usize) -> TokenStream {
        self.count_down(tokens, &mut Some(at))
    }

    /// `None` once it is done.
    fn count_down(&self, tokens: TokenStream, countdown: &mut Option<usize>) -> TokenStream {
        let mut units = units(tokens);
        let mut index = 0;
        while let (Some(left), Some(unit)) = (*countdown, units.get(index)) {
            *countdown = left.checked_sub(1);
            if left == 0 {
                self.apply(&mut units, index);
            } else if let [TokenTree::Group(group)] = unit.as_slice() {
                let inner = self.count_down(group.stream(), countdown);
                units[index] = vec![Group::new(group.delimiter(), inner).into()];
            }
            index += 1;
        }
        units.into_iter().flatten().collect()
    }

    fn apply(&self, units: &mut Vec<Unit>, at: usize) {
        let next = (at + 2).min(units.len());
        let read = |text: &str| tokens(text).into_iter().collect();
        match self {
            Self::Lost => drop(units.remove(at)),
            Self::Doubled => units.insert(at, units[at].clone()),
            Self::Swapped => units[at..next].reverse(),
            Self::Became(other) => units[at] = read(other),
            Self::Inserted(other) => units.insert(at, read(other)),
            Self::Wrapped { both } => {
                let end = if *both { next } else { at + 1 };
                let inside = units.drain(at..end).flatten().collect();
                units.insert(at, vec![Group::new(Delimiter::None, inside).into()]);
            }
        }
    }
}

/// A token, or both tokens of a lifetime, which no compiler takes apart.
type Unit = Vec<TokenTree>;

fn units(tokens: TokenStream) -> Vec<Unit> {
    let mut tokens = tokens.into_iter();
    let mut units = Vec::new();
    while let Some(token) = tokens.next() {
        let is_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        units.push(iter::once(token).chain(tokens.by_ref().take(usize::from(is_quote))).collect());
    }
    units
}

/// For each token, in the order in which they are counted, whether it stands in an attribute.
pub(super) fn in_attributes(tokens: TokenStream) -> Vec<bool> {
    fn look(tokens: TokenStream, inside: bool, found: &mut Vec<bool>) {
        let mut after_hash = false;
        for unit in units(tokens) {
            found.push(inside);
            match unit.as_slice() {
                [TokenTree::Group(group)] => look(group.stream(), inside || after_hash, found),
                [TokenTree::Punct(punct)] => after_hash = punct.as_char() == '#',
                _ => after_hash = false,
            }
        }
    }
    let mut found = Vec::new();
    look(tokens, false, &mut found);
    found
}

/// The tokens such that their text tells where the invisible groups are.
pub(super) fn written(tokens: TokenStream) -> TokenStream {
    let each = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => {
            let inner = written(group.stream());
            match group.delimiter() {
                Delimiter::None => vec![
                    Ident::new(INVISIBLE, Span::call_site()).into(),
                    Group::new(Delimiter::Bracket, inner).into(),
                ],
                delimiter => vec![Group::new(delimiter, inner).into()],
            }
        }
        token => vec![token],
    });
    each.collect()
}
