//! A signed request.

use std::error::Error;
use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request};

use super::settings::Settings;

const TARGET: &str = "x-amz-target";
const JSON: &str = "application/x-amz-json-1.1";
const US: &str = concat!("stage-config/", env!("CARGO_PKG_VERSION"));

/// A request for an operation, with a signature of this time. Credentials and region are known to
/// fit into headers.
pub(super) fn signed(
    settings: &Settings,
    identity: &Identity,
    time: SystemTime,
    operation: &str,
    body: &Bytes,
) -> Result<Request<Bytes>, Box<dyn Error>> {
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(&settings.region)
        .name("ssm")
        .time(time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let target = format!("AmazonSSM.{operation}");
    let to_sign = [(CONTENT_TYPE.as_str(), JSON), (TARGET, &target)];
    let signable = SignableRequest::new(
        Method::POST.as_str(),
        settings.url.to_string(),
        to_sign.into_iter(),
        SignableBody::Bytes(body),
    )?;
    let (instructions, _) = sign(signable, &params)?.into_parts();
    let mut request = Request::new(body.clone());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = settings.url.clone();
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert(TARGET, HeaderValue::from_str(&target)?);
    headers.insert(USER_AGENT, HeaderValue::from_static(US));
    instructions.apply_to_request_http1x(&mut request);
    Ok(request)
}
