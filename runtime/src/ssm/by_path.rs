//! All that is below a path.
//!
//! GetParametersByPath gives at most ten a page, so the pages come one after another; those of
//! several paths, and the calls for names, are made meanwhile. Some of a path is worse than none:
//! a page that cannot be had fails the path.

use std::collections::{BTreeMap, HashSet};

use stage_config_names::NameOf;

use crate::source::{Answer, key_below};

use super::call::Calls;
use super::failure::Failure;
use super::reply::{self, Page};

const GET_PARAMETERS_BY_PATH: &str = "ssm:GetParametersByPath";

/// What is below the path, by key, or why not.
pub(super) async fn fetch(
    calls: &Calls<'_>,
    path: &str,
) -> Result<BTreeMap<String, Answer>, Answer> {
    NameOf::Path
        .check(path)
        .map_err(|fault| Answer::Unreadable(format!("cannot be asked for: it {fault}")))?;
    let mut entries = BTreeMap::new();
    let mut tokens = HashSet::new();
    let mut token = None;
    loop {
        let page = calls.get_parameters_by_path(path, token).await;
        let Page { found, next } =
            page.map_err(|failure| failure.into_answer_below(path, tokens.len()))?;
        for parameter in &found {
            if let Some(key) = parameter.name().and_then(|name| key_below(path, name)) {
                let answer = reply::answer(parameter).unwrap_or_else(reply::incomplete);
                entries.insert(key.to_owned(), answer);
            }
        }
        let Some(next) = next else { return Ok(entries) };
        // A page may be empty and not be the last one, but none comes twice.
        if !tokens.insert(next.clone()) {
            return Err(Answer::Unavailable(
                "cannot be read: Parameter Store names a page as the next one that it has given \
                 already"
                    .to_owned(),
            ));
        }
        token = Some(next);
    }
}

impl Failure {
    /// The answer for all that is below a path, of which some pages were read before.
    fn into_answer_below(self, path: &str, pages: usize) -> Answer {
        let answer = match self {
            Self::Missing if pages > 0 => Answer::Unreadable(
                "cannot be read: Parameter Store does not find a page that it has named itself"
                    .to_owned(),
            ),
            Self::OutOfTime(_) if pages > 0 => {
                let read = if pages == 1 { "page was" } else { "pages were" };
                Answer::Unavailable(format!(
                    "cannot be read in time: {pages} {read} read and there are more; raise \
                     `.timeout(…)` or use a narrower path"
                ))
            }
            failure => failure.into_answer_on(&format!("parameter{path}"), GET_PARAMETERS_BY_PATH),
        };
        match answer {
            // A policy for what is below the path is not one for the path, nor the reverse.
            Answer::Denied { action, resource, words: None }
                if action == GET_PARAMETERS_BY_PATH =>
            {
                // Not every stand-in for the service says on what.
                let said = resource.trim_end_matches('/');
                let said = Some(said.to_owned()).filter(|resource| resource.ends_with(path));
                let resource = said.unwrap_or_else(|| format!("…:parameter{path}"));
                let words = format!("and on `{resource}/*`, for what is below it");
                Answer::Denied { action, resource, words: Some(words) }
            }
            answer => answer,
        }
    }
}
