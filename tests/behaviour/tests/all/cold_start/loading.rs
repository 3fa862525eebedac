//! One load however many ask: what is kept, and what is not.

use std::sync::Arc;

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{ColdStart, Fixed, StageConfig};
use stage_config_behaviour::logged;
use tokio::task::JoinSet;

use super::{Config, SECOND, found, key, passing, poll_once};

#[tokio::test]
async fn a_thousand_who_ask_at_once_start_one_load() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let mut tasks = JoinSet::new();
    for _ in 0..1000 {
        tasks.spawn(CONFIG.get());
    }
    GATE.until_started(1).await;
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
    GATE.until_started(1).await;
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
async fn a_warm_get_does_not_wait_for_a_refresh() {
    cold_start!(CONFIG, GATE, _CLOCK);
    CONFIG.set(Config { key: "1".to_owned() });
    let refresh = tokio::spawn(CONFIG.refresh());
    GATE.until_started(1).await;
    let mut warm = Box::pin(CONFIG.get());
    assert!(poll_once(warm.as_mut()).is_ready());
    GATE.open(found("2"));
    assert_eq!(key(refresh.await.unwrap()), "2");
}

#[tokio::test]
async fn a_value_that_is_set_is_not_replaced_by_a_load_that_was_on_its_way() {
    cold_start!(CONFIG, GATE, _CLOCK);
    for answer in [found("loaded"), Answer::Missing] {
        let before = GATE.started();
        let loading = tokio::spawn(CONFIG.refresh());
        GATE.until_started(before + 1).await;
        CONFIG.set(Config { key: "given".to_owned() });
        GATE.open(answer);
        assert_eq!(key(loading.await.unwrap()), "given");
        assert_eq!(key(CONFIG.get().await), "given");
    }
}

#[tokio::test]
async fn a_value_that_is_set_after_a_load_failed_is_given_instead_of_its_error() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let mut waiting = Box::pin(CONFIG.get());
    assert!(poll_once(waiting.as_mut()).is_pending());
    GATE.open(Answer::Missing);
    assert!(CONFIG.get().await.is_err());
    CONFIG.set(Config { key: "given".to_owned() });
    assert_eq!(key(waiting.await), "given");
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

#[test]
fn a_value_may_use_its_own_cold_start_when_it_is_dropped() {
    #[derive(StageConfig)]
    struct Reentrant {
        #[ssm("/key")]
        key: u8,
    }

    static CONFIG: ColdStart<Reentrant> = ColdStart::new();

    impl Drop for Reentrant {
        fn drop(&mut self) {
            if let Some(next) = self.key.checked_sub(1) {
                CONFIG.set(Self { key: next });
            }
        }
    }

    CONFIG.set(Reentrant { key: 2 });
    CONFIG.set(Reentrant { key: 0 });
    assert_eq!(CONFIG.peek().unwrap().key, 1);
}

#[tokio::test]
async fn what_is_printed_holds_no_value() {
    let config: ColdStart<Config> = ColdStart::default().max_age(SECOND);
    config.set(Config { key: "sk_live".to_owned() });
    expect![
        "ColdStart { loaded: true, max_age: Some(1s), serve_stale: 0ns, keep_last_good: false, .. }"
    ]
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
