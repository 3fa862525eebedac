//! Credentials from the environment, or from a container endpoint.

mod container;

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as Keys;
use aws_smithy_runtime_api::client::identity::Identity;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::environment::given;
use crate::store::calls::limit_of_credentials;
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
    pub(super) async fn get(
        &self,
        http: &impl Http,
        deadline: Instant,
    ) -> Result<Identity, Failure> {
        keys::check().map_err(|why| Failure::new(Class::Final, why))?;
        if !keys::are_of_a_snapshot()
            && let (Some(id), Some(secret)) =
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
        self.of_container(&container, http, deadline).await
    }

    /// The next call requests new ones, whatever the last ones said about their end.
    pub(super) async fn forget(&self) {
        *self.0.lock().await = None;
    }

    /// One request for all calls of a load.
    async fn of_container(
        &self,
        container: &Container,
        http: &impl Http,
        deadline: Instant,
    ) -> Result<Identity, Failure> {
        let mut last = self.0.lock().await;
        if let Some(identity) = last.as_ref().filter(|last| is_valid(last)) {
            return Ok(identity.clone());
        }
        let identity = container.credentials(http, limit_of_credentials(deadline)).await?;
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

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;
    use aws_smithy_types::date_time::Format;
    use futures_util::future::join;

    use super::*;
    use crate::store::tests::wire::{LIMIT, Step, Wire, reply};

    /// Credentials that end after so many minutes.
    fn ending_after(minutes: u64) -> Step {
        let end = DateTime::from(SystemTime::now() + Duration::from_mins(minutes));
        let end = end.fmt(Format::DateTime).unwrap();
        let body = format!(
            r#"{{"AccessKeyId": "ASIA", "SecretAccessKey": "s3cret", "Expiration": "{end}"}}"#
        );
        reply(200, &body)
    }

    fn deadline() -> Instant {
        Instant::now() + LIMIT
    }

    fn container() -> Container {
        Container::at("http://127.0.0.1/role?token=s3cret").unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn they_are_requested_once_and_again_before_they_end() {
        for (minutes, requests) in [(60, 1), (2, 1), (1, 3), (0, 3)] {
            let (credentials, container) = (Credentials::default(), container());
            let wire = Wire::new(move |_| ending_after(minutes));
            let get = || credentials.of_container(&container, &wire, deadline());
            let (one, other) = join(get(), get()).await;
            assert!(one.is_ok() && other.is_ok() && get().await.is_ok());
            assert_eq!(wire.sent(), requests, "{minutes}");
            credentials.forget().await;
            assert!(get().await.is_ok());
            assert_eq!(wire.sent(), requests + 1, "{minutes}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_passes_is_told_from_what_does_not() {
        type Make = fn() -> Step;
        let broken: Make = || Step::Broken(std::io::ErrorKind::ConnectionReset.into());
        let cases: [(Make, bool, &str); 7] = [
            (broken, true, "connection reset"),
            (|| Step::Never, true, "no answer in time"),
            (|| reply(500, "s3cret"), true, "HTTP 500"),
            (|| reply(429, "s3cret"), true, "HTTP 429"),
            (|| reply(404, "s3cret"), false, "HTTP 404"),
            (|| reply(200, "s3cret"), true, "there are no credentials in the reply"),
            (|| reply(200, r#"{"AccessKeyId": "s3cret"}"#), true, "there are no credentials"),
        ];
        for (step, passes, words) in cases {
            let credentials = Credentials::default();
            let wire = Wire::new(move |_| step());
            let failure = credentials.of_container(&container(), &wire, deadline()).await;
            let failure = failure.unwrap_err();
            let said = failure.to_string();
            assert_eq!(failure.is_transient(), passes, "{said}");
            let begin =
                format!("the AWS credentials could not be loaded (http://127.0.0.1/role: {words}");
            assert!(said.starts_with(&begin), "{said}");
            assert!(!said.contains("s3cret"), "{said}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn time_for_another_request_remains() {
        let began = Instant::now();
        let end = began + Duration::from_secs(2);
        let failure = Credentials::default();
        let failure = failure.of_container(&container(), &Wire::new(|_| Step::Never), end).await;
        assert!(failure.is_err());
        assert_eq!(began.elapsed(), Duration::from_secs(1));
    }
}
