//! Templates, paths, secrets and nested structs in one load.

use std::collections::BTreeMap;

use stage_config::{ExposeSecret, SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use super::{load, side_by_side};
use crate::stores::{names, operations};

config!(Ten: a = "/p/{stage}/01", b = "/p/{stage}/02", c = "/p/{stage}/03",
    d = "/p/{stage}/04", e = "/p/{stage}/05", f = "/p/{stage}/06", g = "/p/{stage}/07",
    h = "/p/{stage}/08", i = "/p/{stage}/09", j = "/p/{stage}/10");

fn ten(stage: &str) -> Vec<String> {
    (1..=10).map(|number| format!("/p/{stage}/{number:02}")).collect()
}

fn store_of_ten() -> LocalStore {
    let of = |stage| ten(stage).into_iter().map(move |name| Parameter::string(name, stage));
    let store = LocalStore::start(of("dev").chain(of("prod"))).unwrap();
    store.put(Parameter::string("/p/featureX/03", "featureX")).unwrap();
    store
}

#[tokio::test]
async fn ten_templates_of_a_preview_stage_are_two_requests_side_by_side() {
    let twenty = [ten("dev"), ten("featureX")].concat();
    let calls = side_by_side::<Ten>(store_of_ten(), "featureX", 2).await;
    assert!(calls.iter().all(|(operation, _)| operation == "GetParameters"));
    let mut asked: Vec<_> = calls.into_iter().flat_map(|(_, names)| names).collect();
    asked.sort();
    assert_eq!(asked, twenty);

    let store = store_of_ten();
    let config: Ten = load(&store, "featureX").await.unwrap();
    let mut expected = ["dev"; 10];
    expected[2] = "featureX";
    assert_eq!(config.values(), expected);
    assert_eq!(operations(&store), ["GetParameters", "GetParameters"]);
    assert_eq!(names(&store), twenty);
}

#[tokio::test]
async fn a_declared_stage_asks_nothing_of_the_fallback() {
    let store = store_of_ten();
    let config: Ten = load(&store, "prod").await.unwrap();
    assert_eq!(config.values(), ["prod"; 10]);
    assert_eq!(names(&store), ten("prod"));

    // Nor does the fallback itself, or a deployment without a stage, ask twice.
    for stage in ["dev", ""] {
        store.reset_calls();
        load::<Ten>(&store, stage).await.unwrap();
        assert_eq!(names(&store), ten("dev"));
    }

    // Where it has nothing, it has nothing.
    let store = LocalStore::start(ten("dev").into_iter().map(|it| Parameter::string(it, "dev")));
    let store = store.unwrap();
    assert_eq!(load::<Ten>(&store, "prod").await.unwrap_err().problems().len(), 10);
    assert_eq!(names(&store), ten("prod"));
}

#[tokio::test]
async fn the_keys_of_one_secret_are_one_request() {
    #[derive(StageConfig)]
    struct Database {
        #[secret(dev = "db/test", prod = "db/live", json_key = "host")]
        host: String,
        #[secret(dev = "db/test", prod = "db/live", json_key = "port")]
        port: u16,
        #[secret(dev = "db/test", prod = "db/live", json_key = "user.password")]
        password: SecretString,
    }

    let json = r#"{"host": "db.example.com", "port": 5432, "user": {"password": "pw_1"}}"#;
    let store = LocalStore::start([Parameter::secret("db/live", json)]).unwrap();
    let config: Database = load(&store, "prod").await.unwrap();
    assert_eq!((&*config.host, config.port), ("db.example.com", 5432));
    assert_eq!(config.password.expose_secret(), "pw_1");
    assert_eq!(operations(&store), ["GetParameter"]);
    assert_eq!(names(&store), ["/aws/reference/secretsmanager/db/live"]);
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Mixed {
    #[ssm_path("/flags/{stage}")]
    flags: BTreeMap<String, bool>,
    #[ssm("/limit")]
    limit: u32,
    #[secret("stripe/live")]
    key: SecretString,
}

fn call((operation, names): (&str, &[&str])) -> (String, Vec<String>) {
    (operation.to_owned(), names.iter().map(|&name| name.to_owned()).collect())
}

fn mixed() -> LocalStore {
    LocalStore::start([
        Parameter::string("/flags/dev/a", "true"),
        Parameter::string("/flags/dev/b/c", "false"),
        Parameter::string("/flags/featureX/a", "false"),
        Parameter::string("/limit", "5"),
        Parameter::secret("stripe/live", "sk_live_1"),
    ])
    .unwrap()
}

#[tokio::test]
async fn a_path_names_and_secrets_are_asked_for_side_by_side() {
    let calls = side_by_side::<Mixed>(mixed(), "dev", 2).await;
    let both = ["/limit", "/aws/reference/secretsmanager/stripe/live"];
    let expected = [("GetParameters", &both[..]), ("GetParametersByPath", &["/flags/dev"])];
    assert_eq!(calls, expected.map(call).into());

    let store = mixed();
    let config: Mixed = load(&store, "dev").await.unwrap();
    assert_eq!(config.flags, [("a".into(), true), ("b/c".into(), false)].into());
    assert_eq!((config.limit, config.key.expose_secret()), (5, "sk_live_1"));
    assert_eq!(operations(&store), ["GetParameters", "GetParametersByPath"]);
    assert!(store.calls().iter().all(|call| call.with_decryption));
}

#[tokio::test]
async fn so_are_the_two_paths_of_a_preview_stage() {
    let calls = side_by_side::<Mixed>(mixed(), "featureX", 3).await;
    for path in ["/flags/dev", "/flags/featureX"] {
        assert!(calls.contains(&call(("GetParametersByPath", &[path]))), "{calls:?}");
    }

    let store = mixed();
    let config: Mixed = load(&store, "featureX").await.unwrap();
    assert_eq!(config.flags, [("a".into(), false), ("b/c".into(), false)].into());
    assert_eq!(operations(&store), ["GetParameters", "GetParametersByPath", "GetParametersByPath"]);
}

#[derive(StageConfig)]
struct Queue {
    #[ssm(dev = "/queue/test", prod = "/queue/live")]
    url: String,
    #[ssm("/region")]
    region: String,
    #[ssm_path("/tags")]
    tags: BTreeMap<String, String>,
}

#[tokio::test]
async fn what_two_nested_structs_have_in_common_is_asked_for_once() {
    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[nested]
        orders: Queue,
        #[nested]
        refunds: Queue,
        #[ssm("/region")]
        region: String,
        #[ssm_path("/tags")]
        tags: BTreeMap<String, String>,
    }

    let store = LocalStore::start([
        Parameter::string("/queue/live", "live"),
        Parameter::string("/region", "eu-west-1"),
        Parameter::string("/tags/team", "payments"),
    ])
    .unwrap();
    let config: Config = load(&store, "prod").await.unwrap();
    for queue in [&config.orders, &config.refunds] {
        assert_eq!((&*queue.url, &queue.region), ("live", &config.region));
        assert_eq!(queue.tags, config.tags);
    }
    assert_eq!(operations(&store), ["GetParameters", "GetParametersByPath"]);
    assert_eq!(names(&store), ["/queue/live", "/region", "/tags"]);
}

#[tokio::test]
async fn a_nested_struct_under_two_prefixes_is_one_request() {
    #[derive(StageConfig)]
    struct Database {
        #[ssm("url")]
        url: String,
        #[ssm("/password")]
        password: SecretString,
    }

    #[derive(StageConfig)]
    struct Config {
        #[nested(dev = "/db/dev", prod = "/db/prod")]
        main: Database,
        #[nested("/replica")]
        replica: Database,
    }

    let store = LocalStore::start([
        Parameter::string("/db/prod/url", "main"),
        Parameter::secure_string("/db/prod/password", "pw_main"),
        Parameter::string("/replica/url", "replica"),
        Parameter::secure_string("/replica/password", "pw_replica"),
    ])
    .unwrap();
    let config: Config = load(&store, "prod").await.unwrap();
    assert_eq!((&*config.main.url, &*config.replica.url), ("main", "replica"));
    assert_eq!(config.main.password.expose_secret(), "pw_main");
    assert_eq!(config.replica.password.expose_secret(), "pw_replica");
    assert_eq!(operations(&store), ["GetParameters"]);
    assert_eq!(
        names(&store),
        ["/db/prod/password", "/db/prod/url", "/replica/password", "/replica/url"]
    );
}

#[tokio::test]
async fn a_struct_that_reads_nothing_asks_nothing() {
    #[derive(StageConfig)]
    struct Fixed {
        #[value(dev = 5, prod = 50)]
        limit: u32,
    }

    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[nested("/never/{stage}")]
        fixed: Fixed,
    }

    let store = LocalStore::start([]).unwrap();
    let config: Config = load(&store, "featureX").await.unwrap();
    assert_eq!(config.fixed.limit, 5);
    assert_eq!(store.calls().total(), 0);
}
