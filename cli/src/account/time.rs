//! When something changed.

use std::fmt;

use aws_sdk_ssm::primitives::{DateTime, DateTimeFormat};
use serde::{Serialize, Serializer};

/// A time in UTC.
#[derive(Debug, Clone)]
pub(crate) struct Time(String);

impl From<DateTime> for Time {
    fn from(time: DateTime) -> Self {
        Self(time.fmt(DateTimeFormat::DateTime).unwrap_or_default())
    }
}

/// For people: `2026-11-27 09:30`
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.get(..16).unwrap_or_default().replace('T', " "))
    }
}

/// For programs: `2026-11-27T09:30:00Z`
impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}Z", self.0.get(..19).unwrap_or_default()))
    }
}
