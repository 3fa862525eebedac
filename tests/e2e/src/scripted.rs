//! Replies that a Parameter Store gives only if they are scripted.

use serde_json::Value;
use stage_config_local::{At, LocalStore, On};

/// A store that answers one request after another, each with a status and a body; `null` is an empty
/// body. It closes the connection of every further request.
///
/// # Panics
/// If the store does not start.
pub fn scripted(answers: impl IntoIterator<Item = (u16, Value)>) -> LocalStore {
    let store = LocalStore::start([]).expect("a store should start");
    store.script(answers.into_iter().map(|(status, body)| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        On::any().first(1).answer(status, body)
    }));
    store.script(On::any().cut(At::Start));
    store
}

/// An error in the form of the service.
pub fn error(code: &str, message: &str) -> (u16, Value) {
    (400, serde_json::json!({ "__type": code, "message": message }))
}
