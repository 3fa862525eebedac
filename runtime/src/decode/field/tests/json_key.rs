//! One key of a JSON object.

use expect_test::expect;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::{errors, read};
use crate::decode::convert::{Base64, InBase64, Json, Parse, Text};

const DB: &str = r#" {
    "password": "hunter2",
    "port": 5432,
    "amount": 12345678901234567890.10,
    "tls": true,
    "escaped": "a\"\u00e4\n",
    "cert": "AP9h",
    "none": null,
    "inner": {"deep": {"text": "t", "list": [1, 2]}, "none": null, "b.c": 1},
    "b\u0063": "by its escaped name",
    "": "nameless"
} "#;

#[test]
fn a_string_gives_its_text_and_all_else_its_digits() {
    let password = read!(SecretString, Text, secure DB, key "password").unwrap();
    assert_eq!(password.expose_secret(), "hunter2");
    assert_eq!(read!(u16, Text, DB, key "port").unwrap(), 5432);
    assert_eq!(*read!(SecretBox<u16>, Text, DB, key "port").unwrap().expose_secret(), 5432);
    assert_eq!(read!(String, Text, DB, key "amount").unwrap(), "12345678901234567890.10");
    assert!(read!(bool, Text, DB, key "tls").unwrap());
    assert_eq!(read!(String, Text, DB, key "escaped").unwrap(), "a\"ä\n");
    assert_eq!(read!(String, Text, DB, key "bc").unwrap(), "by its escaped name");
    assert_eq!(read!(String, Text, DB, key "").unwrap(), "nameless");
    assert_eq!(read!(String, Text, DB, key "inner.deep.text").unwrap(), "t");
}

#[test]
fn other_conversions_read_on_from_there() {
    assert_eq!(read!(Vec<u8>, Json, DB, key "inner.deep.list").unwrap(), [1, 2]);
    assert_eq!(read!(String, Json, DB, key "escaped").unwrap(), "a\"ä\n");
    assert_eq!(read!(SecretString, Json, DB, key "password").unwrap().expose_secret(), "hunter2");
    assert_eq!(read!(Vec<u8>, Base64, DB, key "cert").unwrap(), [0, 255, b'a']);
    assert_eq!(read!(u16, Parse(str::parse::<u16>), DB, key "port").unwrap(), 5432);
    assert_eq!(read!(u8, InBase64(Json), r#"{"a": "Nw=="}"#, key "a").unwrap(), 7);
}

#[test]
fn what_is_missing_or_null_is_absent() {
    assert_eq!(read!(Option<String>, Text, DB, key "none").unwrap(), None);
    assert_eq!(read!(Option<String>, Json, DB, key "none").unwrap(), None);
    assert_eq!(read!(Option<u8>, Json, DB, key "inner.no.b").unwrap(), None);
    assert_eq!(read!(Option<u8>, Text, "null", key "a").unwrap(), None);
    assert_eq!(read!(Option<u8>, Text, absent, key "a").unwrap(), None);
    assert_eq!(read!(u8, Text, DB, key "inner.none", or "7").unwrap(), 7);
    assert_eq!(read!(u8, Text, DB, key "none.b", or "7").unwrap(), 7);
    assert_eq!(read!(u8, Text, absent, key "a", or "7").unwrap(), 7);
    errors!(
        expect![[r#"
            field: parameter `/a` does not exist
            field: parameter `/a` has no key `pasword`
            field: parameter `/a` has no key `pasword`
            field: parameter `/a` has no key `inner.dep.list`
            field: parameter `/a` has `null` under the key `none`
            field: parameter `/a` has no key `inner.none.b`, because under `inner.none` is `null`
            field: parameter `/a` has no key `a`, because it is `null`
            field: parameter `/a` has no key `inner.b.c`"#]],
        [
            read!(u8, Text, absent, key "a"),
            read!(u8, Text, DB, key "pasword"),
            read!(SecretString, Text, DB, key "pasword"),
            read!(u8, Json, DB, key "inner.dep.list"),
            read!(u8, Text, DB, key "none"),
            read!(u8, Text, DB, key "inner.none.b"),
            read!(u8, Text, "null", key "a"),
            read!(u8, Text, DB, key "inner.b.c"),
        ]
    );
}

#[test]
fn what_is_wrong_is_said_with_the_key() {
    errors!(
        expect![[r#"
            field: parameter `/a` has a key `port` whose value is not a `u8`: number too large to fit in target type
            field: parameter `/a` has a key `password` whose value is not a `u8` (its text is secret and not shown)
            field: parameter `/a` has a key `password` whose value is not a `SecretBox<u8>` (its text is secret and not shown)
            field: parameter `/a` has a key `a` whose value is not a `u8`: invalid digit found in string; it has whitespace at its ends
            field: parameter `/a` has a key `inner.deep` whose value is not a text but a JSON object: add `json` after `json_key` to read it by `Deserialize`
            field: parameter `/a` has a key `inner.deep.list` whose value is not a text but a JSON array: add `json` after `json_key` to read it by `Deserialize`
            field: parameter `/a` has a key `inner` whose value is not a text but a JSON object: add `json` after `json_key` to read it by `Deserialize`
            field: parameter `/a` has a key `password` whose value is not base64: it is cut short, or the `=` at its end are wrong
            field: parameter `/a` has a key `password` whose value is not a `u8`: invalid type at line 1 column 9 (its text is secret and not shown)
            field: parameter `/a` has a key `tls` whose value is not a `u8`: invalid digit found in string
            field: parameter `/a` is not a JSON object with the key `password.length`: under `password` is a string
            field: parameter `/a` is not a JSON object with the key `inner.deep.list.first`: under `inner.deep.list` is an array
            field: parameter `/a` is not a JSON object with the key `a`: it is an array
            field: parameter `/a` is not a JSON object with the key `a`: it is a string
            field: parameter `/a` is not a JSON object with the key `a`: it is a number
            field: parameter `/a` is not valid JSON: expected value at line 1 column 1
            field: parameter `/a` is not valid JSON: EOF while parsing a string at line 1 column 22
            field: parameter `/a` is not valid JSON: trailing characters at line 1 column 10
            field: parameter `/a` is not a JSON object with one key `a`: it has more than one
            field: parameter `/a` has a key `a` whose value is not a text: an escape `\u…` in it stands for no character
            field: parameter `/a` is not valid JSON: an escape `\u…` in it stands for no character
            field: the string literal is not a `u8`: invalid digit found in string"#]],
        [
            read!(u8, Text, DB, key "port"),
            read!(u8, Text, secure DB, key "password"),
            read!(SecretBox<u8>, Text, DB, key "password"),
            read!(Option<u8>, Text, r#"{"a": " 7"}"#, key "a"),
            read!(String, Text, DB, key "inner.deep"),
            read!(SecretString, Text, DB, key "inner.deep.list"),
            read!(Vec<u8>, Base64, DB, key "inner"),
            read!(Vec<u8>, Base64, DB, key "password"),
            read!(u8, Json, secure DB, key "password"),
            read!(u8, Parse(str::parse::<u8>), DB, key "tls"),
            read!(u8, Text, DB, key "password.length"),
            read!(u8, Text, DB, key "inner.deep.list.first"),
            read!(u8, Text, "[\"hunter2\"]", key "a"),
            read!(u8, Text, "\"hunter2\"", key "a"),
            read!(u8, Text, "7", key "a"),
            read!(u8, Text, "hunter2", key "a"),
            read!(u8, Text, r#"{"a": 1, "b": "hunter2"#, key "a"),
            read!(u8, Text, r#"{"a": 1} hunter2"#, key "a"),
            read!(u8, Text, r#"{"a": 1, "a": 2}"#, key "a"),
            read!(String, Text, r#"{"a": "\ud800"}"#, key "a"),
            read!(String, Text, r#"{"\ud800": 1}"#, key "a"),
            read!(u8, Text, r#"{"b": 1}"#, key "a", or "x"),
        ]
    );
}
