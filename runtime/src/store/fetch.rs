//! Chooses and makes the calls of one load.

mod batch;
mod by_path;

use futures_util::future::{join, join_all};

use crate::source::{Answer, Answers, Request};

use super::Operations;

/// Answers for each name and each path of a request.
pub(crate) async fn fetch(client: &impl Operations, request: &Request) -> Answers {
    let mut names = Vec::new();
    let mut bad = Vec::new();
    for name in request.names() {
        match name.parse() {
            Ok(name) => names.push(name),
            Err(fault) => bad.push((name, Answer::failed(format!("its name {fault}")))),
        }
    }
    let paths =
        join_all(request.paths().map(async |path| (path, by_path::fetch(client, path).await)));
    let (mut answers, paths) = join(batch::fetch(client, &names), paths).await;
    for (path, below) in paths {
        match below {
            Ok(entries) => answers.insert_path(path, entries),
            Err(answer) => answers.fail_path(path, answer),
        }
    }
    answers.extend(bad);
    answers
}
