//! The calls for paths.
//!
//! GetParametersByPath returns at most ten parameters per page, so the pages of a path are
//! requested one after another, concurrently with other paths and names. An incomplete path would
//! be worse than none: a path fails if a page fails or contains a parameter that is not under the
//! path.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use aws_sdk_ssm::types::Parameter;
use stage_config_names::{NameOf, ParameterName};

use crate::source::{Answer, key_below};

use crate::ssm::call::Calls;
use crate::ssm::failure::Failure;
use crate::ssm::reply::{self, Page};

const GET_PARAMETERS_BY_PATH: &str = "ssm:GetParametersByPath";

/// The parameters under the path, by key.
pub(super) async fn fetch(
    calls: &Calls<'_>,
    path: &str,
) -> Result<BTreeMap<String, Answer>, Answer> {
    NameOf::Path
        .check(path)
        .map_err(|fault| Answer::Unreadable(format!("cannot be asked for: it {fault}")))?;
    let mut entries = BTreeMap::<String, Parameter>::new();
    let mut tokens = HashSet::new();
    let mut token = None;
    loop {
        let page = calls.get_parameters_by_path(path, token).await;
        let Page { found, next } =
            page.map_err(|failure| failure.into_answer_below(path, tokens.len()))?;
        let found = found.ok_or_else(|| {
            Answer::Unavailable(
                "cannot be read: a reply of Parameter Store has no list of parameters".to_owned(),
            )
        })?;
        for parameter in found {
            match entries.entry(key(path, &parameter)?.to_owned()) {
                Entry::Vacant(entry) => _ = entry.insert(parameter),
                Entry::Occupied(entry) if reply::alike(entry.get(), &parameter) => {}
                Entry::Occupied(entry) => {
                    return Err(Answer::Unreadable(format!(
                        "cannot be read: the replies disagree about the value of `{path}/{}`; check \
                         the endpoint",
                        entry.key()
                    )));
                }
            }
        }
        let Some(next) = next else {
            let answer = |it: &Parameter| reply::answer(it).unwrap_or_else(reply::incomplete);
            return Ok(entries.iter().map(|(key, it)| (key.clone(), answer(it))).collect());
        };
        // A page that is not the last one may be empty, but no token is repeated.
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

/// The key of a parameter of a page. Fails unless its name is valid, without a selector, and under
/// the path.
fn key<'p>(path: &str, parameter: &'p Parameter) -> Result<&'p str, Answer> {
    let name = parameter.name().filter(|name| {
        ParameterName::parse(name).is_ok_and(|name| name.selector().is_none())
            && reply::selector_of(parameter).is_none()
    });
    name.and_then(|name| key_below(path, name)).ok_or_else(|| {
        Answer::Unreadable(
            "cannot be read: a reply lists something that is not a parameter below the path; check the endpoint"
                .to_owned(),
        )
    })
}

impl Failure {
    /// The answer for a path after this many pages.
    fn into_answer_below(self, path: &str, pages: usize) -> Answer {
        let answer = match self {
            // An empty path is reported as an empty page.
            Self::Missing => Answer::Unreadable(
                "cannot be read: Parameter Store did not find the path or one of its pages; check the \
                 endpoint"
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
            // The path and the parameters under it are two resources of a policy.
            Answer::Denied { action, resource, words: None }
                if action == GET_PARAMETERS_BY_PATH =>
            {
                // Some emulators do not report the resource.
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
