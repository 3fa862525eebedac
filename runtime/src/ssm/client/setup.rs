//! The reasons why no client can be created.

use std::error::Error;
use std::fmt;

use crate::ssm::quote::quote;

/// Why no client can be made, for the reader of an error.
#[derive(Debug)]
pub(in crate::ssm) enum SetupError {
    NoRegion,
    /// There is no region, and the profile in `AWS_PROFILE` does not exist.
    NoProfile(String),
    /// An environment variable, and the rule that its value breaks.
    Variable(&'static str, &'static str),
    CaBundle(String, Box<dyn Error + Send + Sync>),
    /// There are no trusted certificates. Contains the variables that set their location.
    NoRoots(Vec<(&'static str, String)>),
    Tls(String),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRegion => f.write_str(
                "no AWS region is given; set the environment variable `AWS_REGION`, as Lambda does",
            ),
            Self::NoProfile(name) => write!(
                f,
                "the AWS profile `{}` in the environment variable `AWS_PROFILE` does not exist, \
                 so no region is known",
                quote(name)
            ),
            Self::Variable(name, rule) => write!(f, "the environment variable `{name}` {rule}"),
            Self::CaBundle(path, error) => {
                let (path, error) = (quote(path), quote(&error.to_string()));
                write!(f, "`AWS_CA_BUNDLE` names `{path}`, which cannot be used: {error}")
            }
            Self::NoRoots(variables) => {
                f.write_str("no trusted TLS certificates were found")?;
                for (name, path) in variables {
                    write!(f, "; the environment variable `{name}` names `{}`", quote(path))?;
                }
                f.write_str("; install `ca-certificates`, or set `AWS_CA_BUNDLE`")
            }
            Self::Tls(error) => write!(f, "TLS cannot be set up: {error}"),
        }
    }
}
