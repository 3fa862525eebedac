//! What the end-to-end tests stand on: other people's Parameter Stores as child processes, and the
//! real SDK pointed at them.
//!
//! | module | what it is |
//! |---|---|
//! | [`peers`] | moto and ministack on loopback, and scripts that use boto3 |
//! | [`sdk`] | a client of the real SDK that knows nothing of the environment |
//! | [`user`] | a user of ministack, whose policy allows one thing |
//! | [`scripted`] | a server that answers as it was told to |
//! | [`raw`] | a server that is nothing but a closure |
//! | [`example`] | a program of `examples/`, built and found |

pub mod example;
pub mod peers;
pub mod raw;
pub mod scripted;
pub mod sdk;
pub mod user;
