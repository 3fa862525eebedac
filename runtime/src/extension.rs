//! The AWS Parameters and Secrets Lambda Extension as a source.
//!
//! | module | content |
//! |---|---|
//! | `settings` | port, token and limit of connections, from the environment |
//! | `call` | one request, with retries until the deadline |
//! | `refusal` | what a reply says that is no parameter |
//!
//! Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html>

mod call;
mod refusal;
mod settings;

use futures_util::future::join_all;

use crate::environment::Environment;
use crate::source::{Answer, Answers, Request, Source};

use self::call::ExtensionCalls;
use self::settings::Settings;

const NO_PATHS: &str = "the AWS Parameters and Secrets Lambda Extension reads no paths; list the \
                        names, or read Parameter Store without it";

/// The [AWS Parameters and Secrets Lambda Extension], a layer of the function that reads Parameter
/// Store and Secrets Manager and keeps values for up to five minutes.
///
/// It serves only while an invocation runs, so it belongs in a [`ColdStart`](crate::ColdStart) that
/// the handler asks, and not in `main`:
///
/// ```
/// use stage_config::{ColdStart, Extension, SecretString, StageConfig};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
///     stripe_secret_key: SecretString,
/// }
///
/// static CONFIG: ColdStart<Config> =
///     ColdStart::new().loader(|| Config::loader().source(Extension::new()));
/// ```
///
/// Each load reads these environment variables. Lambda sets the first one; the others are those of the
/// extension.
///
/// | variable | meaning |
/// |---|---|
/// | `AWS_SESSION_TOKEN` | proves that the request comes from the function |
/// | `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT` | the port of the extension, 2773 by default |
/// | `PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS` | how many requests are made at once, 3 by default |
///
/// A load makes one request for each name, and keeps no connection. The extension reads no paths, and
/// it does not say whether a parameter is missing: see the [guide](crate#the-extension).
///
/// [AWS Parameters and Secrets Lambda Extension]: https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
#[derive(Debug, Clone)]
pub struct Extension(Environment);

impl Extension {
    /// The extension of this function.
    pub fn new() -> Self {
        Self(Environment::from_process())
    }

    /// Reads these environment variables instead of those of the process, for tests.
    #[must_use]
    pub fn env(self, environment: impl Into<Environment>) -> Self {
        Self(environment.into())
    }
}

impl Default for Extension {
    fn default() -> Self {
        Self::new()
    }
}

impl Source for Extension {
    async fn fetch(&self, request: &Request) -> Answers {
        let settings = match Settings::from(&self.0) {
            Ok(settings) => settings,
            Err(why) => return Answers::for_all(request, &Answer::failed(why)),
        };
        let calls = ExtensionCalls::new(settings, request);
        let answers = join_all(request.names().map(async |name| {
            let answer = match name.parse() {
                Ok(name) => calls.get(&name).await,
                Err(fault) => Answer::failed(format!("its name {fault}")),
            };
            (name, answer)
        }));
        let mut answers: Answers = answers.await.into_iter().collect();
        for path in request.paths() {
            answers.fail_path(path, Answer::failed(NO_PATHS));
        }
        calls.count(answers)
    }
}
