//! `ColdStart`: one load however many ask, what is kept and what is not, and for how long.

use std::sync::Arc;
use std::time::Duration;

use expect_test::expect;
use stage_config::{Answer, ColdStart, Fixed, LoadError, ProblemKind, StageConfig};
use stage_config_behaviour::{Gate, TestClock, logged};
use tokio::task::{JoinSet, yield_now};

#[derive(StageConfig, Debug, PartialEq)]
struct Config {
    #[ssm("/key")]
    key: String,
}

const SECOND: Duration = Duration::from_secs(1);

fn found(text: &str) -> Answer {
    Answer::found(text)
}

fn passing() -> Answer {
    Answer::Unavailable("cannot be read: throttled".to_owned())
}

fn key(result: Result<Arc<Config>, LoadError>) -> String {
    result.map_or_else(|error| error.to_string(), |config| config.key.clone())
}

/// A `ColdStart` in a static, with the gate that its loads wait at and the clock it looks at.
macro_rules! cold_start {
    ($config:ident, $gate:ident, $clock:ident $(, $setting:ident($value:expr))*) => {
        static $gate: Gate = Gate::new();
        static $clock: TestClock = TestClock::new();
        static $config: ColdStart<Config> = ColdStart::new()
            .loader(|| Config::loader().source(&$gate))
            .__clock(&$clock)
            $(.$setting($value))*;
    };
}

#[tokio::test]
async fn a_thousand_who_ask_at_once_start_one_load() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let mut tasks = JoinSet::new();
    for _ in 0..1000 {
        tasks.spawn(CONFIG.get());
    }
    while GATE.started() == 0 {
        yield_now().await;
    }
    GATE.open(found("1"));
    let configs = tasks.join_all().await;
    let first = configs[0].as_ref().unwrap();
    assert!(configs.iter().all(|config| Arc::ptr_eq(config.as_ref().unwrap(), first)));
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn after_the_load_nothing_is_asked() {
    cold_start!(CONFIG, GATE, CLOCK);
    GATE.open(found("1"));
    for _ in 0..10_000 {
        assert_eq!(key(CONFIG.get().await), "1");
    }
    // Without a maximum age, for good.
    CLOCK.advance(SECOND * 1_000_000);
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn all_who_waited_for_a_load_that_failed_get_its_error_and_it_is_not_kept() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let mut tasks = JoinSet::new();
    for _ in 0..10 {
        tasks.spawn(CONFIG.get());
    }
    while GATE.started() == 0 {
        yield_now().await;
    }
    GATE.open(passing());
    for result in tasks.join_all().await {
        assert_eq!(
            key(result),
            "cannot load `Config`: 1 problem\n  key: parameter `/key` cannot be read: throttled"
        );
    }
    assert_eq!(GATE.started(), 1);
    assert!(CONFIG.peek().is_none());

    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn where_the_loading_task_is_dropped_another_takes_over() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let loading = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let waiting = tokio::spawn(CONFIG.get());
    yield_now().await;
    loading.abort();
    assert!(loading.await.unwrap_err().is_cancelled());
    GATE.open(found("1"));
    assert_eq!(key(waiting.await.unwrap()), "1");
    assert_eq!(GATE.started(), 2);
}

#[test]
fn it_works_in_one_runtime_after_another() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    // The first runtime ends in the middle of a load.
    runtime().block_on(async {
        tokio::spawn(CONFIG.get());
        while GATE.started() == 0 {
            yield_now().await;
        }
    });
    GATE.open(found("1"));
    assert_eq!(key(runtime().block_on(CONFIG.get())), "1");
    assert_eq!(key(runtime().block_on(CONFIG.get())), "1");
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn a_value_is_refreshed_by_the_first_who_asks_after_it_is_due() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND.saturating_mul(300)));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND * 299);
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    assert_eq!(GATE.started(), 1, "nothing runs by itself");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
    CLOCK.advance(SECOND * 299);
    assert_eq!(key(CONFIG.get().await), "2");
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn many_who_ask_for_a_value_that_is_due_refresh_it_once() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(CONFIG.get());
    }
    while GATE.started() == 0 {
        yield_now().await;
    }
    GATE.open(found("2"));
    assert!(tasks.join_all().await.into_iter().all(|config| key(config) == "2"));
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn the_age_is_the_larger_of_what_the_clocks_say() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND.saturating_mul(300)));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    // Frozen for an hour: only the wall clock moves.
    CLOCK.advance_wall(SECOND * 3600);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
    // The wall clock is set back: only the monotonic clock counts.
    CLOCK.set_back_wall(SECOND * 3600);
    assert_eq!(key(CONFIG.get().await), "2");
    CLOCK.advance_monotonic(SECOND * 300);
    GATE.open(found("3"));
    assert_eq!(key(CONFIG.get().await), "3");
    assert_eq!(GATE.started(), 3);
}

#[tokio::test]
async fn without_serve_stale_a_failed_refresh_is_an_error() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    GATE.open(passing());
    assert!(CONFIG.get().await.unwrap_err().is_passing());
    // It is not kept, and neither is the old value lost.
    assert_eq!(CONFIG.peek().unwrap().key, "1");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn an_old_value_is_served_with_growing_pauses_between_refreshes() {
    cold_start!(
        CONFIG,
        GATE,
        CLOCK,
        max_age(SECOND.saturating_mul(300)),
        serve_stale(SECOND.saturating_mul(600))
    );
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND * 300);
    let mut attempts = 1;
    // 5 s, doubling up to 60 s.
    for pause in [5, 10, 20, 40, 60, 60] {
        GATE.open(passing());
        assert_eq!(key(CONFIG.get().await), "1");
        attempts += 1;
        CLOCK.advance(SECOND * (pause - 1) + Duration::from_millis(999));
        assert_eq!(key(CONFIG.get().await), "1");
        assert_eq!(GATE.started(), attempts, "before the pause of {pause} s is over");
        CLOCK.advance(Duration::from_millis(1));
    }
    // A refresh that succeeds ends it, and the next failure begins with a short pause again.
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
    CLOCK.advance(SECOND * 300);
    GATE.open(passing());
    assert_eq!(key(CONFIG.get().await), "2");
    CLOCK.advance(SECOND * 5);
    GATE.open(found("3"));
    assert_eq!(key(CONFIG.get().await), "3");
    assert_eq!(GATE.started(), 10);
}

#[tokio::test]
async fn a_value_that_is_too_old_is_not_served() {
    cold_start!(
        CONFIG,
        GATE,
        CLOCK,
        max_age(SECOND.saturating_mul(10)),
        serve_stale(SECOND.saturating_mul(3))
    );
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND * 10);
    GATE.open(passing());
    assert_eq!(key(CONFIG.get().await), "1");
    // The pause of 5 s would end after the value may still be served, so it is cut short.
    CLOCK.advance(SECOND * 3);
    GATE.open(passing());
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(Duration::from_millis(1));
    GATE.open(passing());
    assert!(CONFIG.get().await.unwrap_err().is_passing());
    assert_eq!(GATE.started(), 4);
}

#[tokio::test]
async fn what_will_not_pass_is_an_error_even_where_an_old_value_could_be_served() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND), serve_stale(SECOND.saturating_mul(600)));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    GATE.open(Answer::Missing);
    assert_eq!(CONFIG.get().await.unwrap_err().problems()[0].kind(), ProblemKind::Missing);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_takes_a_second_at_most_while_an_old_value_can_be_served() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND), serve_stale(SECOND));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = tokio::time::Instant::now();
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(started.elapsed(), SECOND);
    CLOCK.advance(SECOND * 2);
    assert!(CONFIG.get().await.is_err());
    assert_eq!(started.elapsed(), SECOND * 9, "a load has its 8 s where there is nothing to serve");
}

#[test]
fn a_served_old_value_is_warned_of() {
    cold_start!(
        CONFIG,
        GATE,
        CLOCK,
        max_age(SECOND.saturating_mul(10)),
        serve_stale(SECOND.saturating_mul(60))
    );
    CONFIG.set(Config { key: "sk_live".to_owned() });
    CLOCK.advance(SECOND * 10);
    GATE.open(passing());
    let lines = logged(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(CONFIG.get()).unwrap();
    });
    expect![[r#"
        [
            "WARN the refresh failed, so the old value is served: cannot load `Config`: 1 problem\n  key: parameter `/key` cannot be read: throttled config=\"Config\" age_seconds=10 next_attempt_in_seconds=5",
        ]
    "#]].assert_debug_eq(&lines);
}

#[tokio::test]
async fn refresh_loads_again_whatever_the_age() {
    cold_start!(CONFIG, GATE, _CLOCK);
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.refresh().await), "2");
    assert_eq!(key(CONFIG.get().await), "2");
    GATE.open(passing());
    assert!(CONFIG.refresh().await.unwrap_err().is_passing());
    assert_eq!(key(CONFIG.get().await), "2", "the value there was before stays");
    assert_eq!(GATE.started(), 3);
}

#[tokio::test]
async fn refresh_joins_no_load_that_began_before_it_but_one_that_began_after() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let early = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let mut refreshes = JoinSet::new();
    for _ in 0..10 {
        refreshes.spawn(CONFIG.refresh());
    }
    for _ in 0..20 {
        yield_now().await;
    }
    GATE.open(found("old"));
    assert_eq!(key(early.await.unwrap()), "old");
    GATE.open(found("new"));
    assert!(refreshes.join_all().await.into_iter().all(|config| key(config) == "new"));
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn a_failed_refresh_is_the_error_of_all_who_waited_for_it() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let early = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let mut refreshes = JoinSet::new();
    for _ in 0..10 {
        refreshes.spawn(CONFIG.refresh());
    }
    for _ in 0..20 {
        yield_now().await;
    }
    GATE.open(found("1"));
    GATE.open(Answer::Missing);
    assert_eq!(key(early.await.unwrap()), "1");
    assert!(refreshes.join_all().await.iter().all(Result::is_err));
    assert_eq!(GATE.started(), 2);
    assert_eq!(key(CONFIG.get().await), "1");
}

#[tokio::test(start_paused = true)]
async fn get_within_waits_no_longer_than_that() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let started = tokio::time::Instant::now();
    let error = CONFIG.get_within(SECOND / 2).await.unwrap_err();
    assert_eq!(started.elapsed(), SECOND / 2);
    assert!(error.is_passing());
    expect![[r#"
        cannot load `Config`: 1 problem
          key: parameter `/key` was not answered within 500ms"#]]
    .assert_eq(&error.to_string());
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get_within(SECOND).await), "1");
    assert_eq!(key(CONFIG.get_within(Duration::ZERO).await), "1", "a value that is there");
    assert_eq!(key(CONFIG.get_within(Duration::MAX).await), "1");
}

#[tokio::test(start_paused = true)]
async fn get_within_serves_an_old_value_where_it_may() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND), serve_stale(SECOND));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    assert_eq!(key(CONFIG.get_within(SECOND / 2).await), "1");
    CLOCK.advance(SECOND * 2);
    assert!(CONFIG.get_within(SECOND / 2).await.unwrap_err().is_passing());
}

#[tokio::test(start_paused = true)]
async fn get_within_keeps_to_the_pauses_between_refreshes() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND), serve_stale(SECOND.saturating_mul(60)));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = tokio::time::Instant::now();
    for _ in 0..10 {
        assert_eq!(key(CONFIG.get_within(SECOND / 2).await), "1");
    }
    assert_eq!((started.elapsed(), GATE.started()), (SECOND / 2, 1));
}

#[tokio::test(start_paused = true)]
async fn an_old_value_that_can_be_served_is_not_kept_back_by_a_refresh() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND), serve_stale(SECOND.saturating_mul(60)));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = tokio::time::Instant::now();
    let refresh = tokio::spawn(CONFIG.refresh());
    while GATE.started() == 0 {
        yield_now().await;
    }
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(started.elapsed(), SECOND);
    assert!(refresh.await.unwrap().unwrap_err().is_passing());
    // A refresh that fails sets the pause too, whoever asked for it.
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!((started.elapsed(), GATE.started()), (SECOND * 8, 1));
}

#[tokio::test]
async fn a_refresh_that_fails_before_its_time_puts_nothing_off() {
    cold_start!(
        CONFIG,
        GATE,
        CLOCK,
        max_age(SECOND.saturating_mul(10)),
        serve_stale(SECOND.saturating_mul(60))
    );
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND * 9);
    GATE.open(passing());
    assert!(CONFIG.refresh().await.unwrap_err().is_passing());
    CLOCK.advance(SECOND);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test(start_paused = true)]
async fn who_takes_over_has_what_is_left_of_its_own_time() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let started = tokio::time::Instant::now();
    let loading = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let waiting = tokio::spawn(CONFIG.get());
    yield_now().await;
    tokio::time::advance(SECOND * 7).await;
    loading.abort();
    assert!(waiting.await.unwrap().unwrap_err().is_passing());
    assert_eq!((started.elapsed(), GATE.started()), (SECOND * 8, 2));
}

#[tokio::test(start_paused = true)]
async fn who_has_more_time_than_a_load_that_was_cut_short_tries_again() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let hurried = tokio::spawn(CONFIG.get_within(SECOND));
    while GATE.started() == 0 {
        yield_now().await;
    }
    let patient = tokio::spawn(CONFIG.get());
    assert!(hurried.await.unwrap().unwrap_err().is_passing());
    while GATE.started() == 1 {
        yield_now().await;
    }
    GATE.open(found("1"));
    assert_eq!(key(patient.await.unwrap()), "1");
}

#[tokio::test(start_paused = true)]
async fn a_future_that_nobody_polls_keeps_nobody_waiting() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let loading = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let mut forgotten = Box::pin(CONFIG.get());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(forgotten.as_mut().poll(&mut context).is_pending());
    loading.abort();
    assert!(loading.await.is_err());
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(key(forgotten.await), "1");
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn a_warm_get_does_not_wait_for_a_refresh() {
    cold_start!(CONFIG, GATE, _CLOCK);
    CONFIG.set(Config { key: "1".to_owned() });
    let refresh = tokio::spawn(CONFIG.refresh());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let mut warm = Box::pin(CONFIG.get());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(warm.as_mut().poll(&mut context).is_ready());
    GATE.open(found("2"));
    assert_eq!(key(refresh.await.unwrap()), "2");
}

#[tokio::test]
async fn a_value_is_as_old_as_the_beginning_of_its_load() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(SECOND.saturating_mul(60)));
    let loading = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    // Frozen with a request in flight.
    CLOCK.advance(SECOND * 3600);
    GATE.open(found("1"));
    assert_eq!(key(loading.await.unwrap()), "1");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn a_value_that_is_set_is_not_replaced_by_a_load_that_was_on_its_way() {
    cold_start!(CONFIG, GATE, _CLOCK);
    for answer in [found("loaded"), Answer::Missing] {
        let before = GATE.started();
        let loading = tokio::spawn(CONFIG.refresh());
        while GATE.started() == before {
            yield_now().await;
        }
        CONFIG.set(Config { key: "given".to_owned() });
        GATE.open(answer);
        assert_eq!(key(loading.await.unwrap()), "given");
        assert_eq!(key(CONFIG.get().await), "given");
    }
}

#[tokio::test]
async fn peek_and_set_do_not_load() {
    cold_start!(CONFIG, GATE, _CLOCK);
    assert_eq!(CONFIG.peek(), None);
    CONFIG.set(Config { key: "given".to_owned() });
    assert_eq!(CONFIG.peek().unwrap().key, "given");
    assert_eq!(key(CONFIG.get().await), "given");
    assert_eq!(GATE.started(), 0);
}

#[tokio::test]
async fn a_value_that_is_set_while_others_wait_for_a_load_that_is_dropped_is_theirs() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let loading = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let waiting = tokio::spawn(CONFIG.get());
    yield_now().await;
    CONFIG.set(Config { key: "given".to_owned() });
    loading.abort();
    assert_eq!(key(waiting.await.unwrap()), "given");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn what_is_printed_holds_no_value() {
    let config: ColdStart<Config> = ColdStart::default().max_age(SECOND);
    config.set(Config { key: "sk_live".to_owned() });
    expect!["ColdStart { loaded: true, max_age: Some(1s), serve_stale: 0ns, .. }"]
        .assert_eq(&format!("{config:?}"));
}

#[derive(StageConfig, Debug)]
struct Staged {
    #[ssm(dev = "/key", prod = "/key/live")]
    _key: String,
}

#[test]
fn the_fallback_is_said_once_however_often_it_is_loaded() {
    static STAGED: ColdStart<Staged> = ColdStart::new()
        .loader(|| Staged::loader().stage("featureX").source(Fixed::from([("/key", "1")])));
    let lines = logged(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for _ in 0..3 {
            runtime.block_on(STAGED.refresh()).unwrap();
        }
    });
    assert_eq!(lines.len(), 1);
}
