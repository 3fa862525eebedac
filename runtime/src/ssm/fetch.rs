//! Chooses and makes the calls of one load.

mod batch;
mod by_path;

use aws_sdk_ssm::Client;
use futures_util::future::{join, join_all};
use stage_config_names::ParameterName;

use crate::source::{Answer, Answers, Request};

use super::call::{Calls, Http};
use super::quote;

pub(super) async fn fetch(client: &Client, http: &Http, request: &Request) -> Answers {
    let names: Vec<_> = request.names().map(ParameterName::parse).collect();
    let (good, bad): (Vec<_>, Vec<_>) =
        names.into_iter().zip(request.names()).partition(|(parsed, _)| parsed.is_ok());
    let good: Vec<_> = good.into_iter().filter_map(|(parsed, _)| parsed.ok()).collect();

    let calls = Calls::new(client, http, request);
    let paths =
        join_all(request.paths().map(async |path| (path, by_path::fetch(&calls, path).await)));
    let (mut answers, paths) = join(batch::fetch(&calls, &good), paths).await;
    for (path, below) in paths {
        match below {
            Ok(entries) => answers.insert_below(path, entries),
            Err(answer) => answers.fail_below(path, answer),
        }
    }
    for (parsed, name) in bad {
        let why = parsed.err().map(|fault| format!("cannot be asked for: its name {fault}"));
        answers.insert(name, Answer::Unreadable(why.unwrap_or_default()));
    }
    let answers = answers.after_requests(calls.made());
    match client.config().region() {
        Some(region) => answers.looked_in(quote::quote(region.as_ref())),
        None => answers,
    }
}
