//! Access to a configuration that is loaded already, beside the cells that a user would write.

use std::hint::black_box;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use arc_swap::ArcSwap;
use stage_config::{ColdStart, Fixed, Loader, StageConfig};

#[derive(StageConfig)]
pub struct Config {
    #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    pub limit: u32,
}

fn loader() -> Loader<Config> {
    Config::loader().stage("prod").source(Fixed::from([("/limit/prod", "50")]))
}

static PLAIN: ColdStart<Config> = ColdStart::new().loader(loader);
static WITH_MAX_AGE: ColdStart<Config> =
    ColdStart::new().loader(loader).max_age(Duration::from_hours(1));

/// Everything that is measured, by name.
pub const CASES: [&str; 4] =
    ["ColdStart::get", "ColdStart::get with max_age", "ArcSwap::load_full", "OnceLock::get"];

/// One access.
pub enum Case {
    ColdStart(&'static ColdStart<Config>),
    ArcSwap(ArcSwap<Config>),
    OnceLock(OnceLock<Arc<Config>>),
}

impl Case {
    /// Loaded already.
    ///
    /// # Panics
    /// If the name is not among [`CASES`].
    pub fn named(name: &str) -> Self {
        let case = match name {
            "ColdStart::get" => Self::ColdStart(&PLAIN),
            "ColdStart::get with max_age" => Self::ColdStart(&WITH_MAX_AGE),
            "ArcSwap::load_full" => Self::ArcSwap(ArcSwap::from(loaded(&PLAIN))),
            "OnceLock::get" => Self::OnceLock(OnceLock::from(loaded(&PLAIN))),
            _ => panic!("there is no `{name}`"),
        };
        if let Self::ColdStart(cell) = case {
            loaded(cell);
        }
        case
    }

    /// Accesses the value so many times, and drops what it gets.
    ///
    /// # Panics
    /// If the value is not loaded.
    pub fn run(&self, times: usize) {
        // A loop for each, so that no comparison is measured.
        match self {
            Self::ColdStart(cell) => (0..times).for_each(|_| drop(loaded(black_box(cell)))),
            Self::ArcSwap(cell) => (0..times).for_each(|_| drop(black_box(cell).load_full())),
            Self::OnceLock(cell) => (0..times).for_each(|_| {
                drop(Arc::clone(black_box(cell).get().expect("it is set")));
            }),
        }
    }
}

/// What `get` returns at its first poll, as a task would poll it.
fn loaded(cell: &ColdStart<Config>) -> Arc<Config> {
    match pin!(cell.get()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(config)) => config,
        _ => panic!("`Fixed` is ready at once"),
    }
}
