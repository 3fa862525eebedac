//! The settings of a load.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::environment::Environment;
use crate::source::{AnySource, Source};

/// Lambda gives a function 10 s to start. The rest is for the program itself.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(8);

/// How a configuration is loaded; see [`StageConfig::loader`](crate::StageConfig::loader).
///
/// ```
/// # use std::time::Duration;
/// # use stage_config::{Fixed, StageConfig};
/// # #[derive(StageConfig)]
/// # struct Config {
/// #     #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
/// #     limit: u32,
/// # }
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
    pub(crate) settings: Settings,
    config: PhantomData<fn() -> T>,
}

/// The settings apart from the configuration, so that the code that needs only them is compiled once.
pub(crate) struct Settings {
    pub(crate) stage: Option<String>,
    pub(crate) environment: Environment,
    pub(crate) source: Option<Arc<dyn AnySource>>,
    pub(crate) timeout: Duration,
    /// Whether the fallback has been announced already.
    pub(crate) announced: Arc<AtomicBool>,
    /// Whether fields are read from environment variables.
    pub(crate) variables: bool,
}

impl<T> Loader<T> {
    pub(crate) fn new() -> Self {
        let settings = Settings {
            stage: None,
            environment: Environment::from_process(),
            source: None,
            timeout: DEFAULT_TIMEOUT,
            announced: Arc::default(),
            variables: true,
        };
        Self { settings, config: PhantomData }
    }

    /// Loads for this stage instead of the one in the environment. An empty string means no stage, as
    /// an empty variable does.
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.settings.stage = Some(stage.into());
        self
    }

    /// Reads these environment variables instead of those of the process, for tests.
    pub fn env(mut self, environment: impl Into<Environment>) -> Self {
        self.settings.environment = environment.into();
        self
    }

    /// Reads parameters from here instead of Parameter Store.
    pub fn source(mut self, source: impl Source + 'static) -> Self {
        self.settings.source = Some(Arc::new(source));
        self
    }

    /// Reads Parameter Store through your own client: an `aws_sdk_ssm::Client`, or one made from an
    /// `aws_config::SdkConfig`. The loader sets its retries and timeouts to fit the load's
    /// [`timeout`](Self::timeout).
    #[cfg(feature = "ssm")]
    pub fn client(self, client: impl Into<crate::ssm::ParameterStore>) -> Self {
        self.source(client.into())
    }

    /// How long the whole load may take. The default is 8 s, because Lambda's init phase has 10 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Leaves out the fields that are read from environment variables. They are not a problem then, but
    /// the load returns no configuration.
    #[cfg(feature = "_store")]
    pub(crate) fn without_variables(mut self) -> Self {
        self.settings.variables = false;
        self
    }

    /// Logs the use of the fallback only if `announced` is not set, and sets it.
    pub(crate) fn announce_once(mut self, announced: Arc<AtomicBool>) -> Self {
        self.settings.announced = announced;
        self
    }
}

impl<T> fmt::Debug for Loader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader")
            .field("stage", &self.settings.stage)
            .field("environment", &self.settings.environment)
            .field("timeout", &self.settings.timeout)
            .finish_non_exhaustive()
    }
}
