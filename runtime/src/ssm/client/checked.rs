//! Checks credentials from the provider chain before they are sent in a header: the SDK panics if
//! they contain a character that is not allowed there. If there are none, it looks for the reason.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use crate::ssm::client::variables::missing_profile;
use crate::store::keys::{HAS_OTHERS, is_key};

#[derive(Debug)]
pub(super) struct Checked(pub(super) SharedCredentialsProvider);

impl ProvideCredentials for Checked {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let found = match self.0.provide_credentials().await {
                Err(CredentialsError::CredentialsNotLoaded(why)) => {
                    return Err(match missing_profile().await {
                        Some(reason) => CredentialsError::invalid_configuration(reason),
                        None => CredentialsError::CredentialsNotLoaded(why),
                    });
                }
                found => found?,
            };
            let keys = [Some(found.access_key_id()), found.session_token()];
            if keys.into_iter().flatten().all(is_key) {
                return Ok(found);
            }
            Err(CredentialsError::invalid_configuration(format!("a key {HAS_OTHERS}")))
        })
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.0.fallback_on_interrupt()
    }
}
