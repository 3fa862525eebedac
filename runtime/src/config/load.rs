//! One load: it chooses the stage, fetches its names and decodes the fields. The result is the
//! configuration or all problems.

use std::future::{Future, poll_fn};
use std::hash::RandomState;
use std::hint::black_box;
use std::pin::pin;
use std::task::Poll;

use stage_config_names::NameKind;
use tokio::runtime::Handle;
use tokio::time::Instant;
use tracing::Instrument;

use crate::config::loader::{Loader, Settings};
use crate::config::span::LoadSpan;
use crate::config::{StageConfig, account, fingerprint};
use crate::decode::decoder::Decoder;
use crate::environment::Environment;
use crate::error::LoadError;
use crate::schema::requested::RowNames;
use crate::schema::scope::Scope;
use crate::schema::stage::Stage;
use crate::schema::table::ParameterTable;
use crate::source::{Answer, Answers, AnySource, BoxFuture, Request, after};

impl<T: StageConfig> Loader<T> {
    /// Loads the configuration.
    ///
    /// # Errors
    /// One [`LoadError`] with every problem.
    ///
    /// # Panics
    /// In a tokio runtime with time disabled, if the source does not answer at once. `Fixed` always
    /// does.
    pub async fn load(self) -> Result<T, LoadError> {
        let span = LoadSpan::of_caller(T::PARAMETERS);
        decode(&mut self.settings.load(T::PARAMETERS, T::__DESCRIPTION, span).await?)
    }

    /// Loads the configuration for nobody in particular, with the fingerprints of its parameters, in the
    /// order of [`ParameterTable::parameters`].
    pub(crate) async fn load_with_fingerprints(
        self,
        key: RandomState,
    ) -> Result<(T, Vec<u64>), LoadError> {
        let span = LoadSpan::of_nobody(T::PARAMETERS);
        let mut fetched = self.settings.load(T::PARAMETERS, T::__DESCRIPTION, span).await?;
        Ok((decode(&mut fetched)?, fetched.fingerprints(&key)))
    }
}

fn decode<T: StageConfig>(fetched: &mut Fetched) -> Result<T, LoadError> {
    let mut config = None;
    fetched.decode(&mut |decoder| {
        T::__check_literals(decoder);
        config = T::__assemble(decoder);
        config.is_some()
    })?;
    Ok(config.expect("it is decoded"))
}

impl Settings {
    /// Fetches everything that the configuration of this table reads. Boxed, because the compiler
    /// would compile the future of an `async fn` again in the crate of each user.
    #[inline(never)]
    fn load(
        self,
        table: &'static ParameterTable,
        description: &'static [u8],
        span: LoadSpan,
    ) -> BoxFuture<'static, Result<Fetched, LoadError>> {
        // Nothing but a tool reads it. This keeps it in the program.
        black_box(description);
        let inside = span.span();
        Box::pin(self.fetch_all(table, span).instrument(inside))
    }

    async fn fetch_all(
        self,
        table: &'static ParameterTable,
        mut span: LoadSpan,
    ) -> Result<Fetched, LoadError> {
        let chosen = match &self.stage {
            Some(stage) => Stage::named(table, stage),
            None => Stage::from(table, &self.environment),
        };
        let (stage, rows) = chosen.map_err(|error| {
            span.refused(&error);
            span.failed(LoadError::from_stage(table.config, &error))
        })?;
        span.chose(&stage);
        stage.announce(table, &self.announced);
        let (mut names, mut paths) = (Vec::new(), Vec::new());
        RowNames::visit(&rows, &mut |kind, of_row| {
            let list = if kind == NameKind::Path { &mut paths } else { &mut names };
            list.extend_from_slice(of_row);
        });
        let deadline = after(self.timeout);
        let request = Request::until(deadline, names, paths);
        span.requests(&request);
        let answers =
            if request.is_empty() { Answers::new() } else { self.fetch(&request, deadline).await };
        span.received(&answers);
        // Alone: a parameter that is missing there must not be created there.
        if let Some(problem) = account::check(table, &rows, &stage, &answers) {
            return Err(span.failed(LoadError::new(table.config, stage, vec![problem], None)));
        }
        let environment = self.variables.then_some(self.environment);
        Ok(Fetched { table, stage, rows, answers, environment, span })
    }

    fn source(&self) -> &dyn AnySource {
        self.source.as_deref().unwrap_or(DEFAULT_SOURCE)
    }

    /// Lets the source drop what does not outlive a snapshot.
    #[cfg(feature = "lambda")]
    pub(crate) async fn before_snapshot(&self) {
        self.source().before_snapshot_boxed().await;
    }

    async fn fetch(&self, request: &Request, deadline: Instant) -> Answers {
        let mut answers = self.source().fetch_boxed(request);
        // A fetch that is ready at once needs no timer, and so no runtime.
        if let Poll::Ready(answers) =
            poll_fn(|context| Poll::Ready(answers.as_mut().poll(context))).await
        {
            return answers;
        }
        let failure = if Handle::try_current().is_err() {
            Answer::failed("the source needs a tokio runtime; load the configuration inside one")
        } else if let Some(answers) = before(deadline, answers).await {
            return answers;
        } else {
            Answer::transient(format!("the source did not answer within {:?}", self.timeout))
        };
        Answers::for_all(request, &failure)
    }
}

/// What is needed to decode a configuration.
struct Fetched {
    table: &'static ParameterTable,
    stage: Stage,
    rows: Vec<RowNames>,
    answers: Answers,
    /// `None`: fields that read a variable are left out.
    environment: Option<Environment>,
    span: LoadSpan,
}

impl Fetched {
    /// Decodes the fields by this function, which returns whether all have a value.
    #[inline(never)]
    fn decode(
        &mut self,
        assemble: &mut dyn FnMut(&mut Decoder<'_>) -> bool,
    ) -> Result<(), LoadError> {
        let (scope, environment) = (Scope::new(self.table), self.environment.as_ref());
        let mut problems = Vec::new();
        let is_decoded = self.span.span().in_scope(|| {
            assemble(&mut Decoder::new(
                scope,
                &self.rows,
                &self.stage,
                &self.answers,
                environment,
                &mut problems,
            ))
        });
        // A configuration with a problem is never returned, even if all fields have a value.
        if is_decoded && problems.is_empty() {
            self.span.loaded();
            return Ok(());
        }
        let stage = self.stage.clone();
        let location = self.answers.location();
        Err(self.span.failed(LoadError::new(self.table.config, stage, problems, location)))
    }

    #[inline(never)]
    fn fingerprints(&self, key: &RandomState) -> Vec<u64> {
        fingerprint::of_all(self.table, &self.rows, &self.answers, key)
    }
}

#[cfg(feature = "ssm")]
const DEFAULT_SOURCE: &dyn AnySource = &crate::ssm::FromEnvironment;
#[cfg(all(feature = "lean", not(feature = "ssm")))]
const DEFAULT_SOURCE: &dyn AnySource = &crate::lean::Lean::FROM_ENVIRONMENT;
#[cfg(not(feature = "_store"))]
const DEFAULT_SOURCE: &dyn AnySource = &NoSource;

/// The source of a load without one if Parameter Store is not built in.
#[cfg(not(feature = "_store"))]
struct NoSource;

#[cfg(not(feature = "_store"))]
impl crate::source::Source for NoSource {
    async fn fetch(&self, request: &Request) -> Answers {
        let reason = "stage-config is built without its features `ssm` and `lean`; enable one of \
                      them, or give the loader a `.source(…)`";
        Answers::for_all(request, &Answer::failed(reason))
    }
}

/// The output of the future, if it is ready before the deadline.
///
/// A future that is ready at once needs no timer, and so no runtime.
pub(crate) async fn before<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    match poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        Poll::Ready(output) => Some(output),
        Poll::Pending => tokio::time::timeout_at(deadline, future).await.ok(),
    }
}

#[cfg(test)]
mod tests;
