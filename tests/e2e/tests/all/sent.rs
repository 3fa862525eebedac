//! Both clients send the same requests.

use std::time::Duration;

use serde_json::Value;
use stage_config::Source;
use stage_config::source::Request;
use stage_config_local::{Call, Fault, LocalStore, On, Parameter};

use crate::stores::remote;

/// The parts of a request that the service looks at. The date, the token and the signature itself
/// are different each time.
#[derive(Debug, PartialEq)]
struct Sent {
    headers: Vec<Option<String>>,
    /// Key, day, region and service.
    credential: Option<String>,
    body: Value,
}

impl Sent {
    fn new(call: &Call) -> Self {
        let headers = ["x-amz-target", "content-type", "content-length", "host"];
        let authorization = call.header("authorization").expect("it is signed");
        assert!(call.header("x-amz-date").is_some(), "{call:?}");
        for signed in ["content-type", "host", "x-amz-date", "x-amz-target"] {
            assert!(authorization.contains(signed), "{signed} is not signed: {authorization}");
        }
        Self {
            headers: headers.iter().map(|name| call.header(name).map(str::to_owned)).collect(),
            credential: authorization.split(',').next().map(str::to_owned),
            body: call.body().clone(),
        }
    }
}

/// What a client sends for a request, sorted: calls that are side by side come in any order.
async fn sent(
    source: impl Source,
    store: &LocalStore,
    request: &Request,
    fault: Option<Fault>,
) -> Vec<Sent> {
    store.reset_calls();
    store.clear_script();
    store.script(fault);
    source.fetch(request).await;
    let mut sent: Vec<_> = store.calls().iter().map(Sent::new).collect();
    sent.sort_by_key(|sent| (sent.headers[0].clone(), sent.body.to_string()));
    sent
}

#[tokio::test]
async fn each_operation_with_and_without_failures() {
    let parameters = (0..25).map(|number| Parameter::string(format!("/p/{number:02}"), "v"));
    let store = LocalStore::start(parameters).unwrap();
    let store_at = remote(&store);
    let names = |count: usize| (0..count).map(|number| format!("/p/{number:02}"));
    let request = |count, paths: &[&str]| {
        let limit = Duration::from_mins(1);
        Request::new(names(count), limit).with_paths(paths.iter().copied())
    };
    for (request, fault, number) in [
        (request(1, &[]), None, 1),
        (request(10, &[]), None, 1),
        (request(25, &[]), None, 3),
        (request(0, &["/p"]), None, 3),
        (request(2, &["/p", "/q"]), None, 5),
        (request(1, &[]), Some(On::any().first(2).fail()), 3),
        (request(1, &[]), Some(On::call("GetParameter").deny()), 2),
        (request(3, &[]), Some(On::call("GetParameters").deny()), 4),
        (Request::new(["/p/00:1", "p-bare"], Duration::from_mins(1)), None, 1),
    ] {
        let by_the_sdk = sent(store_at.through_the_sdk(), &store, &request, fault.clone()).await;
        let without = sent(store_at.without_the_sdk(), &store, &request, fault).await;
        assert_eq!(by_the_sdk.len(), number, "{request:?}");
        assert_eq!(without, by_the_sdk);
    }
}
