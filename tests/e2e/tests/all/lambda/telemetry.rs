//! What functions make of the span of a load: metrics for CloudWatch, and a span of OpenTelemetry.

use std::io::Read as _;
use std::process::Stdio;

use lambda_simulator::{FreezeMode, InvocationStatus};
use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

use super::{Function, PATIENCE, built, ready, simulator};

/// What a function prints in two invocations. Its first request is sent twice.
async fn printed(example: &str) -> String {
    let parameters = [("/orders/prod/table", "orders"), ("/orders/prod/limit", "500")];
    let parameters = parameters.map(|(name, value)| Parameter::string(name, value));
    let store = LocalStore::start(parameters).expect("the store should start");
    store.script(On::any().first(1).fail());
    let simulator = simulator(FreezeMode::None).await;
    let mut command = Function::command(&built(example), &simulator, &store);
    let child = command.env("stage", "prod").stdout(Stdio::piped()).spawn();
    let mut function = Function(child.expect("the function should start"));
    ready(&simulator).await;
    for _ in 0..2 {
        let request = simulator.enqueue_payload(Value::Null).await;
        let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
        let done = done.expect("the invocation should complete");
        assert_eq!(done.status, InvocationStatus::Success, "{:?}", done.error);
    }
    let mut stdout = function.0.stdout.take().expect("standard output is piped");
    drop(function);
    let mut printed = String::new();
    stdout.read_to_string(&mut printed).expect("a function should print text");
    printed
}

/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>
#[tokio::test(flavor = "multi_thread")]
async fn cloudwatch_reads_the_metrics_of_a_load() {
    let printed = printed("metrics").await;
    let document: Value = serde_json::from_str(&printed).expect("there is one, and nothing else");
    assert!(document["_aws"]["Timestamp"].is_u64(), "{document}");
    let [directive] = &document["_aws"]["CloudWatchMetrics"].as_array().expect("a list")[..] else {
        panic!("{document}")
    };
    assert_eq!(directive["Namespace"], "Orders");
    assert_eq!(directive["Dimensions"], json!([["Config", "Outcome"]]));
    assert_eq!((&document["Config"], &document["Outcome"]), (&json!("Config"), &json!("loaded")));

    let metrics = directive["Metrics"].as_array().expect("a list").iter();
    let metrics: Vec<_> = metrics.map(|it| it["Name"].as_str().expect("a name")).collect();
    assert_eq!(metrics, ["Attempts", "LoadTime", "Loads", "Requests"]);
    assert_eq!(directive["Metrics"][1]["Unit"], "Milliseconds");
    assert_eq!([0, 2, 3].map(|it| &document[metrics[it]]), [2, 1, 1]);
    let [time] = &document["LoadTime"].as_array().expect("a list")[..] else {
        panic!("{document}")
    };
    assert!(time.as_f64().is_some_and(|time| time >= 0.0), "{document}");
}

#[tokio::test(flavor = "multi_thread")]
async fn opentelemetry_has_a_span_of_the_load_with_a_link_to_its_invocation() {
    let printed = printed("opentelemetry").await;
    let called = |name: &str| {
        let line = format!("\tName         : {name}\n");
        let span = printed.split("Span #").find(|span| span.contains(&line));
        span.unwrap_or_else(|| panic!("no {name}: {printed}"))
    };
    let (load, invocation) = (called("stage_config.load"), called("Lambda runtime invoke"));
    // Then come the events in it, and then the links.
    let (load, links) = load.split_once("\tEvents:\n").expect("the first request was sent twice");
    let links = links.split_once("\tLinks:\n").expect("it has a link").1;

    let after = |text: &str, start: &str| -> Vec<String> {
        let found = text.lines().filter_map(|line| line.trim().strip_prefix(start));
        found.map(|rest| rest.trim_start_matches([' ', ':']).to_owned()).collect()
    };
    assert_eq!(after(load, "ParentSpanId"), ["None (root span)"]);
    for id in ["TraceId", "SpanId"] {
        assert_eq!(after(links, id), after(invocation, id)[..1], "{printed}");
    }
    for (name, expected) in [
        ("config", r#"String(Owned("Config"))"#),
        ("stage", r#"String(Owned("prod"))"#),
        ("resolved", r#"String(Owned("prod"))"#),
        ("names", "I64(2)"),
        ("requests", "I64(1)"),
        ("attempts", "I64(2)"),
        ("outcome", r#"String(Owned("loaded"))"#),
    ] {
        assert_eq!(after(load, &format!("->  {name}:")), [expected], "{name}");
    }
    assert!(after(load, "->  milliseconds:")[0].starts_with("I64("), "{load}");
}
