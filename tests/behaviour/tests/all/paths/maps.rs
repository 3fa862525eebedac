//! Maps of all that is below a path.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::time::Duration;

use expect_test::expect;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ExposeSecret, Fixed, ProblemKind, SecretString, Source, StageConfig};
use stage_config_behaviour::{Recorded, told};

type Hasher = BuildHasherDefault<DefaultHasher>;
type Alias = BTreeMap<String, u8>;

#[derive(StageConfig, Debug)]
struct Types {
    #[ssm_path("/numbers")]
    sorted: BTreeMap<String, u32>,
    #[ssm_path("/numbers")]
    hashed: HashMap<String, i64>,
    #[ssm_path("/numbers")]
    own_hasher: HashMap<String, String, Hasher>,
    #[ssm_path("/numbers")]
    alias: Alias,
    #[ssm_path("/secrets")]
    secrets: BTreeMap<String, SecretString>,
    #[ssm_path("/lists")]
    lists: BTreeMap<String, Vec<u8>>,
    #[ssm_path("/spans")]
    spans: BTreeMap<String, Duration>,
    #[ssm_path("/empty")]
    empty: HashMap<String, bool>,
}

fn map<K: Into<String> + Ord, V, const COUNT: usize>(
    entries: [(K, V); COUNT],
) -> BTreeMap<String, V> {
    entries.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

#[tokio::test]
async fn a_map_has_all_that_is_below_its_path() {
    let source = Fixed::from([
        ("/numbers", "not below itself"),
        ("/numbersets/a", "not below it"),
        ("/numbers/one", "1"),
        ("/numbers/more/two", "2"),
        ("/numbers/more/still/three", "3"),
        ("/lists/a", "1,2"),
        ("/lists/none", ""),
        ("/spans/long", "5m"),
    ]);
    let source = Recorded::new(source.with("/secrets/key", Answer::secure("sk")));
    let types = Types::loader().source(source.clone()).load().await.unwrap();
    assert_eq!(types.sorted, map([("one", 1), ("more/two", 2), ("more/still/three", 3)]));
    assert_eq!((types.hashed.len(), types.hashed["more/two"]), (3, 2));
    assert_eq!((types.own_hasher.len(), &*types.own_hasher["one"]), (3, "1"));
    assert_eq!(types.alias["more/still/three"], 3);
    assert_eq!(types.secrets["key"].expose_secret(), "sk");
    assert_eq!(types.lists, map([("a", vec![1, 2]), ("none", vec![])]));
    assert_eq!(types.spans, map([("long", Duration::from_mins(5))]));
    assert!(types.empty.is_empty());
    // Nothing by name, and each path once.
    assert_eq!(source.paths(), ["/numbers", "/secrets", "/lists", "/spans", "/empty"]);
    assert!(source.names().is_empty());
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Flags {
    #[ssm_path(dev = "/flags/dev", prod = "/flags/prod", required)]
    flags: BTreeMap<String, bool>,
    #[ssm_path("/limits", required)]
    limits: Alias,
}

#[tokio::test]
async fn what_is_required_is_not_empty() {
    let source = Recorded::new(Fixed::from([("/flags/dev/a", "true")]));
    let error = Flags::loader().stage("prod").source(source.clone()).load().await.unwrap_err();
    assert_eq!(source.paths(), ["/flags/prod", "/limits"]);
    let kinds = error.problems().iter().map(|it| (it.kind(), it.parameter().unwrap()));
    let missing = ["/flags/prod", "/limits"].map(|path| (ProblemKind::Missing, path));
    assert_eq!(kinds.collect::<Vec<_>>(), missing);
    expect![[r#"
        cannot load `Flags` for stage `prod`: 2 problems
          flags: path `/flags/prod` has nothing below it
          limits: path `/limits` has nothing below it
        help: aws ssm put-parameter --name /flags/prod/… --type String --value …
              aws ssm put-parameter --name /limits/… --type String --value …
        help: remove `required` if a path may be empty"#]]
    .assert_eq(&told(&error));
    let source = Fixed::from([("/flags/prod/a", "true"), ("/limits/b", "1")]);
    let flags = Flags::loader().stage("prod").source(source).load().await.unwrap();
    assert_eq!((flags.flags, flags.limits), (map([("a", true)]), map([("b", 1)])));
}

#[tokio::test]
async fn each_bad_entry_is_named_and_no_secure_one_quoted() {
    let denied = Answer::denied("kms:Decrypt", "…:key/1");
    let source = Fixed::from([
        ("/flags/prod/good", "true"),
        ("/flags/prod/bad", "yes"),
        ("/flags/prod/blank", " true"),
        ("/limits/deep/er", "256"),
        ("/limits/good", "255"),
    ]);
    let source = source
        .with("/flags/prod/secure", Answer::secure("hunter2"))
        .with("/flags/prod/denied", denied)
        .with("/limits/unreadable", Answer::failed("cannot be decrypted"));
    let error = Flags::loader().stage("prod").source(source).load().await.unwrap_err();
    assert!(error.problems().iter().all(|it| matches!(&*it.fields()[0], "flags" | "limits")));
    expect![[r#"
        cannot load `Flags` for stage `prod`: 6 problems
          flags: parameter `/flags/prod/bad` is not a `bool`: provided string was not `true` or `false`
          flags: parameter `/flags/prod/blank` is not a `bool`: provided string was not `true` or `false`; it has whitespace at its ends
          flags: access to parameter `/flags/prod/denied` is denied: the role needs `kms:Decrypt` on `…:key/1`
          flags: parameter `/flags/prod/secure` is not a `bool` (its text is secret and not shown)
          limits: parameter `/limits/deep/er` is not a `u8`: number too large to fit in target type
          limits: parameter `/limits/unreadable` cannot be read: cannot be decrypted
        help: allow `kms:Decrypt` in a policy of the role"#]].assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct Quoting {
    #[ssm_path("/keys")]
    _keys: BTreeMap<String, Key>,
    #[ssm_path("/keys")]
    _secret: BTreeMap<String, stage_config::SecretBox<Key>>,
    #[ssm_path("/keys")]
    _lists: HashMap<String, Vec<Key>>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "none is ever read")]
struct Key(u8);

impl std::str::FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("`{text}` is no key"))
    }
}

impl stage_config::secrecy::zeroize::Zeroize for Key {
    fn zeroize(&mut self) {}
}

#[tokio::test]
async fn an_error_that_quotes_is_shown_for_plain_entries_only() {
    let source = Fixed::from([("/keys/plain", "abc")]);
    let source = source.with("/keys/secure", Answer::secure("hunter2"));
    let error = Quoting::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Quoting`: 6 problems
          _keys: parameter `/keys/plain` is not a `Key`: `abc` is no key
          _keys: parameter `/keys/secure` is not a `Key` (its text is secret and not shown)
          _secret: parameter `/keys/plain` is not a `SecretBox<Key>` (its text is secret and not shown)
          _secret: parameter `/keys/secure` is not a `SecretBox<Key>` (its text is secret and not shown)
          _lists: parameter `/keys/plain` is not a `Vec<Key>`: item 1: `abc` is no key
          _lists: parameter `/keys/secure` is not a `Vec<Key>`: item 1 (its text is secret and not shown)"#]].assert_eq(&told(&error));
}

#[tokio::test]
async fn the_type_that_an_entry_is_not_of_is_named_however_the_map_is_written() {
    #[derive(StageConfig, Debug)]
    struct Maps {
        #[ssm_path("/a")]
        _alias: Alias,
        #[ssm_path("/a")]
        _own_hasher: HashMap<String, u8, std::hash::RandomState>,
        #[ssm_path("/a")]
        _full: std::collections::BTreeMap<std::string::String, Vec<std::time::Duration>>,
    }

    let error = Maps::loader().source(Fixed::from([("/a/b", "x")])).load().await.unwrap_err();
    expect![[r#"
        cannot load `Maps`: 3 problems
          _alias: parameter `/a/b` is not a `u8`: invalid digit found in string
          _own_hasher: parameter `/a/b` is not a `u8`: invalid digit found in string
          _full: parameter `/a/b` is not a `Vec<Duration>`: item 1: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]].assert_eq(&told(&error));
}

#[tokio::test]
async fn a_path_that_cannot_be_had_is_an_error_and_not_empty() {
    let denied = Answer::denied("ssm:GetParametersByPath", "…:parameter/numbers");
    let source = Fixed::from([("/numbers/one", "1")]).with("/numbers", denied);
    let source = source.with("/empty", Answer::transient("was throttled"));
    let error = Types::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Types`: 2 problems
          sorted, hashed, own_hasher, alias: access to path `/numbers` is denied: the role needs `ssm:GetParametersByPath` on `…:parameter/numbers`
          empty: path `/empty` cannot be read: was throttled
        help: allow `ssm:GetParametersByPath` in a policy of the role"#]].assert_eq(&told(&error));
}

/// Knows names only.
struct Names;

impl Source for Names {
    async fn fetch(&self, request: &Request) -> Answers {
        request.names().map(|name| (name, Answer::found("x"))).collect()
    }
}

#[derive(StageConfig, Debug)]
struct Both {
    #[ssm("/name")]
    _name: String,
    #[ssm_path("/path")]
    _below: BTreeMap<String, String>,
}

#[tokio::test]
async fn a_source_that_knows_no_paths_fails_the_load() {
    let error = Both::loader().source(Names).load().await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Unreadable);
    expect![[r#"
        cannot load `Both`: 1 problem
          _below: path `/path` cannot be read: the source of this load does not support paths"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Tokens {
    #[ssm_path("/tokens/{stage}", required)]
    _tokens: BTreeMap<String, SecretString>,
}

#[tokio::test]
async fn what_is_to_be_created_below_a_path_is_secret_if_the_map_is() {
    let error = Tokens::loader().stage("featureX").source(Fixed::new()).load().await.unwrap_err();
    expect![[r#"
        cannot load `Tokens` for stage `dev` (deployed as `featureX`): 1 problem
          _tokens: path `/tokens/featureX` has nothing below it, nor has `/tokens/dev`
        help: aws ssm put-parameter --name /tokens/dev/… --type SecureString --value …
        help: remove `required` if a path may be empty"#]]
    .assert_eq(&told(&error));
}
