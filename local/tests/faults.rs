//! Everything that can be made to go wrong, over the wire.

mod common;

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use common::{Answer, ask, receive, send};
use serde_json::json;
use stage_config_local::{LocalStore, Parameter};

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::secure_string("/b/secret", "sk_test_1"),
        Parameter::string("Key", "3"),
    ])
    .unwrap()
}

fn get(store: &LocalStore, name: &str) -> Answer {
    ask(store, "GetParameter", json!({ "Name": name, "WithDecryption": true }))
}

fn get_all(store: &LocalStore, names: &[&str]) -> Answer {
    ask(store, "GetParameters", json!({ "Names": names, "WithDecryption": true }))
}

fn below(store: &LocalStore, path: &str) -> Answer {
    ask(store, "GetParametersByPath", json!({ "Path": path, "WithDecryption": true }))
}

/// The resource on which the service says access is denied.
#[track_caller]
fn denied(answer: &Answer) -> &str {
    assert_eq!((answer.status, answer.code()), (400, "AccessDeniedException"));
    let after = |text| answer.message().split(text).nth(1).unwrap();
    after(" on resource: arn:aws:ssm:us-east-1:111122223333:").split(' ').next().unwrap()
}

#[test]
fn a_denied_action_is_denied_on_every_name_in_the_service_s_words() {
    let store = store();
    store.faults().deny_action("ssm:GetParameters");
    let answer = get_all(&store, &["/b/c", "/a"]);
    assert_eq!((answer.status, answer.code()), (400, "AccessDeniedException"));
    assert_eq!(
        answer.message(),
        "User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to perform: \
         ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter/b/c because \
         no identity-based policy allows the ssm:GetParameters action"
    );
    get(&store, "/a").ok();
    below(&store, "/b").ok();

    store.faults().clear();
    get_all(&store, &["/a"]).ok();
}

#[test]
fn every_action_can_be_denied() {
    let store = store();
    let requests = [
        ("GetParameter", json!({ "Name": "/a" }), "parameter/a"),
        ("GetParameters", json!({ "Names": ["/a"] }), "parameter/a"),
        ("GetParametersByPath", json!({ "Path": "/b/" }), "parameter/b"),
        ("PutParameter", json!({ "Name": "/n", "Value": "1", "Type": "String" }), "parameter/n"),
        ("LabelParameterVersion", json!({ "Name": "/a", "Labels": ["b"] }), "parameter/a"),
        ("DescribeParameters", json!({}), "*"),
        ("DeleteParameter", json!({ "Name": "/a" }), "parameter/a"),
    ];
    for (operation, body, resource) in &requests {
        store.faults().deny_action(&format!("ssm:{operation}"));
        assert_eq!(denied(&ask(&store, operation, body.clone())), *resource, "{operation}");
    }
    store.faults().clear();
    for (operation, body, _) in requests {
        ask(&store, operation, body).ok();
    }
    store.faults().deny_action("ssm:*");
    denied(&get(&store, "/b/c"));
    denied(&below(&store, "/b"));
}

#[test]
fn a_denied_name_is_denied_for_its_action_only_and_fails_its_whole_batch() {
    let store = store();
    store.faults().deny("ssm:GetParameters", "/b/c");
    assert_eq!(denied(&get_all(&store, &["/a", "/b/c:1"])), "parameter/b/c");
    get_all(&store, &["/a", "/none"]).ok();
    get(&store, "/b/c").ok();

    store.faults().deny("ssm:GetParameter", "/a");
    assert_eq!(denied(&get(&store, "/a")), "parameter/a");
    assert_eq!(denied(&get(&store, &store.arn("/a"))), "parameter/a");
    get_all(&store, &["/a"]).ok();
    get(&store, "/b/c").ok();
}

#[test]
fn a_name_can_be_denied_for_all_actions_and_in_both_forms() {
    let store = store();
    store.faults().deny("ssm:*", "/Key");
    denied(&get(&store, "/Key"));
    denied(&get(&store, "Key"));
    assert_eq!(denied(&get_all(&store, &["/a", "Key"])), "parameter/Key");
    denied(&ask(&store, "DeleteParameter", json!({ "Name": "Key" })));
    get(&store, "/a").ok();
}

#[test]
fn of_a_path_the_path_is_denied_and_not_what_is_below() {
    let store = store();
    store.faults().deny("ssm:GetParametersByPath", "/b/c");
    below(&store, "/b").ok();
    store.faults().deny("ssm:GetParametersByPath", "/b");
    assert_eq!(denied(&below(&store, "/b")), "parameter/b");
    get(&store, "/b/c").ok();
}

#[test]
fn a_malformed_name_is_denied_on_everything() {
    let store = store();
    store.faults().deny_action("ssm:GetParameter");
    assert_eq!(denied(&get(&store, "b/c")), "*");
}

#[test]
fn kms_fails_for_one_secret_and_only_when_it_is_decrypted() {
    let store = store();
    store.faults().fail_kms("/b/secret").fail_kms("/a");
    for answer in
        [get(&store, "/b/secret"), get_all(&store, &["/a", "/b/secret"]), below(&store, "/b")]
    {
        assert_eq!((answer.status, answer.code()), (400, "InvalidKeyId"));
        assert!(answer.message().contains("is disabled"), "{}", answer.message());
    }
    ask(&store, "GetParameter", json!({ "Name": "/b/secret" })).ok();
    get(&store, "/a").ok();
    assert_eq!(get(&store, &store.arn("/b/secret")).code(), "InvalidKeyId");
    store.faults().clear();
    get(&store, "/b/secret").ok();
}

#[test]
fn throttled_requests_are_not_served() {
    let store = store();
    store.faults().throttle(0);
    let answer = get(&store, "/a");
    assert_eq!((answer.status, answer.code()), (400, "ThrottlingException"));
    assert_eq!(answer.message(), "Rate exceeded");
    store.faults().throttle(1000);
    get(&store, "/a").ok();
    store.faults().throttle(0).clear();
    get(&store, "/a").ok();
}

#[test]
fn the_next_requests_fail_and_those_after_do_not() {
    let store = store();
    store.faults().fail_next(2);
    let statuses = [(); 4].map(|()| get(&store, "/a").status);
    assert_eq!(statuses, [500, 500, 200, 200]);
    store.faults().fail_next(1);
    assert_eq!(get(&store, "/a").code(), "InternalServerError");
    store.faults().fail_next(5).clear();
    get(&store, "/a").ok();
}

#[test]
fn a_stalled_request_is_never_answered_while_others_are() {
    let store = store();
    store.faults().stall_next();
    let mut stalled = send(&store, "GetParameter", r#"{"Name":"/a"}"#);
    while store.calls().total() == 0 {
        std::thread::yield_now();
    }
    get(&store, "/b/c").ok();
    stalled.set_nonblocking(true).unwrap();
    let mut buffer = [0; 1];
    assert_eq!(stalled.read(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);

    // It ends with the store, and without a word even then.
    stalled.set_nonblocking(false).unwrap();
    drop(store);
    assert_eq!(stalled.read(&mut buffer).unwrap_or(0), 0);
}

#[test]
fn a_reset_connection_gives_no_answer_and_the_next_one_does() {
    let store = store();
    store.faults().reset_next();
    let reset = receive(send(&store, "GetParameter", r#"{"Name":"/a"}"#));
    assert_eq!(reset.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(store.calls().total(), 1);
    get(&store, "/a").ok();
}

#[test]
fn latency_holds_up_every_request() {
    let store = store();
    let latency = Duration::from_millis(40);
    store.faults().latency(latency);
    for _ in 0..2 {
        let start = Instant::now();
        get(&store, "/a").ok();
        assert!(start.elapsed() >= latency);
    }
    store.faults().latency(Duration::from_hours(1)).clear();
    get(&store, "/a").ok();
}

#[test]
fn requests_held_up_do_not_hold_up_each_other() {
    let store = store();
    store.faults().latency(Duration::from_hours(1));
    let _sent: Vec<_> = (0..20).map(|_| send(&store, "GetParameter", r#"{"Name":"/a"}"#)).collect();
    // All have arrived, and none of them is answered.
    while store.calls().total() < 20 {
        std::thread::yield_now();
    }
}

#[test]
fn one_request_meets_one_fault() {
    let store = store();
    store.faults().deny_action("ssm:*").throttle(0).fail_next(1).reset_next();
    let reset = receive(send(&store, "GetParameter", r#"{"Name":"/a"}"#));
    assert_eq!(reset.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(get(&store, "/a").code(), "InternalServerError");
    assert_eq!(get(&store, "/a").code(), "ThrottlingException");
    store.faults().throttle(10);
    assert_eq!(get(&store, "/a").code(), "AccessDeniedException");
}

#[test]
fn what_is_put_from_code_meets_no_fault() {
    let store = store();
    store.faults().deny_action("ssm:*").throttle(0);
    store.put(Parameter::string("/a", "2")).unwrap();
    store.label("/a", 2, "blue").unwrap();
    assert_eq!(store.calls().total(), 0);
}

#[test]
#[should_panic(
    expected = "`GetParameters` is not an action that is served here; did you mean `ssm:GetParameters`?"
)]
fn an_action_without_its_prefix_is_a_slip() {
    store().faults().deny_action("GetParameters");
}

#[test]
#[should_panic(expected = "did you mean `ssm:GetParameters`?")]
fn a_misspelt_action_is_a_slip() {
    store().faults().deny("ssm:GetParametres", "/a");
}

#[test]
#[should_panic(expected = "parameter name has levels but does not begin with `/`")]
fn a_malformed_name_to_deny_is_a_slip() {
    store().faults().deny("ssm:GetParameters", "b/c");
}

#[test]
#[should_panic(expected = "parameter name has an empty level")]
fn a_malformed_name_for_kms_is_a_slip() {
    store().faults().fail_kms("/b//c");
}
