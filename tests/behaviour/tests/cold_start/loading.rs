//! One load however many ask: who loads, who waits, what is kept.

use std::sync::Arc;
use std::time::Duration;

use expect_test::expect;
use stage_config::{Answer, ColdStart, Fixed, StageConfig};
use stage_config_behaviour::logged;
use tokio::task::{JoinSet, yield_now};

use super::{Config, SECOND, found, key, passing};

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
async fn who_takes_over_with_little_time_left_fails_nobody_else() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let first = tokio::spawn(CONFIG.get());
    while GATE.started() == 0 {
        yield_now().await;
    }
    let second = tokio::spawn(CONFIG.get());
    yield_now().await;
    tokio::time::advance(SECOND * 7).await;
    let third = tokio::spawn(CONFIG.get());
    yield_now().await;
    first.abort();
    // The second has one second left, the third has eight.
    assert!(second.await.unwrap().unwrap_err().is_passing());
    GATE.open(found("1"));
    assert_eq!(key(third.await.unwrap()), "1");
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
