//! What stands in while no newer value can be had, and for how long.

use std::time::Duration;

use expect_test::expect;
use stage_config::ProblemKind;
use stage_config::source::Answer;
use stage_config_behaviour::logged;
use tokio::task::yield_now;
use tokio::time::Instant;

use super::{Config, SECOND, found, key, passing, paused_runtime};

#[tokio::test]
async fn an_old_value_is_served_with_growing_pauses_between_refreshes() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(300), serve_stale(600));
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
async fn a_wall_clock_that_ran_ahead_does_not_stretch_a_pause() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(300), serve_stale(7200));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance_wall(SECOND * 3600);
    GATE.open(passing());
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.set_back_wall(SECOND * 3600);
    CLOCK.advance(SECOND * 300);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn a_value_that_is_too_old_is_not_served() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(10), serve_stale(3));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND * 10);
    GATE.open(passing());
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND * 3);
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(GATE.started(), 2);
    // Neither is a pause that has not ended a reason to.
    CLOCK.advance(Duration::from_millis(1));
    GATE.open(passing());
    assert!(CONFIG.get().await.unwrap_err().is_transient());
    assert_eq!(GATE.started(), 3);
}

#[tokio::test]
async fn what_will_not_pass_is_an_error_even_where_an_old_value_could_be_served() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(600));
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    CLOCK.advance(SECOND);
    GATE.open(Answer::Missing);
    assert_eq!(CONFIG.get().await.unwrap_err().problems()[0].kind(), ProblemKind::Missing);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[test]
fn a_served_old_value_is_warned_of() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(10), serve_stale(60));
    CONFIG.set(Config { key: "sk_live".to_owned() });
    CLOCK.advance(SECOND * 10);
    GATE.open(passing());
    let lines = logged(|| {
        paused_runtime().block_on(CONFIG.get()).unwrap();
    });
    expect![[r#"
        [
            "WARN the refresh failed, so the old value stays in service: cannot load `Config`: 1 problem\n  key: parameter `/key` cannot be read: throttled config=\"Config\" age_seconds=10 next_attempt_in_seconds=5",
        ]
    "#]].assert_debug_eq(&lines);
}

#[tokio::test(start_paused = true)]
async fn a_slow_refresh_is_waited_for_until_it_has_taken_a_second_in_all() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(60));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = Instant::now();
    let first = tokio::spawn(CONFIG.get());
    GATE.until_started(1).await;
    tokio::time::advance(SECOND * 3 / 4).await;
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(key(first.await.unwrap()), "1");
    assert_eq!(started.elapsed(), SECOND);
    for _ in 0..10 {
        assert_eq!(key(CONFIG.get().await), "1");
    }
    assert_eq!(started.elapsed(), SECOND, "after that, nobody waits");
    // It goes on meanwhile, and lands when it is ready.
    GATE.open(found("2"));
    while CONFIG.peek().unwrap().key == "1" {
        yield_now().await;
    }
    assert_eq!(GATE.started(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_value_that_becomes_too_old_during_a_slow_refresh_is_not_served() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(1));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = Instant::now();
    assert_eq!(key(CONFIG.get().await), "1");
    assert_eq!(started.elapsed(), SECOND);
    CLOCK.advance(SECOND * 2);
    assert!(CONFIG.get().await.unwrap_err().is_transient());
    assert_eq!((started.elapsed(), GATE.started()), (SECOND * 8, 1), "the load has its whole time");
}

#[test]
fn a_slow_refresh_is_warned_of_once() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(60));
    CONFIG.set(Config { key: "sk_live".to_owned() });
    CLOCK.advance(SECOND);
    let lines = logged(|| {
        paused_runtime().block_on(async {
            let refresh = tokio::spawn(CONFIG.refresh());
            GATE.until_started(1).await;
            for _ in 0..3 {
                assert_eq!(key(CONFIG.get().await), "sk_live");
            }
            GATE.open(found("2"));
            assert_eq!(key(refresh.await.unwrap()), "2");
        });
    });
    expect![[r#"
        [
            "WARN the refresh is slow, so the old value is served meanwhile config=\"Config\" age_seconds=1",
        ]
    "#]].assert_debug_eq(&lines);
}

#[tokio::test(start_paused = true)]
async fn get_within_serves_an_old_value_where_it_may() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(1));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    assert_eq!(key(CONFIG.get_within(SECOND / 2).await), "1");
    CLOCK.advance(SECOND * 2);
    assert!(CONFIG.get_within(SECOND / 2).await.unwrap_err().is_transient());
}

#[tokio::test(start_paused = true)]
async fn callers_with_little_time_wait_for_the_same_refresh() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), serve_stale(60));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    let started = Instant::now();
    for _ in 0..10 {
        assert_eq!(key(CONFIG.get_within(SECOND / 2).await), "1");
    }
    assert_eq!((started.elapsed(), GATE.started()), (SECOND, 1));
}

#[tokio::test]
async fn a_refresh_that_fails_before_its_time_puts_nothing_off() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(10), serve_stale(60));
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND * 9);
    GATE.open(passing());
    assert!(CONFIG.refresh().await.unwrap_err().is_transient());
    CLOCK.advance(SECOND);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn keep_last_good_serves_the_old_value_after_any_failure_however_old_it_is() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), keep_last_good());
    GATE.open(Answer::Missing);
    assert!(CONFIG.get().await.is_err(), "there is nothing to keep");
    GATE.open(found("1"));
    assert_eq!(key(CONFIG.get().await), "1");
    for (refresh, answer) in [Answer::Missing, passing()].into_iter().cycle().take(4).enumerate() {
        CLOCK.advance(SECOND * 100_000);
        GATE.open(answer);
        assert_eq!(key(CONFIG.get().await), "1");
        // In the pause, nobody asks and nobody waits.
        assert_eq!(key(CONFIG.get().await), "1");
        assert_eq!(GATE.started(), 3 + refresh);
    }
    GATE.open(found("2"));
    CLOCK.advance(SECOND * 60);
    assert_eq!(key(CONFIG.get().await), "2");
}

#[tokio::test]
async fn refresh_says_that_it_failed_even_if_the_last_good_value_is_kept() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(1), keep_last_good());
    CONFIG.set(Config { key: "1".to_owned() });
    CLOCK.advance(SECOND);
    GATE.open(Answer::Missing);
    assert_eq!(CONFIG.refresh().await.unwrap_err().problems()[0].kind(), ProblemKind::Missing);
    assert_eq!(key(CONFIG.get().await), "1");
}

#[test]
fn a_failure_after_which_the_last_good_value_is_kept_is_logged_as_an_error() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(10), keep_last_good());
    CONFIG.set(Config { key: "sk_live".to_owned() });
    let lines = logged(|| {
        paused_runtime().block_on(async {
            for pause in [10, 5] {
                CLOCK.advance(SECOND * pause);
                GATE.open(Answer::Missing);
                CONFIG.get().await.unwrap();
            }
        });
    });
    expect![[r#"
        [
            "ERROR the refresh failed, so the old value stays in service: cannot load `Config`: 1 problem\n  key: parameter `/key` does not exist\nhelp: aws ssm put-parameter --name /key --type String --value …\nhelp: if a value may be absent, make its field an `Option` or give it a `default` config=\"Config\" age_seconds=10 next_attempt_in_seconds=5",
            "ERROR the refresh failed, so the old value stays in service: cannot load `Config`: 1 problem\n  key: parameter `/key` does not exist\nhelp: aws ssm put-parameter --name /key --type String --value …\nhelp: if a value may be absent, make its field an `Option` or give it a `default` config=\"Config\" age_seconds=15 next_attempt_in_seconds=10",
        ]
    "#]].assert_debug_eq(&lines);
}
