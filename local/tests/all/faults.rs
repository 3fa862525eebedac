//! Everything that can be made to go wrong: which calls a fault meets, denials, keys and delays.

mod connection;
mod reply;

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde_json::json;
use stage_config_local::{At, Fault, LocalStore, On, Parameter};

use crate::{Answer, ask, get, get_all, receive, send};

const SECOND: Duration = Duration::from_secs(1);

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::secure_string("/b/secret", "sk_test_1"),
        Parameter::string("Key", "3"),
    ])
    .unwrap()
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
fn a_denied_action_is_denied_in_the_service_s_words() {
    let store = store();
    store.script(On::call("GetParameters").deny());
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

    store.clear_script();
    get_all(&store, &["/a"]).ok();
}

#[test]
fn every_action_can_be_denied() {
    let store = store();
    let requests = [
        ("GetParameter", json!({ "Name": "/a" }), "parameter/a"),
        ("GetParameters", json!({ "Names": ["/a"] }), "parameter/a"),
        ("GetParametersByPath", json!({ "Path": "/b/" }), "parameter/b/"),
        ("PutParameter", json!({ "Name": "/n", "Value": "1", "Type": "String" }), "parameter/n"),
        ("LabelParameterVersion", json!({ "Name": "/a", "Labels": ["b"] }), "parameter/a"),
        ("DescribeParameters", json!({}), "*"),
        ("GetParameterHistory", json!({ "Name": "/a" }), "parameter/a"),
        (
            "UnlabelParameterVersion",
            json!({ "Name": "/a", "ParameterVersion": 1, "Labels": ["b"] }),
            "parameter/a",
        ),
        (
            "AddTagsToResource",
            json!({ "ResourceType": "Parameter", "ResourceId": "/a", "Tags": [] }),
            "parameter/a",
        ),
        (
            "RemoveTagsFromResource",
            json!({ "ResourceType": "Parameter", "ResourceId": "a", "TagKeys": [] }),
            "parameter/a",
        ),
        (
            "ListTagsForResource",
            json!({ "ResourceType": "Parameter", "ResourceId": "/a" }),
            "parameter/a",
        ),
        ("DeleteParameter", json!({ "Name": "/a" }), "parameter/a"),
        ("DeleteParameters", json!({ "Names": ["Key"] }), "parameter/Key"),
    ];
    for (operation, body, resource) in &requests {
        store.script(On::call(operation).deny());
        assert_eq!(denied(&ask(&store, operation, body.clone())), *resource, "{operation}");
    }
    store.clear_script();
    for (operation, body, _) in requests {
        ask(&store, operation, body).ok();
    }
    store.script(On::any().deny());
    denied(&get(&store, "/b/c"));
    denied(&below(&store, "/b"));
}

#[test]
fn a_denied_name_is_denied_for_its_action_only_and_fails_its_whole_batch() {
    let store = store();
    store.script(On::call("GetParameters").name("/b/c").deny());
    assert_eq!(denied(&get_all(&store, &["/a", "/b/c:1"])), "parameter/b/c");
    get_all(&store, &["/a", "/none"]).ok();
    get(&store, "/b/c").ok();

    store.script(On::call("GetParameter").name("/a").deny());
    assert_eq!(denied(&get(&store, &store.arn("/a"))), "parameter/a");
    get_all(&store, &["/a"]).ok();
    get(&store, "/b/c").ok();

    // For all actions, and with the slash and without.
    store.script(On::any().name("/Key").deny());
    denied(&get(&store, "Key"));
    denied(&ask(&store, "DeleteParameter", json!({ "Name": "/Key" })));

    // Of a path, the path is denied, and not what is below.
    store.script(On::call("GetParametersByPath").name("/b/c").deny());
    below(&store, "/b").ok();
    store.script(On::call("GetParametersByPath").name("/b").deny());
    assert_eq!(denied(&below(&store, "/b")), "parameter/b");

    // The service does not know what a malformed name stands for.
    store.script(On::call("GetParameter").deny());
    assert_eq!(denied(&get(&store, "b/c")), "*");
}

#[test]
fn kms_fails_for_one_secret_and_only_when_it_is_decrypted() {
    let store = store();
    store.script([
        On::call("Decrypt").name("/b/secret").first(4).fail(),
        On::call("Decrypt").name("/a").fail(),
        On::call("Decrypt").first(1).no_key(),
        On::call("Decrypt").first(1).deny(),
        On::call("Decrypt").first(1).error("KMSThrottlingException", ""),
        On::call("Decrypt").first(1).throttle(0),
    ]);
    for answer in [
        get(&store, "/b/secret"),
        get(&store, &store.arn("/b/secret")),
        get_all(&store, &["/a", "/b/secret"]),
        below(&store, "/b"),
    ] {
        assert_eq!((answer.status, answer.code()), (400, "InvalidKeyId"));
        assert!(answer.message().contains("is disabled"), "{}", answer.message());
    }
    ask(&store, "GetParameter", json!({ "Name": "/b/secret" })).ok();
    get(&store, "/a").ok();

    let answer = get(&store, "/b/secret");
    assert_eq!((answer.status, answer.code()), (400, "InvalidKeyId"));
    assert!(answer.message().contains("does not exist"), "{}", answer.message());
    let answer = get(&store, "/b/secret");
    assert_eq!(answer.code(), "AccessDeniedException");
    assert!(answer.message().contains("kms:Decrypt on resource: arn:aws:kms:"));
    assert_eq!(get(&store, "/b/secret").code(), "KMSThrottlingException");
    assert_eq!(get(&store, "/b/secret").code(), "ThrottlingException");
    get(&store, "/b/secret").ok();
}

#[test]
fn delayed_requests_do_not_delay_each_other() {
    let hour = Duration::from_hours(1);
    for fault in [On::any().delay(hour), On::any().latency(hour..=hour * 2, 1)] {
        let store = store();
        store.script(fault);
        let _sent: Vec<_> =
            (0..20).map(|_| send(&store, "GetParameter", r#"{"Name":"/a"}"#)).collect();
        // All have arrived, and none of them is answered.
        while store.calls().total() < 20 {
            std::thread::yield_now();
        }
        // The next request meets a script without delay.
        store.clear_script();
        get(&store, "/a").ok();
    }
}

#[test]
fn calls_above_a_rate_are_throttled_after_a_burst() {
    let store = store();
    store.script(On::any().throttle_after_burst(0, 2));
    get(&store, "/a").ok();
    get_all(&store, &["/a"]).ok();
    assert_eq!(get(&store, "/a").code(), "ThrottlingException");
}

#[test]
fn one_request_meets_one_fault() {
    let store = store();
    store.script([
        On::any().first(1).reset(At::Start),
        On::any().first(1).fail(),
        On::any().first(1).throttle(0),
        On::any().throttle(10),
        On::any().deny(),
    ]);
    let reset = receive(send(&store, "GetParameter", r#"{"Name":"/a"}"#));
    assert_eq!(reset.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(get(&store, "/a").code(), "InternalServerError");
    assert_eq!(get(&store, "/a").code(), "ThrottlingException");
    assert_eq!(get(&store, "/a").code(), "AccessDeniedException");
}

#[test]
fn a_line_counts_the_calls_that_reach_it() {
    let store = store();
    store.script([
        On::call("GetParameter").nth(2).answer(418, "second"),
        On::call("GetParameter").nth(2).error("Third", "of all, the second that is left"),
        On::any().name("/b/c").first(1).deny(),
    ]);
    let code = |answer: Answer| answer.body["__type"].as_str().unwrap_or_default().to_owned();
    get(&store, "/a").ok();
    get_all(&store, &["/a"]).ok();
    assert_eq!(
        receive(send(&store, "GetParameter", "{}")).unwrap_err().kind(),
        ErrorKind::InvalidData
    );
    assert_eq!(code(get(&store, "/a")), "Third");
    assert_eq!(code(get_all(&store, &["/a", "/b/c"])), "AccessDeniedException");
    get(&store, "/b/c").ok();
}

#[test]
fn puts_from_code_meet_no_fault() {
    let store = store();
    store.script([On::any().deny(), On::any().throttle(0)]);
    store.put(Parameter::string("/a", "2")).unwrap();
    store.label("/a", 2, "blue").unwrap();
    assert_eq!(store.calls().total(), 0);
}

/// The panic over a fault that cannot happen as it is scripted.
fn refused(fault: impl FnOnce() -> Fault) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| store().script(fault())));
    let panic = panic.expect_err("it should be refused");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().unwrap()).to_owned(),
    }
}

#[test]
fn a_fault_that_cannot_happen_is_refused() {
    let (any, call) = (On::any, On::call);
    let secret = "/aws/reference/secretsmanager/stripe";
    let cases: [(&dyn Fn() -> Fault, &str); 35] = [
        (
            &|| call("ssm:GetParameters").deny(),
            "there is no operation `ssm:GetParameters` here; did you mean `GetParameters`?",
        ),
        (&|| call("GetParametres").deny(), "did you mean `GetParameters`?"),
        (&|| call("GetSecretValues").deny(), "did you mean `GetSecretValue`?"),
        (&|| any().name("b/c").deny(), "parameter name has levels but does not begin with `/`"),
        (&|| call("Decrypt").name("/b//c").fail(), "parameter name has an empty level"),
        (&|| call("Decrypt").name(secret).fail(), "is a secret of Secrets Manager"),
        (
            &|| call("GetSecretValue").name("stripe:AWSPREVIOUS").deny(),
            "a fault is for all versions, not only `stripe:AWSPREVIOUS`",
        ),
        (&|| any().nth(0).fail(), "calls are counted from 1"),
        (&|| any().first(0).fail(), "calls are counted from 1"),
        (&|| call("GetParametersByPath").page(0).fail(), "pages are counted from 1"),
        (&|| call("GetParameters").page(1).fail(), "only `GetParametersByPath` has pages"),
        (&|| call("GetParameters").empty_page(), "only `GetParametersByPath` has pages"),
        (&|| any().empty_page(), "only `GetParametersByPath` has pages"),
        (&|| any().answer(99, ""), "99 is not the status of an answer"),
        (&|| any().fail().header("a b", ""), "`a b: ` has no valid name of a header"),
        (&|| any().fail().header("a", "\n"), "`a: \\n` has no valid value of a header"),
        (&|| any().fail().header("Content-Length", "1"), "the store sets the length of the body"),
        (&|| any().raw("what?").cut(At::Body(1)), "raw bytes are sent as they are"),
        (&|| any().raw("what?").endless(), "raw bytes are sent as they are"),
        (&|| any().raw("what?").header("a", "b"), "raw bytes are sent as they are"),
        (&|| call("Decrypt").delay(SECOND), "the client does not see this answer"),
        (&|| call("Decrypt").fail().endless(), "the client does not see this answer"),
        (&|| call("GetSecretValue").stall(At::Start), "the client does not see this answer"),
        (&|| call("GetSecretValue").answer(200, "{}"), "the client does not see this answer"),
        (&|| call("GetSecretValue").deny().header("a", "b"), "the client does not see this answer"),
        (&|| call("Decrypt").omit(), "the client does not see this answer"),
        (&|| call("GetParameter").no_key(), "only `Decrypt` needs a key"),
        (&|| call("GetParameter").in_both(), "a reply of `GetParameter` has no lists"),
        (&|| any().page_back(), "only `GetParametersByPath` has pages"),
        (&|| any().latency(SECOND..=SECOND / 2, 0), "the least latency is more than the most"),
        (&|| any().fail().length(1).cut(At::Head), "the length of this answer is not sent"),
        (&|| any().fail().length(1).endless(), "the length of this answer is not sent"),
        (&|| any().fail().second(200, "").cut(At::Body(1)), "comes only behind a whole one"),
        (&|| any().fail().second(200, "").endless(), "comes only behind a whole one"),
        (&|| any().fail().second(99, ""), "99 is not the status of an answer"),
    ];
    for (fault, expected) in cases {
        let said = refused(fault);
        assert!(said.contains(expected), "{said}");
    }
}
