//! Which calls a load makes for a path.
//!
//! GetParametersByPath returns at most ten parameters a page, so the pages come one after another,
//! beside those of other paths and the calls for names. Part of a path is worse than nothing: a page
//! that fails, or that lists something that cannot be under the path, fails the whole path.

use std::collections::{BTreeMap, HashSet};

use stage_config_names::{Name, NameKind, ParameterName};

use crate::source::{Answer, key_below};

use crate::store::Operations;
use crate::store::failure::{Class, Failure};
use crate::store::reply::{self, Page, Parameter};

const GET_PARAMETERS_BY_PATH: &str = "ssm:GetParametersByPath";

/// What is under the path, by key, or why that cannot be read.
pub(super) async fn fetch(
    client: &impl Operations,
    path: &Name,
) -> Result<BTreeMap<String, Answer>, Answer> {
    let path = path.as_str();
    NameKind::Path.check(path).map_err(|fault| Answer::failed(format!("it {fault}")))?;
    let mut entries = BTreeMap::<String, Parameter>::new();
    let mut tokens = HashSet::new();
    let mut token = None;
    loop {
        let page = client.get_parameters_by_path(path, token).await;
        let Page { found, next } =
            page.map_err(|failure| failure.into_answer_below(path, tokens.len()))?;
        for parameter in found {
            let key = key(path, &parameter).ok_or_else(reply::misfit)?.to_owned();
            if entries.get(&key).is_some_and(|known| !reply::alike(known, &parameter)) {
                return Err(reply::misfit());
            }
            entries.insert(key, parameter);
        }
        let Some(next) = next else {
            let answer = |it: &Parameter| reply::answer(it).unwrap_or_else(reply::incomplete);
            return Ok(entries.iter().map(|(key, it)| (key.clone(), answer(it))).collect());
        };
        // A page that is not the last one may be empty, but no token is repeated.
        if !tokens.insert(next.clone()) {
            return Err(Answer::transient(
                "Parameter Store names a page as the next one that it has returned already",
            ));
        }
        token = Some(next);
    }
}

/// The key of a parameter of a page, whose name has to be one of a parameter under the path, without
/// a selector.
fn key<'p>(path: &str, parameter: &'p Parameter) -> Option<&'p str> {
    let name = parameter.name.as_deref()?;
    let parsed = ParameterName::parse(name).ok()?;
    let is_plain = parsed.selector().is_none() && reply::selector_of(parameter).is_none();
    key_below(path, name).filter(|_| is_plain)
}

impl Failure {
    /// The answer for a path of which so many pages were read before.
    fn into_answer_below(self, path: &str, pages: usize) -> Answer {
        let answer = match self {
            // The reply for a path without parameters is an empty page.
            Self::Missing => reply::misfit(),
            Self::Failed { class: Class::OutOfTime, .. } if pages > 0 => {
                let read = if pages == 1 { "page was" } else { "pages were" };
                Answer::transient(format!(
                    "{pages} {read} read in time and there are more; raise `.timeout(…)` or use a \
                     narrower path"
                ))
            }
            failure => failure.into_answer_on(&format!("parameter{path}"), GET_PARAMETERS_BY_PATH),
        };
        match answer {
            // Not every stand-in for the service names the resource.
            Answer::Denied(denial)
                if denial.action() == GET_PARAMETERS_BY_PATH && denial.details().is_none() =>
            {
                let named = denial.resource().trim_end_matches('/');
                let named = Some(named.to_owned()).filter(|resource| resource.ends_with(path));
                let resource = named.unwrap_or_else(|| format!("…:parameter{path}"));
                Answer::denied(GET_PARAMETERS_BY_PATH, resource)
            }
            answer => answer,
        }
    }
}
