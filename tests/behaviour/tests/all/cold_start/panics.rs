//! Code of the program's own that panics in a load.

use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use expect_test::expect;
use stage_config::source::{Answers, Request};
use stage_config::{ColdStart, Fixed, ProblemKind, Source, StageConfig};
use stage_config_behaviour::{Gate, SECRET};
use tokio::task::JoinSet;

use super::{Config, found, key};

/// Waits at the gate, then panics.
struct Panics(&'static Gate);

impl Source for Panics {
    async fn fetch(&self, request: &Request) -> Answers {
        self.0.fetch(request).await;
        panic!("{SECRET}")
    }
}

#[tokio::test]
async fn a_panic_is_an_error_to_all_who_wait_and_the_next_tries_again() {
    static GATE: Gate = Gate::new();
    static BEGUN: AtomicUsize = AtomicUsize::new(0);
    static CONFIG: ColdStart<Config> = ColdStart::new().loader(|| {
        if BEGUN.fetch_add(1, Ordering::SeqCst) == 0 {
            Config::loader().source(Panics(&GATE))
        } else {
            Config::loader().source(Fixed::from([("/key", "1")]))
        }
    });
    let asking: JoinSet<_> = (0..10).map(|_| CONFIG.get()).collect();
    GATE.until_started(1).await;
    GATE.open(found("1"));
    for error in asking.join_all().await {
        let error = error.unwrap_err();
        assert_eq!(error.problems()[0].kind(), ProblemKind::Panicked);
        assert!(!error.is_transient());
        expect![[r#"
            cannot load `Config`: 1 problem
              the load panicked: in its source, in the `FromStr` of a field, or in `validate`; the panic message is on standard error"#]].assert_eq(&error.to_string());
    }
    assert_eq!(BEGUN.load(Ordering::SeqCst), 1);
    assert_eq!(key(CONFIG.get().await), "1");
}

#[tokio::test]
async fn a_panic_of_the_loader_is_an_error() {
    let config: ColdStart<Config> = ColdStart::new().loader_with(|| panic!("{SECRET}"));
    for _ in 0..2 {
        let error = config.get().await.unwrap_err();
        assert_eq!(error.problems()[0].kind(), ProblemKind::Panicked);
    }
}

struct Picky;

impl FromStr for Picky {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        panic!("{text}")
    }
}

#[derive(StageConfig)]
struct OfPicky {
    #[ssm("/key")]
    _key: Picky,
}

#[derive(StageConfig)]
#[stage_config(validate = Self::check)]
struct Checked {
    #[ssm("/key")]
    key: String,
}

impl Checked {
    fn check(&self) -> Result<(), String> {
        panic!("{}", self.key)
    }
}

#[tokio::test]
async fn so_is_one_of_a_field_and_one_of_validate() {
    let source = || Fixed::from([("/key", SECRET)]);
    let field = ColdStart::new().loader_with(move || OfPicky::loader().source(source()));
    let checked = ColdStart::new().loader_with(move || Checked::loader().source(source()));
    for _ in 0..2 {
        for error in [field.get().await.err(), checked.get().await.err()] {
            assert_eq!(error.unwrap().problems()[0].kind(), ProblemKind::Panicked);
        }
    }
}

/// Panics when the load that asked it is dropped.
struct PanicsInDrop(&'static Gate);

impl Source for PanicsInDrop {
    async fn fetch(&self, request: &Request) -> Answers {
        let _guard = Guard;
        self.0.fetch(request).await
    }
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        panic!("{SECRET}");
    }
}

#[tokio::test]
async fn so_is_one_of_a_destructor() {
    static GATE: Gate = Gate::new();
    static CONFIG: ColdStart<Config> =
        ColdStart::new().loader(|| Config::loader().source(PanicsInDrop(&GATE)));
    let asking: JoinSet<_> = (0..10).map(|_| CONFIG.get()).collect();
    GATE.until_started(1).await;
    GATE.open(found("1"));
    for error in asking.join_all().await {
        assert_eq!(error.unwrap_err().problems()[0].kind(), ProblemKind::Panicked);
    }
    assert_eq!(GATE.started(), 1);
}
