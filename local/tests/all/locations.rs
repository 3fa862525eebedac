//! Accounts and regions.

use std::io::Write;
use std::net::TcpStream;

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter, StartError};

use crate::{Answer, each, get, receive};

const SHARED: &str = "arn:aws:ssm:eu-west-1:111122223333:parameter/shared";

fn store() -> LocalStore {
    let far = "arn:aws:ssm:us-east-1:444455556666:parameter/a";
    LocalStore::builder()
        .account("444455556666")
        .region("eu-west-1")
        .start([
            Parameter::string("/a", "here"),
            Parameter::string(far, "far"),
            Parameter::secure_string(SHARED, "shared"),
        ])
        .unwrap()
}

/// Sends a request with this `Authorization`.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn ask_with(store: &LocalStore, authorization: &str, operation: &str, body: Value) -> Answer {
    let mut stream = TcpStream::connect(store.url().strip_prefix("http://").unwrap()).unwrap();
    let body = body.to_string();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: local\r\nX-Amz-Target: AmazonSSM.{operation}\r\n\
         Authorization: {authorization}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    receive(stream).unwrap()
}

#[track_caller]
fn ask_in(store: &LocalStore, region: &str, operation: &str, body: Value) -> Answer {
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/{region}/ssm/aws4_request, \
         SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123"
    );
    ask_with(store, &authorization, operation, body)
}

#[test]
fn a_store_has_an_account_and_a_region() {
    let store = store();
    assert_eq!(store.arn("/a"), "arn:aws:ssm:eu-west-1:444455556666:parameter/a");
    let secret = store.arn("/aws/reference/secretsmanager/s");
    assert!(secret.starts_with("arn:aws:secretsmanager:eu-west-1:444455556666:secret:s-"));
    let parameter = get(&store, "/a").ok()["Parameter"].clone();
    assert_eq!((&parameter["ARN"], &parameter["Value"]), (&json!(store.arn("/a")), &json!("here")));
    store.policy(r#"{"Statement": []}"#).unwrap();
    let denied = get(&store, "/a");
    let user = "User: arn:aws:sts::444455556666:assumed-role/local/local is not authorized";
    assert!(denied.message().starts_with(user), "{}", denied.message());

    for (region, partition) in [
        ("af-south-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"),
        ("eusc-de-east-1", "aws-eusc"),
    ] {
        let store = LocalStore::builder().region(region).start([]).unwrap();
        let expected = format!("arn:{partition}:ssm:{region}:111122223333:parameter/a");
        assert_eq!(store.arn("/a"), expected);
    }
}

#[test]
fn an_account_or_region_that_cannot_be_is_refused() {
    for account in ["", "11112222333", "1111222233334", "11112222333a", "１１１１２２２２３３３３"]
    {
        let error = LocalStore::builder().account(account).start([]).unwrap_err();
        assert!(matches!(error, StartError::Account(it) if it == account));
    }
    for region in ["", "EU-WEST-1", "eu west", "eu:west", &"e".repeat(33)] {
        let error = LocalStore::builder().region(region).start([]).unwrap_err();
        assert!(matches!(error, StartError::Region(it) if it == region));
    }
}

#[test]
fn a_request_is_for_the_region_that_it_is_signed_for() {
    let store = store();
    let value = |region: &str, name: &str| {
        let answer = ask_in(&store, region, "GetParameter", json!({ "Name": name }));
        answer.body["Parameter"]["Value"].as_str().map(str::to_owned)
    };
    assert_eq!(value("eu-west-1", "/a").as_deref(), Some("here"));
    assert_eq!(value("us-east-1", "/a").as_deref(), Some("far"));
    assert_eq!(value("ap-south-1", "/a"), None);
    // A parameter is read by its ARN in its own region only.
    assert!(value("eu-west-1", SHARED).is_some());
    assert_eq!(value("us-east-1", SHARED), None);

    // What is put there, is there.
    let put = json!({ "Name": "/b", "Type": "String", "Value": "south" });
    ask_in(&store, "ap-south-1", "PutParameter", put).ok();
    assert_eq!(value("ap-south-1", "/b").as_deref(), Some("south"));
    assert_eq!(value("eu-west-1", "/b"), None);
    let described = |region: &str| {
        let reply = ask_in(&store, region, "DescribeParameters", json!({})).ok();
        each(&reply, "ARN").join(" ")
    };
    assert_eq!(described("ap-south-1"), "arn:aws:ssm:ap-south-1:444455556666:parameter/b");
    assert_eq!(described("eu-west-1"), store.arn("/a"));
}

#[test]
fn a_signature_that_names_no_region_is_for_the_region_of_the_store() {
    let store = store();
    for authorization in [
        "",
        "Bearer x",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=a/b, x",
        "AWS4-HMAC-SHA256 Credential=////////",
        "AWS4-HMAC-SHA256 Credential=AKID/20260102/US EAST/ssm/aws4_request",
        "AWS4-ECDSA-P256-SHA256 Credential=AKID/20260102/ssm/aws4_request, SignedHeaders=host",
    ] {
        let answer = ask_with(&store, authorization, "GetParameter", json!({ "Name": "/a" }));
        assert_eq!(answer.ok()["Parameter"]["Value"], "here", "{authorization}");
    }
    // An access key may have slashes.
    let key = "AWS4-HMAC-SHA256 Credential=a/b/c/20260102/us-east-1/ssm/aws4_request";
    let answer = ask_with(&store, key, "GetParameter", json!({ "Name": "/a" }));
    assert_eq!(answer.ok()["Parameter"]["Value"], "far");
}

#[test]
fn a_parameter_of_another_account_is_read_by_its_arn() {
    let store = store();
    let read = |name: &str| get(&store, name).ok()["Parameter"].clone();
    let parameter = read(SHARED);
    assert_eq!((&parameter["Name"], &parameter["ARN"]), (&json!("/shared"), &json!(SHARED)));
    assert_eq!(parameter["Value"], "shared");
    assert_eq!(get(&store, "/shared").code(), "ParameterNotFound");
    store.put(Parameter::secure_string(SHARED, "new")).unwrap();
    store.label(SHARED, 1, "old").unwrap();
    assert_eq!(read(&format!("{SHARED}:old"))["Value"], "shared");
    for name in [
        "arn:aws-cn:ssm:eu-west-1:111122223333:parameter/chinese",
        "arn:aws:ssm:eu-west-1:111122223333:parameter/other:1",
        "arn:aws:ssm:eu-west-1:111122223333:parameter/aws/service/x",
    ] {
        store.put(Parameter::string(name, "1")).unwrap_err();
    }
}
