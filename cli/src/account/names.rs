//! Names and types, without values.
//!
//! `DescribeParameters` needs no right on a parameter. `GetParameters` without decryption does, and
//! returns the values that are not encrypted.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_ssm::types::ParameterStringFilter;
use stage_config_names::{Name, ParameterName, near_names};

use super::{Account, Answer, Failure, Found};

/// The service allows 50 values for a filter.
const BATCH: usize = 50;

/// Enough for names that are near. More would keep people waiting, and the account busy.
const MOST_PAGES: usize = 10;

/// More are no help.
const MOST_NEAR: usize = 3;

impl Account {
    /// Looks these parameters up, and answers for each.
    pub(super) async fn names(&self, names: &[Name]) -> Result<HashMap<Name, Answer>, Failure> {
        let mut answers = HashMap::new();
        let mut paths: Vec<(&Name, &str)> = Vec::new();
        for name in names {
            match name.parse().map(|parsed| (parsed.path(), not_listed(&parsed))) {
                Ok((path, None)) => paths.push((name, path)),
                Ok((_, Some(why))) => drop(answers.insert(name.clone(), Answer::NotLookedUp(why))),
                Err(fault) => {
                    let failure = Failure::other(&format!("its name {fault}"));
                    answers.insert(name.clone(), Answer::Failed(failure));
                }
            }
        }
        for batch in paths.chunks(BATCH) {
            let values: Vec<_> = batch.iter().map(|(_, path)| *path).collect();
            let found = self.list("Equals", &values, usize::MAX).await?;
            for (name, path) in batch {
                let answer = match found.iter().find(|it| it.name == **path) {
                    Some(_) if name.as_str() != *path => {
                        Answer::NotLookedUp("its version or label is not looked up")
                    }
                    Some(found) => Answer::Found(found.clone()),
                    None => Answer::Missing,
                };
                answers.insert((*name).clone(), answer);
            }
        }
        Ok(answers)
    }

    /// Lists everything under a path.
    pub(crate) async fn names_below(&self, path: &str) -> Result<Vec<Found>, Failure> {
        let path = format!("{}/", path.trim_end_matches('/'));
        self.list("BeginsWith", &[&path], usize::MAX).await
    }

    /// For each of these names, which do not exist, those that may be meant, except what
    /// `is_known`. There are none if listing names is not allowed: the names are then missing all the
    /// same.
    pub(crate) async fn near(
        &self,
        missing: impl IntoIterator<Item = &Name>,
        is_known: impl Fn(&Name) -> bool,
    ) -> HashMap<Name, Vec<String>> {
        let missing: Vec<_> = missing.into_iter().filter(|name| is_listed(name)).collect();
        // A typo is in the last level, or before it.
        let levels: Vec<_> = missing.iter().filter_map(|it| it.as_str().rsplit_once('/')).collect();
        let folders: BTreeSet<_> = levels.iter().map(|(folder, _)| format!("{folder}/")).collect();
        let last: BTreeSet<_> = levels.iter().map(|(_, last)| format!("/{last}")).collect();
        let mut existing = BTreeSet::new();
        for (option, values) in [("BeginsWith", folders), ("Contains", last)] {
            let values: Vec<_> = values.iter().map(|it| &**it).filter(|it| *it != "/").collect();
            for values in values.chunks(BATCH) {
                let found = self.list(option, values, MOST_PAGES).await.unwrap_or_default();
                let unknown = found.into_iter().map(|it| it.name).filter(|it| !is_known(it));
                existing.extend(unknown.map(|name| name.to_string()));
            }
        }
        let near = |name: &Name| {
            let near = near_names(name.as_str(), existing.iter().map(String::as_str));
            near.into_iter().take(MOST_NEAR).map(str::to_owned).collect()
        };
        missing.into_iter().map(|name| (name.clone(), near(name))).collect()
    }

    /// Lists what a filter finds, and no more than these pages of it.
    async fn list(
        &self,
        option: &str,
        values: &[&str],
        most_pages: usize,
    ) -> Result<Vec<Found>, Failure> {
        let values = values.iter().map(|it| (*it).to_owned()).collect();
        let filter = ParameterStringFilter::builder()
            .key("Name")
            .option(option)
            .set_values(Some(values))
            .build()
            .map_err(|error| Failure::other(&error.to_string()))?;
        let call = self.ssm.describe_parameters().parameter_filters(filter).max_results(50);
        let mut pages = call.into_paginator().send();
        let mut found = Vec::new();
        for _ in 0..most_pages {
            let Some(page) = pages.next().await else { break };
            let page = page.map_err(Failure::from)?.parameters.unwrap_or_default();
            found.extend(page.into_iter().map(Found::from));
        }
        Ok(found)
    }
}

/// Why a parameter is not among those that the service lists, if so.
fn not_listed(name: &ParameterName<'_>) -> Option<&'static str> {
    if name.arn().is_some() {
        Some("it is of another account")
    } else if name.is_secret_reference() {
        Some("it is in Secrets Manager")
    } else if name.path().starts_with("/aws/service/") {
        Some("it is public")
    } else {
        None
    }
}

fn is_listed(name: &Name) -> bool {
    name.parse().is_ok_and(|parsed| not_listed(&parsed).is_none() && parsed.selector().is_none())
}
