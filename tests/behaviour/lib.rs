//! What the behaviour tests share: a clock that they move, a log that they read, sources that misbehave.

#![expect(clippy::missing_panics_doc, reason = "a panic is how a test fails")]

mod clock;
mod log;
mod recorded;
mod sources;
mod told;
mod traced;

pub use clock::TestClock;
pub use log::{logged, logged_at};
pub use recorded::Recorded;
pub use sources::{Counting, Gate, Never};
pub use told::{SECRET, told};
pub use traced::traced_at;
