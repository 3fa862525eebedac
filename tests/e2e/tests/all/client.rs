//! Clients of the user's own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

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

/// A client without an HTTP client.
fn client(url: &str) -> Client {
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .build();
    Client::from_conf(config)
}

#[tokio::test]
async fn without_an_http_client_of_its_own_it_has_ours() {
    let store = store();
    let config = Config::loader().client(client(&store.url())).load().await.unwrap();
    assert_eq!(config.a, 5);
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is only loaded")]
struct PathAndName {
    #[ssm_path("/p")]
    path: BTreeMap<String, u32>,
    #[ssm("/a")]
    a: u32,
}

/// The URL of a server that passes everything on to the store, and the number of its connections.
async fn counted(store: &LocalStore) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let inner = store.url().replace("http://", "");
    let connections = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut outer, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let inner = inner.clone();
            tokio::spawn(async move {
                let mut inner = TcpStream::connect(inner).await.unwrap();
                let _ = copy_bidirectional(&mut outer, &mut inner).await;
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn each_request_at_once_has_a_connection_and_the_next_load_has_the_same() {
    let store = store();
    let (url, connections) = counted(&store).await;
    for _ in 0..3 {
        let loader = PathAndName::loader().client(client(&url));
        loader.load().await.unwrap();
        assert_eq!(connections.load(Ordering::Relaxed), 2);
    }
    assert_eq!(store.calls().total(), 6);
}
