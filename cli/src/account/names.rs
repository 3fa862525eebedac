//! Names and types, without values.
//!
//! `DescribeParameters` needs no right on a parameter. `GetParameters` without decryption does, and
//! returns the values that are not encrypted.

use std::collections::HashMap;

use aws_sdk_ssm::types::ParameterStringFilter;
use stage_config_names::{Name, ParameterName};

use super::{Account, Answer, Failure, Found};

/// The service allows 50 values for a filter.
const BATCH: usize = 50;

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
            let found = self.list("Equals", &values).await?;
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
        self.list("BeginsWith", &[&format!("{}/", path.trim_end_matches('/'))]).await
    }

    async fn list(&self, option: &str, values: &[&str]) -> Result<Vec<Found>, Failure> {
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
        while let Some(page) = pages.next().await {
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
