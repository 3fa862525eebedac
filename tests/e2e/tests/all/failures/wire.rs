//! What comes over the wire that is no reply of Parameter Store.

use std::time::Duration;

use stage_config::Source;
use stage_config::source::{Answer, Answers, Request};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{At, LocalStore, On, Parameter};

use crate::source;

fn store() -> LocalStore {
    LocalStore::start([Parameter::string("/a", "5")]).unwrap()
}

async fn fetch(client: Remote) -> Answers {
    let request = Request::new(["/a"], Duration::from_secs(20));
    source(&client).fetch(&request).await
}

fn is_found(answers: &Answers) -> bool {
    matches!(answers.get("/a"), Some(Answer::Found { .. }))
}

#[tokio::test]
async fn a_reply_without_an_end_is_refused() {
    let store = store();
    store.script(On::any().answer(200, " ".repeat(4096)).endless());
    let answers = fetch(Remote::new(&store.url(), &Key::root())).await;
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
    let answers = fetch(Remote::new(&store.url(), &Key::root())).await;
    assert!(is_found(&answers), "{answers:?}");
    assert_eq!(store.calls().total(), 4);
}
