//! One `ColdStart` in several runtimes, or in none.

use std::future::pending;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;

use expect_test::expect;
use stage_config::{ColdStart, Fixed, StageConfig};
use stage_config_behaviour::Never;

use super::{Config, SECOND, found, key, paused_runtime, poll_once};

#[test]
fn it_works_in_one_runtime_after_another() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    // The first runtime ends in the middle of a load.
    runtime().block_on(async {
        tokio::spawn(CONFIG.get());
        GATE.until_started(1).await;
    });
    GATE.open(found("1"));
    assert_eq!(key(runtime().block_on(CONFIG.get())), "1");
    assert_eq!(key(runtime().block_on(CONFIG.get())), "1");
    assert_eq!(GATE.started(), 2);
}

#[test]
fn a_runtime_that_shuts_down_is_not_held_up() {
    cold_start!(CONFIG, _GATE, _CLOCK);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (begun, when_begun) = mpsc::channel();
    let (dropped, when_dropped) = mpsc::channel::<()>();
    runtime.spawn(async move {
        let _dropped = dropped;
        begun.send(()).unwrap();
        // Until the runtime refuses tasks, in the middle of a poll.
        while !tokio::spawn(pending::<()>()).is_finished() {
            std::thread::yield_now();
        }
        let _ = CONFIG.get().await;
    });
    when_begun.recv().unwrap();
    runtime.shutdown_background();
    // A task that never yields would keep its thread.
    assert!(when_dropped.recv().is_err());
}

#[test]
fn a_load_on_a_runtime_that_rests_holds_nobody_up() {
    cold_start!(CONFIG, GATE, _CLOCK);
    let (resting, other) = (paused_runtime(), paused_runtime());
    resting.block_on(async { assert!(poll_once(pin!(CONFIG.get())).is_pending()) });
    // The load that rests is the first at the gate.
    GATE.open(found("resting"));
    GATE.open(found("other"));
    assert_eq!(key(other.block_on(CONFIG.get())), "resting");
    assert_eq!(GATE.started(), 2);
    let value = CONFIG.peek().unwrap();
    // It ends when its runtime goes on, and replaces nothing.
    resting.block_on(async { tokio::time::sleep(SECOND * 10).await });
    assert!(Arc::ptr_eq(&value, &CONFIG.peek().unwrap()));
    assert_eq!(GATE.started(), 2);
}

#[test]
fn what_is_ready_at_once_needs_no_runtime() {
    let config =
        ColdStart::new().loader_with(|| Config::loader().source(Fixed::from([("/key", "1")])));
    let Poll::Ready(read) = poll_once(pin!(config.get())) else { panic!("it waits") };
    assert_eq!(key(read), "1");
    let Poll::Ready(read) = poll_once(pin!(config.refresh())) else { panic!("it waits") };
    assert_eq!(key(read), "1");
}

#[test]
fn what_has_to_be_waited_for_needs_a_runtime() {
    let config = ColdStart::new().loader_with(|| Config::loader().source(Never));
    let Poll::Ready(read) = poll_once(pin!(config.get())) else { panic!("it waits") };
    expect![[r#"
        cannot load `Config`: 1 problem
          key: parameter `/key` cannot be read: the source needs a tokio runtime; load the configuration inside one"#]].assert_eq(&key(read));
}
