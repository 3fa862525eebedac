//! A refresh that is asked for.

use std::sync::Arc;
use std::time::Duration;

use stage_config::source::Answer;
use stage_config::{ColdStart, LoadError};
use stage_config_behaviour::Gate;
use tokio::task::{JoinHandle, JoinSet, yield_now};

use super::{Config, SECOND, found, key, passing};

#[tokio::test]
async fn refresh_loads_again_whatever_the_age() {
    cold_start!(CONFIG, GATE, CLOCK);
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.refresh().await), "2");
    assert_eq!(key(CONFIG.get().await), "2");
    CLOCK.advance(SECOND);
    GATE.open(passing());
    assert!(CONFIG.refresh().await.unwrap_err().is_transient());
    assert_eq!(key(CONFIG.get().await), "2", "the value there was before stays");
    assert_eq!(GATE.started(), 3);
}

/// A load that waits at the gate, and ten refreshes that were asked for after it began.
async fn a_load_and_refreshes_behind_it(
    config: &'static ColdStart<Config>,
    gate: &Gate,
) -> (JoinHandle<Outcome>, JoinSet<Outcome>) {
    let early = tokio::spawn(config.get());
    gate.until_started(1).await;
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

#[tokio::test]
async fn refresh_gives_what_a_load_read_that_began_less_than_a_second_before() {
    cold_start!(CONFIG, GATE, CLOCK);
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.refresh().await), "1");
    CLOCK.advance(Duration::from_millis(999));
    for _ in 0..100 {
        assert_eq!(key(CONFIG.refresh().await), "1");
    }
    assert_eq!(GATE.started(), 1);
    CLOCK.advance(Duration::from_millis(1));
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.refresh().await), "2");
    // A sandbox that was restored from a snapshot: only the wall clock has moved.
    CLOCK.advance_wall(SECOND * 3600);
    GATE.open(found("3"));
    assert_eq!(key(CONFIG.refresh().await), "3");
}

#[tokio::test]
async fn a_value_that_was_set_and_a_load_that_failed_are_no_reason_not_to_refresh() {
    cold_start!(CONFIG, GATE, _CLOCK);
    CONFIG.set(Config { key: "given".to_owned() });
    GATE.open(passing());
    assert!(CONFIG.refresh().await.is_err());
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.refresh().await), "1");
}

#[tokio::test]
async fn of_refreshes_that_wait_for_a_load_to_end_any_may_be_dropped() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let (early, mut refreshes) = a_load_and_refreshes_behind_it(&CONFIG, &GATE).await;
    let last = tokio::spawn(CONFIG.refresh());
    yield_now().await;
    refreshes.shutdown().await;
    GATE.open(found("old"));
    assert_eq!(key(early.await.unwrap()), "old");
    GATE.open(found("new"));
    assert_eq!(key(last.await.unwrap()), "new");
    assert_eq!(GATE.started(), 2);
}

#[tokio::test]
async fn a_value_that_is_set_is_the_outcome_of_refreshes_that_wait() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let (early, refreshes) = a_load_and_refreshes_behind_it(&CONFIG, &GATE).await;
    CONFIG.set(Config { key: "given".to_owned() });
    assert_eq!(key(early.await.unwrap()), "given");
    assert!(refreshes.join_all().await.into_iter().all(|config| key(config) == "given"));
    assert_eq!(GATE.started(), 1);
}
