//! The span of a load, and the events in it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::str::FromStr;
use std::task::{Context, Waker};
use std::time::Duration;

use expect_test::expect;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{Environment, Fixed, SecretString, Source, StageConfig};
use stage_config_behaviour::{Never, SECRET, traced_at};
use tokio::runtime::Runtime;
use tokio::time::sleep;
use tracing::{Level, info, info_span};

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it is loaded, not read")]
struct Config {
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: SecretString,
    #[ssm_path("/flags")]
    flags: std::collections::BTreeMap<String, bool>,
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it is loaded, not read")]
struct Stageless {
    #[ssm("/number")]
    number: Loud,
}

/// A number that says that it is read, and panics instead of being zero.
#[derive(Debug)]
struct Loud;

impl FromStr for Loud {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        info!(target: "stage_config", "it is read");
        assert_ne!(text.parse(), Ok(0));
        text.parse::<u8>().map(|_| Self)
    }
}

/// Takes 30 ms, and says how many requests it has made and how often it has sent one.
struct Counted(Fixed, usize, usize);

impl Source for Counted {
    async fn fetch(&self, request: &Request) -> Answers {
        sleep(Duration::from_millis(30)).await;
        self.0.fetch(request).await.after_requests(self.1).after_attempts(self.2)
    }
}

/// Two sources that are both asked for everything.
struct Both<S, T>(S, T);

impl<S: Source, T: Source> Source for Both<S, T> {
    async fn fetch(&self, request: &Request) -> Answers {
        let mut answers = self.0.fetch(request).await;
        answers.merge(self.1.fetch(request).await);
        answers
    }
}

fn full() -> Fixed {
    Fixed::from([("/key/live", SECRET), ("/key/test", SECRET), ("/flags/a", "true")])
}

/// What the body tells, with a runtime whose time passes while nothing else happens.
fn traced(body: impl FnOnce(&Runtime)) -> Vec<String> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().unwrap();
    let lines = traced_at(Level::INFO, || body(&runtime));
    assert!(lines.iter().all(|line| !line.contains(SECRET)), "{lines:?}");
    lines
}

#[test]
fn a_load_is_a_span_of_its_caller() {
    let lines = traced(|runtime| {
        info_span!(target: "stage_config", "startup").in_scope(|| {
            let load = Stageless::loader().source(Fixed::from([("/number", "1")])).load();
            runtime.block_on(load).unwrap();
            let load = Config::loader().stage("featureX").source(full()).load();
            runtime.block_on(load).unwrap();
        });
    });
    expect![[r#"
        open startup
        open stage_config.load in startup
        INFO in stage_config.load: it is read
        close stage_config.load config="Stageless" names=1 milliseconds=0 outcome="loaded"
        open stage_config.load in startup
        INFO in stage_config.load: stage `featureX` is not declared; `Config` falls back to `dev` config="Config" stage="featureX" resolved="dev"
        close stage_config.load config="Config" stage="featureX" resolved="dev" names=2 milliseconds=0 outcome="loaded"
        close startup"#]].assert_eq(&lines.join("\n"));
}

/// The spans of all kinds of loads.
fn spans() -> Vec<String> {
    let number = |text| Stageless::loader().source(Fixed::from([("/number", text)]));
    let lines = traced(|runtime| {
        let all = Both(Counted(full(), 1, 3), Counted(Fixed::new(), 2, 2));
        let all = Both(Fixed::new(), all);
        runtime.block_on(Config::loader().stage("prod").source(all).load()).unwrap();
        // No stage is given.
        let nowhere = Config::loader().env(Environment::empty());
        runtime.block_on(nowhere.source(full()).load()).unwrap();
        runtime.block_on(number("1").load()).unwrap();

        runtime.block_on(number(SECRET).load()).unwrap_err();
        runtime.block_on(Config::loader().stage("prd").source(full()).load()).unwrap_err();
        let throttled = Fixed::new().with("/number", Answer::transient("throttled"));
        let throttled = Stageless::loader().source(Counted(throttled, 1, 9));
        runtime.block_on(throttled.load()).unwrap_err();
        runtime.block_on(Stageless::loader().source(Never).load()).unwrap_err();
        let _ = catch_unwind(AssertUnwindSafe(|| runtime.block_on(number("0").load())));
        runtime.block_on(async {
            let load = pin!(Stageless::loader().source(Never).load());
            assert!(load.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        });
    });
    let closed = lines.into_iter().filter(|line| line.starts_with("close "));
    closed.collect()
}

#[test]
fn a_span_says_how_the_load_ended_whatever_happens() {
    expect![[r#"
        close stage_config.load config="Config" stage="prod" resolved="prod" names=2 requests=3 attempts=5 milliseconds=60 outcome="loaded"
        close stage_config.load config="Config" resolved="dev" names=2 milliseconds=0 outcome="loaded"
        close stage_config.load config="Stageless" names=1 milliseconds=0 outcome="loaded"
        close stage_config.load config="Stageless" names=1 milliseconds=0 outcome="failed"
        close stage_config.load config="Config" stage="prd" milliseconds=0 outcome="failed"
        close stage_config.load config="Stageless" names=1 requests=1 attempts=9 milliseconds=30 outcome="unavailable"
        close stage_config.load config="Stageless" names=1 milliseconds=8000 outcome="unavailable"
        close stage_config.load config="Stageless" names=1 milliseconds=0 outcome="panicked"
        close stage_config.load config="Stageless" names=1 milliseconds=0 outcome="cancelled""#]].assert_eq(&spans().join("\n"));
}

/// The rows of a table in the guide: what is in back-ticks in each cell.
fn documented(heading: &str) -> Vec<Vec<Vec<&'static str>>> {
    let guide = include_str!("../../../../../runtime/src/guide.md");
    let table = guide.split_once(heading).expect("the guide has this table").1;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let quoted = |cell: &'static str| cell.split('`').skip(1).step_by(2).collect();
    rows.map(|row| row.trim_matches('|').split('|').map(quoted).collect()).collect()
}

#[test]
fn the_guide_lists_the_fields_and_the_outcomes() {
    let spans = spans();
    let fields = |span: &str| -> Vec<(String, String)> {
        let fields = span.split(' ').filter_map(|field| field.split_once('='));
        fields.map(|(name, value)| (name.to_owned(), value.replace('"', ""))).collect()
    };
    let documented = documented("| field | content |");
    let names: Vec<_> = documented.iter().flat_map(|row| row[0].clone()).collect();
    // The first span has all of them.
    let written: Vec<_> = fields(&spans[0]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(written, names);

    let outcomes = spans.iter().flat_map(|span| fields(span)).filter(|it| it.0 == "outcome");
    let mut outcomes: Vec<_> = outcomes.map(|(_, outcome)| outcome).collect();
    outcomes.dedup();
    assert_eq!(outcomes, documented[names.len() - 1][1]);
}
