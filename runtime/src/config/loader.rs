//! How a configuration is to be loaded.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::environment::Environment;
use crate::source::{AnySource, Source};

/// Lambda gives a function 10 s to start; what is left is for the program's own.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(8);

/// How a configuration is loaded; see [`StageConfig::loader`](crate::StageConfig::loader).
///
/// ```
/// use std::time::Duration;
/// use stage_config::{Fixed, StageConfig};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
///     limit: u32,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), stage_config::LoadError> {
/// let config = Config::loader()
///     .stage("prod")
///     .source(Fixed::from([("/limit/prod", "50")]))
///     .timeout(Duration::from_secs(5))
///     .load()
///     .await?;
/// assert_eq!(config.limit, 50);
/// # Ok(())
/// # }
/// ```
#[must_use = "a loader does nothing until `load` is called and awaited"]
pub struct Loader<T> {
    pub(crate) stage: Option<String>,
    pub(crate) environment: Environment,
    pub(crate) source: Option<Arc<dyn AnySource>>,
    pub(crate) timeout: Duration,
    /// Whether the fallback has been announced already.
    pub(crate) announced: Arc<AtomicBool>,
    /// Whether fields are read from environment variables.
    pub(crate) variables: bool,
    config: PhantomData<fn() -> T>,
}

impl<T> Loader<T> {
    pub(crate) fn new() -> Self {
        Self {
            stage: None,
            environment: Environment::from_process(),
            source: None,
            timeout: DEFAULT_TIMEOUT,
            announced: Arc::default(),
            variables: true,
            config: PhantomData,
        }
    }

    /// Loads for this stage instead of the one that the environment names. An empty one is no
    /// stage, as an empty variable is.
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = Some(stage.into());
        self
    }

    /// Reads these environment variables instead of the process's, for tests.
    pub fn env(mut self, environment: impl Into<Environment>) -> Self {
        self.environment = environment.into();
        self
    }

    /// Reads parameters from here instead of Parameter Store.
    pub fn source(mut self, source: impl Source + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Reads Parameter Store through a client of one's own: an `aws_sdk_ssm::Client`, or one made
    /// of an `aws_config::SdkConfig`. Its retries and timeouts are set for each request, so that a
    /// load keeps to its own time limit.
    #[cfg(feature = "ssm")]
    pub fn client(self, client: impl Into<crate::ssm::ParameterStore>) -> Self {
        self.source(client.into())
    }

    /// How long the whole load may take. Without it 8 s, under Lambda's 10 s of init.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long the whole load may take.
    pub(crate) fn time_limit(&self) -> Duration {
        self.timeout
    }

    /// Leaves out the fields that are read from environment variables: they are no problem, and
    /// without them there is no configuration.
    #[cfg(feature = "ssm")]
    pub(crate) fn without_variables(mut self) -> Self {
        self.variables = false;
        self
    }

    /// Says that the fallback stands in only if that has not been said, and notes in `announced`
    /// that it has.
    pub(crate) fn announce_once(mut self, announced: Arc<AtomicBool>) -> Self {
        self.announced = announced;
        self
    }
}

impl<T> fmt::Debug for Loader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader")
            .field("stage", &self.stage)
            .field("environment", &self.environment)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
