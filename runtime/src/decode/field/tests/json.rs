//! JSON by serde, whose own errors would quote it.

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
            field: parameter `/a` is not valid JSON: it goes wrong at line 1, column 1
            field: parameter `/a` is not valid JSON: it goes wrong at line 1, column 1
            field: parameter `/a` is not valid JSON: it is cut short at line 1, column 17
            field: parameter `/a` is not valid JSON: it goes wrong at line 3, column 3
            field: parameter `/a` is not valid JSON: it goes wrong at line 1, column 26
            field: parameter `/a` is not a `Db`: a value that is not allowed there at line 1, column 17
            field: parameter `/a` is not an `f64`: a value that is not allowed there at line 1, column 5
            field: parameter `/a` is not valid JSON: decoded from base64: it goes wrong at line 1, column 1
            field: parameter `/a` is not base64: character 7 is not one of `A-Z a-z 0-9 + /`, or is a `=` before the end
            field: parameter `/a` is not a `Db`: an array, but another type is expected at line 1, column 1"#]],
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
fn what_is_of_another_type_is_told_without_its_content() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Db`: missing field `port` at line 1, column 19
            field: parameter `/a` is not a `Db`: a string, but another type is expected at line 1, column 31
            field: parameter `/a` is not a `Db`: a number that is not allowed there at line 1, column 27
            field: parameter `/a` is not a `Db`: `null`, but another type is expected at line 1, column 13
            field: parameter `/a` is not a `Db`: missing field `port` at line 1, column 57
            field: parameter `/a` is not a `Db`: duplicate field `host` at line 1, column 26
            field: parameter `/a` is not a `Db`: a string, but another type is expected at line 1, column 9
            field: parameter `/a` is not a `Db`: `null`, but another type is expected at line 1, column 4
            field: parameter `/a` is not a `u8`: `null`, but another type is expected at line 1, column 4
            field: parameter `/a` is not a `u8`: a number that is not allowed there at line 1, column 2
            field: parameter `/a` is not a `u8`: a number, but another type is expected at line 1, column 3
            field: parameter `/a` is not a `bool`: an array, but another type is expected at line 1, column 1
            field: parameter `/a` is not a `SecretBox<u8>`: a string, but another type is expected at line 1, column 9
            field: parameter `/a` is not a `Login`: an unknown field (the fields are `user`, `password`, `mode`) at line 1, column 24
            field: parameter `/a` is not a `Login`: an unknown variant (the variants are `fast`, `slow`, `both`, `named`) at line 1, column 49
            field: parameter `/a` is not a `Mode`: a string, but another type is expected at line 1, column 18
            field: parameter `/a` is not a `Mode`: too few or too many items at line 1, column 12
            field: parameter `/a` is not a `(u8, u8)`: too few or too many items at line 1, column 3
            field: parameter `/a` is not a `BTreeMap<u8, u8>`: a value that is not allowed there at line 1, column 2
            field: parameter `/a` is not a `Tagged`: an unknown variant (the variants are `Number`, `Word`) at line 1, column 18
            field: parameter `/a` is not a `Tagged`: a string, but another type is expected
            field: parameter `/a` is not an `Either`: a value that is not allowed there
            field: parameter `/a` is not a `Flat`: a string, but another type is expected at line 1, column 35
            field: parameter `/a` is not a `std::net::Ipv4Addr`: a value that is not allowed there at line 1, column 9"#]],
        [
            read!(Db, Json, r#"{"host": "hunter2"}"#),
            read!(Option<Db>, Json, r#"{"host": "h", "port": "hunter2"}"#),
            read!(Db, Json, r#"{"host": "h", "port": 70000}"#),
            read!(Db, Json, r#"{"host": null, "port": 1}"#),
            read!(Db, Json, r#"{"host": "h", "port": 1, "replicas": [{"host": "hunter2"}]}"#),
            read!(Db, Json, r#"{"host": "hunter2", "host": "hunter3"}"#),
            read!(Db, Json, "\"hunter2\""),
            read!(Db, Json, "null"),
            read!(u8, Json, "null", or "7"),
            read!(u8, Json, "-5"),
            read!(u8, Json, "1.5"),
            read!(bool, Json, "[]"),
            read!(SecretBox<u8>, Json, "\"hunter2\""),
            read!(Login, Json, secure r#"{"user": "me", "hunter2": 1}"#),
            read!(Login, Json, r#"{"user": "me", "password": "s", "mode": "hunter2"}"#),
            read!(Mode, Json, r#"{"slow": "hunter2"}"#),
            read!(Mode, Json, r#"{"both": [1]}"#),
            read!((u8, u8), Json, "[1]"),
            read!(BTreeMap<u8, u8>, Json, r#"{"hunter2": 1}"#),
            read!(Tagged, Json, r#"{"kind": "hunter2"}"#),
            read!(Tagged, Json, r#"{"kind": "Number", "value": "hunter2"}"#),
            read!(Either, Json, "\"hunter2\""),
            read!(Flat, Json, r#"{"name": "n", "hunter2": "hunter3"}"#),
            read!(std::net::Ipv4Addr, Json, "\"hunter2\""),
        ]
    );
}

#[test]
fn a_custom_message_is_not_trusted() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `Chatty`: a value that is not allowed there
            field: parameter `/a` is not a `Chatty`: a value that is not allowed there
            field: parameter `/a` is not a `Vec<Chatty>`: a value that is not allowed there at line 2, column 10
            field: parameter `/a` is not a `BTreeMap<String, Chatty>`: a value that is not allowed there at line 1, column 22
            field: parameter `/a` is not a `Vec<Chatty>`: decoded from base64: a value that is not allowed there at line 1, column 11
            field: parameter `/a` is not a `Db` (its text is secret and not shown)"#]],
        [
            read!(Chatty, Json, "\"hunter2\""),
            read!(Option<Chatty>, Json, "\"hunter2\""),
            read!(Vec<Chatty>, Json, "[\n\"hunter2\"]"),
            read!(BTreeMap<String, Chatty>, Json, r#"{"hunter2": "hunter3"}"#),
            read!(Vec<Chatty>, InBase64(Json), "WyJodW50ZXIyIl0="),
            read!(Db, Parse(|text| serde_json::from_str::<Db>(text)), secure "\"hunter2\""),
        ]
    );
}
