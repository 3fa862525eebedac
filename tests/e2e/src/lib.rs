//! What the end-to-end tests stand on: other people's Parameter Stores as child processes, and the
//! real SDK pointed at them.
//!
//! | module | what it is |
//! |---|---|
//! | [`peers`] | moto and ministack on loopback, and scripts that use boto3 |
//! | [`sdk`] | a client of the real SDK that knows nothing of the environment |
//! | [`user`] | a user of ministack, whose policy allows one thing |
//! | [`scripted`] | replies that no store gives on request |
//! | [`example`] | a program of `examples/`, built and found |

pub mod example;
pub mod peers;
pub mod scripted;
pub mod sdk;
pub mod user;
