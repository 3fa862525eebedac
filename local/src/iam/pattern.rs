//! Texts with `*` and `?`.

/// Whether the text is the pattern, in which `*` stands for any characters and `?` for one.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // Where to go on if the last `*` stands for one more character.
    let mut retry = None;
    loop {
        let ahead = text.clone();
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                text = ahead;
                retry = Some((pattern.clone(), text.clone()));
            }
            (Some('?'), Some(_)) => {}
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => {
                let Some((after, from)) = &mut retry else { return false };
                if from.next().is_none() {
                    return false;
                }
                (pattern, text) = (after.clone(), from.clone());
            }
        }
    }
}

/// Whether the ARN is the pattern, whose `*` do not reach beyond a part of the ARN.
pub(super) fn matches_arn(pattern: &str, arn: &str) -> bool {
    const PARTS: usize = 6;
    let (patterns, parts) = (pattern.splitn(PARTS, ':'), arn.splitn(PARTS, ':'));
    patterns.clone().count() == parts.clone().count()
        && patterns.zip(parts).all(|(pattern, part)| matches(pattern, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text_and_a_question_mark_one_character() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "arn:aws"),
            ("a*c", "abc"),
            ("a*c", "ac"),
            ("a*bc", "abbbc"),
            ("*a*b*", "xxaxbx"),
            ("a?c", "aéc"),
            ("a-??????", "a-0f1e2d"),
            ("*?", "a"),
            ("**", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("a", ""),
            ("?", ""),
            ("a*c", "acd"),
            ("a*bc", "abbb"),
            ("A*", "abc"),
            ("a-??????", "a-0f1e2"),
            ("a-??????", "a-0f1e2d3"),
            ("*?", ""),
            ("[a]", "a"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        // Not exponential.
        assert!(!matches(&"*a".repeat(50), &"a".repeat(49)));
    }

    #[test]
    fn the_parts_of_an_arn_are_compared_one_by_one() {
        let arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a:b";
        assert!(matches_arn("arn:aws:ssm:*:*:parameter/*", arn));
        assert!(!matches_arn("arn:aws:*:parameter/*", arn));
        assert!(!matches_arn("*", arn));
    }
}
