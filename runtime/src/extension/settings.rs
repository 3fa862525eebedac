//! Port, token and limit of connections, as the environment of the function has them.

use http::HeaderValue;

use crate::environment::Environment;
use crate::store::keys::{HAS_OTHERS, is_key};

const TOKEN: &str = "AWS_SESSION_TOKEN";
const PORT: &str = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";
const CONNECTIONS: &str = "PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS";

const DEFAULT_PORT: u16 = 2773;
const DEFAULT_CONNECTIONS: usize = 3;

/// How the extension is reached.
pub(super) struct Settings {
    pub(super) token: HeaderValue,
    pub(super) port: u16,
    /// How many connections the extension has to Parameter Store. More requests at once would wait in
    /// it, where they use up the time of their attempts.
    pub(super) connections: usize,
}

impl Settings {
    /// The error is a text for the user.
    pub(super) fn from(environment: &Environment) -> Result<Self, String> {
        let given = |name| {
            let text = environment.get(name);
            let text = text.map_err(|_| format!("the environment variable `{name}` is not UTF-8"));
            text.map(|text| text.filter(|text| !text.is_empty()))
        };
        let token = given(TOKEN)?.ok_or_else(|| {
            format!(
                "the environment variable `{TOKEN}` is not set; Lambda sets it, and its extension \
                 answers nobody without it"
            )
        })?;
        let token = HeaderValue::from_str(&token).ok().filter(|_| is_key(&token));
        let mut token =
            token.ok_or_else(|| format!("the environment variable `{TOKEN}` {HAS_OTHERS}"))?;
        token.set_sensitive(true);
        let port = match given(PORT)? {
            Some(text) => text.parse().ok().filter(|port| *port != 0).ok_or_else(|| {
                format!("the environment variable `{PORT}` is not a port: 1 to 65535")
            })?,
            None => DEFAULT_PORT,
        };
        // What the extension ignores is no reason not to read from it.
        let connections = given(CONNECTIONS)?.and_then(|text| text.parse().ok());
        let connections = connections.filter(|it| *it != 0).unwrap_or(DEFAULT_CONNECTIONS);
        Ok(Self { token, port, connections })
    }
}
