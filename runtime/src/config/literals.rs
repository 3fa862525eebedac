//! The string literals of `value` and `default`. The compiler refuses them for numbers; each load
//! converts all others.

use crate::config::StageConfig;
use crate::decode::decoder::Decoder;
use crate::decode::dispatch::Written;
use crate::error::LoadError;
use crate::schema::fits::Message;
use crate::schema::scope::Scope;
use crate::schema::stage::Stage;
use crate::source::Answers;

/// Converts every literal of a struct, as a load does.
pub(crate) fn check<T: StageConfig>() -> Result<(), LoadError> {
    let table = T::PARAMETERS;
    let stage = Stage::none();
    let (answers, mut problems) = (Answers::new(), Vec::new());
    let scope = Scope::new(table);
    T::__check_literals(&mut Decoder::new(scope, &[], &stage, &answers, None, &mut problems));
    if problems.is_empty() {
        Ok(())
    } else {
        Err(LoadError::new(table.config, stage, problems, None))
    }
}

impl Written {
    /// Refuses the literal `text` for a type whose values are not written in quotes. `optional`
    /// means that the type is an `Option`.
    ///
    /// # Panics
    /// If it refuses. In a constant, the text of the panic is the compile error.
    #[track_caller]
    pub const fn refuse(self, optional: bool, text: &str) {
        let what = match self {
            Self::Integer | Self::NonZero | Self::Float => "a number",
            Self::Bool => "a `bool`",
            Self::Otherwise => return,
        };
        let number = Number::of(text);
        let fits = match (self, &number) {
            (Self::Bool, _) => matches!(text.as_bytes(), b"true" | b"false"),
            (Self::Integer, Some(number)) => number.whole,
            (Self::NonZero, Some(number)) => number.whole && !number.zero,
            (_, number) => number.is_some(),
        };
        let value = match self {
            _ if fits => text,
            Self::Bool => "true",
            _ => "5",
        };
        let (before, after) = match (self, number) {
            (Self::NonZero, _) => ("const { ::core::num::NonZero::new(", ").unwrap() }"),
            (Self::Float, None | Some(Number { whole: true, .. })) => ("", ".0"),
            _ => ("", ""),
        };
        let (some, end) = if optional { ("`Some(", ")`") } else { ("`", "`") };
        let error = Message::EMPTY.and(what).and(" is not written as a string literal\nhelp: ");
        let error = error.and(if fits { "" } else { "the value without quotes, as " });
        let error = error.and(some).and(before).and(value).and(after).and(end);
        panic!("{}", error.as_str());
    }
}

/// A text that is a number in Rust if it has no quotes.
#[derive(Debug, PartialEq, Eq)]
struct Number {
    /// It has no fraction.
    whole: bool,
    zero: bool,
}

impl Number {
    const fn of(text: &str) -> Option<Self> {
        let (mut digits, mut zero, mut whole) = (0, true, true);
        let mut bytes = text.as_bytes();
        if let [b'-', rest @ ..] = bytes {
            bytes = rest;
        }
        while let [byte, rest @ ..] = bytes {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    zero = zero && *byte == b'0';
                }
                b'.' if whole && digits > 0 => whole = false,
                _ => return None,
            }
            bytes = rest;
        }
        if digits == 0 { None } else { Some(Self { whole, zero }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the compile error.
    fn refused(written: Written, optional: bool, text: &'static str) -> Option<String> {
        let panic = std::panic::catch_unwind(|| written.refuse(optional, text)).err()?;
        Some(*panic.downcast().unwrap())
    }

    #[test]
    fn the_help_is_the_value_without_its_quotes_if_that_is_one() {
        use Written::{Bool, Float, Integer, NonZero};
        let number = "a number is not written as a string literal";
        let boolean = "a `bool` is not written as a string literal";
        for (written, text, what, help) in [
            (Integer, "5", number, "`5`"),
            (Integer, "-50", number, "`-50`"),
            (Integer, "5.5", number, "the value without quotes, as `5`"),
            (Integer, "", number, "the value without quotes, as `5`"),
            (Integer, "-", number, "the value without quotes, as `5`"),
            (Integer, " 5", number, "the value without quotes, as `5`"),
            (NonZero, "70", number, "`const { ::core::num::NonZero::new(70).unwrap() }`"),
            (
                NonZero,
                "0",
                number,
                "the value without quotes, as `const { ::core::num::NonZero::new(5).unwrap() }`",
            ),
            (Float, "7", number, "`7.0`"),
            (Float, "-0.5", number, "`-0.5`"),
            (Float, ".5", number, "the value without quotes, as `5.0`"),
            (Float, "1.5.2", number, "the value without quotes, as `5.0`"),
            (Float, "NaN", number, "the value without quotes, as `5.0`"),
            (Bool, "true", boolean, "`true`"),
            (Bool, "false", boolean, "`false`"),
            (Bool, "1", boolean, "the value without quotes, as `true`"),
        ] {
            let expected = format!("{what}\nhelp: {help}");
            assert_eq!(refused(written, false, text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn the_help_for_an_option_is_some() {
        let refused = refused(Written::Integer, true, "5").unwrap();
        assert_eq!(refused, "a number is not written as a string literal\nhelp: `Some(5)`");
    }

    #[test]
    fn what_is_not_a_number_may_be_written_in_quotes() {
        assert_eq!(refused(Written::Otherwise, false, "5"), None);
    }

    #[test]
    fn zero_is_zero_however_long() {
        let zero = |text| Number::of(text).map(|it| it.zero);
        assert_eq!([zero("00"), zero("010"), zero("-0")], [Some(true), Some(false), Some(true)]);
    }
}
