//! Which reply belongs to which field: selectors, ARNs, names with and without a slash. And what
//! becomes of a reply that belongs to none.

use serde_json::{Value, json};
use stage_config::{LoadError, ProblemKind, StageConfig};
use stage_config_e2e::scripted::{error, scripted};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{LocalStore, Parameter};

use crate::source;
use crate::stores::remote;

#[derive(StageConfig, Debug)]
struct Versions {
    #[ssm("/p")]
    latest: String,
    #[ssm("/p:1")]
    first: String,
    #[ssm("/p:2")]
    second: String,
    #[ssm("/p:blue")]
    blue: String,
    #[ssm("Bare:1")]
    bare: String,
    #[ssm("arn:aws:ssm:us-east-1:111122223333:parameter/shared")]
    shared: String,
    #[ssm("arn:aws:ssm:us-east-1:111122223333:parameter/shared:1")]
    shared_first: String,
    #[ssm("arn:aws:ssm:us-east-1:111122223333:parameter/shared:old")]
    shared_old: String,
    #[ssm("/shared")]
    own: String,
}

fn store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/p", "p1"),
        Parameter::string("/shared", "s1"),
        Parameter::secure_string("/Bare", "b1"),
    ])
    .unwrap();
    for parameter in [
        Parameter::string("/p", "p2"),
        Parameter::string("/p", "p3"),
        Parameter::string("/shared", "s2"),
        Parameter::secure_string("/Bare", "b2"),
    ] {
        store.put(parameter).unwrap();
    }
    store.label("/p", 2, "blue").unwrap();
    store.label("/shared", 1, "old").unwrap();
    store
}

#[tokio::test]
async fn selectors_and_arns_find_their_values() {
    let store = store();
    let client = remote(&store);
    let versions = Versions::loader().source(source(&client)).load().await.unwrap();
    assert_eq!(
        [versions.latest, versions.first, versions.second, versions.blue],
        ["p3", "p1", "p2", "p2"]
    );
    assert_eq!(versions.bare, "b1");
    assert_eq!(
        [versions.shared, versions.shared_first, versions.shared_old, versions.own],
        ["s2", "s1", "s1", "s2"]
    );
    assert_eq!(store.calls().total(), 1, "no reply is left that had to be asked for again");
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Lost {
    #[ssm("/p:4")]
    version: String,
    #[ssm("/p:green")]
    label: String,
    #[ssm("arn:aws:ssm:us-east-1:111122223333:parameter/lost")]
    arn: String,
    #[ssm("Lost")]
    bare: String,
    #[ssm("/p:3")]
    there: String,
}

#[tokio::test]
async fn a_version_a_label_or_an_arn_that_is_not_there_is_missing() {
    let store = store();
    let client = remote(&store);
    let error = Lost::loader().source(source(&client)).load().await.unwrap_err();
    let missing: Vec<_> = error.problems().iter().map(|problem| problem.parameter()).collect();
    assert_eq!(
        missing,
        [
            Some("/p:4"),
            Some("/p:green"),
            Some("arn:aws:ssm:us-east-1:111122223333:parameter/lost"),
            Some("Lost")
        ]
    );
    assert!(error.problems().iter().all(|problem| problem.kind() == ProblemKind::Missing));
    assert_eq!(store.calls().total(), 1);
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Alone {
    #[ssm("/p:4")]
    version: String,
}

#[tokio::test]
async fn alone_too() {
    let store = store();
    let client = remote(&store);
    let error = Alone::loader().source(source(&client)).load().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot load `Alone`: 1 problem\n  \
         version: parameter `/p:4` does not exist in us-east-1\n\
         help: aws ssm get-parameter-history --name /p --region us-east-1\n\
         help: if a value may be absent, make its field an `Option` or give it a `default`"
    );
}

#[derive(StageConfig, Debug, PartialEq)]
struct Limit {
    #[ssm("/limit:2", default = 7)]
    limit: u32,
}

#[derive(StageConfig, Debug, PartialEq)]
struct Limits {
    #[ssm("/limit:2", default = 7)]
    limit: u32,
    #[ssm("/other")]
    other: Option<String>,
}

fn limit() -> Value {
    json!({ "Name": "/limit", "Selector": ":2", "Type": "String", "Value": "5" })
}

/// Such replies, each wrong in one way.
fn wrong() -> Vec<Value> {
    let with = |key: &str, value: Value| {
        let mut reply = limit();
        reply[key] = value;
        reply
    };
    vec![
        with("Name", json!("/Limit")),
        with("Name", json!("/limits")),
        with("Name", json!("/limit:2")),
        with("Name", json!(null)),
        with("Selector", json!(":1")),
        with("Selector", json!("2")),
        with("Selector", json!(null)),
    ]
}

async fn load<T: StageConfig>(server: &LocalStore) -> Result<T, LoadError> {
    T::loader().source(source(&Remote::new(&server.url(), &Key::root()))).load().await
}

#[track_caller]
fn assert_refused<T>(loaded: Result<T, LoadError>, why: &str) {
    let error = loaded.err().expect("it should be refused");
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Unreadable);
    assert_eq!(problem.fields(), ["limit"]);
    assert!(error.to_string().contains(why) && !error.is_transient(), "{error}");
}

const MISFIT: &str = "the reply does not fit what was requested";

fn not_allowed(action: &str) -> (u16, Value) {
    let message = format!(
        "User: u is not authorized to perform: {action} on resource: \
         arn:aws:ssm:us-east-1:111122223333:parameter/limit"
    );
    error("AccessDeniedException", &message)
}

#[tokio::test]
async fn a_reply_to_one_name_that_is_for_another_is_never_its_value() {
    let server = scripted([(200, json!({ "Parameter": limit() }))]);
    assert_eq!(load::<Limit>(&server).await.unwrap().limit, 5);

    for wrong in wrong() {
        let server = scripted([(200, json!({ "Parameter": wrong }))]);
        assert_refused(load::<Limit>(&server).await, MISFIT);
    }
}

#[tokio::test]
async fn so_is_one_to_a_batch_of_one() {
    let denied = || not_allowed("ssm:GetParameter");
    let server = scripted([denied(), (200, json!({ "Parameters": [limit()] }))]);
    assert_eq!(load::<Limit>(&server).await.unwrap().limit, 5);

    for wrong in wrong() {
        let server = scripted([denied(), (200, json!({ "Parameters": [wrong] }))]);
        assert_refused(load::<Limit>(&server).await, MISFIT);
    }

    let of_another = json!({ "Parameters": [], "InvalidParameters": ["/limit"] });
    let server = scripted([denied(), (200, of_another)]);
    assert_refused(load::<Limit>(&server).await, MISFIT);

    let both = json!({ "Parameters": [limit()], "InvalidParameters": ["/limit:2"] });
    let server = scripted([denied(), (200, both)]);
    assert_refused(load::<Limit>(&server).await, MISFIT);
}

#[tokio::test]
async fn what_a_batch_leaves_unanswered_is_checked_when_it_is_asked_for_by_itself() {
    for wrong in wrong() {
        let batch = json!({ "Parameters": [wrong], "InvalidParameters": ["/other"] });
        let right = json!({ "Parameter": limit() });
        let server = scripted([(200, batch.clone()), (200, right)]);
        let limits = load::<Limits>(&server).await.unwrap();
        assert_eq!(limits, Limits { limit: 5, other: None });

        let server = scripted([(200, batch), (200, json!({ "Parameter": wrong }))]);
        assert_refused(load::<Limits>(&server).await, MISFIT);
    }
}

#[tokio::test]
async fn a_name_in_both_lists_of_a_batch_is_neither_there_nor_missing() {
    let both = json!({ "Parameters": [limit()], "InvalidParameters": ["/limit:2", "/other"] });
    let server = scripted([(200, both)]);
    assert_refused(load::<Limits>(&server).await, MISFIT);
    assert_eq!(server.calls().total(), 1);
}

#[tokio::test]
async fn a_value_without_a_known_type_is_not_quoted() {
    for r#type in [json!(null), json!("SealedString")] {
        let reply = json!({
            "Name": "/limit", "Selector": ":2", "Type": r#type, "Value": "sk_live",
        });
        let server = scripted([(200, json!({ "Parameter": reply }))]);
        let error = load::<Limit>(&server).await.unwrap_err();
        assert!(error.to_string().contains("(its text is secret and not shown)"), "{error}");
        assert!(!error.to_string().contains("sk_live"));
    }
}
