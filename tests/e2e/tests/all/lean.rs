//! The same tests of the calls to Parameter Store, without the SDK.

mod names {
    mod nested;
    mod replies;
    mod templates;
}
mod requests;
mod paths {
    mod maps;
    mod pages;
}
mod secrets {
    mod fields;
    mod replies;
}
mod accounts;
mod fields;
mod leaks;
mod memory;
mod failures {
    mod access;
    mod attempts;
    mod bad_input;
    mod wire;
}
mod cold_start;
mod environment;
mod expired;
mod faults;
mod policies {
    mod kinds;
    mod prover;
}
mod stores;
mod unsupported;

use stage_config::Source;
use stage_config_e2e::sdk::Remote;

/// The client of programs that a test starts.
const CLIENT: &str = "lean";

/// What a load reads from that is given no client.
fn default_source(store: &Remote) -> impl Source + Clone + use<> {
    source(store)
}

/// What the tests load from.
fn source(store: &Remote) -> impl Source + Clone + use<> {
    store.without_the_sdk()
}
