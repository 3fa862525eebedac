//! JSON by serde, whose own errors quote it.

use std::collections::{BTreeMap, HashMap};

use expect_test::expect;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::{errors, read};
use crate::decode::convert::{InBase64, Json, Parse};

#[derive(Deserialize, Debug, PartialEq)]
struct Db {
    host: String,
    port: u16,
    #[serde(default)]
    replicas: Vec<Db>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    user: String,
    password: SecretString,
    mode: Option<Mode>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow(u8),
    Both(u8, u8),
    Named { speed: u8 },
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(tag = "kind")]
enum Tagged {
    Number { value: u8 },
    Word { value: String },
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Either {
    Number(u8),
    Words(Vec<String>),
}

#[derive(Deserialize, Debug, PartialEq)]
struct Flat {
    name: String,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

/// Says all that it reads.
#[derive(Debug)]
struct Chatty {
    _never: u8,
}

impl<'de> Deserialize<'de> for Chatty {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let text = String::deserialize(json)?;
        Err(D::Error::custom(format!("`{text}`, stage-config: {text} at line 12 column 34")))
    }
}

/// A type whose error begins like serde's own, and ends in digits of the text.
#[derive(Debug)]
struct Posing;

impl<'de> Deserialize<'de> for Posing {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let text = String::deserialize(json)?;
        Err(D::Error::custom(format!("invalid value: {text} at line {text} column {text}")))
    }
}

#[test]
fn any_type_of_serde() {
    let text = r#"{"host": "h", "port": 5432, "replicas": [{"host": "\u00e4", "port": 1}]}"#;
    let replica = Db { host: "ä".to_owned(), port: 1, replicas: vec![] };
    let db = Db { host: "h".to_owned(), port: 5432, replicas: vec![replica] };
    assert_eq!(read!(Db, Json, text).unwrap(), db);
    assert_eq!(read!(u64, Json, " 7\n").unwrap(), 7);
    assert_eq!(read!(i128, Json, "-170141183460469231731687303715884105728").unwrap(), i128::MIN);
    assert_eq!(read!(Vec<Option<bool>>, Json, "[true, null]").unwrap(), [Some(true), None]);
    let map = read!(HashMap<String, f64>, Json, r#"{"a": 0.5}"#).unwrap();
    assert_eq!(map, HashMap::from([("a".to_owned(), 0.5)]));
    let modes = r#"["fast", {"slow": 1}, {"both": [1, 2]}, {"named": {"speed": 3}}]"#;
    assert_eq!(
        read!(Vec<Mode>, Json, modes).unwrap(),
        [Mode::Fast, Mode::Slow(1), Mode::Both(1, 2), Mode::Named { speed: 3 }]
    );
    let tagged = read!(Tagged, Json, r#"{"value": 1, "kind": "Number"}"#).unwrap();
    assert_eq!(tagged, Tagged::Number { value: 1 });
    let either = read!(Either, Json, r#"["a"]"#).unwrap();
    assert_eq!(either, Either::Words(vec!["a".to_owned()]));
    let flat = read!(Flat, Json, r#"{"a": 1, "name": "n"}"#).unwrap();
    assert_eq!(flat.rest, BTreeMap::from([("a".to_owned(), 1)]));
    let raw = read!(Box<serde_json::value::RawValue>, Json, "[1.10, 2]").unwrap();
    assert_eq!(raw.get(), "[1.10, 2]");
}

#[test]
fn secrets() {
    let login = r#"{"user": "me", "password": "sk"}"#;
    let login = read!(Login, Json, secure login).unwrap();
    assert_eq!((&*login.user, login.password.expose_secret()), ("me", "sk"));
    assert_eq!(login.mode, None);
    assert_eq!(read!(SecretString, Json, secure r#""s\u006b""#).unwrap().expose_secret(), "sk");
    assert_eq!(*read!(SecretBox<u32>, Json, secure "7").unwrap().expose_secret(), 7);
    let all = read!(BTreeMap<String, SecretString>, Json, r#"{"a": "sk"}"#).unwrap();
    assert_eq!(all["a"].expose_secret(), "sk");
}

#[test]
fn null_is_none() {
    assert_eq!(read!(Option<Db>, Json, " null\n").unwrap(), None);
    assert_eq!(read!(Option<u8>, Json, absent).unwrap(), None);
    assert_eq!(read!(Option<u8>, Json, "7").unwrap(), Some(7));
    assert_eq!(read!(Option<u8>, InBase64(Json), "bnVsbA==").unwrap(), None);
    assert_eq!(read!(u8, Json, absent, or "7").unwrap(), 7);
    assert_eq!(read!(u8, InBase64(Json), "Nw==").unwrap(), 7);
}

#[test]
fn what_is_no_json_is_told_by_its_position() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not valid JSON: it is empty
            field: parameter `/a` is not valid JSON: it is empty
            field: parameter `/a` is not valid JSON: expected value at line 1 column 1
            field: parameter `/a` is not valid JSON: expected value at line 1 column 1
            field: parameter `/a` is not valid JSON: EOF while parsing a string at line 1 column 17
            field: parameter `/a` is not valid JSON: key must be a string at line 3 column 3
            field: parameter `/a` is not valid JSON: trailing characters at line 1 column 26
            field: parameter `/a` is not a `Db`: unexpected end of hex escape at line 1 column 17
            field: parameter `/a` is not an `f64`: number out of range at line 1 column 5
            field: parameter `/a` is not valid JSON: decoded from base64: expected value at line 1 column 1
            field: parameter `/a` is not base64: character 7 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 1: sequence, expected a string"#]],
        [
            read!(Db, Json, ""),
            read!(Db, Json, " \n"),
            read!(Db, Json, "hunter2"),
            read!(SecretString, Json, secure "hunter2"),
            read!(Db, Json, r#"{"host": "hunter2"#),
            read!(Db, Json, "{\n  \"host\": \"hunter2\",\n  'port': 1\n}"),
            read!(Db, Json, r#"{"host": "h", "port": 1} hunter2"#),
            read!(Db, Json, r#"{"host": "\ud800", "port": 1}"#),
            read!(f64, Json, "1e999"),
            read!(Db, InBase64(Json), "aHVudGVyMg=="),
            read!(Db, InBase64(Json), "hunter-2"),
            read!(Db, Json, "[".repeat(200)),
        ]
    );
}

#[test]
fn a_secret_of_another_type_is_told_by_class_and_position() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Db`: missing field at line 1 column 19 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 31 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: invalid value at line 1 column 27 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 13 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: missing field at line 1 column 57 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: duplicate field at line 1 column 26 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 9 (its text is secret and not shown)
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 4 (its text is secret and not shown)
            field: parameter `/a` is not a `u8`: invalid type at line 1 column 4 (its text is secret and not shown)
            field: parameter `/a` is not a `u8`: invalid value at line 1 column 2 (its text is secret and not shown)
            field: parameter `/a` is not a `u8`: invalid type at line 1 column 3 (its text is secret and not shown)
            field: parameter `/a` is not a `bool`: invalid type at line 1 column 1 (its text is secret and not shown)
            field: parameter `/a` is not a `SecretBox<u8>`: invalid type at line 1 column 9 (its text is secret and not shown)
            field: parameter `/a` is not a `Login`: unknown field at line 1 column 24 (its text is secret and not shown)
            field: parameter `/a` is not a `Login`: unknown variant at line 1 column 49 (its text is secret and not shown)
            field: parameter `/a` is not a `Mode`: invalid type at line 1 column 18 (its text is secret and not shown)
            field: parameter `/a` is not a `Mode`: invalid length at line 1 column 12 (its text is secret and not shown)
            field: parameter `/a` is not a `(u8, u8)`: invalid length at line 1 column 3 (its text is secret and not shown)
            field: parameter `/a` is not a `BTreeMap<u8, u8>`: invalid value: expected key to be a number in quotes at line 1 column 2
            field: parameter `/a` is not a `Tagged`: unknown variant at line 1 column 18 (its text is secret and not shown)
            field: parameter `/a` is not a `Tagged`: invalid type (its text is secret and not shown)
            field: parameter `/a` is not an `Either` (its text is secret and not shown)
            field: parameter `/a` is not a `Flat`: invalid type at line 1 column 35 (its text is secret and not shown)
            field: parameter `/a` is not a `std::net::Ipv4Addr` (its text is secret and not shown)"#]],
        [
            read!(Db, Json, secure r#"{"host": "hunter2"}"#),
            read!(Option<Db>, Json, secure r#"{"host": "h", "port": "hunter2"}"#),
            read!(Db, Json, secure r#"{"host": "h", "port": 70000}"#),
            read!(Db, Json, secure r#"{"host": null, "port": 1}"#),
            read!(Db, Json, secure r#"{"host": "h", "port": 1, "replicas": [{"host": "hunter2"}]}"#),
            read!(Db, Json, secure r#"{"host": "hunter2", "host": "hunter3"}"#),
            read!(Db, Json, secure "\"hunter2\""),
            read!(Db, Json, secure "null"),
            read!(u8, Json, secure "null", or "7"),
            read!(u8, Json, secure "-5"),
            read!(u8, Json, secure "1.5"),
            read!(bool, Json, secure "[]"),
            read!(SecretBox<u8>, Json, secure "\"hunter2\""),
            read!(Login, Json, secure r#"{"user": "me", "hunter2": 1}"#),
            read!(Login, Json, secure r#"{"user": "me", "password": "s", "mode": "hunter2"}"#),
            read!(Mode, Json, secure r#"{"slow": "hunter2"}"#),
            read!(Mode, Json, secure r#"{"both": [1]}"#),
            read!((u8, u8), Json, secure "[1]"),
            read!(BTreeMap<u8, u8>, Json, secure r#"{"hunter2": 1}"#),
            read!(Tagged, Json, secure r#"{"kind": "hunter2"}"#),
            read!(Tagged, Json, secure r#"{"kind": "Number", "value": "hunter2"}"#),
            read!(Either, Json, secure "\"hunter2\""),
            read!(Flat, Json, secure r#"{"name": "n", "hunter2": "hunter3"}"#),
            read!(std::net::Ipv4Addr, Json, secure "\"hunter2\""),
        ]
    );
}

#[test]
fn a_custom_message_is_not_trusted() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Chatty` (its text is secret and not shown)
            field: parameter `/a` is not a `Posing`: invalid value (its text is secret and not shown)
            field: parameter `/a` is not a `Chatty` (its text is secret and not shown)
            field: parameter `/a` is not a `Vec<Chatty>` (its text is secret and not shown)
            field: parameter `/a` is not a `BTreeMap<String, Chatty>` (its text is secret and not shown)
            field: parameter `/a` is not a `Vec<Chatty>`: decoded from base64 (its text is secret and not shown)
            field: parameter `/a` is not a `Db` (its text is secret and not shown)"#]],
        [
            read!(Chatty, Json, secure "\"hunter2\""),
            read!(Posing, Json, secure "\"4111\""),
            read!(Option<Chatty>, Json, secure "\"hunter2\""),
            read!(Vec<Chatty>, Json, secure "[\n\"hunter2\"]"),
            read!(BTreeMap<String, Chatty>, Json, secure r#"{"hunter2": "hunter3"}"#),
            read!(Vec<Chatty>, InBase64(Json), secure "WyJodW50ZXIyIl0="),
            read!(Db, Parse(|text| serde_json::from_str::<Db>(text)), secure "\"hunter2\""),
        ]
    );
}

#[test]
fn what_is_not_secret_is_told_in_the_words_of_serde() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Db`: invalid type at line 1 column 25: string "x", expected u16
            field: parameter `/a` is not a `Db`: missing field at line 1 column 13: `port`
            field: parameter `/a` is not a `Db`: decoded from base64: invalid type at line 1 column 8: string "\n", expected struct Db
            field: parameter `/a` is not a `Login`: unknown field at line 1 column 24: `pasword`, expected one of `user`, `password`, `mode`
            field: parameter `/a` is not a `Mode`: unknown variant at line 1 column 6: `slwo`, expected one of `fast`, `slow`, `both`, `named`
            field: parameter `/a` is not a `(u8, u8)`: invalid length at line 1 column 3: 1, expected a tuple of size 2
            field: parameter `/a` is not an `Either`: data did not match any variant of untagged enum Either
            field: parameter `/a` is not a `std::net::Ipv4Addr`: invalid IPv4 address syntax at line 1 column 11
            field: parameter `/a` is not a `Vec<Chatty>`: `x\n`, stage-config: x\n at line 12 column 34"#]],
        [
            read!(Option<Db>, Json, r#"{"host": "h", "port": "x"}"#),
            read!(Db, Json, r#"{"host": "h"}"#),
            read!(Db, InBase64(Json), "Ilx1MDAwYSI="),
            read!(Login, Json, r#"{"user": "me", "pasword": "s"}"#),
            read!(Mode, Json, "\"slwo\""),
            read!((u8, u8), Json, "[1]"),
            read!(Either, Json, "\"x\""),
            read!(std::net::Ipv4Addr, Json, "\"localhost\""),
            read!(Vec<Chatty>, Json, "[\n\"x\\n\"]"),
        ]
    );
}
