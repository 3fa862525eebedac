//! A load belongs to none of those who ask for it.

use std::time::Duration;

use expect_test::expect;
use stage_config::{ColdStart, StageConfig};
use stage_config_behaviour::Gate;
use tokio::task::yield_now;
use tokio::time::Instant;

use super::{Config, SECOND, found, key, poll_once};

#[tokio::test(start_paused = true)]
async fn get_within_waits_no_longer_than_that() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let started = Instant::now();
    let error = CONFIG.get_within(SECOND / 2).await.unwrap_err();
    assert_eq!(started.elapsed(), SECOND / 2);
    assert!(error.is_transient());
    expect![[r#"
        cannot load `Config`: 1 problem
          it was not loaded within 500ms, the caller's time limit; the load continues"#]]
    .assert_eq(&error.to_string());
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get_within(SECOND).await), "1");
    assert_eq!(key(CONFIG.get_within(Duration::ZERO).await), "1", "a value that is there");
    assert_eq!(key(CONFIG.get_within(Duration::MAX).await), "1");
}

#[tokio::test(start_paused = true)]
async fn a_load_outlives_all_who_have_too_little_time_for_it() {
    cold_start!(CONFIG, GATE, _CLOCK);
    for _ in 0..5 {
        assert!(CONFIG.get_within(SECOND).await.unwrap_err().is_transient());
    }
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get_within(SECOND).await), "1");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn a_load_goes_on_if_the_caller_who_began_it_is_dropped() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let first = tokio::spawn(CONFIG.get());
    GATE.until_started(1).await;
    let second = tokio::spawn(CONFIG.get());
    yield_now().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    GATE.open(found("1"));
    assert_eq!(key(second.await.unwrap()), "1");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn a_load_lands_even_if_nobody_waits_for_it_any_more() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let only = tokio::spawn(CONFIG.get());
    GATE.until_started(1).await;
    only.abort();
    GATE.open(found("1"));
    while CONFIG.peek().is_none() {
        yield_now().await;
    }
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn a_caller_who_began_a_load_and_is_not_polled_any_more_holds_nobody_up() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let mut first = Box::pin(CONFIG.get());
    assert!(poll_once(first.as_mut()).is_pending());
    let mut second = Box::pin(CONFIG.get());
    assert!(poll_once(second.as_mut()).is_pending());
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(key(second.await), "1");
    assert_eq!(key(first.await), "1");
    assert_eq!(GATE.started(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_load_has_as_long_as_its_loader_allows() {
    static GATE: Gate = Gate::new();
    static CONFIG: ColdStart<Config> =
        ColdStart::new().loader(|| Config::loader().source(&GATE).timeout(SECOND * 60));
    let loading = tokio::spawn(CONFIG.get());
    GATE.until_started(1).await;
    tokio::time::sleep(SECOND * 50).await;
    GATE.open(found("1"));
    assert_eq!(key(loading.await.unwrap()), "1");
    assert_eq!(GATE.started(), 1);
}
