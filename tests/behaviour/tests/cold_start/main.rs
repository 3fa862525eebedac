//! `ColdStart`: one load however many ask, what is kept and what is not, and for how long.

use std::sync::Arc;
use std::time::Duration;

use stage_config::{Answer, LoadError, StageConfig};

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
    Answer::Unavailable("cannot be read: throttled".to_owned())
}

fn key(result: Result<Arc<Config>, LoadError>) -> String {
    result.map_or_else(|error| error.to_string(), |config| config.key.clone())
}

/// A `ColdStart` in a static, with the gate that its loads wait at and the clock it looks at.
macro_rules! cold_start {
    ($config:ident, $gate:ident, $clock:ident $(, $setting:ident($value:expr))*) => {
        static $gate: stage_config_behaviour::Gate = stage_config_behaviour::Gate::new();
        static $clock: stage_config_behaviour::TestClock = stage_config_behaviour::TestClock::new();
        static $config: stage_config::ColdStart<Config> = stage_config::ColdStart::new()
            .loader(|| Config::loader().source(&$gate))
            .__clock(&$clock)
            $(.$setting($value))*;
    };
}

// Behind the macro, which they use.
mod ageing;
mod loading;
