//! One call to Parameter Store, with retries until the deadline of the load.

use std::time::Duration;

use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::{HeaderMap, Request as HttpRequest, Response};
use stage_config_names::ParameterName;
use tokio::time::{Instant, timeout};

use crate::body::Unread;
use crate::quote::quote;
use crate::source::{Answers, Request};
use crate::store::Operations;
use crate::store::calls::{Calls, Failed, RETRY_AFTER, limit_of_attempt};
use crate::store::failure::chain::{AnyCause, said};
use crate::store::failure::{Class, Failure, is_expired};
use crate::store::reply::{Page, Parameter, Replies};
use crate::store::turn::Turn;

use super::settings::Settings;
use super::sign::signed;
use super::wire::{self, Fault, GetParameter, GetParameters, GetParametersByPath, Operation};
use super::{Http, Kept, NoReply};

/// The calls of one load.
pub(super) struct LeanCalls<'a, H> {
    settings: &'a Settings,
    /// Instead of the credentials of the environment.
    given: Option<&'a Identity>,
    kept: &'a Kept<H>,
    calls: Calls,
}

impl<'a, H: Http> LeanCalls<'a, H> {
    pub(super) fn new(
        settings: &'a Settings,
        given: Option<&'a Identity>,
        kept: &'a Kept<H>,
        request: &Request,
    ) -> Self {
        Self { settings, given, kept, calls: Calls::new(request) }
    }

    /// Adds to the answers what it took to get them.
    pub(super) fn count(&self, answers: Answers) -> Answers {
        self.calls.count(answers)
    }

    async fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Failure> {
        let attempts = self.calls.begin(O::NAME, operation.names())?;
        let body = serde_json::to_vec(&operation).map_err(|error| broken(&error))?.into();
        let (turn, deadline) = (attempts.turn(), attempts.deadline());
        let outcome = attempts.retry(|| self.attempt::<O>(&body, deadline, &turn)).await;
        outcome.map_err(|failure| {
            failure.unwrap_or_else(|| {
                let endpoint = turn.came().then(|| self.settings.endpoint());
                Failure::timed_out(endpoint.as_ref())
            })
        })
    }

    async fn attempt<O: Operation>(
        &self,
        body: &Bytes,
        deadline: Instant,
        turn: &Turn,
    ) -> Result<O::Output, Failed> {
        let identity = match self.given {
            Some(identity) => identity.clone(),
            None => self.kept.credentials.get(&self.kept.http, deadline).await?,
        };
        let time = self.kept.clock.now();
        let request = signed(self.settings, &identity, time, O::NAME, body)
            .map_err(|error| broken(&*error))?;
        turn.wait().await;
        turn.sends();
        let reply = timeout(limit_of_attempt(deadline), self.exchange(request)).await;
        let reply =
            reply.map_err(|_| Failure::timed_out(Some(&self.settings.endpoint()))).flatten()?;
        let (status, headers, body) = (reply.status(), reply.headers(), reply.body());
        if status.is_success() {
            return Ok(wire::output::<O>(body)?);
        }
        let failure = match Fault::from_reply(headers, body) {
            Some(Fault { code, message }) => {
                self.kept.clock.learn(headers);
                if is_expired(&code) {
                    self.kept.credentials.forget().await;
                }
                Failure::from_service(&code, message.as_deref(), Some(status.as_u16()))
            }
            None => Failure::foreign(status.as_u16(), &self.settings.endpoint()),
        };
        Err(Failed { failure, pause: requested(headers) })
    }

    async fn exchange(&self, request: HttpRequest<Bytes>) -> Result<Response<Bytes>, Failure> {
        let reply = self.kept.http.exchange(request).await;
        reply.map_err(|error| match error {
            NoReply::Broken(error) => {
                Failure::from_connection(&*error, false, &self.settings.endpoint())
            }
            NoReply::Unread(Unread::TooLong) => Failure::too_long(),
            NoReply::Unread(Unread::Torn) => Failure::torn(),
        })
    }
}

impl<H: Http> Operations for LeanCalls<'_, H> {
    async fn get_parameter(&self, name: &ParameterName<'_>) -> Result<Parameter, Failure> {
        self.send(GetParameter::new(name)).await
    }

    async fn get_parameters(&self, names: &[ParameterName<'_>]) -> Result<Replies, Failure> {
        self.send(GetParameters::new(names)).await
    }

    async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<Page, Failure> {
        self.send(GetParametersByPath::new(path, token)).await
    }
}

/// A request cannot be made.
fn broken(error: &AnyCause) -> Failure {
    Failure::new(Class::Final, quote(&said(error)))
}

/// The pause that the service requests.
fn requested(headers: &HeaderMap) -> Option<Duration> {
    let header = headers.get(RETRY_AFTER)?.to_str().ok()?;
    header.parse().ok().map(Duration::from_millis)
}
