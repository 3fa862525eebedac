//! Each load as a span of OpenTelemetry.
//!
//! A load of a `ColdStart` belongs to no invocation, so its span is the root of a trace of its own. It has
//! a link to the span of the invocation that began it.
//!
//! Run it with `cargo run --example opentelemetry`. It needs no AWS account: a Lambda and a Parameter
//! Store on loopback stand in for the real ones.

use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use opentelemetry_stdout::SpanExporter;
use serde_json::{Value, json};
use stage_config::{ColdStart, LoadError, StageConfig};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, Parameter};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
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
    // A real function sends its spans to a collector. Whatever the exporter, it has to be done before
    // the sandbox is frozen; this one prints each span when it ends.
    let provider =
        SdkTracerProvider::builder().with_simple_exporter(SpanExporter::default()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("orders"));
    // The runtime has a span of this level for each invocation.
    tracing_subscriber::registry().with(layer.with_filter(LevelFilter::INFO)).init();
    run(service_fn(handler)).await
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([
        Parameter::string("/orders/prod/table", "orders"),
        Parameter::string("/orders/prod/limit", "500"),
    ])?;
    let lambda = Lambda::start().await?;
    let _function = lambda.run(&this_program()?, &store, [("stage", "prod")])?;
    // The span of the first invocation has ended when the second is answered.
    for _ in 0..2 {
        println!("{}", lambda.invoke(Value::Null).await?);
    }
    Ok(())
}
