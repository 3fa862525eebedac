//! What a struct can say, loaded by the real SDK: from our store, and where several can do the same
//! from moto and ministack too.
//!
//! | module | what it looks at |
//! |---|---|
//! | `stores` | the same test against each store |
//! | `requests` | how many requests there are, and which are under way at once |
//! | `templates`, `paths`, `nested` | names with the stage in them, and the other attributes |
//! | `cold_start` | what a refresh sees |
//!
//! What the stores do not have in common: only ours can be told to fail, and moto checks no policies.

mod cold_start;
mod nested;
mod paths;
mod requests;
mod stores;
mod templates;
