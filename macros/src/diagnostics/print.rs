//! Prints tokens, the same on every compiler, and lists of words.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Ident;

/// Operators with spaces around them. All others have none.
const SPACED: [&str; 6] = ["=", "+", "->", "=>", "||", "&&"];

/// Code as a person writes it: `Option<u32>`, `&'static str`, `HashMap<String, u8>`.
pub(crate) fn compact(code: impl ToTokens) -> String {
    let mut text = String::new();
    print(code.to_token_stream(), &mut text);
    text.trim().to_owned()
}

fn print(code: TokenStream, text: &mut String) {
    let ends_word = |text: &str| {
        text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | ')' | ']' | '}'))
    };
    let mut operator = String::new();
    for token in code {
        match token {
            TokenTree::Punct(punct) => {
                operator.push(punct.as_char());
                let is_whole = punct.spacing() == Spacing::Alone;
                if is_whole || matches!(punct.as_char(), ',' | ';' | '\'') {
                    let is_spaced = SPACED.contains(&&*operator);
                    let before = if is_spaced { " " } else { "" };
                    let is_comma = matches!(&*operator, "," | ";" | ":");
                    let after = if is_spaced || is_comma { " " } else { "" };
                    text.extend([before, &std::mem::take(&mut operator), after]);
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace if ends_word(text) => (" { ", " }"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                print(group.stream(), text);
                text.push_str(close);
            }
            word => {
                let space = if ends_word(text) { " " } else { "" };
                text.extend([space, &word.to_string()]);
            }
        }
    }
}

/// `` `dev`, `prod` ``
pub(crate) fn list(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let quoted: Vec<_> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    quoted.join(", ")
}

/// "the stages are …", or "the stage is …". `None` if there are none.
pub(crate) fn known(noun: &str, words: &[impl AsRef<str>]) -> Option<String> {
    match words {
        [] => None,
        [word] => Some(format!("the {noun} is `{}`", word.as_ref())),
        words => Some(format!("the {noun}s are {}", list(words))),
    }
}

/// A word as an identifier in code, raw if it is a keyword. `None` if it is not a word.
pub(crate) fn name_like(word: &str) -> Option<String> {
    const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];
    let is_word = word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_word || word == "_" {
        None
    } else if NEVER_RAW.contains(&word) {
        Some(format!("{word}_"))
    } else if syn::parse_str::<Ident>(word).is_ok() {
        Some(word.to_owned())
    } else {
        Some(format!("r#{word}"))
    }
}

/// The rest of a sentence, or nothing if no word is similar enough.
pub(crate) fn did_you_mean(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!("; did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_written() {
        for ty in [
            "Option<u32>",
            "&'static str",
            "::std::collections::HashMap<String, Vec<u8>>",
            "[u8; 4]",
            "Box<dyn Fn(u32) -> &'static str + Send>",
            "(u8, <A as B>::C)",
            "*const T",
        ] {
            let tokens: TokenStream = ty.parse().unwrap();
            assert_eq!(compact(tokens), ty);
        }
    }

    #[test]
    fn invisible_groups_stay_invisible() {
        let inner = "u32".parse().unwrap();
        let group = proc_macro2::Group::new(Delimiter::None, inner);
        assert_eq!(compact(group), "u32");
    }
}
