//! How many requests a load makes, and which are sent side by side, as the store counts them.

use std::collections::BTreeSet;
use std::time::Duration;

use stage_config::{LoadError, Loader, StageConfig};
use stage_config_local::{At, LocalStore, On};

use crate::source;
use crate::stores::remote;

fn loader<T: StageConfig>(store: &LocalStore, stage: &str) -> Loader<T> {
    T::loader().stage(stage).source(source(&remote(store)))
}

async fn load<T: StageConfig>(store: &LocalStore, stage: &str) -> Result<T, LoadError> {
    loader(store, stage).load().await
}

/// Loads until that many different requests have been made, and returns their operations and names.
///
/// None is ever answered, so none of them waited for another. A client that makes one after another
/// asks for the first again and again.
async fn side_by_side<T: StageConfig>(
    store: LocalStore,
    stage: &str,
    number: usize,
) -> BTreeSet<(String, Vec<String>)> {
    store.script(On::any().stall(At::Start));
    let made = async {
        loop {
            let calls = store.calls();
            let asked = calls.iter().map(|call| (call.operation.clone(), call.names.clone()));
            let different: BTreeSet<_> = asked.collect();
            if different.len() >= number {
                return different;
            }
            assert!(calls.total() < number + 3, "some wait for others: {calls:?}");
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = loader::<T>(&store, stage).timeout(Duration::from_mins(1)).load() => {
            panic!("the load is over: {:?}", store.calls())
        }
        calls = made => calls,
    }
}

/// A struct with a field for each of these names.
macro_rules! config {
    ($config:ident: $($field:ident = $name:literal),+) => {
        #[derive(StageConfig, Debug)]
        #[stage_config(stages(dev, prod))]
        struct $config {
            $(#[ssm($name)] $field: String,)+
        }

        impl $config {
            fn values(&self) -> Vec<&str> {
                vec![$(&self.$field),+]
            }
        }
    };
}

// After the macro, which they use.
mod batches;
mod side_by_side;
mod traced;
