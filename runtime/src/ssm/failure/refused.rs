//! Why our HTTP client returns no reply although it was connected.

use std::fmt;

/// Why there is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ssm) enum Refused {
    Late,
    TooLong,
    Torn,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Late => "the reply does not come in time",
            Self::TooLong => "the reply is longer than 1 MB",
            Self::Torn => "the reply breaks off",
        })
    }
}

impl std::error::Error for Refused {}
