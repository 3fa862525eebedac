//! A name with a caret below the fault in it, because a stable macro cannot point inside a literal.

use std::ops::Range;

use stage_config_names::Fault;
use unicode_width::UnicodeWidthStr;

/// This many characters are shown before the fault, of it, and after it.
const AROUND: usize = 60;

/// In a terminal the caret is right below the fault, also after wide and combining characters.
pub(crate) fn draw(fault: &Fault, name: &str) -> String {
    let Range { start, end } = fault.at();
    let before = last(&name[..start], AROUND);
    let (wrong, after) = (first(&name[start..end], AROUND), first(&name[end..], AROUND));
    let carets = "^".repeat(wrong.width().max(1));
    let indent = " ".repeat(before.width());
    format!("  {before}{wrong}{after}\n  {indent}{carets} {}", fault.reason().rule())
}

fn first(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at]);
    format!("{}{}", printable(cut), if cut == text { "" } else { "…" })
}

fn last(text: &str, most: usize) -> String {
    let skipped = text.chars().count().saturating_sub(most);
    let cut = text.char_indices().nth(skipped).map_or("", |(at, _)| &text[at..]);
    format!("{}{}", if skipped == 0 { "" } else { "…" }, printable(cut))
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
            ("", 0, 1, "a name is wanted here, as `/app/key`"),
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
    }

    #[test]
    fn of_a_long_name_the_part_around_the_fault_is_shown() {
        let name = format!("/{}@{}", "a".repeat(500), "b".repeat(500));
        let (a, b) = ("a".repeat(60), "b".repeat(60));
        let indent = " ".repeat(61);
        let rule = "only letters, digits and `_ . - /` are allowed";
        assert_eq!(drawn(&name), format!("  …{a}@{b}…\n  {indent}^ {rule}"));
    }
}
