//! From text to the types of the fields.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{
    Environment, ExposeSecret, Fixed, Loader, ProblemKind, SecretBox, SecretString, StageConfig,
};

type Alias = Option<u16>;

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "looked at by `Debug`")]
struct Types {
    #[ssm("/text")]
    text: String,
    #[ssm("/yes")]
    yes: bool,
    #[ssm("/number")]
    number: i64,
    #[ssm("/float")]
    float: f64,
    #[ssm("/letter")]
    letter: char,
    #[ssm("/address")]
    address: Ipv4Addr,
    #[ssm("/path")]
    path: PathBuf,
    #[ssm("/span")]
    span: Duration,
    #[ssm("/list")]
    list: Vec<u8>,
    #[ssm("/nested")]
    spans: Option<Vec<Duration>>,
    #[ssm("/secret")]
    secret: SecretString,
    #[ssm("/boxed")]
    boxed: SecretBox<u32>,
    #[ssm("/secrets")]
    secrets: Vec<SecretString>,
    #[ssm("/absent")]
    absent: Alias,
    #[ssm("/absent")]
    absent_secret: Option<SecretString>,
    #[ssm("/absent", default = 3)]
    three: u8,
    #[ssm("/absent", default = "5m")]
    minutes: Duration,
    #[ssm("/number", default = 7)]
    present: i64,
}

fn values() -> Fixed {
    Fixed::from([
        ("/text", " as it is "),
        ("/yes", "true"),
        ("/number", "-5"),
        ("/float", "1.5"),
        ("/letter", "ß"),
        ("/address", "127.0.0.1"),
        ("/path", "/opt/a b"),
        ("/span", "1m 30s"),
        ("/list", "1,2,255"),
        ("/nested", "1s,2ms"),
        ("/secret", "sk_live"),
        ("/boxed", "42"),
        ("/secrets", "a,b"),
    ])
}

#[tokio::test]
async fn every_type_reads_its_text() {
    let types = Types::loader().source(values()).load().await.unwrap();
    assert_eq!(types.secret.expose_secret(), "sk_live");
    assert_eq!(*types.boxed.expose_secret(), 42);
    assert_eq!(types.secrets[1].expose_secret(), "b");
    // Secrets are redacted by their own types.
    expect![[r#"
        Types {
            text: " as it is ",
            yes: true,
            number: -5,
            float: 1.5,
            letter: 'ß',
            address: 127.0.0.1,
            path: "/opt/a b",
            span: 90s,
            list: [
                1,
                2,
                255,
            ],
            spans: Some(
                [
                    1s,
                    2ms,
                ],
            ),
            secret: SecretBox<str>([REDACTED]),
            boxed: SecretBox<u32>([REDACTED]),
            secrets: [
                SecretBox<str>([REDACTED]),
                SecretBox<str>([REDACTED]),
            ],
            absent: None,
            absent_secret: None,
            three: 3,
            minutes: 300s,
            present: -5,
        }
    "#]]
    .assert_debug_eq(&types);
}

#[tokio::test]
async fn a_text_that_is_not_of_the_type_is_named_and_quoted_only_where_it_is_no_secret() {
    let source = values()
        .with("/yes", Answer::found("yes"))
        .with("/number", Answer::found("5 "))
        .with("/letter", Answer::secure("sk_live_1"))
        .with("/span", Answer::found("30"))
        .with("/nested", Answer::found("1s,x"))
        .with("/list", Answer::found("1,2,256"))
        .with("/boxed", Answer::found("sk_live_2"))
        .with("/float", Answer::secure(" 1.0"));
    let error = Types::loader().source(source).load().await.unwrap_err();
    let text = error.to_string();
    assert!(!text.contains("sk_live"), "{text}");
    assert!(error.problems().iter().all(|problem| problem.kind() == ProblemKind::Malformed));
    expect![[r#"
        cannot load `Types`: 9 problems
          yes: parameter `/yes` is not a `bool`: provided string was not `true` or `false`
          number: parameter `/number` is not an `i64`: invalid digit found in string; it has whitespace at its ends
          float: parameter `/float` is not an `f64` (its text is secret and not shown); it has whitespace at its ends
          letter: parameter `/letter` is not a `char` (its text is secret and not shown)
          span: parameter `/span` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
          list: parameter `/list` is not a `Vec<u8>`: item 3: number too large to fit in target type
          spans: parameter `/nested` is not a `Vec<Duration>`: item 2: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
          boxed: parameter `/boxed` is not a `SecretBox<u32>` (its text is secret and not shown)
          present: parameter `/number` is not an `i64`: invalid digit found in string; it has whitespace at its ends"#]].assert_eq(&text);
}

#[derive(Debug, PartialEq)]
struct Colour(u32);

impl std::str::FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('#').ok_or_else(|| format!("`{text}` has no `#`"))?;
        u32::from_str_radix(digits, 16).map(Self).map_err(|error| error.to_string())
    }
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "looked at by `Debug`")]
struct Sources {
    #[value("+14151234567")]
    literal: &'static str,
    #[value("#ff0000")]
    converted: Colour,
    #[value("7")]
    optional: Option<char>,
    #[value(dev = 5, prod = 50)]
    by_stage: u32,
    #[value(dev = "5s", prod = "10s")]
    span_by_stage: Duration,
    #[value(dev = "dev.example", prod = "example")]
    static_by_stage: &'static str,
    #[value(vec![1, 2])]
    expression: Vec<u8>,
    #[value(dev = Colour(1), prod = panic!("only the chosen one is evaluated"))]
    lazy: Colour,
    #[env("COLOUR", default = "#00ff00")]
    colour: Colour,
    #[env("NAME")]
    name: String,
    #[env("MAYBE")]
    maybe: Option<String>,
    #[stage]
    stage: String,
}

#[tokio::test]
async fn values_and_environment_variables() {
    let loader = Sources::loader().env([("NAME", ""), ("stage", "featureX")]);
    let sources = loader.load().await.unwrap();
    expect![[r#"
        Sources {
            literal: "+14151234567",
            converted: Colour(
                16711680,
            ),
            optional: Some(
                '7',
            ),
            by_stage: 5,
            span_by_stage: 5s,
            static_by_stage: "dev.example",
            expression: [
                1,
                2,
            ],
            lazy: Colour(
                1,
            ),
            colour: Colour(
                65280,
            ),
            name: "",
            maybe: None,
            stage: "featureX",
        }
    "#]]
    .assert_debug_eq(&sources);
}

#[derive(StageConfig, Debug)]
struct Wrong {
    #[value("red")]
    _literal: Colour,
    #[env("COLOUR", default = "blue")]
    _default: Colour,
    #[env("NAME")]
    _name: String,
    #[env("KEY")]
    _key: SecretString,
    #[env("LIMIT")]
    _limit: SecretBox<u8>,
    #[env("PORT")]
    _port: u16,
    #[stage]
    _stage: u8,
}

#[tokio::test]
async fn what_is_wrong_with_values_and_environment_variables_is_said() {
    let environment = [("LIMIT", "sk_live"), ("PORT", " 80"), ("stage", "dev")];
    let error = Wrong::loader().env(environment).load().await.unwrap_err();
    expect![[r#"
        cannot load `Wrong`: 7 problems
          _literal: the string literal is not a `Colour`: `red` has no `#`
          _default: the string literal is not a `Colour`: `blue` has no `#`
          _name: environment variable `NAME` is not set
          _key: environment variable `KEY` is not set
          _limit: environment variable `LIMIT` is not a `SecretBox<u8>` (its text is secret and not shown)
          _port: environment variable `PORT` is not a `u16`: invalid digit found in string; it has whitespace at its ends
          _stage: the stage is not a `u8`: invalid digit found in string
        help: set the environment variable `NAME`
        help: set the environment variable `KEY`
        help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret"#]].assert_eq(&error.to_string());
    let error = Wrong::loader().env(Environment::empty()).load().await.unwrap_err();
    let last = error.problems().last().unwrap();
    assert_eq!(last.kind(), ProblemKind::Missing);
    assert_eq!(last.fields(), ["_stage"]);
    assert_eq!((last.parameter(), last.variable()), (None, None));
    let variables: Vec<_> = error.problems().iter().filter_map(|it| it.variable()).collect();
    assert_eq!(variables, ["NAME", "KEY", "LIMIT", "PORT"]);
    expect!["_stage: the stage is not given"].assert_eq(&last.to_string());
}

#[tokio::test]
async fn environments_of_every_shape() {
    #[derive(StageConfig, Debug)]
    struct Variables {
        #[env("A")]
        a: Option<String>,
    }

    let a = async |loader: Loader<Variables>| loader.load().await.unwrap().a;
    let loader = Variables::loader;
    assert_eq!(a(loader().env([])).await, None);
    assert_eq!(a(loader().env(Environment::empty())).await, None);
    assert_eq!(a(loader().env([("A", "b")])).await.as_deref(), Some("b"));
    assert_eq!(a(loader().env([("A".to_owned(), "b".to_owned())])).await.as_deref(), Some("b"));
    assert_eq!(a(loader().env([("A", "b".to_owned())])).await.as_deref(), Some("b"));
    assert_eq!(a(loader().env([("A", "b"); 64])).await.as_deref(), Some("b"));
    let many = Environment::from_iter(vec![("A", "b"); 100]);
    assert_eq!(a(loader().env(many)).await.as_deref(), Some("b"));
}

#[tokio::test]
async fn an_empty_text_is_an_empty_list() {
    let source = values().with("/list", Answer::found("")).with("/nested", Answer::found(""));
    let types = Types::loader().source(source).load().await.unwrap();
    assert_eq!((types.list, types.spans), (vec![], Some(vec![])));
}

#[test]
fn the_table_has_a_row_for_each_field() {
    let table = Types::PARAMETERS;
    assert_eq!(table.config(), "Types");
    assert_eq!(table.fields().len(), 18);
    let row = |name: &str| table.fields().iter().find(|field| field.name() == name).unwrap();
    let facts = |name: &str| (row(name).ty(), row(name).is_optional(), row(name).is_secret());
    assert_eq!(facts("text"), ("String", false, false));
    assert_eq!(facts("secret"), ("SecretString", false, true));
    assert_eq!(facts("boxed"), ("SecretBox<u32>", false, true));
    assert_eq!(facts("secrets"), ("Vec<SecretString>", false, true));
    assert_eq!(facts("absent"), ("Alias", true, false));
    assert_eq!(facts("absent_secret"), ("Option<SecretString>", true, true));
    assert_eq!(facts("three"), ("u8", true, false));
    assert_eq!(table.parameters().count(), 18);
    assert_eq!(Sources::PARAMETERS.parameters().count(), 0);
    assert_eq!(Sources::PARAMETERS.fields().len(), 12);
}

#[derive(Debug)]
struct Key;

impl std::str::FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Err(format!("`{text}` is no key"))
    }
}

impl stage_config::secrecy::zeroize::Zeroize for Key {
    fn zeroize(&mut self) {}
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Nested {
    #[env("A")]
    deep: Vec<Vec<SecretBox<Key>>>,
    #[ssm("/a")]
    optional: Option<Vec<SecretBox<Key>>>,
    #[ssm("/a")]
    plain: Vec<u8>,
}

#[tokio::test]
async fn a_secret_is_one_however_deep_it_lies() {
    let loader = Nested::loader().env([("A", "sk_live")]).source(Fixed::from([("/a", "1, 2")]));
    let error = loader.load().await.unwrap_err();
    expect![[r#"
        cannot load `Nested`: 3 problems
          deep: environment variable `A` is not a `Vec<Vec<SecretBox<Key>>>`: item 1: item 1 (its text is secret and not shown)
          optional: parameter `/a` is not a `Vec<SecretBox<Key>>`: item 1 (its text is secret and not shown)
          plain: parameter `/a` is not a `Vec<u8>`: item 2, which has whitespace at its ends: invalid digit found in string"#]].assert_eq(&error.to_string());
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "looked at by `Debug`")]
struct Emptied {
    #[env("A")]
    number: Option<u32>,
    #[env("A")]
    text: Option<String>,
    #[env("A")]
    list: Option<Vec<u8>>,
    #[env("A", parse_with = half)]
    parsed: Option<u32>,
    #[env("A", base64)]
    bytes: Option<Vec<u8>>,
    #[env("A", json)]
    json: Option<Vec<u8>>,
    #[env("A", json_key = "key")]
    key: Option<u32>,
    #[env("A", default = "not used")]
    or: String,
    #[env("B")]
    other: Option<u32>,
}

fn half(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse::<u32>().map(|number| number / 2)
}

#[tokio::test]
async fn an_empty_variable_is_none_if_nothing_can_be_read_from_it() {
    let emptied = Emptied::loader().env([("A", ""), ("B", "5")]).load().await.unwrap();
    expect![[r#"
        Emptied {
            number: None,
            text: Some(
                "",
            ),
            list: Some(
                [],
            ),
            parsed: None,
            bytes: Some(
                [],
            ),
            json: None,
            key: None,
            or: "",
            other: Some(
                5,
            ),
        }
    "#]]
    .assert_debug_eq(&emptied);
    assert_eq!(Emptied::loader().env([("A", "")]).load().await.unwrap().other, None);
    // What is not empty is to be read.
    let error = Emptied::loader().env([("A", ""), ("B", " ")]).load().await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Malformed);
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct NotEmpty {
    #[env("A")]
    number: u32,
    #[env("A", default = 5)]
    or: u32,
    #[env("A", json_key = "key", default = 5)]
    key: u32,
    #[ssm("/a")]
    parameter: Option<u32>,
    #[ssm("/a", json_key = "key")]
    parameter_key: Option<u32>,
}

#[tokio::test]
async fn nothing_else_that_is_empty_is_absent() {
    let loader = NotEmpty::loader().env([("A", "")]).source(Fixed::from([("/a", "")]));
    let error = loader.load().await.unwrap_err();
    expect![[r#"
        cannot load `NotEmpty`: 5 problems
          number: environment variable `A` is not a `u32`: cannot parse integer from empty string
          or: environment variable `A` is not a `u32`: cannot parse integer from empty string
          key: environment variable `A` is not valid JSON: it is empty
          parameter: parameter `/a` is not a `u32`: cannot parse integer from empty string
          parameter_key: parameter `/a` is not valid JSON: it is empty"#]]
    .assert_eq(&error.to_string());
}

#[derive(StageConfig, Debug, PartialEq)]
struct Slices {
    #[ssm("/a")]
    shared: Arc<str>,
    #[ssm("/a")]
    boxed: Box<str>,
    #[ssm("/a")]
    list: Vec<Arc<str>>,
    #[ssm("/b")]
    absent: Option<Arc<str>>,
    #[ssm("/a")]
    present: Option<Box<str>>,
    #[ssm("/b", default = "of the code")]
    or: Arc<str>,
    #[value("of the code")]
    literal: Box<str>,
    #[ssm_path("/below")]
    below: BTreeMap<String, Arc<str>>,
}

#[tokio::test]
async fn a_text_may_be_shared_or_boxed() {
    let source = Fixed::from([("/a", "a,b"), ("/below/key", "c")]);
    let slices = Slices::loader().source(source).load().await.unwrap();
    let expected = Slices {
        shared: "a,b".into(),
        boxed: "a,b".into(),
        list: vec!["a".into(), "b".into()],
        absent: None,
        present: Some("a,b".into()),
        or: "of the code".into(),
        literal: "of the code".into(),
        below: BTreeMap::from([("key".to_owned(), "c".into())]),
    };
    assert_eq!(slices, expected);
    assert!(Slices::PARAMETERS.fields().iter().all(|field| !field.is_secret()));
}
