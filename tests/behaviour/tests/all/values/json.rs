//! `json` and `json_key`: what they read, and what they say of what they cannot read.

use std::collections::BTreeMap;
use std::time::Duration;

use expect_test::expect;
use serde::Deserialize;
use stage_config::source::Answer;
use stage_config::{
    ExposeSecret, Fixed, LoadError, ProblemKind, SecretBox, SecretString, StageConfig,
};
use stage_config_behaviour::{Recorded, told};

#[derive(Debug, Deserialize, PartialEq)]
struct Limits {
    min: u8,
    max: Option<u8>,
}

#[derive(StageConfig, Debug)]
struct Whole {
    #[ssm("/limits", json)]
    limits: Limits,
    #[ssm("/list", json)]
    list: Vec<u64>,
    #[ssm("/map", json)]
    map: BTreeMap<String, f64>,
    #[ssm("/text", json)]
    text: String,
    #[ssm("/null", json)]
    null: Option<Limits>,
    #[ssm("/absent", json)]
    absent: Option<Limits>,
    #[ssm("/absent", json, default = Limits { min: 1, max: None })]
    default: Limits,
    #[ssm("/absent", json, default = r#"{"min": 2, "max": 3}"#)]
    literal: Limits,
    #[env("JSON", json)]
    variable: (u8, bool),
    #[ssm("/limits")]
    as_it_is: String,
}

fn whole() -> Fixed {
    Fixed::from([
        ("/limits", r#" {"min": 5, "other": [1]} "#),
        ("/list", "[1, 18446744073709551615]"),
        ("/map", r#"{"a": 1.5, "b": 2}"#),
        ("/text", r#""a \"b\" \u00fc""#),
        ("/null", "null"),
    ])
}

#[tokio::test]
async fn json_is_read_by_serde() {
    let whole = Whole::loader().env([("JSON", "[7, true]")]).source(whole()).load().await.unwrap();
    assert_eq!(whole.limits, Limits { min: 5, max: None });
    assert_eq!((whole.list, whole.map["a"]), (vec![1, u64::MAX], 1.5));
    assert_eq!((&*whole.text, whole.null, whole.absent), ("a \"b\" ü", None, None));
    assert_eq!((whole.default.min, whole.literal.max), (1, Some(3)));
    assert_eq!(whole.variable, (7, true));
    assert_eq!(whole.as_it_is, r#" {"min": 5, "other": [1]} "#);
}

async fn wrong(answer: impl Fn(&'static str) -> Answer, word: &str) -> LoadError {
    let text = |text: &str| answer(text.replace("WORD", word).leak());
    let source = Fixed::new()
        .with("/limits", text(r#"{"min": 5, "max": "WORD"}"#))
        .with("/list", text("[1, 2, \"WORD\"]"))
        .with("/map", text(r#"{"WORD": "WORD"}"#))
        .with("/text", text("WORD"))
        .with("/null", text(r#"{"WORD": 1}"#));
    let error = Whole::loader().env([("JSON", "[7, tr")]).source(source).load().await.unwrap_err();
    assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Malformed));
    error
}

#[tokio::test]
async fn what_is_wrong_with_secure_json_is_told_by_class_and_position() {
    let error = wrong(Answer::secure, "hunter2").await;
    expect![[r#"
        cannot load `Whole`: 6 problems
          limits: parameter `/limits` is not a `Limits`: invalid type at line 1 column 27 (its text is secret and not shown)
          list: parameter `/list` is not a `Vec<u64>`: invalid type at line 1 column 16 (its text is secret and not shown)
          map: parameter `/map` is not a `BTreeMap<String, f64>`: invalid type at line 1 column 21 (its text is secret and not shown)
          text: parameter `/text` is not valid JSON: expected value at line 1 column 1
          null: parameter `/null` is not a `Limits`: missing field at line 1 column 14 (its text is secret and not shown)
          variable: environment variable `JSON` is not valid JSON: EOF while parsing a value at line 1 column 6"#]].assert_eq(&told(&error));
}

#[tokio::test]
async fn what_is_wrong_with_other_json_is_told_in_the_words_of_serde() {
    let error = wrong(Answer::found, "word").await;
    expect![[r#"
        cannot load `Whole`: 6 problems
          limits: parameter `/limits` is not a `Limits`: invalid type at line 1 column 24: string "word", expected u8
          list: parameter `/list` is not a `Vec<u64>`: invalid type at line 1 column 13: string "word", expected u64
          map: parameter `/map` is not a `BTreeMap<String, f64>`: invalid type at line 1 column 15: string "word", expected f64
          text: parameter `/text` is not valid JSON: expected value at line 1 column 1
          null: parameter `/null` is not a `Limits`: missing field at line 1 column 11: `min`
          variable: environment variable `JSON` is not valid JSON: EOF while parsing a value at line 1 column 6"#]].assert_eq(&error.to_string());
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Keys {
    #[ssm("/db", json_key = "user")]
    user: String,
    #[ssm("/db", json_key = "password")]
    password: SecretString,
    #[ssm("/db", json_key = "pin")]
    pin: SecretBox<u32>,
    #[ssm("/db", json_key = "port")]
    port: u16,
    #[ssm("/db", json_key = "pool.size")]
    size: u8,
    #[ssm("/db", json_key = "pool", json)]
    pool: BTreeMap<String, u8>,
    #[ssm("/db", json_key = "hosts", json)]
    hosts: Vec<String>,
    #[ssm("/db", json_key = "hosts.csv", default = "a,b")]
    csv: Vec<String>,
    #[ssm("/db", json_key = "wait")]
    wait: Duration,
    #[ssm("/db", json_key = "on")]
    on: bool,
    #[ssm("/db", json_key = "nothing")]
    nothing: Option<u8>,
    #[ssm("/db", json_key = "nothing", default = 9)]
    nine: u8,
    #[ssm("/db", json_key = "never", default = 10)]
    ten: u8,
}

const DB: &str = r#"{"user": "a \"b\"", "password": "p\u0040", "pin": 42, "port": "5432",
    "pool": {"size": 7}, "hosts": {}, "wait": "30s", "on": true, "nothing": null}"#;

#[tokio::test]
async fn what_is_below_an_array_is_not_absent() {
    let db = DB.replace(r#""hosts": {}"#, r#""hosts": ["x"]"#);
    let error = Keys::loader().source(Fixed::from([("/db", &*db)])).load().await.unwrap_err();
    expect![[r#"
        cannot load `Keys`: 1 problem
          csv: parameter `/db` is not a JSON object with the key `hosts.csv`: under `hosts` is an array"#]].assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct Db {
    #[ssm("/db", json_key = "user")]
    user: String,
    #[secret("db", json_key = "password")]
    password: SecretString,
    #[ssm("/db", json_key = "pin")]
    pin: SecretBox<u32>,
    #[ssm("/db", json_key = "port")]
    port: u16,
    #[ssm("/db", json_key = "pool.size")]
    size: u8,
    #[ssm("/db", json_key = "pool", json)]
    pool: BTreeMap<String, u8>,
    #[ssm("/db", json_key = "wait")]
    wait: Duration,
    #[ssm("/db", json_key = "on")]
    on: bool,
    #[ssm("/db", json_key = "nothing")]
    nothing: Option<u8>,
    #[ssm("/db", json_key = "nothing", default = 9)]
    nine: u8,
    #[ssm("/db", json_key = "pool.never", default = 10)]
    ten: u8,
}

#[tokio::test]
async fn fields_of_one_parameter_ask_for_it_once() {
    let source = Fixed::from([("/db", DB)]);
    let source = source.with("/aws/reference/secretsmanager/db", Answer::secure(DB));
    let source = Recorded::new(source);
    let db = Db::loader().source(source.clone()).load().await.unwrap();
    assert_eq!(source.names(), ["/db", "/aws/reference/secretsmanager/db"]);
    assert_eq!(
        (&*db.user, db.password.expose_secret(), *db.pin.expose_secret()),
        ("a \"b\"", "p@", 42)
    );
    assert_eq!((db.port, db.size, db.pool["size"]), (5432, 7, 7));
    assert_eq!((db.wait, db.on), (Duration::from_secs(30), true));
    assert_eq!((db.nothing, db.nine, db.ten), (None, 9, 10));
}

async fn keys(answer: Answer) -> LoadError {
    Keys::loader().source(Fixed::new().with("/db", answer)).load().await.unwrap_err()
}

#[tokio::test]
async fn a_key_that_is_missing_or_of_another_type_is_said() {
    let text = r#"{"user": null, "password": ["hunter2"], "pin": "hunter2", "port": "hunter2 ",
        "pool": {"hunter2": "hunter2"}, "hosts": "hunter2", "wait": 30, "on": "yes",
        "nothing": {}, "never": -1}"#;
    expect![[r#"
        cannot load `Keys`: 13 problems
          user: parameter `/db` has `null` under the key `user`
          password: parameter `/db` has a key `password` whose value is not a text but a JSON array: add `json` after `json_key` to read it by `Deserialize`
          pin: parameter `/db` has a key `pin` whose value is not a `SecretBox<u32>` (its text is secret and not shown)
          port: parameter `/db` has a key `port` whose value is not a `u16` (its text is secret and not shown); it has whitespace at its ends
          size: parameter `/db` has no key `pool.size`
          pool: parameter `/db` has a key `pool` whose value is not a `BTreeMap<String, u8>`: invalid type at line 1 column 21 (its text is secret and not shown)
          hosts: parameter `/db` has a key `hosts` whose value is not a `Vec<String>`: invalid type at line 1 column 9 (its text is secret and not shown)
          csv: parameter `/db` is not a JSON object with the key `hosts.csv`: under `hosts` is a string
          wait: parameter `/db` has a key `wait` whose value is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
          on: parameter `/db` has a key `on` whose value is not a `bool` (its text is secret and not shown)
          nothing: parameter `/db` has a key `nothing` whose value is not a text but a JSON object: add `json` after `json_key` to read it by `Deserialize`
          nine: parameter `/db` has a key `nothing` whose value is not a text but a JSON object: add `json` after `json_key` to read it by `Deserialize`
          ten: parameter `/db` has a key `never` whose value is not a `u8` (its text is secret and not shown)
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]].assert_eq(&told(&keys(Answer::secure(text)).await));
}

#[tokio::test]
async fn what_is_no_json_object_is_said_once_a_field_and_never_quoted() {
    for text in ["hunter2", r#""hunter2""#, r#"{"user": "hunter2"#, r#"["hunter2"]"#, ""] {
        for answer in [Answer::found(text), Answer::secure(text)] {
            let error = keys(answer).await;
            assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Malformed));
            assert_eq!(error.problems().len(), 13);
            let text = told(&error);
            assert!(text.contains("is not valid JSON") || text.contains("is not a JSON object"));
        }
    }
    let line = |text| async move { keys(Answer::found(text)).await.problems()[3].to_string() };
    expect!["port: parameter `/db` is not valid JSON: expected value at line 1 column 1"]
        .assert_eq(&line("hunter2").await);
    expect!["port: parameter `/db` is not a JSON object with the key `port`: it is an array"]
        .assert_eq(&line(r#"["hunter2"]"#).await);
    expect![
        "port: parameter `/db` is not valid JSON: EOF while parsing a value at line 2 column 9"
    ]
    .assert_eq(&line("{\"user\": 1,\n \"port\": ").await);
    expect!["port: parameter `/db` is not valid JSON: it is empty"].assert_eq(&line("").await);
    expect!["port: parameter `/db` is not a JSON object with one key `port`: it has more than one"]
        .assert_eq(&line(r#"{"port": 1, "port": 2}"#).await);
}

#[derive(StageConfig, Debug)]
struct Numbers {
    #[ssm("/n", json_key = "big")]
    text: String,
    #[ssm("/n", json_key = "big")]
    unsigned: u64,
    #[ssm("/n", json_key = "big")]
    long: u128,
    #[ssm("/n", json_key = "big", json)]
    deserialized: u64,
    #[ssm("/n", json_key = "decimal")]
    decimal: String,
    #[ssm("/n", json_key = "exponent")]
    exponent: String,
    #[ssm("/n", json_key = "exponent")]
    float: f64,
}

#[tokio::test]
async fn numbers_are_not_rounded() {
    let text =
        r#"{"big": 12345678901234567890, "decimal": 0.10000000000000000001, "exponent": 1E2}"#;
    let numbers = Numbers::loader().source(Fixed::from([("/n", text)])).load().await.unwrap();
    assert_eq!(
        (&*numbers.text, numbers.unsigned),
        ("12345678901234567890", 12_345_678_901_234_567_890)
    );
    assert_eq!(
        (numbers.long, numbers.deserialized),
        (12_345_678_901_234_567_890, numbers.unsigned)
    );
    assert_eq!((&*numbers.decimal, &*numbers.exponent), ("0.10000000000000000001", "1E2"));
    assert!((numbers.float - 100.0).abs() < f64::EPSILON);
}
