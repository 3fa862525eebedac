//! Chooses and makes the calls of one load.

mod batch;
mod by_path;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::SharedHttpClient;
use futures_util::future::{join, join_all};

use crate::source::{Answer, Answers, Request};

use super::call::Calls;
use super::quote;

/// Through an HTTP client that is the loader's or the user's.
pub(super) async fn fetch(
    client: &Client,
    http: &SharedHttpClient,
    is_ours: bool,
    request: &Request,
) -> Answers {
    let mut names = Vec::new();
    let mut bad = Vec::new();
    for name in request.names() {
        match name.parse() {
            Ok(name) => names.push(name),
            Err(fault) => bad.push((name, Answer::failed(format!("its name {fault}")))),
        }
    }
    let calls = Calls::new(client, http, is_ours, request);
    let paths =
        join_all(request.paths().map(async |path| (path, by_path::fetch(&calls, path).await)));
    let (mut answers, paths) = join(batch::fetch(&calls, &names), paths).await;
    for (path, below) in paths {
        match below {
            Ok(entries) => answers.insert_path(path, entries),
            Err(answer) => answers.fail_path(path, answer),
        }
    }
    answers.extend(bad);
    let answers = answers.after_requests(calls.made());
    match client.config().region() {
        Some(region) => answers.looked_in(quote::quote(region.as_ref())),
        None => answers,
    }
}
