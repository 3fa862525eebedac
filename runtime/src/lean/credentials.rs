//! Credentials from the environment, or from a container endpoint.

mod container;

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as Keys;
use aws_smithy_runtime_api::client::identity::Identity;
use tokio::sync::Mutex;

use crate::environment::given;
use crate::store::failure::{Class, Failure};
use crate::store::keys;

use super::Http;
use super::settings::unsupported;

use self::container::Container;

/// Longer than a load takes.
const EARLY: Duration = Duration::from_mins(1);

/// The last credentials of a container endpoint.
#[derive(Default)]
pub(super) struct Credentials(Mutex<Option<Identity>>);

impl Credentials {
    /// In the order of the SDK: those of the environment first.
    ///
    /// The variables are read each time. A function that Lambda restores from a snapshot gets its
    /// credentials from a container endpoint.
    pub(super) async fn get(&self, http: &impl Http) -> Result<Identity, Failure> {
        keys::check().map_err(|why| Failure::new(Class::Final, why))?;
        if let (Some(id), Some(secret)) =
            (given("AWS_ACCESS_KEY_ID"), given("AWS_SECRET_ACCESS_KEY"))
        {
            return Ok(identity(id, secret, given("AWS_SESSION_TOKEN"), None));
        }
        let web_identity = "AWS_WEB_IDENTITY_TOKEN_FILE";
        if given(web_identity).is_some() {
            return Err(Failure::new(Class::Final, unsupported(web_identity)));
        }
        let Some(container) = Container::from_environment()? else {
            return Err(Failure::no_credentials(
                "the feature `lean` of stage-config looks in the environment and at a container \
                 endpoint; the feature `ssm` looks everywhere",
            ));
        };
        // One request for all calls of a load.
        let mut last = self.0.lock().await;
        if let Some(identity) = last.as_ref().filter(|last| is_valid(last)) {
            return Ok(identity.clone());
        }
        let identity = container.credentials(http).await?;
        *last = Some(identity.clone());
        Ok(identity)
    }
}

fn is_valid(identity: &Identity) -> bool {
    identity.expiration().is_none_or(|end| end > SystemTime::now() + EARLY)
}

pub(super) fn identity(
    id: String,
    secret: String,
    token: Option<String>,
    end: Option<SystemTime>,
) -> Identity {
    Keys::new(id, secret, token, end, "stage-config").into()
}
