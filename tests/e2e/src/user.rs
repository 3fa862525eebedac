//! A user of ministack, whose policy allows one thing.

use aws_sdk_ssm::Client;

use crate::peers;
use crate::sdk::{self, Key};

/// What stands in front of a parameter's name in a policy of ministack.
pub const ARN: &str = "arn:aws:ssm:us-east-1:000000000000:parameter";

/// A client of a new user who may do `action` on `resource`; `None` where there are no peers.
///
/// # Panics
///
/// When there is such a user already.
pub async fn client(
    name: &'static str,
    action: &'static str,
    resource: impl Into<String>,
) -> Option<Client> {
    let url = peers::ministack()?.url();
    let make = {
        let (url, resource) = (url.clone(), resource.into());
        move || peers::script("iam.py", &[&url, name, action, &resource])
    };
    let key = tokio::task::spawn_blocking(make).await.expect("the script should not panic")?;
    Some(sdk::client(&url, &Key::from_json(&key)))
}
