//! `FromText`: lists, time spans and their secrets.

use std::time::Duration;

use expect_test::expect;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::{errors, read};
use crate::decode::convert::Text;

#[test]
fn items_are_taken_as_they_are() {
    let read = read!(Vec<String>, Text, "a, b,,c ").unwrap();
    assert_eq!(read, ["a", " b", "", "c "]);
    assert_eq!(read!(Vec<String>, Text, "").unwrap(), [""; 0]);
    assert_eq!(read!(Option<Vec<u8>>, Text, "1,2").unwrap(), Some(vec![1, 2]));
    assert_eq!(read!(Vec<Duration>, Text, "1s,2m").unwrap(), [1, 120].map(Duration::from_secs));
}

#[test]
fn secrets_are_read_like_all_else() {
    let read = read!(Vec<SecretString>, Text, secure "a, b").unwrap();
    let read: Vec<_> = read.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(read, ["a", " b"]);
    let numbers = read!(SecretBox<Vec<u8>>, Text, "1,2").unwrap();
    assert_eq!(*numbers.expose_secret(), [1, 2]);
}

#[test]
fn the_item_at_fault_is_named() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Vec<u8>`: item 3: invalid digit found in string
            field: parameter `/a` is not a `Vec<u8>`: item 2, which has whitespace at its ends: invalid digit found in string
            field: parameter `/a` is not a `Vec<u8>`: item 2: cannot parse integer from empty string
            field: parameter `/a` is not a `Vec<u8>`: item 1, which has whitespace at its ends: invalid digit found in string; it has whitespace at its ends
            field: parameter `/a` is not a `Vec<u8>`: item 2 (its text is secret and not shown)
            field: parameter `/a` is not a `Vec<SecretBox<u8>>`: item 2, which has whitespace at its ends (its text is secret and not shown)
            field: parameter `/a` is not a `SecretBox<Vec<u8>>`: item 2 (its text is secret and not shown)
            field: parameter `/a` is not a `Vec<Duration>`: item 2: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]],
        [
            read!(Vec<u8>, Text, "1,2,x"),
            read!(Vec<u8>, Text, "1, 2"),
            read!(Vec<u8>, Text, "1,"),
            read!(Vec<u8>, Text, " 1"),
            read!(Vec<u8>, Text, secure "1,hunter2"),
            read!(Vec<SecretBox<u8>>, Text, "1, hunter2"),
            read!(SecretBox<Vec<u8>>, Text, "1,hunter2"),
            read!(Option<Vec<Duration>>, Text, "1s,2"),
        ]
    );
}

#[test]
fn a_time_span_has_units() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
            field: parameter `/a` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first); it has whitespace at its ends
            field: parameter `/a` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
            field: parameter `/a` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
            field: parameter `/a` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]],
        [
            read!(Duration, Text, "30"),
            read!(Duration, Text, "30s "),
            read!(Duration, Text, ""),
            read!(Duration, Text, secure "hunter2"),
            read!(Option<Duration>, Text, "5x"),
        ]
    );
}

#[test]
fn what_is_absent_is_none_or_the_default() {
    assert_eq!(read!(Option<u8>, Text, absent).unwrap(), None);
    assert_eq!(read!(u8, Text, absent, or "7").unwrap(), 7);
    assert_eq!(read!(u8, Text, "5", or "7").unwrap(), 5);
    errors!(
        expect![[r#"
            field: parameter `/a` does not exist
            field: parameter `/a` does not exist
            field: the string literal is not a `u8`: invalid digit found in string
            field: parameter `/a` is not a `u8`: invalid digit found in string"#]],
        [
            read!(u8, Text, absent),
            read!(SecretString, Text, absent),
            read!(u8, Text, absent, or "x"),
            read!(u8, Text, "x", or "7"),
        ]
    );
}
