//! What a load reads through the AWS Parameters and Secrets Lambda Extension, which a stand-in plays.

mod failures;
mod function;
mod independent;
mod leaks;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use expect_test::expect;
use stage_config::source::{Answer, Request};
use stage_config::{ExposeSecret, Extension, LoadError, SecretString, Source, StageConfig};
use stage_config_examples::extension::Extension as Standin;
use stage_config_local::{LocalStore, On, Parameter};
use tokio::task::JoinSet;

/// An extension that has been invoked.
async fn invoked(store: &LocalStore) -> Standin {
    let extension = Standin::start(store).await.expect("there is a free port");
    extension.invoked();
    extension
}

/// The source that a function with this extension has.
fn source(extension: &Standin) -> Extension {
    Extension::new().env(extension.environment().into_iter().collect::<stage_config::Environment>())
}

async fn load<T: StageConfig>(extension: &Standin) -> Result<T, LoadError> {
    T::loader().stage("prod").source(source(extension)).load().await
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Orders {
    #[ssm("/orders/{stage}/table")]
    table: String,
    #[ssm("/orders/{stage}/key")]
    key: SecretString,
}

fn orders() -> LocalStore {
    LocalStore::start([
        Parameter::string("/orders/prod/table", "orders"),
        Parameter::secure_string("/orders/prod/key", "sk_live_1"),
    ])
    .unwrap()
}

#[tokio::test]
async fn each_kind_of_name_is_read() {
    #[derive(StageConfig)]
    struct Config {
        #[ssm("/a/plain")]
        plain: String,
        #[ssm("Bare")]
        bare: String,
        #[ssm("/a/list")]
        list: Vec<String>,
        #[ssm("/a/secure")]
        secure: SecretString,
        #[ssm("/a/secure:1")]
        first: SecretString,
        #[ssm("/a/secure:blue")]
        labelled: SecretString,
        #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared")]
        shared: String,
        #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared:1")]
        shared_first: String,
        #[secret("a/b+c=d@e")]
        managed: SecretString,
        #[secret("a/b+c=d@e:AWSPREVIOUS")]
        previous: SecretString,
    }

    let shared = "arn:aws:ssm:us-east-1:444455556666:parameter/shared";
    let store = LocalStore::start([
        Parameter::string("/a/plain", "ä {\"x\": 1}\n"),
        Parameter::string("Bare", "bare"),
        Parameter::string_list("/a/list", "1,2"),
        Parameter::secure_string("/a/secure", "s1"),
        Parameter::secure_string("/a/secure", "s2"),
        Parameter::secure_string("/a/secure", "s3"),
        Parameter::string(shared, "shared 1"),
        Parameter::string(shared, "shared 2"),
        Parameter::secret("a/b+c=d@e", "m1"),
        Parameter::secret("a/b+c=d@e", "m2"),
    ])
    .unwrap();
    store.label("/a/secure", 2, "blue").unwrap();
    let config: Config = load(&invoked(&store).await).await.unwrap();

    assert_eq!(config.plain, "ä {\"x\": 1}\n");
    assert_eq!(config.bare, "bare");
    assert_eq!(config.list, ["1", "2"]);
    let secrets = [config.secure, config.first, config.labelled, config.managed, config.previous];
    assert_eq!(secrets.each_ref().map(ExposeSecret::expose_secret), ["s3", "s1", "s2", "m2", "m1"]);
    assert_eq!([config.shared, config.shared_first], ["shared 2", "shared 1"]);
    assert_eq!(store.calls().total(), 10);
    assert_eq!(store.calls().of("GetParameter"), 10);
}

#[tokio::test]
async fn what_is_encrypted_is_secret() {
    let store = orders();
    let extension = invoked(&store).await;
    let request = Request::new(["/orders/prod/table", "/orders/prod/key"], Duration::from_secs(8));
    let answers = source(&extension).fetch(&request).await;
    let secure = |name: &str| match answers.get(name) {
        Some(Answer::Found { secure, account, .. }) => {
            assert_eq!(account.map(|it| it.to_string()).as_deref(), Some("111122223333"));
            *secure
        }
        other => panic!("{other:?}"),
    };
    assert!(!secure("/orders/prod/table"));
    assert!(secure("/orders/prod/key"));
    assert_eq!(answers.requests(), Some(2));
}

#[tokio::test]
async fn another_account_is_refused() {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod), accounts(dev = "444455556666", prod = "555566667777"))]
    struct Config {
        #[ssm("/orders/{stage}/table")]
        #[expect(dead_code, reason = "it never loads")]
        table: String,
    }

    let store = orders();
    let error = load::<Config>(&invoked(&store).await).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          account `111122223333` answered, which `Config` does not list; stage `prod` is in account `555566667777`
        help: load with credentials of account `555566667777`
        help: if stage `prod` is in account `111122223333` too: `#[stage_config(accounts(…, prod = ["555566667777", "111122223333"]))]`"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_second_load_reads_what_the_extension_keeps() {
    let store = orders();
    let extension = invoked(&store).await;
    for _ in 0..2 {
        let config: Orders = load(&extension).await.unwrap();
        assert_eq!(config.table, "orders");
        assert_eq!(config.key.expose_secret(), "sk_live_1");
    }
    assert_eq!((extension.requests(), store.calls().total()), (4, 2));
}

/// Nine names in groups of three: if there were fewer requests at once, none would be answered.
#[tokio::test]
async fn as_many_requests_at_once_as_the_extension_has_connections() {
    let names: Vec<_> = (0..9).map(|it| format!("/a/{it}")).collect();
    let parameters = names.iter().map(|name| Parameter::string(name, name));
    let store = LocalStore::start(parameters).unwrap();
    for (limit, most) in [(None, 3), (Some("1"), 1), (Some("9"), 9), (Some("0"), 3), (Some("x"), 3)]
    {
        let extension = invoked(&store).await;
        extension.answer_in_groups_of(most);
        let variables = limit.map(|it| ("PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS", it.into()));
        let variables: stage_config::Environment =
            extension.environment().into_iter().chain(variables).collect();
        let request = Request::new(names.iter().map(|it| &**it), Duration::from_secs(30));
        let answers = Extension::new().env(variables).fetch(&request).await;
        for name in &names {
            assert!(matches!(answers.get(&**name), Some(Answer::Found { .. })), "{answers:?}");
        }
        assert_eq!(extension.most_at_once(), most, "{limit:?}");
    }
}

/// Each has connections of its own, whatever runtime it is on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loads_do_not_disturb_each_other() {
    let store = orders();
    let extension = Arc::new(invoked(&store).await);
    let mut loads: JoinSet<_> = (0..50)
        .map(|_| {
            let extension = Arc::clone(&extension);
            async move { load::<Orders>(&extension).await.map(|config| config.table) }
        })
        .collect();
    while let Some(table) = loads.join_next().await {
        assert_eq!(table.unwrap().unwrap(), "orders");
    }
}

#[tokio::test]
async fn paths_are_refused_and_names_are_read() {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    #[expect(dead_code, reason = "it never loads")]
    struct Config {
        #[ssm("/orders/{stage}/table")]
        table: String,
        #[ssm_path("/flags/{stage}")]
        flags: BTreeMap<String, bool>,
    }

    let store = orders();
    let error = load::<Config>(&invoked(&store).await).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          flags: path `/flags/prod` cannot be read: the AWS Parameters and Secrets Lambda Extension reads no paths; list the names, or read Parameter Store without it"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    for fault in [On::any().first(2).throttle(0), On::any().first(2).fail()] {
        let store = orders();
        store.script([fault]);
        let extension = invoked(&store).await;
        let config: Orders = load(&extension).await.unwrap();
        assert_eq!(config.table, "orders");
        assert_eq!(store.calls().total(), 4);
        assert_eq!(extension.log().len(), 2);
    }
}

#[tokio::test]
async fn a_load_goes_on_when_the_extension_is_ready() {
    let store = orders();
    let extension = Standin::start(&store).await.unwrap();
    let invoked = async {
        extension.requested().await;
        assert_eq!(store.calls().total(), 0);
        extension.invoked();
    };
    let (config, ()) = tokio::join!(load::<Orders>(&extension), invoked);
    assert_eq!(config.unwrap().table, "orders");
}
