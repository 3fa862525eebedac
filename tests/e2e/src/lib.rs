//! The harness of the end-to-end tests: other implementations of Parameter Store as child
//! processes, and clients of the real SDK.
//!
//! | module | content |
//! |---|---|
//! | [`peers`] | moto and ministack on loopback, and scripts in Python |
//! | [`sdk`] | a client of the real SDK that ignores the environment |
//! | [`user`] | a user of ministack whose policy allows one action |
//! | [`scripted`] | replies that a store gives only if they are scripted |
//! | [`example`] | builds programs of the workspace and finds them |

pub mod example;
pub mod peers;
pub mod scripted;
pub mod sdk;
pub mod user;

/// Its examples are tests of this package, which depends on all that they use.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
