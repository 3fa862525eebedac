//! A name, and a caret below what is wrong with it. A stable macro cannot point inside a literal.

use std::ops::Range;

use stage_config_names::NameError;
use unicode_width::UnicodeWidthStr;

/// The caret is in the right column of a terminal, also after wide and combining characters.
pub(crate) fn draw(error: &NameError, name: &str) -> String {
    let Range { start, end } = error.at();
    // For a long name, the last 60 characters before the caret are enough.
    let from = name[..start].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let cut = if from == 0 { "" } else { "…" };
    let [before, wrong, after] =
        [&name[from..start], &name[start..end], &name[end..]].map(printable);
    let indent = " ".repeat(cut.width() + before.width());
    let carets = "^".repeat(wrong.width().max(1));
    format!("  {cut}{before}{wrong}{after}\n  {indent}{carets} {}", error.reason().rule())
}

/// A line break would tear the caret from its line, and a tab has no width of its own.
fn printable(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use stage_config_names::NameKind;

    use super::*;

    fn drawn(name: &str) -> String {
        draw(&NameKind::Parameter.check(name).unwrap_err(), name)
    }

    #[test]
    fn the_caret_is_below_the_fault() {
        let character = "only letters, digits and `_ . - /` are allowed";
        let placeholder = "the only placeholder is `{stage}`";
        for (name, indent, carets, rule) in [
            ("/a//b", 2, 2, "each level between two `/` has a name"),
            ("/дом", 1, 1, character),
            ("", 0, 1, "expected a name, as `/app/key`"),
            ("/設定 x", 1, 2, character),
            // Two columns for each of these.
            ("/設定/{stg}", 6, 5, placeholder),
            // None for an accent by itself, nor for what cannot be seen.
            ("/e\u{301}\u{200b}/{stg}", 3, 5, placeholder),
        ] {
            let (indent, carets) = (" ".repeat(indent), "^".repeat(carets));
            assert_eq!(drawn(name), format!("  {name}\n  {indent}{carets} {rule}"));
        }
        assert_eq!(drawn("/a\nb"), format!("  /a b\n    ^ {character}"));
        assert_eq!(drawn("/a\u{85}b"), format!("  /a b\n    ^ {character}"));
    }
}
