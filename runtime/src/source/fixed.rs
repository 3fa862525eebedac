//! A source for tests.

use stage_config_names::NameOf;

use crate::source::{Answer, Answers, Request, Source};

/// A [`Source`] with parameters from the code, for unit tests.
///
/// ```
/// use stage_config::{Fixed, StageConfig};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm("/limit")]
///     limit: u32,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), stage_config::LoadError> {
/// let config = Config::loader().source(Fixed::from([("/limit", "5")])).load().await?;
/// assert_eq!(config.limit, 5);
/// # Ok(())
/// # }
/// ```
///
/// A path consists of the parameters under it: with `("/flags/dev/a/b", "on")`, the path `/flags/dev`
/// has the key `a/b`.
#[derive(Debug, Clone, Default)]
pub struct Fixed(Answers);

impl Fixed {
    /// A source without parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the answer for one name: [`Answer::secure`], or a failure.
    ///
    /// A failure for the name of a path is the failure of the whole path:
    /// `.with("/flags/dev", Answer::denied("ssm:GetParametersByPath", "…:parameter/flags/dev"))`.
    #[must_use]
    pub fn with(mut self, name: &str, answer: Answer) -> Self {
        self.0.insert(name, answer);
        self
    }

    /// Adds a secret of Secrets Manager under the name in `#[secret(…)]`, including its version:
    /// `orders/test`, `orders/test:AWSPREVIOUS`.
    ///
    /// ```
    /// use stage_config::{ExposeSecret, Fixed, SecretString, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     #[secret(dev = "orders/test", prod = "orders/live")]
    ///     key: SecretString,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), stage_config::LoadError> {
    /// let source = Fixed::new().with_secret("orders/test", "sk_test_1");
    /// let config = Config::loader().env([]).source(source).load().await?;
    /// assert_eq!(config.key.expose_secret(), "sk_test_1");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_secret(self, name: &str, text: impl Into<String>) -> Self {
        self.with(&NameOf::Secret.asked(name), Answer::secure(text))
    }
}

impl<N: AsRef<str>, T: Into<String>> FromIterator<(N, T)> for Fixed {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(parameters: I) -> Self {
        let mut fixed = Self::new();
        for (name, text) in parameters {
            fixed.0.insert(name.as_ref(), Answer::found(text));
        }
        fixed
    }
}

impl<N: AsRef<str>, T: Into<String>, const COUNT: usize> From<[(N, T); COUNT]> for Fixed {
    fn from(parameters: [(N, T); COUNT]) -> Self {
        parameters.into_iter().collect()
    }
}

impl Source for Fixed {
    async fn fetch(&self, request: &Request) -> Answers {
        let Self(given) = self;
        let said = |name| Some((name, given.get(name)?.clone()));
        let mut answers: Answers = request.names().filter_map(said).collect();
        for path in request.paths() {
            match given.get(path) {
                None | Some(Answer::Found { .. } | Answer::Missing) => {
                    let below = given.names_below(path);
                    answers.insert_below(path, below.map(|(key, answer)| (key, answer.clone())));
                }
                Some(failure) => answers.fail_below(path, failure.clone()),
            }
        }
        answers
    }
}
