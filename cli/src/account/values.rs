//! Values, by name and by path.

use std::collections::HashMap;

use aws_sdk_ssm::types::Parameter;
use stage_config_names::Name;

use super::{Account, Answer, Failure, Found};

/// The most names of one request.
const BATCH: usize = 10;

impl Account {
    /// Reads these parameters, decrypted, and answers for each.
    pub(super) async fn values(&self, names: &[Name]) -> HashMap<Name, Answer> {
        let mut answers = HashMap::new();
        for batch in names.chunks(BATCH) {
            if let Err(failure) = self.batch(batch, &mut answers).await
                && !failure.is_answer()
            {
                let failed = || Answer::Failed(failure.clone());
                answers.extend(batch.iter().map(|name| (name.clone(), failed())));
            }
            // One name may have failed the whole batch, and a role may be allowed only this call.
            for name in batch {
                if !answers.contains_key(name) {
                    answers.insert(name.clone(), self.value(name).await);
                }
            }
        }
        answers
    }

    async fn batch(
        &self,
        names: &[Name],
        answers: &mut HashMap<Name, Answer>,
    ) -> Result<(), Failure> {
        let texts = names.iter().map(|name| name.as_str().to_owned()).collect();
        let call = self.ssm.get_parameters().set_names(Some(texts)).with_decryption(true);
        let reply = call.send().await?;
        for found in reply.parameters.unwrap_or_default() {
            if let Some(name) = names.iter().find(|name| belongs(&found, name)) {
                answers.insert(name.clone(), Answer::Found(found.into()));
            }
        }
        for invalid in reply.invalid_parameters.unwrap_or_default() {
            let invalid = Name::from(invalid);
            // Of a secret, this says only that it could not be read.
            if names.contains(&invalid) && !invalid.is_secret() {
                answers.insert(invalid, Answer::Missing);
            }
        }
        Ok(())
    }

    async fn value(&self, name: &Name) -> Answer {
        let call = self.ssm.get_parameter().name(name.as_str()).with_decryption(true);
        match call.send().await.map_err(Failure::from) {
            Ok(reply) => match reply.parameter {
                Some(found) => Answer::Found(found.into()),
                None => Answer::Failed(Failure::other("the reply does not contain it")),
            },
            Err(failure) if failure.is_missing() => Answer::Missing,
            Err(failure) => Answer::Failed(failure),
        }
    }

    /// Reads everything under a path, decrypted.
    pub(super) async fn values_below(&self, path: &str) -> Result<Vec<Found>, Failure> {
        let call = self.ssm.get_parameters_by_path().path(path);
        let mut pages = call.recursive(true).with_decryption(true).into_paginator().send();
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(Failure::from)?.parameters.unwrap_or_default();
            found.extend(page.into_iter().map(Found::from));
        }
        Ok(found)
    }
}

/// Whether this is the reply for a name: by ARN if that was requested, and with its selector.
fn belongs(reply: &Parameter, name: &Name) -> bool {
    let Ok(wanted) = name.parse() else { return false };
    let selector = reply.selector.as_deref().unwrap_or_default();
    let own = if wanted.arn().is_some() { &reply.arn } else { &reply.name };
    own.as_deref().is_some_and(|own| *name == *format!("{own}{selector}"))
}
