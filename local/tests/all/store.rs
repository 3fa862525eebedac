//! A store's life: where it listens, how it ends, what it counts.

use std::net::{TcpListener, TcpStream};

use serde_json::json;
use stage_config_local::{Call, LocalStore, Parameter, StartError};

use crate::{ask, ask_text, get};

fn store() -> LocalStore {
    LocalStore::start([Parameter::string("/a", "1")]).unwrap()
}

fn address(store: &LocalStore) -> String {
    store.url().strip_prefix("http://").unwrap().to_owned()
}

#[test]
fn it_listens_on_127_0_0_1_only() {
    let store = store();
    let port = address(&store).strip_prefix("127.0.0.1:").unwrap().to_owned();
    // Were it bound to all addresses, this one would be taken. Only Linux has all of 127/8.
    if cfg!(target_os = "linux") {
        TcpListener::bind(format!("127.0.0.2:{port}")).unwrap();
    }
    TcpListener::bind(format!("127.0.0.1:{port}")).unwrap_err();
}

#[test]
fn a_dropped_store_is_gone_with_its_connections_and_its_port_is_free() {
    let store = store();
    let address = address(&store);
    let mut idle = TcpStream::connect(&address).unwrap();
    get(&store, "/a").ok();
    drop(store);
    TcpStream::connect(&address).unwrap_err();
    assert_eq!(std::io::Read::read(&mut idle, &mut [0]).unwrap_or(0), 0);
}

#[test]
fn it_needs_no_runtime_and_outlives_any() {
    let store = store();
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            get(&store, "/a").ok();
            drop(LocalStore::start([]).unwrap());
        });
    }
}

#[test]
fn a_chosen_port_may_be_in_use() {
    let one = store();
    let port = address(&one).rsplit(':').next().unwrap().parse().unwrap();
    let error = LocalStore::builder().port(port).start([]).unwrap_err();
    assert!(matches!(error, StartError::Port { port: taken, .. } if taken == port));
    assert!(error.to_string().starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")));
    drop(one);
    let two = LocalStore::builder().port(port).start([]).unwrap();
    assert_eq!(address(&two), format!("127.0.0.1:{port}"));
}

#[test]
fn stores_are_independent() {
    let (one, two) = (store(), store());
    assert_ne!(one.url(), two.url());
    one.put(Parameter::string("/only", "1")).unwrap();
    get(&one, "/only").ok();
    assert_eq!(get(&two, "/only").code(), "ParameterNotFound");
    assert_eq!((one.calls().total(), two.calls().total()), (1, 1));
}

#[test]
fn calls_are_logged_as_they_were_sent() {
    let store = store();
    ask(&store, "GetParameter", json!({ "Name": "/a:1", "WithDecryption": true }));
    ask(&store, "GetParameters", json!({ "Names": ["/b", "a", "/b"] }));
    ask(&store, "GetParametersByPath", json!({ "Path": "/x/", "WithDecryption": false }));
    ask(&store, "DescribeParameters", json!({}));
    ask_text(&store, "GetParameter", "nonsense");
    ask(&store, "ListDocuments", json!({ "Name": 1 }));

    let expected = [
        ("GetParameter", "/a:1", true),
        ("GetParameters", "/b a /b", false),
        ("GetParametersByPath", "/x/", false),
        ("DescribeParameters", "", false),
        ("GetParameter", "", false),
        ("ListDocuments", "", false),
    ];
    let calls = store.calls();
    let written = |call: Call| (call.operation, call.names.join(" "), call.with_decryption);
    let expected = expected.map(|(operation, names, with_decryption)| {
        (operation.to_owned(), names.to_owned(), with_decryption)
    });
    assert_eq!(calls.clone().into_iter().map(written).collect::<Vec<_>>(), expected);
    assert_eq!((&calls).into_iter().count(), 6);
    let first = calls.iter().next().unwrap();
    assert_eq!(first.body(), &json!({ "Name": "/a:1", "WithDecryption": true }));
    assert_eq!(first.header("X-Amz-Target"), Some("AmazonSSM.GetParameter"));
    assert_eq!((first.header("none"), calls.iter().nth(4).unwrap().body()), (None, &json!(null)));
    assert_eq!((calls.total(), calls.of("GetParameter"), calls.of("PutParameter")), (6, 2, 0));
    assert_eq!(calls.names().collect::<Vec<_>>(), ["/a:1", "/b", "a", "/b", "/x/"]);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let store = store();
    let answer = ask_text(&store, "GetParameter", &" ".repeat(256 * 1024 + 1));
    assert_eq!((answer.status, answer.code()), (413, "RequestEntityTooLargeException"));
    assert_eq!(store.calls().of("GetParameter"), 1);
    get(&store, "/a").ok();
}

#[test]
fn the_log_can_be_emptied() {
    let store = store();
    get(&store, "/a").ok();
    let before = store.calls();
    store.reset_calls();
    assert_eq!((before.total(), store.calls().total()), (1, 0));
    get(&store, "/a").ok();
    assert_eq!(store.calls().total(), 1);
}

#[test]
fn debug_output_shows_no_value() {
    let secret = Parameter::secure_string("/s", "sk_test_1").description("Stripe");
    let plain = Parameter::string("/s", "sk_test_1");
    let list = Parameter::string_list("/s", "sk_test_1");
    let reference = Parameter::secret("s", "sk_test_1");
    for parameter in [&secret, &plain, &list, &reference] {
        let shown = format!("{parameter:?}");
        assert!(shown.contains("/s") && !shown.contains("sk_test"), "{shown}");
    }
    let store = LocalStore::start([secret]).unwrap();
    let put = json!({ "Name": "/s", "Value": "sk_test_2", "Overwrite": true });
    ask(&store, "PutParameter", put).ok();
    ask(&store, "GetParameter", json!({ "Name": "/s", "WithDecryption": true })).ok();
    let shown = format!("{store:?} {:?}", store.calls());
    assert!(shown.contains(&store.url()) && !shown.contains("sk_test"), "{shown}");
}
