//! How a store is started.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

use stage_config_names::Account;

use super::LocalStore;
use crate::error::Refused;
use crate::location::{self, Location};
use crate::parameter::Parameter;
use crate::wire::Shared;

/// A store that is not started yet. Created by [`LocalStore::builder`].
///
/// ```
/// use stage_config_local::{LocalStore, Parameter};
///
/// let store = LocalStore::builder()
///     .account("444455556666")
///     .region("eu-west-1")
///     .start([Parameter::string("/limit", "5")])?;
/// assert_eq!(store.arn("/limit"), "arn:aws:ssm:eu-west-1:444455556666:parameter/limit");
/// # Ok::<(), stage_config_local::StartError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until it is started"]
pub struct Builder {
    account: String,
    region: String,
    port: u16,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self { account: "111122223333".to_owned(), region: "us-east-1".to_owned(), port: 0 }
    }

    /// The account, instead of 111122223333: twelve digits.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// The region of the parameters, and of requests that are not signed, instead of us-east-1.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// A port of 127.0.0.1; 0 is a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the store with these parameters.
    ///
    /// If a name occurs twice, the later parameter becomes a new version of the earlier one.
    ///
    /// # Errors
    /// The account or region cannot exist, the port is in use, the service's rules refuse a
    /// parameter, or the store cannot run.
    pub fn start(
        self,
        parameters: impl IntoIterator<Item = Parameter>,
    ) -> Result<LocalStore, StartError> {
        let Self { account, region, port } = self;
        let account = Account::parse(&account).ok_or(StartError::Account(account))?;
        if !location::is_region(&region) {
            return Err(StartError::Region(region));
        }
        let shared = Shared::new(Location { account, region });
        for parameter in parameters {
            shared.service.put(parameter)?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|source| StartError::Port { port, source })?;
        LocalStore::serve(listener, shared).map_err(StartError::Run)
    }
}

/// Why a store could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The service's rules refuse a parameter.
    #[error(transparent)]
    Parameter(#[from] Refused),
    /// An account does not have twelve digits.
    #[error("`{0}` is not the id of an AWS account, which has twelve digits")]
    Account(String),
    /// A region has other characters than lower-case letters, digits and hyphens.
    #[error("`{0}` is not an AWS region, such as `eu-west-1`")]
    Region(String),
    /// The store cannot listen on the port.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Port {
        /// The port; 0 is a free one.
        port: u16,
        /// The error of the system.
        source: io::Error,
    },
    /// The thread or its runtime cannot be created.
    #[error("cannot run the store: {0}")]
    Run(#[source] io::Error),
}
