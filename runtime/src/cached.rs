//! A configuration that is loaded when it is first wanted, and then shared.
//!
//! | file | what it knows |
//! |---|---|
//! | `cold_start.rs` | what a user writes and calls |
//! | `cache.rs` | what a caller gets: the value in service, or the outcome of a load |
//! | `single_flight.rs` | one load at a time, with a leader and waiters |
//! | `entry.rs` | how old a value is, and what that means |
//! | `clock.rs` | ages in a sandbox that may have been frozen |
//! | `platform.rs` | what is replaced when `cache` and `flight` are model-checked |

mod cache;
pub(crate) mod clock;
mod cold_start;
mod entry;
mod platform;
mod single_flight;

pub use self::cold_start::ColdStart;
