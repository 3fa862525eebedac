//! What the account itself says: whose it is, and the KMS keys of the parameters.

use std::slice;

use stage_config_names::Name;

use super::statement::Place;
use crate::account::{Account, Answer, Found, Look};
use crate::args::Aws;
use crate::description::{Deployment, Parameter};
use crate::error::{Error, Result};
use crate::print::{Progress, warn};

/// The key that AWS manages, which everybody may use who may read the parameter.
const MANAGED: &str = "alias/aws/ssm";

/// What there is to know, as far as the account says it.
pub(super) struct Known {
    pub(super) place: Place,
    /// Other KMS keys than that of AWS.
    pub(super) keys: Vec<String>,
}

/// Asks the account. What is encrypted under an alias is under one of the keys that the user names.
pub(super) async fn look_up(
    aws: &Aws,
    deployments: &[Deployment<'_>],
    named: &[String],
) -> Result<Known> {
    let account = Account::reach_for(aws, deployments).await?;
    let id = account.known_id()?;
    let mut keys = named.to_vec();
    for Found { name, key_id, .. } in encrypted(&account, deployments).await? {
        let Some(key) = key_id.filter(|key| !key.ends_with(MANAGED)) else { continue };
        if !key.contains("alias/") {
            if !keys.contains(&key) {
                keys.push(key);
            }
        } else if named.is_empty() {
            return Err(Error::new(format!(
                "`{name}` is encrypted under `{key}`, and a policy cannot name an alias"
            ))
            .help(format!(
                "add `--kms-key` with the key: aws kms describe-key --key-id {key} --query KeyMetadata.Arn"
            )));
        }
    }
    let place = Place {
        partition: account.partition().map(str::to_owned),
        region: Some(account.region.clone()),
        account: Some(id.to_owned()),
    };
    Ok(Known { place, keys })
}

/// What exists and is encrypted, in its newest version. Warns of what may be, but is not known.
async fn encrypted(account: &Account, deployments: &[Deployment<'_>]) -> Result<Vec<Found>> {
    let _progress = Progress::start("looking up the KMS keys of the parameters");
    let parameters = || deployments.iter().flat_map(|it| &it.parameters);
    let names: Vec<_> = parameters().filter(|it| !it.is_path()).flat_map(latest).collect();
    let answers = account.ask(&names, Look::Names).await?;
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    for parameter in parameters() {
        let mut found = Vec::new();
        if parameter.is_path() {
            for path in &parameter.names {
                let below = account.below(slice::from_ref(path), Look::Names).await;
                found.extend(below.map_err(|(_, failure)| failure)?.into_values());
            }
        } else {
            let answers = latest(parameter).into_iter().filter_map(|name| answers.get(&name));
            found.extend(answers.filter_map(Answer::found).cloned());
        }
        if found.is_empty() && parameter.is_secret() {
            unknown.push(format!("`{}`", parameter.name().own()));
        }
        all.extend(found.into_iter().filter(Found::is_secure));
    }
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        warn(&format!("if {unknown} has a KMS key of your own, add it with `--kms-key`"));
    }
    Ok(all)
}

/// Its names, without versions and labels.
fn latest(parameter: &Parameter<'_>) -> Vec<Name> {
    let names = parameter.names.iter().map(|name| match name.parse() {
        Ok(parsed) if parsed.arn().is_none() => parsed.path().into(),
        _ => name.clone(),
    });
    names.collect()
}
