//! Clients of the user's own.

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig)]
struct Config {
    #[ssm("/a")]
    a: u32,
}

fn store() -> LocalStore {
    LocalStore::start([Parameter::string("/a", "5")]).unwrap()
}

#[tokio::test]
async fn it_is_used() {
    let store = store();
    let config = Config::loader().client(store.client()).load().await.unwrap();
    assert_eq!(config.a, 5);
    assert_eq!(store.calls().total(), 1);
}

#[tokio::test]
async fn without_an_http_client_of_its_own_it_has_ours() {
    let store = store();
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(store.url())
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .build();
    let config = Config::loader().client(Client::from_conf(config)).load().await.unwrap();
    assert_eq!(config.a, 5);
}
