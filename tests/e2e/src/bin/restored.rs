//! A function with `SnapStart`. `CLIENT` chooses the client, and the file in `CLOCK` has the seconds
//! that its clocks are ahead. With `BEHIND`, it does not wait for its first load.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::Value;
use stage_config::__private::{Clock, Lean, Moment};
use stage_config::{ColdStart, LoadError, Loader, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/orders/dev/limit", prod = "/orders/prod/limit")]
    limit: u32,
}

static CONFIG: ColdStart<Config> =
    ColdStart::new().max_age(Duration::from_mins(30)).loader(loader).__clock(&Moved);

/// Registered last, so that it hears of the snapshot first.
static OTHER: ColdStart<Config> = ColdStart::new().loader(loader).__clock(&Moved);

fn loader() -> Loader<Config> {
    match std::env::var("CLIENT").as_deref() {
        Ok("lean") => Config::loader().source(Lean::FROM_ENVIRONMENT),
        _ => Config::loader(),
    }
}

/// The wall clock, moved. The monotonic clock stands still, as in a snapshot.
#[derive(Debug)]
struct Moved;

impl Clock for Moved {
    fn now(&self) -> Moment {
        let file = std::env::var("CLOCK").expect("there is a clock");
        let ahead = std::fs::read_to_string(file).expect("the clock can be read");
        let ahead = Duration::from_secs(ahead.parse().expect("seconds"));
        let wall = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default() + ahead;
        Moment { monotonic: Duration::ZERO, wall }
    }
}

async fn handler(_: LambdaEvent<Value>) -> Result<u32, LoadError> {
    Ok(CONFIG.get().await?.limit)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if std::env::var_os("BEHIND").is_none() {
        CONFIG.get().await?;
    } else {
        // It begins the load.
        let _ = CONFIG.get_within(Duration::ZERO).await;
    }
    let function = Runtime::new(service_fn(handler));
    let function = function.register_snapstart_resource(Arc::new(&CONFIG));
    function.register_snapstart_resource(Arc::new(&OTHER)).run().await
}
