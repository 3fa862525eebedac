//! What only makes sense in a function of [`lambda_runtime`]: a failed initialisation, the deadline of
//! an invocation, and snapshots.
//!
//! - [`init`] reports an initialisation that failed to Lambda.
//! - [`ColdStart::get_for`] waits for as long as an invocation can.
//! - A [`ColdStart`] is a [`SnapStartResource`].
//! - A handler may return a [`LoadError`], because it converts to a [`Diagnostic`].

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::CONTENT_TYPE;
use http::{Method, Request, Uri};
use lambda_runtime::{BoxFuture, Context, Diagnostic, Error, SnapStartResource};
use lambda_runtime_api_client::body::Body;
use lambda_runtime_api_client::{PooledClient, build_request};
use tokio::time::timeout;

use crate::cached::ColdStart;
use crate::config::StageConfig;
use crate::error::LoadError;

/// The type of the error of a load, as Lambda shows it.
const ERROR_TYPE: &str = "StageConfig.LoadError";
/// The Runtime API is on the same machine.
const REPORT_LIMIT: Duration = Duration::from_secs(1);
/// What is kept of the time of an invocation, to answer in it: a tenth, within these bounds.
const LEAST_KEPT: Duration = Duration::from_millis(100);
const MOST_KEPT: Duration = Duration::from_secs(1);

/// Loads a configuration before the first invocation, and reports a failure to Lambda.
///
/// Without it, the text of the error is only in the log of the function, and the response to the
/// invocation is `Runtime exited with error: exit status 1`. With it, the response has the whole error and
/// its type, `StageConfig.LoadError`, and the console shows them. Return the error from `main` in any
/// case, because Lambda expects the process to end.
///
/// Outside of Lambda, and if the report fails, it only loads.
///
/// ```no_run
/// use lambda_runtime::{Error, LambdaEvent, run, service_fn};
/// use stage_config::{StageConfig, lambda};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
///     limit: u32,
/// }
///
/// #[tokio::main]
/// async fn main() -> Result<(), Error> {
///     let config = lambda::init(Config::load()).await?;
///     run(service_fn(|event: LambdaEvent<u32>| {
///         let is_allowed = event.payload <= config.limit;
///         async move { Ok::<_, Error>(is_allowed) }
///     }))
///     .await
/// }
/// ```
///
/// # Errors
/// The [`LoadError`] of the load.
pub async fn init<T>(load: impl Future<Output = Result<T, LoadError>>) -> Result<T, LoadError> {
    let outcome = load.await;
    if let Err(error) = &outcome
        && let Ok(api) = std::env::var("AWS_LAMBDA_RUNTIME_API")
        && let Err(why) = report(&api, error).await
    {
        tracing::warn!(
            target: "stage_config",
            "Lambda could not be told that the initialisation failed: {why}"
        );
    }
    outcome
}

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror>.
async fn report(api: &str, error: &LoadError) -> Result<(), Error> {
    let api: Uri = api.parse()?;
    api.authority().ok_or("`AWS_LAMBDA_RUNTIME_API` names no server")?;
    let diagnostic = serde_json::to_vec(&Diagnostic::from(error.clone()))?;
    let request: Request<Body> = build_request()
        .method(Method::POST)
        .uri(Uri::from_static("/2018-06-01/runtime/init/error"))
        .header(CONTENT_TYPE, "application/json")
        .header("lambda-runtime-function-error-type", ERROR_TYPE)
        .body(diagnostic.into())?;
    let client = PooledClient::builder().with_endpoint(api).build();
    let status = timeout(REPORT_LIMIT, client.call(request)).await??.status();
    if status.is_success() { Ok(()) } else { Err(format!("HTTP {}", status.as_u16()).into()) }
}

/// So a handler may return it.
impl From<LoadError> for Diagnostic {
    fn from(error: LoadError) -> Self {
        Self { error_type: ERROR_TYPE.to_owned(), error_message: error.to_string() }
    }
}

impl<T: StageConfig + Send + Sync + 'static> ColdStart<T> {
    /// Like [`get`](Self::get), but waits no longer than this invocation can: a tenth of the time until
    /// its deadline, at least 100 ms and at most 1 s, is left to answer. The load continues for later
    /// invocations. A context without a deadline, such as `Context::default()` in a test, sets no limit.
    ///
    /// ```
    /// use lambda_runtime::LambdaEvent;
    /// use stage_config::{ColdStart, LoadError, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    ///     limit: u32,
    /// }
    ///
    /// static CONFIG: ColdStart<Config> = ColdStart::new();
    ///
    /// async fn handler(event: LambdaEvent<u32>) -> Result<bool, LoadError> {
    ///     let config = CONFIG.get_for(&event.context).await?;
    ///     Ok(event.payload <= config.limit)
    /// }
    /// ```
    ///
    /// # Errors
    /// The [`LoadError`] of the load, or a transient one if the time is up.
    pub fn get_for(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<Arc<T>, LoadError>> + Send + use<'_, T> {
        self.get_within(match context.deadline {
            0 => Duration::MAX,
            _ => time_to_wait(
                context.deadline().duration_since(SystemTime::now()).unwrap_or_default(),
            ),
        })
    }
}

/// How long an invocation can wait that has so much time left.
fn time_to_wait(left: Duration) -> Duration {
    left.saturating_sub((left / 10).clamp(LEAST_KEPT, MOST_KEPT))
}

/// With SnapStart, the value is loaded again when the sandbox was restored, before the first
/// invocation.
///
/// Before the snapshot, it waits for loads in flight, then closes the connections of the loader and
/// forgets its credentials, so that neither is used again in a week. A client of your own
/// (`Loader::client`) keeps its credentials, and the connections of its own HTTP client, so use the
/// loader's.
///
/// A restore whose load fails is reported with the whole error, and the function ends, whatever
/// [`serve_stale`](ColdStart::serve_stale) and [`keep_last_good`](ColdStart::keep_last_good) say.
///
/// Register it, or a reference to a static one, with
/// [`Runtime::register_snapstart_resource`](lambda_runtime::Runtime::register_snapstart_resource). Do
/// not keep a configuration in a variable of `main`: each sandbox would have that of the snapshot.
/// `init(CONFIG.get())` is fine.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
/// use stage_config::{ColdStart, LoadError, StageConfig};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
///     limit: u32,
/// }
///
/// static CONFIG: ColdStart<Config> = ColdStart::new();
///
/// async fn handler(event: LambdaEvent<u32>) -> Result<bool, LoadError> {
///     Ok(event.payload <= CONFIG.get().await?.limit)
/// }
///
/// #[tokio::main]
/// async fn main() -> Result<(), Error> {
///     let function = Runtime::new(service_fn(handler));
///     function.register_snapstart_resource(Arc::new(&CONFIG)).run().await
/// }
/// ```
impl<T: StageConfig + Send + Sync + 'static> SnapStartResource for ColdStart<T> {
    fn before_snapshot(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { Ok(self.prepare_snapshot().await?) })
    }

    fn after_restore(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { Ok(self.load_restored().await?) })
    }
}

/// For a [`ColdStart`] in a static.
impl<T: StageConfig + Send + Sync + 'static> SnapStartResource for &'static ColdStart<T> {
    fn before_snapshot(&self) -> BoxFuture<'_, Result<(), Error>> {
        (**self).before_snapshot()
    }

    fn after_restore(&self) -> BoxFuture<'_, Result<(), Error>> {
        (**self).after_restore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wrong_address_is_an_error_and_no_panic() {
        let error = LoadError::panicked("Config");
        for api in ["", "/x", "a b", "http://"] {
            assert!(report(api, &error).await.is_err(), "{api}");
        }
    }

    #[test]
    fn time_to_answer_remains() {
        let wait = |millis| time_to_wait(Duration::from_millis(millis)).as_millis();
        let left = [0, 50, 100, 500, 3_000, 10_000, 900_000];
        assert_eq!(left.map(wait), [0, 0, 0, 400, 2_700, 9_000, 899_000]);
    }
}
