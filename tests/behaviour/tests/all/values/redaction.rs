//! No error holds anything of a secret, whatever is wrong with it and however its type complains.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use stage_config::secrecy::zeroize::Zeroize;
use stage_config::source::Answer;
use stage_config::{Fixed, ProblemKind, SecretBox, StageConfig};
use stage_config_behaviour::{SECRET, logged, told};

/// Quotes all that it does not like, and it likes nothing.
#[derive(Debug)]
struct Quoting;

fn complaint(text: &impl Display) -> String {
    format!("`{text}` is not what is wanted, and {text} neither")
}

impl FromStr for Quoting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Err(complaint(&text))
    }
}

impl Zeroize for Quoting {
    fn zeroize(&mut self) {}
}

impl<'de> Deserialize<'de> for Quoting {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(complaint(&String::deserialize(json)?)))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is never read")]
struct Strict {
    user: u8,
    kind: Choice,
    map: BTreeMap<u8, u8>,
    quoting: Option<Quoting>,
}

#[derive(Debug, Deserialize)]
enum Choice {
    One,
    Other,
}

fn refuse(text: &str) -> Result<u8, String> {
    Err(complaint(&text))
}

/// Secure by their parameters.
#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Secure {
    #[ssm("/a")]
    text: Quoting,
    #[ssm("/a")]
    list: Vec<Quoting>,
    #[ssm("/a")]
    optional: Option<Quoting>,
    #[ssm("/a", parse_with = refuse)]
    parsed: u8,
    #[ssm("/a", json)]
    json: Strict,
    #[ssm("/a", json)]
    jsons: Vec<Quoting>,
    #[ssm("/a", json_key = "key")]
    key: Quoting,
    #[ssm("/a", json_key = "key", json)]
    key_json: Strict,
    #[ssm("/a", json_key = "key.key", parse_with = refuse)]
    deep: u8,
    #[ssm("/a", base64)]
    bytes: Vec<u8>,
    #[ssm("/a", base64, parse_with = refuse)]
    decoded: u8,
    #[ssm("/a", base64, json)]
    decoded_json: Strict,
    #[ssm("/a", json_key = "key", base64, json)]
    all: Quoting,
}

/// Secure by their types.
#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Boxed {
    #[ssm("/a")]
    text: SecretBox<Quoting>,
    #[ssm("/a")]
    list: Vec<SecretBox<Quoting>>,
    #[ssm("/a")]
    optional: Option<SecretBox<Quoting>>,
    #[ssm("/a", parse_with = refuse)]
    parsed: SecretBox<u8>,
    #[ssm("/a", json_key = "key")]
    key: SecretBox<Quoting>,
    #[ssm("/a", json_key = "key.key", parse_with = refuse)]
    deep: Option<SecretBox<u8>>,
    #[ssm("/a", base64, parse_with = refuse)]
    decoded: SecretBox<u8>,
    #[env("A")]
    variable: SecretBox<Quoting>,
    #[env("A", json_key = "key")]
    variable_key: SecretBox<Quoting>,
}

/// Each holds the secret, in another place.
const TEXTS: [&str; 14] = [
    "hunter2",
    " hunter2 ",
    "1,hunter2",
    "aHVudGVyMg==",
    "Imh1bnRlcjIi",
    "eyJodW50ZXIyIjogMX0=",
    r#""hunter2""#,
    r#"["hunter2"]"#,
    r#"{"hunter2": 1}"#,
    r#"{"key": "hunter2"}"#,
    r#"{"key": {"key": "hunter2", "hunter2": "hunter2"}}"#,
    r#"{"key": "Imh1bnRlcjIi", "user": "hunter2"}"#,
    r#"{"user": 1, "kind": "hunter2"}"#,
    r#"{"user": 1, "kind": "One", "map": {"hunter2": 1}, "quoting": "hunter2"}"#,
];

async fn problems_of<T: StageConfig + std::fmt::Debug>(text: &str, answer: Answer) -> usize {
    let loader = T::loader().env([("A", text)]).source(Fixed::new().with("/a", answer));
    let error = loader.load().await.unwrap_err();
    let printed = told(&error);
    // Nor what it is in base64, with quotes and without.
    for encoded in ["aHVudGVyMg", "Imh1bnRlcjIi", "odW50ZXIy"] {
        assert!(!printed.contains(encoded), "{printed}");
    }
    error.problems().iter().map(|problem| problem.fields().len()).sum()
}

#[tokio::test]
async fn no_error_quotes_a_secure_parameter() {
    for text in TEXTS {
        let problems = problems_of::<Secure>(text, Answer::secure(text)).await;
        assert!(problems >= 12, "{problems} of {text}");
    }
}

#[tokio::test]
async fn no_error_quotes_what_is_for_a_secret_field() {
    for text in TEXTS {
        for answer in [Answer::found(text), Answer::secure(text)] {
            let problems = problems_of::<Boxed>(text, answer).await;
            assert!(problems >= 8, "{problems} of {text}");
        }
    }
}

#[tokio::test]
async fn a_plain_one_is_quoted_by_the_same_types() {
    let plain = Fixed::from([("/a", "plain")]);
    let error = Secure::loader().source(plain).load().await.unwrap_err();
    assert!(error.to_string().contains(&complaint(&"plain")), "{error}");
    assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Malformed));
}

#[test]
fn nothing_of_it_is_logged_or_printed() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    for text in TEXTS {
        let answer = Answer::secure(text);
        assert!(!format!("{answer:?}").contains(SECRET));
        let source = Fixed::new().with("/a", answer);
        assert!(!format!("{source:?}").contains(SECRET));
        let lines = logged(|| drop(runtime.block_on(Secure::loader().source(source).load())));
        assert!(lines.iter().all(|line| !line.contains(SECRET)), "{lines:?}");
    }
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Held {
    #[ssm("/a", parse_with = shared)]
    shared: std::sync::Arc<SecretBox<u8>>,
    #[ssm("/a", parse_with = pair)]
    pair: [SecretBox<u8>; 2],
}

fn shared(text: &str) -> Result<std::sync::Arc<SecretBox<u8>>, String> {
    Err(complaint(&text))
}

fn pair(text: &str) -> Result<[SecretBox<u8>; 2], String> {
    Err(complaint(&text))
}

#[tokio::test]
async fn what_holds_secrets_is_not_quoted_either() {
    assert_eq!(problems_of::<Held>(SECRET, Answer::found(SECRET)).await, 2);
}
