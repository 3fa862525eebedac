//! Loads a configuration on first use and shares it.
//!
//! | file | what it does |
//! |---|---|
//! | `cold_start.rs` | `ColdStart`: what a user writes and calls |
//! | `get.rs` | the future of a caller: ready at once if the value is |
//! | `changes.rs` | a subscription to what the loads change |
//! | `cache.rs` | returns the cached value or the outcome of a load |
//! | `single_flight.rs` | runs one load at a time, with a leader and waiters |
//! | `entry.rs` | decides by its age whether a value is due or stale |
//! | `history.rs` | which fields each value changed |
//! | `clock.rs` | measures ages in a sandbox that may have been frozen |
//! | `platform.rs` | the system: what the model checker of `tests/model` replaces |

mod cache;
mod changes;
pub(crate) mod clock;
mod cold_start;
mod entry;
mod get;
mod history;
mod platform;
mod single_flight;

pub use self::changes::{ChangedFields, Changes};
pub use self::cold_start::ColdStart;
