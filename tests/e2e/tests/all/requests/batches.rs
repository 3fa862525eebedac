//! One request for one name, one for each ten of several.

use std::time::Duration;

use stage_config::source::Request;
use stage_config::{ColdStart, ExposeSecret, SecretString, Source, StageConfig};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{Call, LocalStore, Parameter};

use super::{load, side_by_side};
use crate::source;
use crate::stores::operations;
use crate::stores::remote;

config!(One: a = "/p/01");
config!(Ten: a = "/p/01", b = "/p/02", c = "/p/03", d = "/p/04", e = "/p/05", f = "/p/06",
    g = "/p/07", h = "/p/08", i = "/p/09", j = "/p/10");
config!(Eleven: a = "/p/01", b = "/p/02", c = "/p/03", d = "/p/04", e = "/p/05", f = "/p/06",
    g = "/p/07", h = "/p/08", i = "/p/09", j = "/p/10", k = "/p/11");
config!(Twelve: a = "/p/12", b = "/p/11", c = "/p/10", d = "/p/09", e = "/p/08", f = "/p/07",
    g = "/p/06", h = "/p/05", i = "/p/04", j = "/p/03", k = "/p/02", l = "/p/01");
config!(TwentyOne: a = "/p/01", b = "/p/02", c = "/p/03", d = "/p/04", e = "/p/05", f = "/p/06",
    g = "/p/07", h = "/p/08", i = "/p/09", j = "/p/10", k = "/p/11", l = "/p/12", m = "/p/13",
    n = "/p/14", o = "/p/15", p = "/p/16", q = "/p/17", r = "/p/18", s = "/p/19", t = "/p/20",
    u = "/p/21");

fn store() -> LocalStore {
    let parameters = (1..=21)
        .map(|number| Parameter::secure_string(format!("/p/{number:02}"), format!("v{number:02}")));
    LocalStore::start(parameters).expect("a port on loopback")
}

#[tokio::test]
async fn one_name_is_one_get_parameter() {
    let store = store();
    assert_eq!(load::<One>(&store, "dev").await.unwrap().values(), ["v01"]);
    assert_eq!(operations(&store), ["GetParameter"]);
}

#[tokio::test]
async fn more_are_get_parameters_in_tens() {
    let store = store();
    let expected: Vec<String> = (1..=21).map(|number| format!("v{number:02}")).collect();

    assert_eq!(load::<Ten>(&store, "dev").await.unwrap().values(), expected[..10]);
    assert_eq!(operations(&store), ["GetParameters"]);

    store.reset_calls();
    assert_eq!(load::<Eleven>(&store, "dev").await.unwrap().values(), expected[..11]);
    assert_eq!(operations(&store), ["GetParameters"; 2]);

    store.reset_calls();
    // In an order of their own, which no reply has.
    let reversed: Vec<_> = expected[..12].iter().rev().collect();
    assert_eq!(load::<Twelve>(&store, "dev").await.unwrap().values(), reversed[..]);
    assert_eq!(operations(&store), ["GetParameters"; 2]);

    store.reset_calls();
    assert_eq!(load::<TwentyOne>(&store, "dev").await.unwrap().values(), expected[..]);
    assert_eq!(operations(&store), ["GetParameters"; 3]);
}

#[tokio::test]
async fn all_of_it_is_decrypted() {
    let store = store();
    load::<Eleven>(&store, "dev").await.unwrap();
    load::<One>(&store, "dev").await.unwrap();
    assert!(store.calls().iter().all(|call: &Call| call.with_decryption));
}

#[tokio::test]
async fn batches_are_side_by_side() {
    let calls = side_by_side::<TwentyOne>(store(), "dev", 3).await;
    assert!(calls.iter().all(|(operation, _)| operation == "GetParameters"), "{calls:?}");
}

#[derive(StageConfig, Debug)]
struct Staged {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

#[tokio::test]
async fn only_the_stage_that_is_deployed_is_asked_for() {
    let keys = [
        Parameter::secure_string("/stripeSecretKey/test", "sk_test"),
        Parameter::secure_string("/stripeSecretKey/live", "sk_live"),
    ];
    let store = LocalStore::start(keys).unwrap();
    for (stage, name, value) in [
        ("prod", "/stripeSecretKey/live", "sk_live"),
        ("dev", "/stripeSecretKey/test", "sk_test"),
        ("featureX", "/stripeSecretKey/test", "sk_test"),
    ] {
        store.reset_calls();
        let client = remote(&store);
        let config = Staged::loader().stage(stage).source(source(&client)).load().await.unwrap();
        assert_eq!(config.stripe_secret_key.expose_secret(), value);
        assert_eq!(store.calls().names().collect::<Vec<_>>(), [name]);
    }
}

config!(Same: a = "Key", b = "/Key", c = "/Key", d = "/other");

#[tokio::test]
async fn a_name_that_two_fields_have_is_asked_for_once() {
    let store =
        LocalStore::start([Parameter::string("Key", "1"), Parameter::string("/other", "2")])
            .unwrap();
    assert_eq!(load::<Same>(&store, "dev").await.unwrap().values(), ["1", "1", "1", "2"]);
    assert_eq!(operations(&store), ["GetParameters"]);
    assert_eq!(store.calls().names().collect::<Vec<_>>(), ["Key", "/other"]);
}

#[test]
fn a_cold_start_asks_once_in_all_its_life() {
    static CONFIG: ColdStart<Ten> = ColdStart::new().loader(|| {
        Ten::loader()
            .source(source(&Remote::new(STORE.get().expect("it is started"), &Key::root())))
    });
    static STORE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let store = store();
    STORE.set(store.url()).unwrap();

    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime().block_on(async {
        let tasks: Vec<_> = (0..1000).map(|_| tokio::spawn(CONFIG.get())).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    // In another runtime, as the next test of a suite has one.
    runtime().block_on(async {
        for _ in 0..10_000 {
            CONFIG.get().await.unwrap();
        }
    });
    assert_eq!(operations(&store), ["GetParameters"]);
}

#[test]
fn connections_of_a_runtime_that_is_gone_do_no_harm() {
    let store = store();
    // One client, as one in a static is, in one runtime after another.
    let client = remote(&store);
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let loader = Eleven::loader().source(source(&client));
        assert_eq!(runtime.block_on(loader.load()).unwrap().values().len(), 11);
    }
    assert_eq!(operations(&store), ["GetParameters"; 6]);
}

#[tokio::test]
async fn the_source_says_how_many_requests_it_has_made() {
    for (names, paths, requests) in [(1, 0, 1), (10, 0, 1), (21, 0, 3), (21, 1, 6), (0, 0, 0)] {
        let store = store();
        let names = (1..=names).map(|number| format!("/p/{number:02}"));
        let request = Request::new(names, Duration::from_secs(8)).with_paths(vec!["/p"; paths]);
        let source = source(&Remote::new(&store.url(), &Key::root()));
        let answers = source.fetch(&request).await;
        assert_eq!(answers.requests(), Some(requests));
        assert_eq!(store.calls().total(), requests);
    }
}
