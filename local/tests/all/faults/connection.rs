//! How an answer is sent, and what becomes of its connection.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;
use stage_config_local::{At, Fault, LocalStore, On};

use super::store;
use crate::{ask, get, send};

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
