//! The best that people write with the AWS SDK: ten parameters in a request, requests side by side.

use aws_config::BehaviorVersion;
use aws_sdk_ssm::operation::get_parameters::GetParametersOutput;
use aws_sdk_ssm::types::Parameter;
use aws_sdk_ssm::{Client, Error};
use bench_parameters::{NAMES, assert_complete};
use futures_util::future::try_join_all;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = Client::new(&config);

    let batches = NAMES.chunks(10).map(|names| {
        let names = names.iter().copied().map(String::from).collect();
        client.get_parameters().set_names(Some(names)).with_decryption(true).send()
    });
    let replies = try_join_all(batches).await?;
    let parameters = replies.iter().flat_map(GetParametersOutput::parameters);
    assert_complete(parameters.filter_map(Parameter::value));
    Ok(())
}
