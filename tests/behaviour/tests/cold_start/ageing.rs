//! What becomes of a value that grows old: refreshing it, and serving it past its time.

use std::sync::Arc;
use std::time::Duration;

use expect_test::expect;
use stage_config::{Answer, ColdStart, LoadError, ProblemKind, StageConfig};
use stage_config_behaviour::{Gate, logged};
use tokio::task::{JoinHandle, JoinSet, yield_now};

use super::{Config, SECOND, found, key, passing};

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

/// A load that waits at the gate, and ten refreshes that began after it.
async fn a_load_and_refreshes_behind_it(
    config: &'static ColdStart<Config>,
    gate: &Gate,
) -> (JoinHandle<Outcome>, JoinSet<Outcome>) {
    let early = tokio::spawn(config.get());
    while gate.started() == 0 {
        yield_now().await;
    }
    let mut refreshes = JoinSet::new();
    for _ in 0..10 {
        refreshes.spawn(config.refresh());
    }
    for _ in 0..20 {
        yield_now().await;
    }
    (early, refreshes)
}

type Outcome = Result<Arc<Config>, LoadError>;

#[tokio::test]
async fn refresh_joins_no_load_that_began_before_it_but_one_that_began_after() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let (early, refreshes) = a_load_and_refreshes_behind_it(&CONFIG, &GATE).await;
    GATE.open(found("old"));
    assert_eq!(key(early.await.unwrap()), "old");
    GATE.open(found("new"));
    assert!(refreshes.join_all().await.into_iter().all(|config| key(config) == "new"));
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn a_failed_refresh_is_the_error_of_all_who_waited_for_it() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let (early, refreshes) = a_load_and_refreshes_behind_it(&CONFIG, &GATE).await;
    GATE.open(found("1"));
    GATE.open(Answer::Missing);
    assert_eq!(key(early.await.unwrap()), "1");
    assert!(refreshes.join_all().await.iter().all(Result::is_err));
    assert_eq!(GATE.started(), 2);
    assert_eq!(key(CONFIG.get().await), "1");
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
