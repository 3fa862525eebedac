//! What an error tells, and what none may tell.

use std::error::Error;

use stage_config::LoadError;

/// What the secrets of tests hold.
pub const SECRET: &str = "hunter2";

/// The text of an error. Whichever way it is printed, [`SECRET`] is not in it.
pub fn told(error: &LoadError) -> String {
    let text = error.to_string();
    let problems = error.problems();
    let printed = [format!("{error:?}"), format!("{error:#?}"), format!("{problems:?}")];
    let fields = problems.iter().map(|problem| {
        format!("{problem} {:?} {:?}", problem.fields(), (problem.parameter(), problem.variable()))
    });
    let source = error.source().map(|source| format!("{source} {source:?}"));
    for printed in printed.into_iter().chain(fields).chain(source).chain([text.clone()]) {
        assert!(!printed.to_lowercase().contains(SECRET), "{printed}");
    }
    text
}
