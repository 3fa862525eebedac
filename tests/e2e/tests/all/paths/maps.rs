//! Everything below a path.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use expect_test::expect;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::Remote;
use stage_config_e2e::user::{self, ARN};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::{on_each_store, put, put_secure, remote, remote_peer};

on_each_store! {
    eleven_pages,
    keys_of_all_levels,
    a_preview_stage_merges_the_two_paths_key_by_key,
    nothing_below_is_an_empty_map_or_an_error,
}

async fn eleven_pages(client: Remote) {
    #[derive(StageConfig)]
    struct Config {
        #[ssm_path("/eleven")]
        numbers: HashMap<String, u32>,
    }

    for number in 0..101 {
        put(&client, [(&*format!("/eleven/{number:03}"), &*number.to_string())]).await;
    }
    let config = Config::loader().source(source(&client)).load().await.unwrap();
    let expected = (0..101).map(|number| (format!("{number:03}"), number)).collect();
    assert_eq!(config.numbers, expected);
}

async fn keys_of_all_levels(client: Remote) {
    #[derive(StageConfig)]
    struct Config {
        #[ssm_path(dev = "/levels/test", prod = "/levels/live")]
        secrets: BTreeMap<String, SecretString>,
    }

    let secure = [("/levels/live/stripe/key", "sk_1"), ("/levels/live/stripe/hook/a", "wh_1")];
    put_secure(&client, secure).await;
    let others = [
        ("/levels/live/plain", "p"),
        ("/levels/live", "beside the path"),
        ("/levels/lively/a", "of another path"),
        ("/levels/test/a", "of another stage"),
    ];
    put(&client, others).await;

    let config = Config::loader().stage("prod").source(source(&client)).load().await.unwrap();
    let secrets = config.secrets.iter().map(|(key, text)| (&**key, text.expose_secret()));
    let expected = [("plain", "p"), ("stripe/hook/a", "wh_1"), ("stripe/key", "sk_1")];
    assert_eq!(secrets.collect::<Vec<_>>(), expected);
    assert!(!format!("{:?}", config.secrets).contains("_1"));
}

async fn a_preview_stage_merges_the_two_paths_key_by_key(client: Remote) {
    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[ssm_path("/merged/{stage}/flags", required)]
        flags: BTreeMap<String, u32>,
    }

    let flags = [
        ("/merged/dev/flags/a", "1"),
        ("/merged/dev/flags/b/c", "2"),
        ("/merged/featureX/flags/b/c", "20"),
        ("/merged/featureX/flags/d", "30"),
        ("/merged/prod/flags/a", "100"),
    ];
    put(&client, flags).await;
    for (stage, expected) in [
        ("featureX", &[("a", 1), ("b/c", 20), ("d", 30)][..]),
        ("featureY", &[("a", 1), ("b/c", 2)]),
        ("dev", &[("a", 1), ("b/c", 2)]),
        ("prod", &[("a", 100)]),
    ] {
        let config = Config::loader().stage(stage).source(source(&client)).load().await.unwrap();
        let flags = config.flags.iter().map(|(key, value)| (&**key, *value));
        assert_eq!(flags.collect::<Vec<_>>(), expected, "{stage}");
    }
}

async fn nothing_below_is_an_empty_map_or_an_error(client: Remote) {
    #[derive(StageConfig)]
    struct Lenient {
        #[ssm_path("/nothing/below")]
        flags: BTreeMap<String, u32>,
    }

    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Strict {
        #[ssm_path("/nothing/{stage}", required)]
        flags: BTreeMap<String, u32>,
    }

    put(&client, [("/nothing/below", "beside the path")]).await;
    let config = Lenient::loader().source(source(&client)).load().await.unwrap();
    assert_eq!(config.flags, BTreeMap::new());

    let error =
        Strict::loader().stage("featureX").source(source(&client)).load().await.unwrap_err();
    expect![[r#"
        cannot load `Strict` for stage `dev` (deployed as `featureX`): 1 problem
          flags: path `/nothing/featureX` has nothing below it in us-east-1, nor has `/nothing/dev`
        help: aws ssm put-parameter --name /nothing/dev/… --type String --region us-east-1 --value …
        help: remove `required` if a path may be empty"#]]
    .assert_eq(&error.to_string());
}

#[derive(StageConfig, Debug)]
struct Config {
    #[ssm_path("/flags")]
    flags: BTreeMap<String, u32>,
    #[ssm("/limit", default = 7)]
    limit: u32,
}

/// Three pages below the path.
fn store() -> LocalStore {
    let flags =
        (0..25).map(|it| Parameter::secure_string(format!("/flags/{it:02}"), it.to_string()));
    LocalStore::start(flags.chain([Parameter::string("/limit", "5")])).unwrap()
}

async fn load(store: &LocalStore) -> Result<Config, LoadError> {
    Config::loader().source(source(&remote(store))).load().await
}

fn assert_all(config: &Config) {
    assert_eq!(config.flags, (0..25).map(|it| (format!("{it:02}"), it)).collect());
    assert_eq!(config.limit, 5);
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_one() {
    let store = store();
    store.script(On::call("GetParametersByPath").first(2).empty_page());
    assert_all(&load(&store).await.unwrap());
    assert_eq!(store.calls().of("GetParametersByPath"), 5);
}

#[tokio::test]
async fn a_page_that_fails_or_is_throttled_is_asked_for_again_and_no_other() {
    let store = store();
    store.script([
        On::call("GetParametersByPath").page(2).first(2).fail(),
        On::call("GetParametersByPath").page(3).first(1).throttle(0),
    ]);
    assert_all(&load(&store).await.unwrap());
    assert_eq!(store.calls().of("GetParametersByPath"), 3 + 2 + 1);
    assert_eq!(store.calls().of("GetParameter"), 1);
}

#[tokio::test]
async fn half_a_path_is_none() {
    let store = store();
    store.script(On::call("GetParametersByPath").page(2).fail());
    let loader = Config::loader().source(source(&remote(&store))).timeout(Duration::from_secs(1));
    let error = loader.load().await.unwrap_err();
    assert!(error.is_transient());
    expect![[r#"
        cannot load `Config`: 1 problem
          flags: path `/flags` cannot be read: Parameter Store failed (InternalServerError: An error occurred on the server side.)"#]].assert_eq(&error.to_string());

    store.clear_script();
    store.script(On::call("GetParametersByPath").page(3).throttle(0));
    let loader = Config::loader().source(source(&remote(&store))).timeout(Duration::from_secs(1));
    let error = loader.load().await.unwrap_err();
    assert!(error.is_transient());
    assert!(error.to_string().contains("throttled the requests"), "{error}");
}

#[tokio::test]
async fn an_own_path_that_is_denied_is_no_reason_to_fall_back() {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm_path("/app/{stage}")]
        flags: BTreeMap<String, u32>,
    }

    let store = LocalStore::start([Parameter::string("/app/dev/a", "1")]).unwrap();
    store.script(On::call("GetParametersByPath").name("/app/featureX").deny());
    let loader = Config::loader().stage("featureX").source(source(&remote(&store)));
    let error = loader.load().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.kind(), problem.parameter()), (ProblemKind::Denied, Some("/app/featureX")));
}

#[tokio::test]
async fn entries_that_cannot_be_read_are_all_named_and_none_that_is_secure_is_quoted() {
    let store = store();
    store.put(Parameter::secure_string("/flags/00", "sk_live")).unwrap();
    store.put(Parameter::string("/flags/a/b", "1.5")).unwrap();
    store.put(Parameter::string("/flags/c", " 7")).unwrap();
    let error = load(&store).await.unwrap_err();
    assert!(!error.to_string().contains("sk_live"));
    expect![[r#"
        cannot load `Config`: 3 problems
          flags: parameter `/flags/00` is not a `u32` (its text is secret and not shown)
          flags: parameter `/flags/a/b` is not a `u32`: invalid digit found in string
          flags: parameter `/flags/c` is not a `u32`: invalid digit found in string; it has whitespace at its ends"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_user_of_ministack_who_may_not_read_by_path_is_told() {
    #[derive(StageConfig, Debug)]
    struct Config {
        #[ssm_path("/iam-path/flags")]
        flags: BTreeMap<String, u32>,
        #[ssm("/iam-path/limit")]
        limit: u32,
    }

    let Some(ministack) = peers::ministack() else { return };
    let root = remote_peer(ministack);
    put(&root, [("/iam-path/flags/a", "1"), ("/iam-path/limit", "5")]).await;
    let below = format!("{ARN}/iam-path/*");
    let by_name = user::remote("by-name-only", "ssm:GetParameter", below).await.unwrap();
    let error = Config::loader().source(source(&by_name)).load().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Denied);
    assert_eq!(problem.fields(), ["flags"]);
    let needed = "the role needs `ssm:GetParametersByPath` on `…:parameter/iam-path/flags`";
    assert!(error.to_string().contains(needed), "{error}");

    let config = Config::loader().source(source(&root)).load().await.unwrap();
    assert_eq!((config.flags, config.limit), ([("a".to_owned(), 1)].into(), 5));
}
