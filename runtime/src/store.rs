//! Parameter Store, whichever client sends the calls.
//!
//! | module | content |
//! |---|---|
//! | `fetch/{batch, by_path}` | which calls a load makes, for names and for paths |
//! | `calls` | the time of the calls, their attempts, and the pauses between these |
//! | `turn` | the order of the calls, once the service throttles them |
//! | `reply` | which reply belongs to which name |
//! | `failure`, `failure/{service, connection, chain}` | the classes of failures, and their texts |
//! | `region`, `keys` | the region and the endpoint that the environment names; which access keys can be sent |
//! | `endpoint` | the endpoint and proxy of a call, for errors |
//! | `kept` | what is kept from one load to the next |
//!
//! A client implements [`Operations`]. Nothing here knows which one it is.

pub(crate) mod calls;
#[cfg(feature = "_store")]
pub(crate) mod endpoint;
pub(crate) mod failure;
#[cfg(feature = "_store")]
mod fetch;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod region;
pub(crate) mod reply;
pub(crate) mod turn;

use stage_config_names::ParameterName;

#[cfg(feature = "_store")]
pub(crate) use self::fetch::fetch;

use self::failure::Failure;
use self::reply::{Page, Parameter, Replies};

/// The operations of Parameter Store that a load needs. Each decrypts, and is retried until the
/// calls have no time left.
pub(crate) trait Operations: Sync {
    fn get_parameter(
        &self,
        name: &ParameterName<'_>,
    ) -> impl Future<Output = Result<Parameter, Failure>> + Send;

    fn get_parameters(
        &self,
        names: &[ParameterName<'_>],
    ) -> impl Future<Output = Result<Replies, Failure>> + Send;

    /// One page of what is under a path, on all levels.
    fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> impl Future<Output = Result<Page, Failure>> + Send;
}

#[cfg(all(test, feature = "_store"))]
pub(crate) mod tests;
