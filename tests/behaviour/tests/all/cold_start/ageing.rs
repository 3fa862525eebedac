//! What becomes of a value that grows old: when it is due, and how its age is told.

use tokio::task::JoinSet;

use super::{Config, SECOND, found, key, passing};

#[tokio::test]
async fn a_value_is_refreshed_by_the_first_who_asks_after_it_is_due() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(300));
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
    cold_start!(CONFIG, GATE, CLOCK, max_age(1));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(CONFIG.get());
    }
    GATE.until_started(1).await;
    GATE.open(found("2"));
    assert!(tasks.join_all().await.into_iter().all(|config| key(config) == "2"));
    assert_eq!(GATE.started(), 1);
}

#[tokio::test]
async fn the_age_is_the_larger_of_what_the_clocks_say() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(300));
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
async fn a_value_is_as_old_as_the_beginning_of_its_load() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(60));
    let loading = tokio::spawn(CONFIG.get());
    GATE.until_started(1).await;
    // Frozen with a request in flight.
    CLOCK.advance(SECOND * 3600);
    GATE.open(found("1"));
    assert_eq!(key(loading.await.unwrap()), "1");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn without_serve_stale_a_failed_refresh_is_an_error() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    GATE.open(passing());
    assert!(CONFIG.get().await.unwrap_err().is_transient());
    // It is not kept, and neither is the old value lost.
    assert_eq!(CONFIG.peek().unwrap().key, "1");
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}
