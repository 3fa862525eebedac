//! Parameters that a test gives.

use crate::source::{Answer, Answers, Name, Request, Source};

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
/// A path contains the parameters given under it: `("/flags/dev/a/b", "on")` is the key `a/b` of
/// `/flags/dev`. If there are none, it is empty.
#[derive(Debug, Clone, Default)]
pub struct Fixed(Answers);

impl Fixed {
    /// Without parameters: every name is missing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives this answer for one name: [`Answer::secure`], or a failure that a test needs.
    ///
    /// For the name of a path, a failure is the answer for the whole path:
    /// `.with("/flags/dev", Answer::denied("ssm:GetParametersByPath", "…:parameter/flags/dev"))`.
    #[must_use]
    pub fn with(mut self, name: impl Into<Name>, answer: Answer) -> Self {
        self.0.insert(name, answer);
        self
    }

    /// Adds a secret of Secrets Manager under its name in `#[secret(…)]`, with the version if that
    /// has one: `.with_secret("orders/test", "sk_test_1")`.
    #[must_use]
    pub fn with_secret(self, name: &str, text: impl Into<String>) -> Self {
        self.with(Name::from_secret(name), Answer::secure(text))
    }
}

impl<N: Into<Name>, T: Into<String>> FromIterator<(N, T)> for Fixed {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(parameters: I) -> Self {
        let mut fixed = Self::new();
        for (name, text) in parameters {
            fixed.0.insert(name, Answer::found(text));
        }
        fixed
    }
}

impl<N: Into<Name>, T: Into<String>, const COUNT: usize> From<[(N, T); COUNT]> for Fixed {
    fn from(parameters: [(N, T); COUNT]) -> Self {
        parameters.into_iter().collect()
    }
}

impl Source for Fixed {
    async fn fetch(&self, request: &Request) -> Answers {
        let Self(given) = self;
        let mut answers = Answers::with_capacity(request.names().len());
        answers.extend(request.names().filter_map(|name| Some((name, given.get(name)?.clone()))));
        for path in request.paths() {
            match given.get(path) {
                None | Some(Answer::Found { .. } | Answer::Missing) => {
                    let below = given.names_below(path);
                    answers.insert_path(path, below.map(|(key, answer)| (key, answer.clone())));
                }
                Some(failure) => answers.fail_path(path, failure.clone()),
            }
        }
        answers
    }
}
