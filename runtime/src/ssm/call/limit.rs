//! Limits the time of one attempt and the size of its reply.
//!
//! The attempt timeout of the SDK includes loading credentials, which may take longer than any
//! reply. This limit wraps the HTTP client, so it starts after the request is signed.

use std::time::Duration;

use aws_sdk_ssm::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ssm::config::{ConfigBag, HttpClient, RuntimeComponents, SharedHttpClient};
use aws_sdk_ssm::error::{BoxError, ConnectorError};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use tokio::time::{Instant, timeout};

use crate::ssm::failure::Failure;

/// An attempt without a reply by then is unlikely to get one.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(2);
/// Ten parameters of 8 KB each need much less, even if they are escaped.
const MOST_BYTES: usize = 1_000_000;

/// An HTTP client with a time limit per attempt and a maximum size of replies.
#[derive(Debug)]
pub(super) struct Limited<T> {
    inner: T,
    deadline: Instant,
}

impl<T> Limited<T> {
    pub(super) fn new(inner: T, deadline: Instant) -> Self {
        Self { inner, deadline }
    }
}

impl HttpClient for Limited<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Limited { inner, deadline: self.deadline })
    }

    fn validate_final_config(
        &self,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.inner.validate_final_config(components, config)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.inner.connector_metadata()
    }
}

impl HttpConnector for Limited<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let limit = of_attempt(self.deadline.saturating_duration_since(Instant::now()));
        let reply = whole(self.inner.call(request));
        HttpConnectorFuture::new(async move {
            let late = |_| Err(ConnectorError::timeout("the reply does not come in time".into()));
            timeout(limit, reply).await.unwrap_or_else(late)
        })
    }
}

/// At most half of the remaining time. If a kept connection broke during a freeze, time for an
/// attempt on a new one remains.
fn of_attempt(left: Duration) -> Duration {
    LONGEST_ATTEMPT.min(left / 2)
}

/// Reads the whole reply.
async fn whole(reply: HttpConnectorFuture) -> Result<HttpResponse, ConnectorError> {
    let mut reply = reply.await?;
    let body = std::mem::replace(reply.body_mut(), SdkBody::taken());
    let mut stream = ByteStream::new(body);
    let mut bytes = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(Some(some)) if bytes.len() + some.len() > MOST_BYTES => {
                return Err(ConnectorError::user(Failure::too_long().into()));
            }
            Ok(Some(some)) => bytes.extend_from_slice(&some),
            Ok(None) => break,
            Err(_) => return Err(ConnectorError::io(Failure::torn().into())),
        }
    }
    *reply.body_mut() = bytes.into();
    Ok(reply)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_time_for_another_attempt() {
        let limit = |millis| of_attempt(Duration::from_millis(millis)).as_millis();
        assert_eq!([8_000, 4_001, 4_000, 1_000, 0].map(limit), [2_000, 2_000, 2_000, 500, 0]);
    }
}
