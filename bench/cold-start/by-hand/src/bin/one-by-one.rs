//! What most people write with the AWS SDK: a request for each parameter.

use aws_config::BehaviorVersion;
use aws_sdk_ssm::{Client, Error};
use bench_parameters::{NAMES, assert_complete};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = Client::new(&config);

    let mut values = Vec::new();
    for name in NAMES {
        let reply = client.get_parameter().name(name).with_decryption(true).send().await?;
        values.extend(reply.parameter.and_then(|parameter| parameter.value));
    }
    assert_complete(values.iter().map(String::as_str));
    Ok(())
}
