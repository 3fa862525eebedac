//! What a struct can say, loaded by the real SDK: from our store, and where several can do the same
//! from moto and ministack too.
//!
//! | module | what it looks at |
//! |---|---|
//! | `stores` | the same test against each store |
//! | `requests` | how many requests there are, and which are under way at once |
//! | `templates`, `paths`, `secrets`, `nested` | names with the stage in them, and the other attributes |
//! | `fields` | conversions, stages under several names, the check of the whole |
//! | `bad_input` | everything wrong in one load |
//! | `cold_start` | what a refresh sees |
//!
//! What the stores do not have in common: only ours can be told to fail. moto checks no policies,
//! ministack knows nothing of `/aws/reference/secretsmanager/` and answers that the parameter is
//! missing.

mod bad_input;
mod cold_start;
mod fields;
mod nested;
mod paths;
mod requests;
mod secrets;
mod stores;
mod templates;
