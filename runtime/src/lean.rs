//! The calls to Parameter Store without the AWS SDK, for a program that is small and builds fast.
//!
//! | module | content |
//! |---|---|
//! | `settings` | region and endpoint; what only the SDK can do |
//! | `credentials`, `credentials/container` | from the environment, or from a container endpoint |
//! | `call` | one call, with retries until the deadline |
//! | `wire`, `sign`, `clock` | the operations as JSON; a signed request; the time of its signature |

mod call;
mod clock;
mod credentials;
mod settings;
mod sign;
mod wire;

use std::error::Error;
use std::sync::Arc;

use ::http::{Request as HttpRequest, Response};
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;

use crate::body::{Unread, whole};
use crate::http;
use crate::quote::quote;
use crate::source::{Answer, Answers, Request, Source};
use crate::store;
use crate::store::kept::{PerRuntime, Used};

use self::call::LeanCalls;
use self::clock::Clock;
use self::credentials::{Credentials, identity};
use self::settings::Settings;

/// Parameter Store, without the AWS SDK.
///
/// Settings and credentials are those of the environment at each load, or the given ones, for tests.
#[derive(Clone)]
pub struct Lean(Option<(Settings, Identity)>);

impl Lean {
    /// As the environment says.
    pub const FROM_ENVIRONMENT: Self = Self(None);

    /// A store at this endpoint.
    ///
    /// # Errors
    /// If it is not the URL of a web server.
    pub fn at(endpoint: &str, key_id: &str, secret_key: &str) -> Result<Self, String> {
        let settings = Settings::new("us-east-1".to_owned(), Some(endpoint.to_owned()))?;
        let identity = identity(key_id.to_owned(), secret_key.to_owned(), None, None);
        Ok(Self(Some((settings, identity))))
    }

    async fn try_fetch(&self, request: &Request) -> Result<Answers, String> {
        let kept = Kept::of_this_runtime()?;
        let given = self.0.as_ref();
        let settings =
            given.map_or_else(Settings::from_environment, |(settings, _)| Ok(settings.clone()))?;
        let identity = given.map(|(_, identity)| identity);
        let calls = LeanCalls::new(&settings, identity, &kept, request);
        let answers = calls.count(store::fetch(&calls, request).await);
        Ok(answers.looked_in(quote(&settings.region)))
    }
}

impl Source for Lean {
    async fn fetch(&self, request: &Request) -> Answers {
        let answers = self.try_fetch(request).await;
        answers.unwrap_or_else(|why| Answers::for_all(request, &Answer::failed(why)))
    }

    #[cfg(feature = "lambda")]
    async fn before_snapshot(&self) {
        if let Some(kept) = KEPT.take().await {
            kept.http.disconnect().await;
        }
    }
}

static KEPT: PerRuntime<Arc<Kept<http::Client>>> = PerRuntime::new();

/// Kept from one load to the next.
struct Kept<H> {
    http: H,
    credentials: Credentials,
    clock: Clock,
}

impl Kept<http::Client> {
    fn of_this_runtime() -> Result<Used<Arc<Self>>, String> {
        KEPT.get_or_try_init(|| {
            let http = http::Client::new(http::Tls::from_environment()?);
            Ok(Arc::new(Self {
                http,
                credentials: Credentials::default(),
                clock: Clock::default(),
            }))
        })
    }
}

/// Sends a request and reads the whole reply. A test does it without a network.
trait Http: Sync {
    fn exchange(
        &self,
        request: HttpRequest<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, NoReply>> + Send;
}

enum NoReply {
    /// There is no connection, or it broke before the reply.
    Broken(Box<dyn Error + Send + Sync>),
    Unread(Unread),
}

impl From<Unread> for NoReply {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}

impl Http for http::Client {
    async fn exchange(&self, request: HttpRequest<Bytes>) -> Result<Response<Bytes>, NoReply> {
        let reply = self.send(request).await.map_err(|error| NoReply::Broken(error.into()))?;
        let (head, body) = reply.into_parts();
        Ok(Response::from_parts(head, whole(body).await?))
    }
}

#[cfg(test)]
pub(crate) mod tests;
