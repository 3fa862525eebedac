//! What comes over the wire that is no reply of Parameter Store, and clients of the user's.

use std::io::Write as _;
use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ParameterStore, Source};
use stage_config_e2e::raw::{self, Raw};
use stage_config_e2e::sdk::{Key, client};
use stage_config_local::{LocalStore, Parameter};

const FOUND: &str = r#"{"Parameter": {"Name": "/a", "Type": "String", "Value": "5"}}"#;

async fn fetch(client: Client) -> Answers {
    let request = Request::new(["/a"], Duration::from_secs(20));
    ParameterStore::from(client).fetch(&request).await
}

fn is_found(answers: &Answers) -> bool {
    matches!(answers.get("/a"), Some(Answer::Found { .. }))
}

#[tokio::test]
async fn a_reply_without_an_end_is_refused() {
    let server = Raw::start(|_, stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunk = [b"1000\r\n".to_vec(), vec![b' '; 0x1000], b"\r\n".to_vec()].concat();
        // Until the client hangs up.
        let _ = stream.write_all(head);
        while stream.write_all(&chunk).is_ok() {}
        false
    });
    let answers = fetch(client(&format!("http://{}", server.address()), &Key::root())).await;
    let Some(Answer::Unreadable(why)) = answers.get("/a") else { panic!("{answers:?}") };
    assert!(why.contains("longer than 1 MB"), "{why}");
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn what_is_no_http_is_asked_again() {
    let server = Raw::start(|index, stream| {
        let answer = match index {
            0 => "what?\r\n\r\n".to_owned(),
            1 => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_owned(),
            2 => String::new(),
            _ => raw::reply(200, FOUND),
        };
        let _ = stream.write_all(answer.as_bytes());
        false
    });
    let answers = fetch(client(&format!("http://{}", server.address()), &Key::root())).await;
    assert!(is_found(&answers), "{answers:?}");
    assert_eq!(server.heads().len(), 4);
}

#[tokio::test]
async fn a_client_without_an_http_client_of_its_own_has_ours() {
    let store = LocalStore::start([Parameter::string("/a", "5")]).unwrap();
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(store.url())
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .build();
    let answers = fetch(Client::from_conf(config)).await;
    assert!(is_found(&answers), "{answers:?}");
}
