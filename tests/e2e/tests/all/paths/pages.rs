//! What is below a path, page after page.

use std::time::Duration;

use expect_test::expect;
use serde_json::{Value, json};
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ExposeSecret, Source};
use stage_config_e2e::scripted::{error, scripted};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::operations;

const PATH: &str = "/flags/dev";

fn request(names: &[&str], paths: &[&str]) -> Request {
    let names = names.iter().copied();
    Request::new(names, Duration::from_secs(8)).with_paths(paths.iter().copied())
}

async fn fetch(url: &str, request: &Request) -> Answers {
    source(&Remote::new(url, &Key::root())).fetch(request).await
}

fn text(answer: &Answer) -> String {
    match answer {
        Answer::Found { text, secure: true, .. } => format!("{} (secure)", text.expose_secret()),
        Answer::Found { text, .. } => text.expose_secret().to_owned(),
        other => format!("{other:?}"),
    }
}

/// What is below a path: `key = value`, in the order of the keys.
#[track_caller]
fn below(answers: &Answers, path: &str) -> Vec<String> {
    let entries = answers.get_path(path).expect("something is said of the path");
    let entries = entries.expect("it can be had");
    entries.iter().map(|(key, answer)| format!("{key} = {}", text(answer))).collect()
}

#[track_caller]
fn failure<'a>(answers: &'a Answers, path: &str) -> &'a Answer {
    answers.get_path(path).expect("something is said of the path").expect_err("it fails as a whole")
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/flags/dev/b", "plain"),
        Parameter::secure_string("/flags/dev/a/key", "sk_test"),
        Parameter::string_list("/flags/dev/a/b/hosts", "x,y"),
        Parameter::string("/flags/dev", "beside the path"),
        Parameter::string("/flags/development/c", "of another path"),
        Parameter::string("/flags/prod/b", "of another stage"),
        Parameter::string("/limit", "5"),
    ])
    .unwrap()
}

const ALL: [&str; 3] = ["a/b/hosts = x,y", "a/key = sk_test (secure)", "b = plain"];

#[tokio::test]
async fn all_levels_decrypted_with_keys_relative_to_the_path() {
    let store = store();
    let answers = fetch(&store.url(), &request(&[], &[PATH])).await;
    assert_eq!(below(&answers, PATH), ALL);
    assert_eq!(operations(&store), ["GetParametersByPath"]);
    assert!(store.calls().iter().all(|call| call.with_decryption && call.names == [PATH]));
    assert!(!format!("{answers:?}").contains("sk_test"));
}

#[tokio::test]
async fn a_denied_path_is_named_and_hides_nothing_else() {
    let store = store();
    store.script(On::call("GetParametersByPath").name(PATH).deny());
    let asked = request(&["/limit"], &[PATH, "/flags/prod"]);
    let answers = fetch(&store.url(), &asked).await;
    expect![[r#"Denied(Denial { action: "ssm:GetParametersByPath", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/flags/dev", details: None })"#]]
        .assert_eq(&text(failure(&answers, PATH)));
    assert_eq!(below(&answers, "/flags/prod"), ["b = of another stage"]);
    assert_eq!(answers.get("/limit").map(text).as_deref(), Some("5"));
    assert_eq!(store.calls().of("GetParametersByPath"), 2, "what is denied is not asked again");
}

#[tokio::test]
async fn one_that_cannot_be_decrypted_fails_the_path() {
    let store = store();
    store.script(On::call("Decrypt").name("/flags/dev/a/key").fail());
    let answers = fetch(&store.url(), &request(&[], &[PATH])).await;
    let said = text(failure(&answers, PATH));
    assert!(said.starts_with("Failed { transient: false, reason: \"its KMS key"), "{said}");
    assert_eq!(store.calls().total(), 1);
}

#[tokio::test]
async fn a_path_and_names_below_it() {
    let store = store();
    let asked = request(&["/flags/dev/b", PATH, "/limit"], &[PATH]);
    let answers = fetch(&store.url(), &asked).await;
    assert_eq!(below(&answers, PATH), ALL);
    assert_eq!(answers.get("/flags/dev/b").map(text).as_deref(), Some("plain"));
    assert_eq!(answers.get(PATH).map(text).as_deref(), Some("beside the path"));
    assert!(answers.get("/flags/dev/a/key").is_none(), "it was not asked for by name");
    assert_eq!(operations(&store), ["GetParameters", "GetParametersByPath"]);
}

#[tokio::test]
async fn a_path_that_is_none_is_not_asked_for() {
    let store = store();
    let answers = fetch(&store.url(), &request(&[], &["flags", "/flags/"])).await;
    expect![[r#"Failed { transient: false, reason: "it does not begin with `/`" }"#]]
        .assert_eq(&text(failure(&answers, "flags")));
    assert!(matches!(failure(&answers, "/flags/"), Answer::Failed { transient: false, .. }));
    assert_eq!(store.calls().total(), 0);
}

/// A page of `GetParametersByPath`.
fn page(names: &[&str], token: Option<&str>) -> (u16, Value) {
    let parameters: Vec<_> = names
        .iter()
        .map(|name| json!({ "Name": name, "Type": "SecureString", "Value": "sk_live" }))
        .collect();
    (200, json!({ "Parameters": parameters, "NextToken": token }))
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_one() {
    let server = scripted([
        page(&[], Some("1")),
        page(&["/flags/dev/a"], Some("2")),
        page(&[], Some("3")),
        page(&["/flags/dev/b"], None),
    ]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    assert_eq!(below(&answers, PATH), ["a = sk_live (secure)", "b = sk_live (secure)"]);
    let tokens: Vec<_> =
        server.calls().iter().map(|call| call.body()["NextToken"].clone()).collect();
    assert_eq!(tokens, [json!(null), json!("1"), json!("2"), json!("3")]);
    for call in server.calls() {
        assert_eq!(call.operation, "GetParametersByPath");
        let body = call.body();
        assert_eq!((&body["Recursive"], &body["WithDecryption"]), (&json!(true), &json!(true)));
        assert_eq!((&body["Path"], &body["MaxResults"]), (&json!(PATH), &json!(10)));
    }
}

#[tokio::test]
async fn a_page_that_is_throttled_or_fails_is_asked_for_again() {
    let server = scripted([
        (503, json!("a gateway is sorry")),
        page(&["/flags/dev/a"], Some("1")),
        error("ThrottlingException", "Rate exceeded"),
        (500, json!({ "__type": "InternalServerError" })),
        page(&["/flags/dev/b"], None),
    ]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    assert_eq!(below(&answers, PATH), ["a = sk_live (secure)", "b = sk_live (secure)"]);
    let tokens: Vec<_> =
        server.calls().iter().map(|call| call.body()["NextToken"].clone()).collect();
    assert_eq!(tokens, [json!(null), json!(null), json!("1"), json!("1"), json!("1")]);
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_are_not_followed() {
    for tokens in [&["1", "1"][..], &["1", "2", "1"]] {
        let pages = tokens.iter().map(|token| page(&["/flags/dev/a"], Some(token)));
        let server = scripted(pages.collect::<Vec<_>>());
        let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
        expect![[r#"Failed { transient: true, reason: "Parameter Store names a page as the next one that it has returned already" }"#]]
            .assert_eq(&text(failure(&answers, PATH)));
        assert_eq!(server.calls().total(), tokens.len());
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_had_fails_the_path_as_a_whole() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/k is disabled.";
    let server = scripted([page(&["/flags/dev/a"], Some("1")), error("InvalidKeyId", key)]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    assert!(
        matches!(failure(&answers, PATH), Answer::Failed { transient: false, .. }),
        "{answers:?}"
    );
    assert_eq!(server.calls().total(), 2, "it does not get better by asking again");

    let torn = (200, json!({ "Parameters": "sk_live", "NextToken": "2" }));
    let server = scripted([page(&["/flags/dev/a"], Some("1")), torn]);
    let request = Request::new([""; 0], Duration::from_millis(500)).with_paths([PATH]);
    let answers = fetch(&server.url(), &request).await;
    assert!(
        matches!(failure(&answers, PATH), Answer::Failed { transient: true, .. }),
        "{answers:?}"
    );
    assert!(!format!("{answers:?}").contains("sk_live"));
}

#[tokio::test]
async fn a_page_that_is_not_found_is_no_end() {
    let gone = || error("ParameterNotFound", "no message");
    for replies in [vec![gone()], vec![page(&["/flags/dev/a"], Some("1")), gone()]] {
        let server = scripted(replies);
        let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
        expect![[r#"Failed { transient: false, reason: "the reply does not fit what was requested; check the endpoint" }"#]].assert_eq(&text(failure(&answers, PATH)));
    }
}

#[tokio::test]
async fn a_path_of_more_pages_than_there_is_time_for_says_how_far_it_came() {
    let pages = (0..20_000).map(|number: u32| page(&["/flags/dev/a"], Some(&number.to_string())));
    let server = scripted(pages);
    let request = Request::new([""; 0], Duration::from_secs(1)).with_paths([PATH]);
    let answers = fetch(&server.url(), &request).await;
    let said = text(failure(&answers, PATH));
    let (before, rest) = said.split_once(" pages").expect(&said);
    let (before, pages) = before.rsplit_once('"').expect(&said);
    expect![[r#"Failed { transient: true, reason: "… pages were read in time and there are more; raise `.timeout(…)` or use a narrower path" }"#]].assert_eq(&format!("{before}\"… pages{rest}"));
    let read: usize = pages.parse().expect(&said);
    // A few short attempts in the last moments may have been cut off.
    assert!((read..=read + 8).contains(&server.calls().total()), "{said}");
}

#[tokio::test]
async fn a_key_that_is_denied_is_not_taken_for_the_path() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/k";
    let message = format!("User: u is not authorized to perform: kms:Decrypt on resource: {key}");
    let server = scripted([error("AccessDeniedException", &message)]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    expect![[r#"Denied(Denial { action: "kms:Decrypt", resource: "arn:aws:kms:us-east-1:111122223333:key/k", details: None })"#]]
        .assert_eq(&text(failure(&answers, PATH)));
}

#[tokio::test]
async fn a_page_without_a_list_is_not_the_last_one() {
    let bodies = [
        (200, json!({})),
        (200, json!(null)),
        (204, json!(null)),
        (200, json!({ "Parameters": null })),
        (200, json!({ "__type": "InternalServerError", "message": "sk_live" })),
        (200, json!({ "NextToken": "2" })),
    ];
    for body in bodies {
        let answers = [page(&["/flags/dev/a"], Some("1"))].into_iter().chain(vec![body; 1000]);
        let server = scripted(answers);
        let request = Request::new([""; 0], Duration::from_millis(500)).with_paths([PATH]);
        let answers = fetch(&server.url(), &request).await;
        let said = text(failure(&answers, PATH));
        assert!(
            said.starts_with("Failed { transient: true") && !said.contains("sk_live"),
            "{said}"
        );
    }

    let empty = (200, json!({ "Parameters": [] }));
    let server = scripted([page(&["/flags/dev/a"], Some("1")), empty]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    assert_eq!(below(&answers, PATH), ["a = sk_live (secure)"]);
}

#[tokio::test]
async fn an_entry_that_is_not_below_the_path_fails_it() {
    let entry = |name: &str| json!({ "Name": name, "Type": "SecureString", "Value": "sk_live" });
    let mut strange: Vec<_> = [
        "/flags/dev",
        "/flags/dev/",
        "/flags/dev//a",
        "/flags/development/a",
        "/flags/a",
        "/Flags/dev/a",
        "flags/dev/a",
        "a",
        "",
        "/flags/dev/a:1",
        "/flags/dev/a b",
        "/flags/dev/\u{1b}[31m",
    ]
    .map(entry)
    .into();
    strange.push(json!({ "Type": "SecureString", "Value": "sk_live" }));
    strange.push(json!({}));
    let version = json!({ "Name": "/flags/dev/a", "Selector": ":1", "Value": "sk_live" });
    strange.push(version);
    for strange in strange {
        let page = json!({ "Parameters": [entry("/flags/dev/b"), strange] });
        let server = scripted([(200, page)]);
        let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
        expect![[r#"Failed { transient: false, reason: "the reply does not fit what was requested; check the endpoint" }"#]]
            .assert_eq(&text(failure(&answers, PATH)));
        assert_eq!(server.calls().total(), 1);
    }
}

#[tokio::test]
async fn of_two_values_for_one_key_none_is_chosen() {
    let page = |value: &str, kind: &str, token: Option<&str>| {
        let entry = json!({ "Name": "/flags/dev/a", "Type": kind, "Value": value });
        (200, json!({ "Parameters": [entry], "NextToken": token }))
    };
    for other in [page("off", "String", None), page("on", "SecureString", None)] {
        let server = scripted([page("on", "String", Some("1")), other]);
        let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
        expect![[r#"Failed { transient: false, reason: "the reply does not fit what was requested; check the endpoint" }"#]]
            .assert_eq(&text(failure(&answers, PATH)));
    }

    let server = scripted([page("on", "String", Some("1")), page("on", "String", None)]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    assert_eq!(below(&answers, PATH), ["a = on"]);
}

#[tokio::test]
async fn an_entry_without_a_type_is_secure_and_one_without_a_value_is_not_there_yet() {
    let entries =
        json!([{ "Name": "/flags/dev/a", "Value": "sk_live" }, { "Name": "/flags/dev/b" }]);
    let server = scripted([(200, json!({ "Parameters": entries }))]);
    let answers = fetch(&server.url(), &request(&[], &[PATH])).await;
    let missing =
        r#"Failed { transient: true, reason: "the reply of Parameter Store does not contain it" }"#;
    assert_eq!(below(&answers, PATH), ["a = sk_live (secure)", &format!("b = {missing}")]);
}
