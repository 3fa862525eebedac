//! Why a description cannot be read.

use std::fmt;

use stage_config_names::description::VERSION;

/// Why a description in a file cannot be read, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescriptionError {
    /// Where it begins in the file.
    pub(super) at: usize,
    pub(super) why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    Version(u32),
    /// The file has so many of its bytes.
    CutOff {
        has: usize,
        of: usize,
    },
    /// What it contains cannot be written by a derive.
    Damaged(String),
}

pub(super) fn damaged(what: impl Into<String>) -> Why {
    Why::Damaged(what.into())
}

impl fmt::Display for DescriptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the description at byte {} ", self.at)?;
        match &self.why {
            Why::Version(version) => write!(
                f,
                "has format {version}, of another version of stage-config; this one reads format \
                 {VERSION}"
            ),
            Why::CutOff { has, of } => {
                write!(f, "is cut off: the file has {has} of its {of} bytes")
            }
            Why::Damaged(what) => write!(f, "is damaged: {what}"),
        }
    }
}

impl std::error::Error for DescriptionError {}
