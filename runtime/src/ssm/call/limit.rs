//! Limits the time of one attempt and the size of its reply, and lets it wait for its turn.
//!
//! The attempt timeout of the SDK includes loading credentials, which may take longer than any
//! reply. This limit wraps the HTTP client, so it starts after the request is signed.

use std::sync::Arc;

use aws_sdk_ssm::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ssm::config::{ConfigBag, HttpClient, RuntimeComponents, SharedHttpClient};
use aws_sdk_ssm::error::{BoxError, ConnectorError};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_types::body::SdkBody;
use tokio::time::{Instant, timeout};

use crate::body::{self, Unread};
use crate::store::calls::{Attempts, limit_of_attempt};
use crate::store::failure::Failure;
use crate::store::turn::Turn;

/// An HTTP client with a time limit per attempt and a maximum size of replies.
#[derive(Debug)]
pub(super) struct Limited<T> {
    inner: T,
    deadline: Instant,
    turn: Arc<Turn>,
}

impl<T> Limited<T> {
    pub(super) fn new(inner: T, attempts: &Attempts) -> Self {
        Self { inner, deadline: attempts.deadline(), turn: attempts.turn() }
    }
}

impl HttpClient for Limited<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        let turn = Arc::clone(&self.turn);
        SharedHttpConnector::new(Limited { inner, deadline: self.deadline, turn })
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
        let (inner, deadline, turn) = (self.inner.clone(), self.deadline, Arc::clone(&self.turn));
        HttpConnectorFuture::new(async move {
            turn.wait().await;
            turn.sends();
            let limit = limit_of_attempt(deadline);
            let reply = whole(inner.call(request));
            let late = |_| Err(ConnectorError::timeout("the reply does not come in time".into()));
            timeout(limit, reply).await.unwrap_or_else(late)
        })
    }
}

/// Reads the whole reply.
async fn whole(reply: HttpConnectorFuture) -> Result<HttpResponse, ConnectorError> {
    let mut reply = reply.await?;
    let body = std::mem::replace(reply.body_mut(), SdkBody::taken());
    let bytes = body::whole(body).await.map_err(|unread| match unread {
        Unread::TooLong => ConnectorError::user(Failure::too_long().into()),
        Unread::Torn => ConnectorError::io(Failure::torn().into()),
    })?;
    *reply.body_mut() = bytes.into();
    Ok(reply)
}
