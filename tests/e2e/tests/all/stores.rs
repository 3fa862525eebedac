//! The same test against each store.
//!
//! What they do not have in common: only ours can be told to fail. moto checks no policies,
//! ministack knows nothing of `/aws/reference/secretsmanager/` and answers that the parameter is
//! missing.

mod each;
mod ministack;

use aws_sdk_ssm::types::ParameterType;
use stage_config_e2e::peers::Peer;
use stage_config_e2e::sdk::{self, Key, Remote};
use stage_config_local::LocalStore;

/// Makes of `async fn name(client: Remote)` the tests `name::local`, `name::moto` and
/// `name::ministack`. Each of the last two is one store for all tests, so no two of those may use
/// the same names.
macro_rules! on_each_store {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            use stage_config_e2e::peers;
            use stage_config_local::LocalStore;

            use crate::stores::{remote, remote_peer};

            #[tokio::test]
            async fn local() {
                let store = LocalStore::start([]).unwrap();
                super::$test(remote(&store)).await;
            }

            #[tokio::test]
            async fn moto() {
                let Some(moto) = peers::moto() else { return };
                super::$test(remote_peer(moto)).await;
            }

            #[tokio::test]
            async fn ministack() {
                let Some(ministack) = peers::ministack() else { return };
                super::$test(remote_peer(ministack)).await;
            }
        }
    )+};
}

pub(crate) use on_each_store;

pub(crate) fn remote(store: &LocalStore) -> Remote {
    Remote::new(&store.url(), &Key::root())
}

pub(crate) fn remote_peer(peer: &Peer) -> Remote {
    Remote::new(&peer.url(), &Key::root())
}

/// Puts each as a `String`.
pub(crate) async fn put<const N: usize>(client: &Remote, parameters: [(&str, &str); N]) {
    for (name, value) in parameters {
        sdk::put(client, ParameterType::String, name, value).await;
    }
}

/// Puts each as a `SecureString`.
pub(crate) async fn put_secure<const N: usize>(client: &Remote, parameters: [(&str, &str); N]) {
    for (name, value) in parameters {
        sdk::put(client, ParameterType::SecureString, name, value).await;
    }
}

/// The operations that were asked for, sorted: those that are side by side come in any order.
pub(crate) fn operations(store: &LocalStore) -> Vec<String> {
    let mut operations: Vec<_> = store.calls().into_iter().map(|call| call.operation).collect();
    operations.sort();
    operations
}

/// The names that were asked for, sorted, each as often as it was.
pub(crate) fn names(store: &LocalStore) -> Vec<String> {
    let mut names: Vec<_> = store.calls().names().map(str::to_owned).collect();
    names.sort();
    names
}
