//! `ColdStart`: one load however many ask, what is kept and what is not, and for how long.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use stage_config::source::Answer;
use stage_config::{LoadError, StageConfig};
use tokio::runtime::{Builder, Runtime};

#[derive(StageConfig, Debug, PartialEq)]
struct Config {
    #[ssm("/key")]
    key: String,
}

const SECOND: Duration = Duration::from_secs(1);

fn found(text: &str) -> Answer {
    Answer::found(text)
}

fn passing() -> Answer {
    Answer::transient("throttled")
}

fn key(result: Result<Arc<Config>, LoadError>) -> String {
    result.map_or_else(|error| error.to_string(), |config| config.key.clone())
}

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// One whose time passes while nothing else happens.
fn paused_runtime() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
}

/// A `ColdStart` in a static, with the gate that its loads wait at and the clock it looks at. A number
/// in a setting is seconds.
macro_rules! cold_start {
    ($config:ident, $gate:ident, $clock:ident $(, $setting:ident($($seconds:literal)?))*) => {
        static $gate: stage_config_behaviour::Gate = stage_config_behaviour::Gate::new();
        static $clock: stage_config_behaviour::TestClock = stage_config_behaviour::TestClock::new();
        static $config: stage_config::ColdStart<Config> = stage_config::ColdStart::new()
            .loader(|| <Config as stage_config::StageConfig>::loader().source(&$gate))
            .__clock(&$clock)
            $(.$setting($(std::time::Duration::from_secs($seconds))?))*;
    };
}

// After the macro, which they use.
mod ageing;
mod callers;
mod changes;
mod loading;
mod panics;
mod refresh;
mod runtimes;
mod span;
mod stale;
