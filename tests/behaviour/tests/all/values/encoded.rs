//! `base64` and `parse_with`, alone and with `json` and `json_key`; and lists.

use std::num::ParseIntError;
use std::time::Duration;

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{ExposeSecret, Fixed, ProblemKind, SecretBox, SecretString, StageConfig};
use stage_config_behaviour::told;

fn hex(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text, 16)
}

fn quoting(text: &str) -> Result<Vec<u8>, String> {
    if text.contains("hunter2") { Err(format!("`{text}` is refused")) } else { Ok(text.into()) }
}

#[derive(StageConfig, Debug)]
struct Config {
    #[ssm("/bytes", base64)]
    bytes: Vec<u8>,
    #[ssm("/text", base64)]
    text: String,
    #[ssm("/text", base64)]
    secret: SecretString,
    #[ssm("/bytes", base64)]
    boxed: SecretBox<Vec<u8>>,
    #[ssm("/absent", base64)]
    absent: Option<Vec<u8>>,
    #[ssm("/absent", base64, default = vec![1])]
    default: Vec<u8>,
    #[ssm("/absent", base64, default = "aGk=")]
    literal: String,
    #[ssm("/json", base64, json)]
    json: Vec<u8>,
    #[ssm("/object", json_key = "key", base64)]
    key: String,
    #[ssm("/hex", parse_with = hex)]
    hex: u32,
    #[ssm("/hex", parse_with = hex)]
    optional: Option<u32>,
    #[ssm("/hex", parse_with = hex)]
    secret_hex: SecretBox<u32>,
    #[ssm("/absent", parse_with = hex, default = "ff")]
    literal_hex: u32,
    #[ssm("/hex64", base64, parse_with = hex)]
    decoded_hex: u32,
    #[ssm("/object", json_key = "hex", parse_with = self::hex)]
    key_hex: u32,
    #[ssm("/plain", parse_with = quoting)]
    parsed: Vec<u8>,
    #[ssm("/looks", default = "x")]
    looks: String,
    #[ssm("/list")]
    list: Vec<Duration>,
}

fn full() -> Fixed {
    Fixed::from([
        ("/bytes", "/wA="),
        ("/text", "w7w="),
        ("/json", "WzEsMl0="),
        ("/object", r#"{"key": "aGk=", "hex": "1f"}"#),
        ("/hex", "ff"),
        ("/hex64", "MWY="),
        ("/plain", "ab"),
        ("/looks", "[1]"),
        ("/list", "1s,2m"),
    ])
}

#[tokio::test]
async fn each_conversion_reads_its_text() {
    let config = Config::loader().source(full()).load().await.unwrap();
    assert_eq!(
        (&config.bytes, &*config.text, config.secret.expose_secret()),
        (&vec![255, 0], "ü", "ü")
    );
    assert_eq!(
        (config.boxed.expose_secret(), config.absent, config.default),
        (&vec![255, 0], None, vec![1])
    );
    assert_eq!((&*config.literal, config.json, &*config.key), ("hi", vec![1, 2], "hi"));
    assert_eq!(
        (config.hex, config.optional, *config.secret_hex.expose_secret()),
        (255, Some(255), 255)
    );
    assert_eq!((config.literal_hex, config.decoded_hex, config.key_hex), (255, 31, 31));
    assert_eq!((config.parsed, &*config.looks), (b"ab".to_vec(), "[1]"));
    assert_eq!(config.list, [Duration::from_secs(1), Duration::from_mins(2)]);
}

#[tokio::test]
async fn all_that_is_malformed_is_in_one_error() {
    let source = Fixed::from([
        ("/bytes", "a b="),
        ("/text", "YWL/"),
        ("/json", "WzEsIngiXQ=="),
        ("/object", r#"{"key": "aGk", "hex": "xyz"}"#),
        ("/hex", "fg"),
        ("/hex64", "eHl6"),
        ("/plain", "a"),
        ("/list", "1s,2m,3"),
    ]);
    let error = Config::loader().source(source).load().await.unwrap_err();
    assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Malformed));
    expect![[r#"
        cannot load `Config`: 12 problems
          bytes: parameter `/bytes` is not base64: character 2 is not one of `A-Z a-z 0-9 + /`, or is misplaced
          text: parameter `/text` is not a text in base64: decoded byte 3 is not UTF-8
          secret: parameter `/text` is not a text in base64: decoded byte 3 is not UTF-8
          boxed: parameter `/bytes` is not base64: character 2 is not one of `A-Z a-z 0-9 + /`, or is misplaced
          json: parameter `/json` is not a `Vec<u8>`: decoded from base64: invalid type at line 1 column 6: string "x", expected u8
          key: parameter `/object` has a key `key` whose value is not base64: it is cut short, or the `=` at its end are wrong
          hex: parameter `/hex` is not a `u32`: invalid digit found in string
          optional: parameter `/hex` is not a `u32`: invalid digit found in string
          secret_hex: parameter `/hex` is not a `SecretBox<u32>` (its text is secret and not shown)
          decoded_hex: parameter `/hex64` is not a `u32`: decoded from base64: invalid digit found in string
          key_hex: parameter `/object` has a key `hex` whose value is not a `u32`: invalid digit found in string
          list: parameter `/list` is not a `Vec<Duration>`: item 3: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]].assert_eq(&told(&error));
}

#[tokio::test]
async fn no_conversion_quotes_a_secure_value() {
    let source = full()
        .with("/bytes", Answer::secure("hunter2!"))
        .with("/text", Answer::secure("hunter2\n"))
        .with("/json", Answer::secure("eyJodW50ZXIyIjoiaHVudGVyMiJ9"))
        .with("/object", Answer::secure(r#"{"key": "hunter2", "hex": "hunter2"}"#))
        .with("/hex", Answer::secure("hunter2"))
        .with("/hex64", Answer::secure("aHVudGVyMg=="))
        .with("/plain", Answer::secure("hunter2"))
        .with("/list", Answer::secure("1s,hunter2"));
    let error = Config::loader().source(source).load().await.unwrap_err();
    let text = told(&error);
    // Nor what it is in base64.
    assert!(!text.contains("aHVudGVyMg"), "{text}");
    expect![[r#"
        cannot load `Config`: 13 problems
          bytes: parameter `/bytes` is not base64: character 8 is not one of `A-Z a-z 0-9 + /`, or is misplaced
          text: parameter `/text` is not base64: character 8 is not one of `A-Z a-z 0-9 + /`, or is misplaced; it has whitespace at its ends
          secret: parameter `/text` is not base64: character 8 is not one of `A-Z a-z 0-9 + /`, or is misplaced; it has whitespace at its ends
          boxed: parameter `/bytes` is not base64: character 8 is not one of `A-Z a-z 0-9 + /`, or is misplaced
          json: parameter `/json` is not a `Vec<u8>`: decoded from base64: invalid type at line 1 column 1 (its text is secret and not shown)
          key: parameter `/object` has a key `key` whose value is not base64: it is cut short, or the `=` at its end are wrong
          hex: parameter `/hex` is not a `u32` (its text is secret and not shown)
          optional: parameter `/hex` is not a `u32` (its text is secret and not shown)
          secret_hex: parameter `/hex` is not a `SecretBox<u32>` (its text is secret and not shown)
          decoded_hex: parameter `/hex64` is not a `u32`: decoded from base64 (its text is secret and not shown)
          key_hex: parameter `/object` has a key `hex` whose value is not a `u32` (its text is secret and not shown)
          parsed: parameter `/plain` is not a `Vec<u8>` (its text is secret and not shown)
          list: parameter `/list` is not a `Vec<Duration>`: item 2: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]].assert_eq(&text);
}

#[tokio::test]
async fn a_function_may_quote_what_is_no_secret() {
    #[derive(StageConfig, Debug)]
    struct Plain {
        #[ssm("/plain", parse_with = refuse)]
        _parsed: u8,
        #[ssm("/plain", parse_with = refuse)]
        _boxed: SecretBox<u8>,
        #[ssm("/plain", parse_with = refuse)]
        _optional: Option<u8>,
        #[env("PLAIN", parse_with = refuse)]
        _variable: u8,
        #[ssm("/absent", parse_with = refuse, default = "default")]
        _default: u8,
    }
    fn refuse(text: &str) -> Result<u8, String> {
        Err(format!("`{text}` is refused"))
    }
    let loader = Plain::loader().env([("PLAIN", "b")]).source(Fixed::from([("/plain", "a")]));
    expect![[r#"
        cannot load `Plain`: 5 problems
          _default: the string literal is not a `u8`: `default` is refused
          _parsed: parameter `/plain` is not a `u8`: `a` is refused
          _boxed: parameter `/plain` is not a `SecretBox<u8>` (its text is secret and not shown)
          _optional: parameter `/plain` is not a `u8`: `a` is refused
          _variable: environment variable `PLAIN` is not a `u8`: `b` is refused"#]]
    .assert_eq(&told(&loader.load().await.unwrap_err()));
}
