//! Everything that can be made to go wrong.

use std::io::{self, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use stage_config_local::{At, Fault, LocalStore, On, Parameter};

use crate::{Answer, ask, each, get, get_all, receive, send};

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
fn a_stalled_request_is_never_answered_while_others_are() {
    let store = store();
    store.script(On::any().first(1).stall(At::Start));
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
fn an_answer_is_sent_as_scripted() {
    let store = store();
    let fault = On::any().answer(503, r#"{"sorry": true}"#).header("x-amz-retry-after", "1000");
    store.script(fault.header("content-type", "text/plain"));
    let answer = get(&store, "/a");
    assert_eq!((answer.status, &answer.body), (503, &json!({ "sorry": true })));
    assert!(answer.head.contains("\r\nx-amz-retry-after: 1000\r\n"), "{}", answer.head);
    assert!(answer.head.contains("\r\ncontent-type: text/plain\r\n"), "{}", answer.head);
    assert_eq!(answer.head.matches("content-type").count(), 1);
    // So is the answer to a request that is not for Parameter Store.
    assert_eq!(ask(&store, "", json!(null)).status, 503);
}

/// What arrives until the connection ends, or a megabyte of it, and how it ends.
fn arrives(fault: Fault) -> (String, io::Result<usize>) {
    let store = store();
    store.script(fault);
    let mut stream = send(&store, "GetParameter", r#"{"Name":"/a"}"#);
    let mut bytes = Vec::new();
    let mut buffer = [0; 1024];
    let end = loop {
        match stream.read(&mut buffer) {
            Ok(some) if some > 0 && bytes.len() < 1 << 20 => {
                bytes.extend_from_slice(&buffer[..some]);
            }
            end => break end,
        }
    };
    (String::from_utf8(bytes).unwrap(), end)
}

/// What arrives up to this text, after which nothing does.
fn arrives_until(text: &str, fault: Fault) -> String {
    let store = store();
    store.script(fault);
    let mut stream = send(&store, "GetParameter", r#"{"Name":"/a"}"#);
    let mut arrived = Vec::new();
    while !arrived.ends_with(text.as_bytes()) {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        arrived.extend(byte);
    }
    while store.calls().total() == 0 {
        std::thread::yield_now();
    }
    stream.set_nonblocking(true).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
    String::from_utf8(arrived).unwrap()
}

#[test]
fn an_answer_stops_where_scripted() {
    let (nothing, head) = ("", "HTTP/1.1 200 OK\r\n");
    for (at, expected) in [(At::Start, nothing), (At::Head, head)] {
        let (cut, end) = arrives(On::any().cut(at));
        assert_eq!((cut.as_str(), end.unwrap()), (expected, 0));
        let (reset, end) = arrives(On::any().reset(at));
        assert!(expected.starts_with(&reset), "a reset may overtake what was sent: {reset}");
        assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
        assert_eq!(arrives_until(expected, On::any().stall(at)), expected);
    }
    let answer = || On::any().answer(200, "0123456789");
    let (cut, _) = arrives(answer().cut(At::Body(3)));
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-length: 10"), "{head}");
    assert_eq!(body, "012");
    arrives_until("\r\n\r\n", answer().stall(At::Body(0)));
    arrives_until("\r\n\r\n0123", answer().stall(At::Body(4)));

    // The store's own answer, too.
    let (own, _) = arrives(On::any().cut(At::Body(14)));
    assert!(own.ends_with("\r\n\r\n{\"Parameter\":{"), "{own}");
}

#[test]
fn the_length_of_a_body_may_be_wrong_and_a_second_answer_behind_it() {
    let answer = || On::any().answer(200, "0123456789");
    let (long, _) = arrives(answer().length(11).cut(At::End));
    assert!(long.contains("content-length: 11") && long.ends_with("\r\n\r\n0123456789"), "{long}");
    // Without another end, the client waits for the rest.
    arrives_until("\r\n\r\n0123456789", answer().length(11));
    let (short, _) = arrives(answer().length(9).cut(At::End));
    assert!(
        short.contains("content-length: 9") && short.ends_with("\r\n\r\n0123456789"),
        "{short}"
    );

    let (two, _) = arrives(answer().second(500, "second").cut(At::End));
    let (_, second) = two.split_once("\r\n\r\n0123456789HTTP/1.1 500").expect(&two);
    assert!(second.contains("content-length: 6") && second.ends_with("\r\n\r\nsecond"), "{two}");
    arrives_until("\r\n\r\nsecond", answer().second(200, "second"));
}

#[test]
fn a_connection_may_fail_after_its_answer() {
    let whole = "\r\n\r\n{}";
    let after = |fault: Fault| {
        let store = store();
        store.script([fault]);
        let mut stream = send(&store, "GetParameter", r#"{"Name":"/a"}"#);
        let mut arrived = Vec::new();
        while !arrived.ends_with(whole.as_bytes()) {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            arrived.extend(byte);
        }
        (store, stream)
    };
    let answer = || On::any().first(1).answer(200, "{}");
    let (_store, mut stream) = after(answer().cut(At::End));
    assert_eq!(stream.read(&mut [0]).unwrap(), 0, "closed while it is idle");

    let (_store, mut stream) = after(answer().reset(At::End));
    stream.write_all(b"POST / HTTP/1.1\r\n\r\n").unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap_err().kind(), ErrorKind::ConnectionReset);

    let (store, mut stream) = after(answer().stall(At::End));
    stream.write_all(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").unwrap();
    get(&store, "/a");
    stream.set_nonblocking(true).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
}

/// The reply of `GetParameters` under a fault: name and value of what is found, and what is invalid.
fn lists(fault: Fault, names: &[&str]) -> (Vec<String>, Vec<String>) {
    let store = store();
    store.script(fault);
    let reply = get_all(&store, names).ok();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let found = reply["Parameters"].as_array().unwrap().iter();
    let invalid = reply["InvalidParameters"].as_array().unwrap();
    let found = found.map(|it| format!("{}={}", text(&it["Name"]), text(&it["Value"])));
    (found.collect(), invalid.iter().map(text).collect())
}

#[test]
fn a_parameter_in_a_reply_may_be_wrong() {
    let names = ["/a", "/b/c", "/none"];
    let a = || On::call("GetParameters").name("/a");
    let cases: [(Fault, &[&str], &[&str]); 9] = [
        (a().omit(), &["/b/c=2"], &["/none"]),
        (On::any().name("/none").omit(), &["/a=1", "/b/c=2"], &[]),
        (On::any().omit(), &[], &[]),
        (a().in_both(), &["/a=1", "/b/c=2"], &["/none", "/a"]),
        (a().twice("7"), &["/a=1", "/b/c=2", "/a=7"], &["/none"]),
        (a().also("/z", "26"), &["/a=1", "/b/c=2", "/z=26"], &["/none"]),
        (a().rename("/A"), &["/A=1", "/b/c=2"], &["/none"]),
        (a().set("Value", "7"), &["/a=7", "/b/c=2"], &["/none"]),
        (a().without("Value"), &["/a=-", "/b/c=2"], &["/none"]),
    ];
    for (fault, found, invalid) in cases {
        let case = format!("{fault:?}");
        let (are_found, are_invalid) = lists(fault, &names);
        assert_eq!((are_found, are_invalid), (owned(found), owned(invalid)), "{case}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn the_only_parameter_and_those_below_a_path_may_be_wrong_too() {
    let store = store();
    store.script([
        On::call("GetParameter").first(1).omit(),
        On::call("GetParameter").first(1).rename("/A"),
        On::call("GetParameter").first(1).set("Selector", ":1"),
        On::any().name("/b").first(1).set("Type", "Other"),
    ]);
    assert_eq!(get(&store, "/a").ok(), json!({}));
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Name"], "/A");
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Selector"], ":1");
    // There, the name of the fault is the path, and the parameters have others.
    assert_eq!(each(&below(&store, "/b").ok(), "Type"), ["Other", "Other"]);
    // A reply without lists stays what it is, and so does an error.
    store.script([On::any().first(1).twice("7"), On::any().first(1).also("/z", "7")]);
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Value"], "1");
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Value"], "1");
    store.script(On::any().omit());
    assert_eq!(get(&store, "/none").code(), "ParameterNotFound");
}

#[test]
fn a_page_may_lead_anywhere() {
    let names: Vec<_> = (0..12).map(|n| format!("/p/{n:02}")).collect();
    let store = LocalStore::start(names.iter().map(|name| Parameter::string(name, "1"))).unwrap();
    store.put(Parameter::string("/q/a", "2")).unwrap();
    let page = |token: &Value| {
        let mut body = json!({ "Path": "/p" });
        if !token.is_null() {
            body["NextToken"] = token.clone();
        }
        let reply = ask(&store, "GetParametersByPath", body).ok();
        (each(&reply, "Name").join(" "), reply["NextToken"].clone())
    };
    let on = || On::call("GetParametersByPath");
    let (first, second) = (names[..10].join(" "), names[10..].join(" "));
    let (_, token) = page(&Value::Null);

    store.script([on().first(1).page_again(), on().nth(3).page_back()]);
    let (again, same) = page(&Value::Null);
    assert_eq!(again, first);
    assert_ne!(same, token);
    let (again, token) = page(&same);
    assert_eq!(again, first);
    assert_eq!(page(&token).0, second);
    let (last, back) = page(&token);
    assert_eq!(last, second);
    assert_eq!(page(&back).0, first);

    store.clear_script();
    store.script(on().page_of("/q"));
    assert_eq!(page(&Value::Null), ("/q/a".to_owned(), Value::Null));
}

#[test]
fn an_answer_may_be_raw_bytes_or_endless() {
    assert_eq!(arrives(On::any().raw("what?")).0, "what?");
    // Nothing to repeat: the connection stays open, and the store still stops.
    let store = LocalStore::start([]).unwrap();
    store.script(On::any().answer(200, "").endless());
    let mut stream = send(&store, "GetParameter", "{}");
    stream.read_exact(&mut [0; b"HTTP/1.1 200".len()]).unwrap();
    let (tell, stopped) = mpsc::channel();
    thread::spawn(move || {
        drop(store);
        tell.send(())
    });
    // So that a store that does not stop fails the test and does not hang it.
    stopped.recv_timeout(Duration::from_mins(1)).expect("the store stops");
    let (endless, _) = arrives(On::any().answer(200, " and on").endless());
    assert!(endless.len() > 1 << 20 && endless.contains(" and on and on"));
}

#[test]
fn a_request_that_is_not_answered_is_not_carried_out() {
    let store = store();
    store.script(On::call("DeleteParameter").first(1).stall(At::Start));
    let _stalled = send(&store, "DeleteParameter", r#"{"Name":"/a"}"#);
    while store.calls().total() == 0 {
        std::thread::yield_now();
    }
    get(&store, "/a").ok();
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
