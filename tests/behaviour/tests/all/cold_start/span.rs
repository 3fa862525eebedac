//! The span of a shared load.

use expect_test::expect;
use stage_config::source::{Answers, Request};
use stage_config::{ColdStart, Source, StageConfig};
use stage_config_behaviour::{Gate, traced_at};
use tracing::{Instrument as _, Level, info, info_span};

use super::{Config, found, key, paused_runtime, poll_once};

/// Says when it begins and when it ends.
struct Loud(&'static Gate);

impl Source for Loud {
    async fn fetch(&self, request: &Request) -> Answers {
        info!(target: "stage_config", "it begins");
        let answers = self.0.fetch(request).await;
        info!(target: "stage_config", "it ends");
        answers
    }
}

#[test]
fn a_load_keeps_no_callers_span_open_and_says_nothing_in_one() {
    static GATE: Gate = Gate::new();
    static CONFIG: ColdStart<Config> =
        ColdStart::new().loader(|| Config::loader().source(Loud(&GATE)));
    let lines = traced_at(Level::INFO, || {
        paused_runtime().block_on(async {
            let invocation = info_span!(target: "stage_config", "invocation");
            let mut first = Box::pin(CONFIG.get().instrument(invocation));
            assert!(poll_once(first.as_mut()).is_pending());
            drop(first);

            let second = CONFIG.get().instrument(info_span!(target: "stage_config", "second"));
            GATE.open(found("1"));
            assert_eq!(key(second.await), "1");

            // A value that is there is no load.
            let warm = info_span!(target: "stage_config", "warm");
            assert_eq!(key(CONFIG.get().instrument(warm).await), "1");
        });
    });
    expect![[r#"
        open invocation
        open stage_config.load
        stage_config.load follows invocation
        INFO in stage_config.load: it begins
        close invocation
        open second
        INFO in stage_config.load: it ends
        close stage_config.load config="Config" names=1 milliseconds=0 outcome="loaded"
        close second
        open warm
        close warm"#]]
    .assert_eq(&lines.join("\n"));
}
