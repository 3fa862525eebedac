//! The HTTP client of the loader, for the SDK.

use std::time::Duration;

use aws_sdk_ssm::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ssm::config::{HttpClient, RuntimeComponents, SharedHttpClient};
use aws_sdk_ssm::error::ConnectorError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use tokio::time::timeout;

use crate::http;

/// The same connections as the SDK takes them.
pub(super) fn for_the_sdk(client: http::Client) -> SharedHttpClient {
    SharedHttpClient::new(Connections(client))
}

#[derive(Debug)]
struct Connections(http::Client);

impl HttpClient for Connections {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let client = self.0.clone();
        SharedHttpConnector::new(Exchange { client, timeout: settings.read_timeout() })
    }
}

/// Sends requests.
#[derive(Debug)]
struct Exchange {
    client: http::Client,
    /// Until the reply begins, which includes the time to connect. The credentials providers set
    /// it, because some of them ask servers that may not be there.
    timeout: Option<Duration>,
}

impl HttpConnector for Exchange {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.client.clone();
        let reply = async move { send(&client, request).await };
        let Some(limit) = self.timeout else { return HttpConnectorFuture::new(reply) };
        HttpConnectorFuture::new(async move {
            let late = |_| Err(ConnectorError::timeout("no reply in time".into()));
            timeout(limit, reply).await.unwrap_or_else(late)
        })
    }
}

async fn send(client: &http::Client, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let user = |error: HttpError| ConnectorError::user(error.into());
    let (head, body) = request.try_into_http1x().map_err(user)?.into_parts();
    let body = body.bytes().ok_or_else(|| ConnectorError::user("the body is a stream".into()))?;
    let request = ::http::Request::from_parts(head, Bytes::copy_from_slice(body));
    let reply = client.send(request).await.map_err(|error| ConnectorError::io(error.into()))?;
    let other = |error: HttpError| ConnectorError::other(error.into(), None);
    reply.map(SdkBody::from_body_1_x).try_into().map_err(other)
}
