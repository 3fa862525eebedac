//! The leanest program on the AWS SDK: rustls on ring, only the roots of `AWS_CA_BUNDLE`, and no
//! chain of providers.

use std::error::Error;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_ssm::operation::get_parameters::GetParametersOutput;
use aws_sdk_ssm::types::Parameter;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use bench_parameters::{NAMES, assert_complete};
use futures_util::future::try_join_all;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let variable = |name: &str| std::env::var(name);
    let roots =
        TrustStore::empty().with_pem_certificate(std::fs::read(variable("AWS_CA_BUNDLE")?)?);
    let http = Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(TlsContext::builder().with_trust_store(roots).build()?)
        .build_https();
    let credentials = Credentials::new(
        variable("AWS_ACCESS_KEY_ID")?,
        variable("AWS_SECRET_ACCESS_KEY")?,
        Some(variable("AWS_SESSION_TOKEN")?),
        None,
        "environment",
    );
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(variable("AWS_REGION")?))
        .credentials_provider(credentials)
        .endpoint_url(variable("AWS_ENDPOINT_URL_SSM")?)
        .build();
    let client = Client::from_conf(config);

    let batches = NAMES.chunks(10).map(|names| {
        let names = names.iter().copied().map(String::from).collect();
        client.get_parameters().set_names(Some(names)).with_decryption(true).send()
    });
    let replies = try_join_all(batches).await?;
    let parameters = replies.iter().flat_map(GetParametersOutput::parameters);
    assert_complete(parameters.filter_map(Parameter::value));
    Ok(())
}
