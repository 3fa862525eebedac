//! Which reply belongs to which field: selectors, ARNs, names with and without a slash.

use stage_config::{ProblemKind, StageConfig};
use stage_config_e2e::sdk::{Key, client};
use stage_config_local::{LocalStore, Parameter};

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
    let client = client(&store.url(), &Key::root());
    let versions = Versions::loader().client(client).load().await.unwrap();
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
    let client = client(&store.url(), &Key::root());
    let error = Lost::loader().client(client).load().await.unwrap_err();
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
    let client = client(&store.url(), &Key::root());
    let error = Alone::loader().client(client).load().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot load `Alone`: 1 problem\n  \
         version: parameter `/p:4` does not exist in us-east-1\n\
         help: aws ssm get-parameter-history --name /p --region us-east-1\n\
         help: if a value may be absent, make its field an `Option` or give it a `default`"
    );
}
