//! Spans of time as text: `30s`, `1h 30m`.

use std::time::Duration;

const WRITE: &str = "write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)";
const TOO_LONG: &str = "it is longer than a `Duration` can be";

type Unit = (&'static str, fn(u64) -> Option<Duration>);

/// From the longest to the shortest, which is the order they are written in.
const UNITS: [Unit; 7] = [
    ("d", |days| seconds(days, 86_400)),
    ("h", |hours| seconds(hours, 3_600)),
    ("m", |minutes| seconds(minutes, 60)),
    ("s", |number| seconds(number, 1)),
    ("ms", |number| Some(Duration::from_millis(number))),
    ("us", |number| Some(Duration::from_micros(number))),
    ("ns", |number| Some(Duration::from_nanos(number))),
];

fn seconds(number: u64, each: u64) -> Option<Duration> {
    number.checked_mul(each).map(Duration::from_secs)
}

/// Reads numbers with a unit each, and at most one blank between them. A unit that occurs twice, or
/// after a shorter one, is refused: it is a typo rather than a sum.
pub(crate) fn parse(text: &str) -> Result<Duration, &'static str> {
    let (mut rest, mut units, mut whole) = (text, &UNITS[..], Duration::ZERO);
    loop {
        let (digits, behind) = split(rest, |c| c.is_ascii_digit());
        let (unit, behind) = split(behind, |c| c.is_ascii_lowercase());
        let index = units.iter().position(|(name, _)| *name == unit).ok_or(WRITE)?;
        if digits.is_empty() {
            return Err(WRITE);
        }
        let number = digits.parse().map_err(|_| TOO_LONG)?;
        let span = units[index].1(number).ok_or(TOO_LONG)?;
        whole = whole.checked_add(span).ok_or(TOO_LONG)?;
        if behind.is_empty() {
            return Ok(whole);
        }
        units = &units[index + 1..];
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
}

/// What `is_part` holds for at the beginning, and the rest.
fn split(text: &str, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_unit_each() {
        for (text, span) in [
            ("30s", Duration::from_secs(30)),
            ("0s", Duration::ZERO),
            ("007s", Duration::from_secs(7)),
            ("5m", Duration::from_mins(5)),
            ("1h 30m", Duration::from_mins(90)),
            ("1h30m", Duration::from_mins(90)),
            ("90m", Duration::from_mins(90)),
            ("2d", Duration::from_hours(48)),
            ("1d 1h 1m 1s 1ms 1us 1ns", Duration::new(90_061, 1_001_001)),
            ("1s 2000ms", Duration::from_secs(3)),
            ("18446744073709551615s", Duration::from_secs(u64::MAX)),
            ("18446744073709551615s 999999999ns", Duration::MAX),
        ] {
            assert_eq!(parse(text), Ok(span), "{text}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_guessed_at() {
        for text in [
            "", " ", "s", "5", "0", "5 s", "1 0s", "1 . 5s", "1.5s", ".5s", "-5s", "+5s", " 5s",
            "5s ", "1h  30m", "1h\t30m", "1h,30m", "1h 30", "1h h", "1h1h", "30m 1h", "1s 1s",
            "5M", "5S", "5min", "5sec", "1y", "1w", "5µs", "٣s", "5ſ", "1h 30m x", "1_000s",
        ] {
            assert_eq!(parse(text), Err(WRITE), "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_said_to_be() {
        for text in [
            "18446744073709551616s",
            "99999999999999999999999ns",
            "213503982334602d",
            "18446744073709551615m",
            "18446744073709551615s 1000ms",
            "18446744073709551615s 999999999999us",
            "18446744073709551614s 999ms 999999us 1001000ns",
            "1h 18446744073709551615s",
        ] {
            assert_eq!(parse(text), Err(TOO_LONG), "{text}");
        }
    }
}
