//! Fits foreign text into one line of ours: the error of a user's type, the message of a source.

/// Cuts longer texts: this is some lines of a terminal.
const MOST_CHARACTERS: usize = 600;

/// Escapes the control characters of a text, so that it cannot pose as a line of its own, and cuts a
/// long one. A second call changes nothing.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut characters = text.trim_end().chars();
    for c in characters.by_ref().take(MOST_CHARACTERS) {
        push_visible(c, &mut line);
    }
    match characters.count() {
        0 => line,
        rest => format!("{line}… ({rest} more characters)"),
    }
}

/// Adds a character, or its escape if it is a control character, takes no space, or changes lines
/// or the direction of what follows it.
pub(crate) fn push_visible(c: char, line: &mut String) {
    let is_invisible = c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if is_invisible {
        line.extend(c.escape_debug());
    } else {
        line.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_pose_as_a_line_is_escaped() {
        let forged = "no key\n  limit: parameter `/limit` is fine\r\u{1b}[31m\u{202e}\n";
        let line = one_line(forged);
        assert_eq!(line, "no key\\n  limit: parameter `/limit` is fine\\r\\u{1b}[31m\\u{202e}");
        assert_eq!(one_line(&line), line);
        assert_eq!(one_line("a \"größe\" of 'é' \\ 5 € "), "a \"größe\" of 'é' \\ 5 €");
    }

    #[test]
    fn what_is_long_is_cut() {
        let most = "ä".repeat(MOST_CHARACTERS);
        assert_eq!(one_line(&most), most);
        assert_eq!(one_line(&format!("{most}end")), format!("{most}… (3 more characters)"));
    }
}
