//! A user of ministack whose policy allows one action.

use crate::peers;
use crate::sdk::{Key, Remote};

/// The part before a parameter's name in a policy of ministack.
pub const ARN: &str = "arn:aws:ssm:us-east-1:000000000000:parameter";

/// The store for a new user who is allowed `action` on `resource`; `None` if there are no peers.
///
/// # Panics
/// If the user exists already.
pub async fn remote(
    name: &'static str,
    action: impl Into<String>,
    resource: impl Into<String>,
) -> Option<Remote> {
    let url = peers::ministack()?.url();
    let make = {
        let (url, action, resource) = (url.clone(), action.into(), resource.into());
        move || peers::script("iam.py", &[&url, name, &action, &resource])
    };
    let key = tokio::task::spawn_blocking(make).await.expect("the script should not panic")?;
    Some(Remote::new(&url, &Key::from_json(&key)))
}
