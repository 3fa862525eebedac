//! Stands in for JSON without the feature: all names exist, so that the assertion of the derive is the
//! only error.

use std::borrow::Cow;

use super::Convert;
use crate::decode::malformed::Malformed;

/// Reads no JSON.
pub struct Json;

impl<T> Convert<T, ()> for Json {
    fn convert(&self, _: &str) -> Result<T, Malformed> {
        Err(unread())
    }
}

pub(crate) fn of_key<'t>(
    _: Cow<'t, str>,
    _: &str,
) -> Result<Result<Cow<'t, str>, String>, Malformed> {
    Err(unread())
}

pub(crate) fn with_text<T>(
    _: &str,
    _: impl FnOnce(&str) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    Err(unread())
}

fn unread() -> Malformed {
    let help = "build `stage-config` with `features = [\"json\"]`";
    Malformed::not("readable without the feature `json`", help)
}
