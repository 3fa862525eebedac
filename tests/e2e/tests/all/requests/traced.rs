//! The events of the requests of a load.

use expect_test::expect;
use stage_config::StageConfig;
use stage_config_behaviour::traced_at;
use stage_config_local::{LocalStore, On, Parameter};
use tokio::runtime::Builder;
use tracing::{Level, info, info_span};

use super::load;

config!(Several: a = "/a", b = "/b");

#[test]
fn each_attempt_is_counted_and_is_an_event_of_its_load() {
    let store = LocalStore::start(["/a", "/b"].map(|name| Parameter::string(name, "1"))).unwrap();
    store.script(On::any().first(2).answer(503, ""));
    let lines = traced_at(Level::DEBUG, || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let _entered = info_span!(target: "stage_config", "startup").entered();
        let loaded: Several = runtime.block_on(load(&store, "prod")).unwrap();
        assert_eq!(loaded.values(), ["1", "1"]);
        info!(target: "stage_config", "its connection is kept");
    });
    assert_eq!(store.calls().total(), 3);
    // How long it takes differs each time.
    let text = lines.join("\n").replace(&store.url(), "http://127.0.0.1:PORT");
    let words = text.split(' ').filter(|word| !word.starts_with("milliseconds="));
    expect![[r#"
        open startup
        open stage_config.load in startup
        WARN in stage_config.load: parameters cannot be read; trying again operation="GetParameters" names=2 attempt=1 outcome="unavailable" error=the reply is not from Parameter Store, HTTP 503; check the endpoint http://127.0.0.1:PORT
        DEBUG in stage_config.load: operation="GetParameters" names=2 attempt=2 outcome="unavailable" error=the reply is not from Parameter Store, HTTP 503; check the endpoint http://127.0.0.1:PORT
        DEBUG in stage_config.load: operation="GetParameters" names=2 attempt=3 outcome="answered"
        close stage_config.load config="Several" stage="prod" resolved="prod" names=2 requests=1 attempts=3 outcome="loaded"
        INFO in startup: its connection is kept
        close startup"#]].assert_eq(&words.collect::<Vec<_>>().join(" "));
}
