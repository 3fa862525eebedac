//! `GetCallerIdentity` of STS, in XML.

use std::io::{Read, Write};
use std::net::TcpStream;

use stage_config_local::{LocalStore, On};

/// Sends a request of the query protocol. Returns the status, the head in lower case, and the body.
fn ask(store: &LocalStore, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(store.url().strip_prefix("http://").unwrap()).unwrap();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: local\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

const ASKED: &str = "Action=GetCallerIdentity&Version=2011-06-15";

#[test]
fn the_caller_is_a_role_of_the_account() {
    let store = LocalStore::builder().account("444455556666").start([]).unwrap();
    // It needs no permission.
    store.policy(r#"{"Statement": []}"#).unwrap();
    let (status, head, body) = ask(&store, ASKED);
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/xml"), "{head}");
    assert_eq!(
        body,
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult><Account>444455556666</Account>\
         <Arn>arn:aws:sts::444455556666:assumed-role/local/local</Arn>\
         <UserId>AROALOCALLOCALLOCALLO:local</UserId></GetCallerIdentityResult>\
         <ResponseMetadata/></GetCallerIdentityResponse>"
    );
    let calls = store.calls();
    assert_eq!((calls.total(), calls.of("GetCallerIdentity")), (1, 1));
}

#[test]
fn what_goes_wrong_is_xml_too() {
    let store = LocalStore::start([]).unwrap();
    let (status, _, body) = ask(&store, "Version=2011-06-15&Action=Assume<Role>\u{1}&x=1");
    assert_eq!(status, 400);
    assert_eq!(
        body,
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
         <Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation \
         Assume&lt;Role&gt;\u{fffd} for version 2011-06-15</Message></Error></ErrorResponse>"
    );
    for (fault, status, expected) in [
        (On::call("GetCallerIdentity").deny(), 403, "<Code>AccessDenied</Code>"),
        (On::call("GetCallerIdentity").throttle(0), 400, "<Code>Throttling</Code>"),
        (On::call("GetCallerIdentity").fail(), 500, "<Type>Receiver</Type>"),
    ] {
        store.clear_script();
        store.script(fault);
        let (found, _, body) = ask(&store, ASKED);
        assert_eq!(found, status, "{body}");
        assert!(body.contains(expected), "{body}");
    }
    store.clear_script();
    for body in ["", "&&", "Action", "Action=", "action=GetCallerIdentity"] {
        assert_eq!(ask(&store, body).0, 400, "{body}");
    }
}
