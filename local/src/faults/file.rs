//! A script from a TOML file.

use serde::Deserialize;
use toml::Spanned;

use super::fault::Fault;
use super::line::Line;
use crate::file::{TomlError, placed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Spanned<Fault>>,
}

/// Reads a script from TOML, for [`LocalStore::script`](crate::LocalStore::script). Each `[[fault]]`
/// is one of its lines.
///
/// ```
/// use stage_config_local::{At, LocalStore, On, faults_from_toml};
///
/// let faults = faults_from_toml(
///     r#"
///     ## Every answer takes 20 to 80 ms, and above 40 calls a second the service throttles.
///     [[fault]]
///     latency = { least_ms = 20, most_ms = 80, seed = 7 }
///
///     [[fault]]
///     throttle = { per_second = 40, burst = 80 }
///
///     ## The role may not read this parameter.
///     [[fault]]
///     on = { name = "/stripeSecretKey/test" }
///     reply = "deny"
///
///     ## A gateway answers the second call for names.
///     [[fault]]
///     on = { call = "GetParameters", nth = 2 }
///     reply = { answer = { status = 503, body = "<html>" } }
///     headers = { Retry-After = "1" }
///
///     ## The second page of a path is cut off in its body.
///     [[fault]]
///     on = { call = "GetParametersByPath", page = 2 }
///     ending = { cut = { body = 100 } }
///     "#,
/// )?;
/// assert_eq!(
///     faults[2..],
///     [
///         On::any().name("/stripeSecretKey/test").deny(),
///         On::call("GetParameters").nth(2).answer(503, "<html>").header("Retry-After", "1"),
///         On::call("GetParametersByPath").page(2).cut(At::Body(100)),
///     ]
/// );
/// let store = LocalStore::start([])?;
/// store.script(faults);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its keys are those of the code:
///
/// | key | in code |
/// |---|---|
/// | `on` | [`On`](crate::On): `call`, `name`, `page`, and `nth` or `first`; without it, every request |
/// | `delay_ms` | [`delay`](crate::On::delay) |
/// | `latency` | [`latency`](crate::On::latency): `least_ms`, `most_ms`, and `seed` |
/// | `throttle` | [`throttle`](crate::On::throttle): `per_second`; [`burst`](crate::On::throttle_after_burst) |
/// | `reply` | the other methods of [`On`](crate::On): `"deny"`, `"fail"`, `"no_key"`, `"omit"`, `"in_both"`, `"empty_page"`, `"page_again"`, `"page_back"`, or a table with one of the next |
/// | `reply.error` | [`error`](crate::On::error): `code`, `message` |
/// | `reply.answer` | [`answer`](crate::On::answer): `status`, `body` |
/// | `reply.also`, `reply.set` | [`also`](crate::On::also): `name`, `value`; [`set`](crate::On::set): `member`, `value` |
/// | `reply.raw`, `reply.twice`, `reply.rename`, `reply.without`, `reply.page_of` | their text |
/// | `headers` | [`header`](crate::Fault::header): a table |
/// | `length` | [`length`](crate::Fault::length) |
/// | `second` | [`second`](crate::Fault::second): `status`, `body` |
/// | `ending` | `{ stall = … }`, `{ cut = … }` or `{ reset = … }` with [`At`](crate::At): `"start"`, `"head"`, `{ body = 100 }` or `"end"`; `"endless"` |
///
/// A `body` and `raw` are text, or a list of bytes.
///
/// # Errors
/// The first mistake, with its line and column and what is allowed there: also a fault that would never
/// happen as it is written.
pub fn faults_from_toml(text: &str) -> Result<Vec<Fault>, TomlError> {
    let file: File = toml::from_str(text).map_err(|error| {
        TomlError(placed(text, &error.span().unwrap_or_default(), error.message()))
    })?;
    let mut faults = Vec::new();
    for fault in file.fault {
        let span = fault.span();
        let fault = fault.into_inner();
        Line::try_from(fault.clone()).map_err(|why| TomlError(placed(text, &span, &why)))?;
        faults.push(fault);
    }
    Ok(faults)
}
