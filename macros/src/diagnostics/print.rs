//! Prints tokens, the same on every compiler, and lists of words.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Ident;

/// Operators with spaces around them. All others have none.
const SPACED: [&str; 6] = ["=", "+", "->", "=>", "||", "&&"];

/// Code as a person writes it: `Option<u32>`, `&'static str`, `HashMap<String, u8>`.
pub(crate) fn compact(code: impl ToTokens) -> String {
    let mut printer = Printer::default();
    printer.print(code.to_token_stream());
    printer.text
}

/// `` `dev`, `prod` ``
pub(crate) fn list(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let quoted: Vec<_> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    quoted.join(", ")
}

/// Whether the next character is part of the same operator.
fn continues(punct: &Punct) -> bool {
    punct.spacing() == Spacing::Joint && !matches!(punct.as_char(), ',' | ';' | '\'')
}

/// "the stages are …", or "the stage is …". `None` if there are none.
pub(crate) fn known(noun: &str, words: &[&str]) -> Option<String> {
    match words {
        [] => None,
        [word] => Some(format!("the {noun} is `{word}`")),
        words => Some(format!("the {noun}s are {}", list(words))),
    }
}

/// A word as an identifier, raw if it is a keyword. `None` if it is not a word.
pub(crate) fn name_like(word: &str) -> Option<String> {
    const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];
    let word = word.strip_prefix("r#").unwrap_or(word);
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

#[derive(Default)]
struct Printer {
    text: String,
    /// The last token was a word, so a space is needed before another one.
    after_word: bool,
}

impl Printer {
    fn print(&mut self, code: TokenStream) {
        let mut tokens = code.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(_) | TokenTree::Literal(_) => self.word(&token.to_string()),
                TokenTree::Punct(punct) => {
                    let mut operator = String::from(punct.as_char());
                    let mut goes_on = continues(&punct);
                    while let Some(TokenTree::Punct(next)) = tokens.next_if(|_| goes_on) {
                        operator.push(next.as_char());
                        goes_on = continues(&next);
                    }
                    self.operator(&operator, tokens.peek().is_none());
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        if self.after_word {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.after_word = true;
    }

    fn operator(&mut self, operator: &str, last: bool) {
        let blanks = match operator {
            spaced if SPACED.contains(&spaced) => (" ", " "),
            "," | ";" => ("", if last { "" } else { " " }),
            _ => ("", ""),
        };
        self.text.extend([blanks.0, operator, blanks.1]);
        self.after_word = false;
    }

    fn group(&mut self, delimiter: Delimiter, content: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => return self.print(content),
        };
        if self.after_word && delimiter == Delimiter::Brace {
            self.text.push(' ');
        }
        self.text.push_str(open);
        self.after_word = false;
        self.print(content);
        self.text.push_str(close);
        self.after_word = true;
    }
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
