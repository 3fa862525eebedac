//! The AWS account that a command works on.
//!
//! | module | content |
//! |---|---|
//! | `settings` | region, credentials and endpoint, as the AWS CLI finds them |
//! | `values` | reads values, by name and by path |
//! | `names` | looks up names and types, without values |
//! | `found` | a parameter that exists |
//! | `time` | when something changed |
//! | `failure` | why a call failed |

mod failure;
mod found;
mod names;
mod settings;
mod time;
mod values;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use aws_sdk_ssm::Client;
use stage_config_names::Name;

use crate::args::Aws;
use crate::description::Deployment;
use crate::error::{Error, Result};
use crate::print::Progress;

use self::settings::Settings;

pub(crate) use self::failure::Failure;
pub(crate) use self::found::{Answer, Found};
pub(crate) use self::time::Time;

/// Whether values are read too, or only names and types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Values,
    Names,
}

/// An account and region, and the calls to its Parameter Store.
pub(crate) struct Account {
    pub(crate) ssm: Client,
    pub(crate) region: String,
    /// Its twelve digits, or why nobody knows them.
    id: std::result::Result<String, Failure>,
    /// The ARN of who asks.
    caller: Option<String>,
    /// Not the one of AWS.
    endpoint: Option<String>,
}

impl Account {
    /// Finds region and credentials as the AWS CLI does, and asks whose they are.
    pub(crate) async fn reach(aws: &Aws) -> Result<Self> {
        let _progress = Progress::start("asking which account this is");
        let Settings { config, region, endpoint } = Settings::load(aws).await?;
        let mut ssm = aws_sdk_ssm::config::Builder::from(&config);
        ssm.set_endpoint_url(endpoint.clone());
        // A stand-in for Parameter Store is not the account that AWS would name.
        let mut sts = aws_sdk_sts::config::Builder::from(&config);
        if endpoint.is_some() {
            sts.set_endpoint_url(endpoint.clone());
        }
        let identity = aws_sdk_sts::Client::from_conf(sts.build()).get_caller_identity().send();
        let (id, caller) = match identity.await {
            Ok(identity) => match identity.account {
                Some(id) => (Ok(id), identity.arn),
                None => (Err(Failure::other("the reply does not name it")), identity.arn),
            },
            Err(error) => {
                let failure = Failure::from(error);
                if failure.is_about_credentials() {
                    return Err(failure.into());
                }
                // Parameter Store is at the same endpoint.
                if let (Some(endpoint), false) = (&endpoint, failure.is_answer()) {
                    return Err(Error::new(format!("no answer from {endpoint}: {failure}")));
                }
                (Err(failure), None)
            }
        };
        Ok(Self { ssm: Client::from_conf(ssm.build()), region, id, caller, endpoint })
    }

    /// The same, for what has to be in this account.
    pub(crate) async fn reach_for(aws: &Aws, deployments: &[Deployment<'_>]) -> Result<Self> {
        let account = Self::reach(aws).await?;
        for deployment in deployments {
            account.check_is_of(deployment, "--profile")?;
        }
        Ok(account)
    }

    /// Answers for each of these names.
    pub(crate) async fn ask(
        &self,
        names: impl IntoIterator<Item = &Name>,
        look: Look,
    ) -> Result<HashMap<Name, Answer>> {
        let mut once = Vec::new();
        for name in names {
            if !once.contains(name) {
                once.push(name.clone());
            }
        }
        match look {
            Look::Values => Ok(self.values(&once).await),
            Look::Names => Ok(self.names(&once).await?),
        }
    }

    /// Everything under these paths, by key: `a/b` for `/flags/dev/a/b` under `/flags/dev`. The
    /// first path that has a key wins. A failure is that of one path.
    pub(crate) async fn below<'p>(
        &self,
        paths: &'p [Name],
        look: Look,
    ) -> std::result::Result<BTreeMap<String, Found>, (&'p Name, Failure)> {
        let mut by_key = BTreeMap::new();
        for path in paths {
            let all = match look {
                Look::Values => self.values_below(path.as_str()).await,
                Look::Names => self.names_below(path.as_str()).await,
            };
            for found in all.map_err(|failure| (path, failure))? {
                let rest = found.name.as_str().strip_prefix(path.as_str());
                let Some(key) = rest.and_then(|rest| rest.strip_prefix('/')) else { continue };
                by_key.entry(key.to_owned()).or_insert(found);
            }
        }
        Ok(by_key)
    }

    /// Its twelve digits, if they are known.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref().ok()
    }

    /// Its twelve digits, or an error that says why they are not known.
    pub(crate) fn known_id(&self) -> Result<&str> {
        self.id().ok_or_else(|| Error::new(format!("this is {self}")))
    }

    /// `aws`, or that of China or a government, if it is known.
    pub(crate) fn partition(&self) -> Option<&str> {
        self.caller.as_deref()?.split(':').nth(1)
    }

    /// Fails if it is known to be another account than that of the deployment. `option` chooses
    /// the account.
    pub(crate) fn check_is_of(&self, deployment: &Deployment<'_>, option: &str) -> Result<()> {
        let accounts = deployment.accounts();
        match self.id() {
            Some(id) if !accounts.is_empty() && !accounts.iter().any(|it| it == id) => {
                let (title, accounts) = (deployment.title(), accounts.join(" or "));
                Err(Error::new(format!(
                    "this is account {id}, but {title} belongs to account {accounts}"
                ))
                .help(format!(
                    "choose another `{option}`; `accounts(…)` on the struct says which is whose"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// `account 111122223333 in us-east-1, as arn:aws:sts::…`
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.id {
            Ok(id) => write!(f, "account {id} in {}", self.region)?,
            Err(why) => write!(f, "an unknown account in {} ({why})", self.region)?,
        }
        if let Some(endpoint) = &self.endpoint {
            write!(f, ", at {endpoint}")?;
        }
        match &self.caller {
            Some(caller) => write!(f, ", as {caller}"),
            None => Ok(()),
        }
    }
}

/// Runs what a command does with an account.
pub(crate) fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(format!("cannot start: {error}")))?;
    runtime.block_on(work)
}
