//! The same calls without the SDK.

use bytes::Bytes;
use http::{Request as HttpRequest, Response};
use http_body_util::Full;

use super::call::LeanCalls;
use super::clock::Clock;
use super::credentials::{Credentials, identity};
use super::settings::Settings;
use super::{Http, Kept, NoReply};
use crate::http::whole;
use crate::source::{Answers, Request};
use crate::store;
use crate::store::tests::{Client, Wire};

/// This client over such a wire.
pub(crate) struct WithoutSdk;

impl Client for WithoutSdk {
    async fn fetch(wire: &Wire, request: &Request) -> Answers {
        let settings = Settings::new("us-east-1".to_owned(), Some("http://there".to_owned()));
        let identity = identity("id".to_owned(), "secret".to_owned(), None, None);
        let kept = Kept {
            http: wire.clone(),
            credentials: Credentials::default(),
            clock: Clock::default(),
        };
        let settings = settings.unwrap();
        let calls = LeanCalls::new(&settings, Some(&identity), &kept, request);
        store::fetch(&calls, request).await
    }
}

impl Http for Wire {
    async fn exchange(&self, _: HttpRequest<Bytes>) -> Result<Response<Bytes>, NoReply> {
        let reply = self.send().await.map_err(|error| NoReply::Broken(error.into()))?;
        let (head, body) = reply.into_parts();
        Ok(Response::from_parts(head, whole(Full::new(body)).await?))
    }
}
