//! CloudWatch metrics of each load, which cost the function no request.
//!
//! Each load is a span, `stage_config.load`. A layer of `tracing` records its fields as metrics, and
//! a recorder prints these in the Embedded Metric Format, which CloudWatch reads from the log of the
//! function.
//!
//! Run it with `cargo run --example metrics`. It needs no AWS account: a Lambda and a Parameter Store on
//! loopback stand in for the real ones.

use std::fmt::Debug;
use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use metrics::{Unit, describe_histogram};
use metrics_cloudwatch_embedded::{Builder, Collector};
use serde_json::{Value, json};
use stage_config::{ColdStart, LoadError, StageConfig};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, On, Parameter};
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

#[derive(StageConfig)]
struct Config {
    /// Where orders are kept.
    #[ssm(dev = "/orders/dev/table", prod = "/orders/prod/table")]
    table: String,
    /// How many orders a customer may have.
    #[ssm("/orders/{stage}/limit")]
    limit: u32,
}

static CONFIG: ColdStart<Config> = ColdStart::new().max_age(Duration::from_mins(5));

async fn handler(event: LambdaEvent<Value>) -> Result<Value, LoadError> {
    let config = CONFIG.get_for(&event.context).await?;
    Ok(json!({ "table": config.table, "limit": config.limit }))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    let collector = Builder::new().cloudwatch_namespace("Orders").init()?;
    describe_histogram!("LoadTime", Unit::Milliseconds, "How long a load takes");
    // Beside this layer, a real function has others, such as one that writes its log.
    let loads = Loads(collector).with_filter(filter_fn(|it| it.name() == "stage_config.load"));
    tracing_subscriber::registry().with(loads).init();
    run(service_fn(handler)).await
}

/// Records each load when its span closes, and prints the metrics.
struct Loads(&'static Collector);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Loads {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut load = Load::default();
        attributes.record(&mut load);
        context.span(id).expect("it is new").extensions_mut().insert(load);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("it is open");
        span.extensions_mut().get_mut::<Load>().into_iter().for_each(|load| values.record(load));
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).expect("it closes");
        let Some(load) = span.extensions_mut().remove::<Load>() else { return };
        let labels = [("Config", load.config), ("Outcome", load.outcome)];
        metrics::counter!("Loads", &labels).increment(1);
        metrics::counter!("Requests", &labels).increment(load.requests);
        metrics::counter!("Attempts", &labels).increment(load.attempts);
        metrics::histogram!("LoadTime", &labels).record(load.time.as_secs_f64() * 1_000.0);
        // Standard output is the log of a function.
        if let Err(error) = self.0.flush(std::io::stdout()) {
            eprintln!("the metrics are not written: {error}");
        }
    }
}

/// What a span says of its load.
#[derive(Default)]
struct Load {
    config: String,
    outcome: String,
    requests: u64,
    attempts: u64,
    time: Duration,
}

impl Visit for Load {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "config" => value.clone_into(&mut self.config),
            "outcome" => value.clone_into(&mut self.outcome),
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        let value = value.unsigned_abs();
        match field.name() {
            "requests" => self.requests = value,
            "attempts" => self.attempts = value,
            "milliseconds" => self.time = Duration::from_millis(value),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([
        Parameter::string("/orders/prod/table", "orders"),
        Parameter::string("/orders/prod/limit", "500"),
    ])?;
    // So the first request is sent twice.
    store.script(On::any().first(1).fail());
    let lambda = Lambda::start().await?;
    let _function = lambda.run(&this_program()?, &store, [("stage", "prod")])?;
    for invocation in ["the first invocation loads", "the second has nothing to report"] {
        println!("{invocation}");
        lambda.invoke(Value::Null).await?;
    }
    Ok(())
}
