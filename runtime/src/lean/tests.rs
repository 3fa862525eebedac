//! The same calls without the SDK, and what only they do.

use std::sync::Mutex;

use bytes::Bytes;
use http::{Request as HttpRequest, Response};
use http_body_util::Full;
use stage_config_names::ParameterName;

use super::call::LeanCalls;
use super::clock::Clock;
use super::credentials::{Credentials, identity};
use super::settings::Settings;
use super::wire::{self, Fault, GetParameter, GetParameters, GetParametersByPath, Operation};
use super::{Http, Kept, NoReply};
use crate::body::whole;
use crate::source::{Answers, Request};
use crate::store::endpoint::Endpoint;
use crate::store::failure::Failure;
use crate::store::reply::{Page, Parameter, Replies};
use crate::store::tests::wire::{Client, FOUND, LIMIT, Wire, found};
use crate::store::{self, Operations};

/// This client over such a wire.
pub(crate) struct WithoutSdk;

impl Client for WithoutSdk {
    async fn fetch(wire: &Wire, request: &Request) -> Answers {
        fetch(wire.clone(), request).await
    }
}

async fn fetch(http: impl Http, request: &Request) -> Answers {
    let settings = Settings::new("us-east-1".to_owned(), Some("http://there".to_owned()));
    let identity = identity("id".to_owned(), "secret".to_owned(), None, None);
    let kept = Kept { http, credentials: Credentials::default(), clock: Clock::default() };
    let settings = settings.unwrap();
    let calls = LeanCalls::new(&settings, Some(&identity), &kept, request);
    store::fetch(&calls, request).await
}

impl Http for Wire {
    async fn exchange(&self, _: HttpRequest<Bytes>) -> Result<Response<Bytes>, NoReply> {
        let reply = self.send().await.map_err(|error| NoReply::Broken(error.into()))?;
        let (head, body) = reply.into_parts();
        Ok(Response::from_parts(head, whole(Full::new(body)).await?))
    }
}

/// Sends nothing and reads the replies, for tests of very many of them: most of the time, a call is
/// busy with its signature.
pub(crate) struct OnlyReads;

impl Client for OnlyReads {
    async fn fetch(wire: &Wire, request: &Request) -> Answers {
        store::fetch(&Unsigned(wire), request).await
    }
}

struct Unsigned<'a>(&'a Wire);

impl Unsigned<'_> {
    async fn read<O: Operation>(&self, _: O) -> Result<O::Output, Failure> {
        let reply = self.0.send().await.expect("no test breaks the connection");
        let (status, body) = (reply.status(), reply.body());
        if status.is_success() {
            return wire::output::<O>(body);
        }
        Err(match Fault::from_reply(reply.headers(), body) {
            Some(Fault { code, message }) => {
                Failure::from_service(&code, message.as_deref(), Some(status.as_u16()))
            }
            None => Failure::foreign(status.as_u16(), &Endpoint::new("http://there", false)),
        })
    }
}

impl Operations for Unsigned<'_> {
    async fn get_parameter(&self, name: &ParameterName<'_>) -> Result<Parameter, Failure> {
        self.read(GetParameter::new(name)).await
    }

    async fn get_parameters(&self, names: &[ParameterName<'_>]) -> Result<Replies, Failure> {
        self.read(GetParameters::new(names)).await
    }

    async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<Page, Failure> {
        self.read(GetParametersByPath::new(path, token)).await
    }
}

/// Replies with a date that is far ahead: first with `failure`, then with the parameter.
struct Ahead {
    failure: (u16, &'static str),
    signed: Mutex<Vec<String>>,
}

impl Http for &Ahead {
    async fn exchange(&self, request: HttpRequest<Bytes>) -> Result<Response<Bytes>, NoReply> {
        let date = request.headers()["x-amz-date"].to_str().unwrap().to_owned();
        let mut signed = self.signed.lock().unwrap();
        let (status, body) = if signed.is_empty() { self.failure } else { (200, FOUND) };
        signed.push(date);
        let reply =
            Response::builder().status(status).header("date", "Fri, 01 Jan 2100 12:00:00 GMT");
        Ok(reply.body(body.into()).unwrap())
    }
}

#[tokio::test(start_paused = true)]
async fn the_clock_of_the_service_counts() {
    let refusal = r#"{"__type": "InvalidSignatureException", "message": "Signature expired: x"}"#;
    // The second is a gateway on the way.
    for (failure, is_learned) in [((400, refusal), true), ((502, "<html>"), false)] {
        let server = Ahead { failure, signed: Mutex::default() };
        let answers = fetch(&server, &Request::new(["/a"], LIMIT)).await;
        assert!(found(&answers), "{answers:?}");
        let signed = server.signed.lock().unwrap();
        assert!(!signed[0].starts_with("2100"), "{signed:?}");
        assert_eq!(signed[1].starts_with("2100"), is_learned, "{signed:?}");
    }
}
