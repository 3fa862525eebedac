//! What comes over the wire that is no reply of Parameter Store, and clients of the user's.

use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ParameterStore, Source};
use stage_config_e2e::sdk::{Key, client};
use stage_config_local::{At, LocalStore, On, Parameter};

fn store() -> LocalStore {
    LocalStore::start([Parameter::string("/a", "5")]).unwrap()
}

async fn fetch(client: Client) -> Answers {
    let request = Request::new(["/a"], Duration::from_secs(20));
    ParameterStore::from(client).fetch(&request).await
}

fn is_found(answers: &Answers) -> bool {
    matches!(answers.get("/a"), Some(Answer::Found { .. }))
}

#[tokio::test]
async fn a_reply_without_an_end_is_refused() {
    let store = store();
    store.script(On::any().answer(200, " ".repeat(4096)).endless());
    let answers = fetch(client(&store.url(), &Key::root())).await;
    let Some(Answer::Failed { transient: false, reason: why, .. }) = answers.get("/a") else {
        panic!("{answers:?}")
    };
    assert!(why.contains("longer than 1 MB"), "{why}");
    assert_eq!(store.calls().total(), 1);
}

#[tokio::test]
async fn what_is_no_http_is_asked_again() {
    let store = store();
    store.script([
        On::any().first(1).raw("what?\r\n\r\n"),
        On::any().first(1).cut(At::Body(1)),
        On::any().first(1).cut(At::Start),
    ]);
    let answers = fetch(client(&store.url(), &Key::root())).await;
    assert!(is_found(&answers), "{answers:?}");
    assert_eq!(store.calls().total(), 4);
}

#[tokio::test]
async fn a_client_without_an_http_client_of_its_own_has_ours() {
    let store = store();
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(store.url())
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .build();
    let answers = fetch(Client::from_conf(config)).await;
    assert!(is_found(&answers), "{answers:?}");
}
