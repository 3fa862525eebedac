//! What a load does with the real SDK over the wire: from our store, from moto and ministack, from
//! servers that answer what a test tells them, and in processes of their own.
//!
//! One program, because each that is linked with the SDK costs a second or two.

/// Which parameters are requested, and whose reply is whose.
mod names {
    mod nested;
    mod replies;
    mod templates;
}
/// How many requests there are, and which are sent side by side.
mod requests;
/// What the requests contain, whichever client sends them.
mod sent;
/// Everything below a path.
mod paths {
    mod maps;
    mod pages;
}
/// Which account answers.
mod accounts;
/// Secrets of Secrets Manager.
mod secrets {
    mod fields;
    mod replies;
}
/// Conversions, aliases of stages and `validate`.
mod fields;
/// What goes wrong, and what the error says.
mod failures {
    mod access;
    mod attempts;
    mod bad_input;
    mod wire;
}
/// What boto3 reads from our store.
mod boto3;
/// The client of the SDK if the environment is not that of Lambda.
mod chain;
/// A client of the user's own.
mod client;
/// One configuration for all invocations.
mod cold_start;
/// The client that a load makes itself.
mod environment;
/// The AWS Parameters and Secrets Lambda Extension.
mod extension;
/// Everything that goes wrong, at each load, in each size.
mod faults;
/// A function under a simulated Lambda.
mod lambda;
/// Where a secret can be seen.
mod leaks;
/// The page of the documentation about what goes wrong.
mod load_errors;
/// What is left of a secret when it has been dropped.
mod memory;
/// What `parameter_tests!` writes.
mod parameter_tests;
/// What `stage-config policy` prints.
mod policies {
    mod examples;
    mod kinds;
    mod ministack;
    mod prover;
    mod tools;
}
/// The program `stage-config` on each store.
mod program;
/// The stores themselves.
mod stores;
/// What the README tells, from an empty account to a typo.
mod story;

use stage_config::Source;
use stage_config_e2e::sdk::Remote;

/// The client of programs that a test starts.
const CLIENT: &str = "ssm";

/// What a load reads from that is given no client.
fn default_source(store: &Remote) -> impl Source + Clone + use<> {
    store.through_the_sdk_and_our_connections()
}

/// What the tests load from.
fn source(store: &Remote) -> impl Source + Clone + use<> {
    store.through_the_sdk()
}
