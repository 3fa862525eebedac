//! The account that answers, and those of the stage.

use std::collections::BTreeMap;

use aws_sdk_ssm::types::ParameterType;
use expect_test::expect;
use stage_config::{LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::{self, Remote};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::{remote, remote_peer};

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
struct Config {
    #[ssm("/orders/{stage}/limit")]
    limit: u32,
    #[ssm("arn:aws:ssm:us-east-1:999900001111:parameter/shared")]
    shared: Option<String>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
#[expect(dead_code, reason = "it is only loaded")]
struct Paths {
    #[ssm_path("/orders/{stage}")]
    orders: BTreeMap<String, u32>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
#[expect(dead_code, reason = "it is only loaded")]
struct Secrets {
    #[secret("orders/{stage}")]
    password: SecretString,
}

/// The same parameters, wherever it is.
fn store(account: &str) -> LocalStore {
    let parameters = [
        Parameter::string("/orders/dev/limit", "5"),
        Parameter::string("/orders/prod/limit", "50"),
        Parameter::secret("orders/dev", "hunter2"),
        Parameter::secret("orders/prod", "hunter2"),
    ];
    LocalStore::builder().account(account).start(parameters).unwrap()
}

async fn load<T: StageConfig>(store: &LocalStore, stage: &str) -> Result<T, LoadError> {
    T::loader().stage(stage).source(source(&remote(store))).load().await
}

#[tokio::test]
async fn each_stage_reads_from_its_own_account_only() {
    let [dev, prod] = [store("111122223333"), store("444455556666")];
    assert_eq!(load::<Config>(&dev, "dev").await.unwrap().limit, 5);
    assert_eq!(load::<Config>(&dev, "featureX").await.unwrap().limit, 5);
    let config: Config = load(&prod, "prod").await.unwrap();
    assert_eq!((config.limit, config.shared), (50, None));

    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          account `111122223333` answered, which is that of stage `dev`; stage `prod` is in account `444455556666`
        help: load with credentials of account `444455556666`, or for stage `dev`
        help: if stage `prod` is in account `111122223333` too: `#[stage_config(accounts(…, prod = ["444455556666", "111122223333"]))]`"#]]
    .assert_eq(&load::<Config>(&dev, "prod").await.unwrap_err().to_string());
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          account `444455556666` answered, which is that of stage `prod`; stage `dev` is in account `111122223333`
        help: load with credentials of account `111122223333`, or for stage `prod`
        help: if stage `dev` is in account `444455556666` too: `#[stage_config(accounts(…, dev = ["111122223333", "444455556666"]))]`"#]]
    .assert_eq(&load::<Config>(&prod, "featureX").await.unwrap_err().to_string());
}

#[track_caller]
fn assert_of_another_account<T>(loaded: Result<T, LoadError>) {
    let Err(error) = loaded else { panic!("the load should fail") };
    assert!(!error.to_string().contains("hunter2"));
    let kinds: Vec<_> = error.problems().iter().map(stage_config::Problem::kind).collect();
    assert_eq!(kinds, [ProblemKind::WrongAccount], "{error}");
}

#[tokio::test]
async fn paths_secrets_and_denials_say_the_account_too() {
    let [dev, prod] = [store("111122223333"), store("444455556666")];
    assert!(load::<Paths>(&prod, "prod").await.is_ok());
    assert!(load::<Secrets>(&prod, "prod").await.is_ok());
    assert_of_another_account(load::<Paths>(&dev, "prod").await);
    assert_of_another_account(load::<Secrets>(&dev, "prod").await);

    dev.script(On::any().deny());
    prod.script(On::any().deny());
    assert_of_another_account(load::<Config>(&dev, "prod").await);
    assert_of_another_account(load::<Paths>(&dev, "prod").await);
    let denied = load::<Paths>(&prod, "prod").await.unwrap_err();
    assert_eq!(denied.problems()[0].kind(), ProblemKind::Denied);
}

#[derive(StageConfig, Debug)]
#[stage_config(accounts(dev = "111122223333", prod = "123456789012"))]
struct OfMoto {
    #[ssm(dev = "/accounts/dev", prod = "/accounts/prod")]
    limit: u32,
}

#[tokio::test]
async fn moto_is_in_an_account() {
    let Some(moto) = peers::moto() else { return };
    let moto: Remote = remote_peer(moto);
    for name in ["/accounts/dev", "/accounts/prod"] {
        sdk::put(&moto, ParameterType::SecureString, name, "5").await;
    }
    let load = |stage: &str| OfMoto::loader().stage(stage).source(source(&moto)).load();
    assert_eq!(load("prod").await.unwrap().limit, 5);
    expect![[r#"
        cannot load `OfMoto` for stage `dev`: 1 problem
          account `123456789012` answered, which is that of stage `prod`; stage `dev` is in account `111122223333`
        help: load with credentials of account `111122223333`, or for stage `prod`
        help: if stage `dev` is in account `123456789012` too: `#[stage_config(accounts(…, dev = ["111122223333", "123456789012"]))]`"#]]
    .assert_eq(&load("dev").await.unwrap_err().to_string());
}
