//! One load: the stage, its names, one fetch, the fields; the configuration or all problems.

use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

use crate::config::StageConfig;
use crate::environment::Environment;
use crate::error::LoadError;
use crate::source::{Answer, Answers, AnySource, Request, Source, after};
use crate::stage::Stage;
use crate::values::Values;

/// Lambda gives a function 10 s to start; what is left is for the program's own.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(8);

/// How a configuration is loaded; see [`StageConfig::loader`].
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
    stage: Option<String>,
    environment: Environment,
    source: Option<Arc<dyn AnySource>>,
    timeout: Duration,
    announced: bool,
    config: PhantomData<fn() -> T>,
}

impl<T: StageConfig> Loader<T> {
    pub(crate) fn new() -> Self {
        Self {
            stage: None,
            environment: Environment::of_process(),
            source: None,
            timeout: DEFAULT_TIMEOUT,
            announced: false,
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

    /// At most this long.
    pub(crate) fn at_most(self, limit: Duration) -> Self {
        let timeout = self.timeout.min(limit);
        self.timeout(timeout)
    }

    /// The log knows already that the fallback stands in.
    pub(crate) fn announced(mut self, announced: bool) -> Self {
        self.announced = announced;
        self
    }

    /// Loads the configuration.
    ///
    /// # Errors
    /// One [`LoadError`] with every problem.
    ///
    /// # Panics
    /// Outside a tokio runtime with time enabled, if the source does not answer at once. `Fixed`
    /// always does.
    pub async fn load(self) -> Result<T, LoadError> {
        let table = T::PARAMETERS;
        let stage = match &self.stage {
            Some(stage) => Stage::named(table, stage),
            None => Stage::from(table, &self.environment),
        };
        let stage = stage.map_err(|error| LoadError::of_stage(table.config, &error))?;
        if !self.announced {
            stage.announce(table);
        }
        let names =
            table.parameters().map(|(_, names)| names.asked_at(stage.resolved()).into_owned());
        let deadline = after(self.timeout);
        let request = Request::until(deadline, names);
        let answers = if request.names().len() == 0 {
            Answers::new()
        } else {
            self.fetch(&request, deadline).await
        };

        let mut values = Values::new(table, &stage, &answers, &self.environment);
        let config = T::__assemble(&mut values);
        let problems = values.into_problems();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(LoadError::new(table.config, stage, problems)),
        }
    }

    async fn fetch(&self, request: &Request, deadline: Instant) -> Answers {
        let source = self.source.as_deref().unwrap_or(DEFAULT_SOURCE);
        before(deadline, source.fetch_boxed(request)).await.unwrap_or_else(|| {
            let what = format!("was not answered within {:?}", self.timeout);
            Answers::alike(request, &Answer::Unavailable(what))
        })
    }
}

#[cfg(feature = "ssm")]
const DEFAULT_SOURCE: &dyn AnySource = &crate::ssm::FromEnvironment;
#[cfg(not(feature = "ssm"))]
const DEFAULT_SOURCE: &dyn AnySource = &NoSource;

/// What a load without a source comes to where Parameter Store is not built in.
#[cfg(not(feature = "ssm"))]
struct NoSource;

#[cfg(not(feature = "ssm"))]
impl Source for NoSource {
    async fn fetch(&self, request: &Request) -> Answers {
        let why = "cannot be read: stage-config is built without its feature `ssm`; switch it on, \
                   or give the load a `.source(…)`";
        Answers::alike(request, &Answer::Unreadable(why.to_owned()))
    }
}

/// What the future comes to, if it does so before the deadline.
///
/// One that is ready at once needs no timer, and so no runtime.
pub(crate) async fn before<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    match poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        Poll::Ready(output) => Some(output),
        Poll::Pending => tokio::time::timeout_at(deadline, future).await.ok(),
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
