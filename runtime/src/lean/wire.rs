//! The operations as JSON.

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stage_config_names::ParameterName;

use crate::store::calls::PAGE;
use crate::store::failure::Failure;
use crate::store::reply::json::{Found, One};
use crate::store::reply::{Page, Parameter, Replies};

/// An operation as its request has it.
pub(super) trait Operation: Serialize + Sync {
    const NAME: &'static str;
    type Reply: DeserializeOwned;
    type Output: Send;

    /// How many names or paths it requests.
    fn names(&self) -> usize {
        1
    }

    /// What was requested, if the reply contains it.
    fn output(reply: Self::Reply) -> Option<Self::Output>;
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameter<'a> {
    name: &'a str,
    with_decryption: bool,
}

impl<'a> GetParameter<'a> {
    pub(super) fn new(name: &'a ParameterName<'_>) -> Self {
        Self { name: name.as_str(), with_decryption: true }
    }
}

impl Operation for GetParameter<'_> {
    const NAME: &'static str = "GetParameter";
    type Reply = One;
    type Output = Parameter;

    fn output(reply: One) -> Option<Parameter> {
        reply.parameter()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameters<'a> {
    names: Vec<&'a str>,
    with_decryption: bool,
}

impl<'a> GetParameters<'a> {
    pub(super) fn new(names: &'a [ParameterName<'_>]) -> Self {
        let names = names.iter().map(ParameterName::as_str).collect();
        Self { names, with_decryption: true }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Several {
    parameters: Option<Vec<Found>>,
    invalid_parameters: Option<Vec<String>>,
}

impl Operation for GetParameters<'_> {
    const NAME: &'static str = "GetParameters";
    type Reply = Several;
    type Output = Replies;

    fn names(&self) -> usize {
        self.names.len()
    }

    fn output(Several { parameters, invalid_parameters }: Several) -> Option<Replies> {
        if parameters.is_none() && invalid_parameters.is_none() {
            return None;
        }
        let found = all(parameters.unwrap_or_default());
        Some(Replies { found, invalid: invalid_parameters.unwrap_or_default() })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParametersByPath<'a> {
    path: &'a str,
    recursive: bool,
    with_decryption: bool,
    max_results: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

impl<'a> GetParametersByPath<'a> {
    pub(super) fn new(path: &'a str, next_token: Option<String>) -> Self {
        Self { path, recursive: true, with_decryption: true, max_results: PAGE, next_token }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Listed {
    parameters: Option<Vec<Found>>,
    next_token: Option<String>,
}

impl Operation for GetParametersByPath<'_> {
    const NAME: &'static str = "GetParametersByPath";
    type Reply = Listed;
    type Output = Page;

    fn output(Listed { parameters, next_token }: Listed) -> Option<Page> {
        Some(Page { found: all(parameters?), next: next_token.filter(|token| !token.is_empty()) })
    }
}

fn all(found: Vec<Found>) -> Vec<Parameter> {
    found.into_iter().map(Parameter::from).collect()
}

/// What was requested, from a reply of success.
pub(super) fn output<O: Operation>(body: &[u8]) -> Result<O::Output, Failure> {
    let reply = read(body).map_err(|_| Failure::torn())?;
    O::output(reply).ok_or_else(Failure::incomplete)
}

/// Reads a reply. Nothing at all is a reply without content, as for the SDK.
fn read<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let body = body.trim_ascii();
    serde_json::from_slice(if body.is_empty() { b"{}" } else { body })
}

/// Code and message of an error of the service.
pub(super) struct Fault {
    pub(super) code: String,
    pub(super) message: Option<String>,
}

impl Fault {
    /// `None` if it is not from the service, whose errors have a code.
    pub(super) fn from_reply(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let body: Value = read(body).ok()?;
        let text = |key| body.get(key).and_then(Value::as_str);
        let header = headers.get("x-amzn-errortype").and_then(|header| header.to_str().ok());
        let code = header.or_else(|| text("code")).or_else(|| text("__type"))?;
        let message = ["message", "Message", "errorMessage"].into_iter().find_map(text);
        Some(Self { code: bare(code).to_owned(), message: message.map(str::to_owned) })
    }
}

/// `com.amazonaws.ssm#ParameterNotFound:http://…` is `ParameterNotFound`.
fn bare(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.split_once('#').map_or(code, |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(body: &str) -> Option<(String, Option<String>)> {
        let fault = Fault::from_reply(&HeaderMap::new(), body.as_bytes())?;
        Some((fault.code, fault.message))
    }

    fn says(code: &str, message: &str) -> (String, Option<String>) {
        (code.to_owned(), Some(message.to_owned()))
    }

    #[test]
    fn the_code_and_the_message_of_an_error() {
        assert_eq!(fault(r#"{"__type": "A", "message": "b"}"#), Some(says("A", "b")));
        assert_eq!(fault(r#"{"__type": "n#A:http://x", "Message": "b"}"#), Some(says("A", "b")));
        assert_eq!(
            fault(r#"{"__type": "A", "code": "B", "errorMessage": "c"}"#),
            Some(says("B", "c"))
        );
        assert_eq!(
            fault(r#"{"__type": 5, "code": "B", "message": "c", "x": []}"#),
            Some(says("B", "c"))
        );
        for foreign in ["", "[]", "{}", r#"{"message": "b"}"#, "<html>", "{\"__type\": \"A\""] {
            assert_eq!(fault(foreign), None, "{foreign}");
        }
        let headers = [("x-amzn-errortype", "A:http://x")];
        let headers =
            headers.into_iter().map(|(key, value)| (key.parse().unwrap(), value.parse().unwrap()));
        let fault = Fault::from_reply(&headers.collect(), br#"{"__type": "B"}"#).unwrap();
        assert_eq!(fault.code, "A");
    }

    fn output<O: Operation>(_: &O, reply: &str) -> Option<O::Output> {
        O::output(serde_json::from_str(reply).unwrap())
    }

    #[test]
    fn a_reply_may_lack_what_was_requested() {
        let name = ParameterName::parse("/a").unwrap();
        let one = GetParameter::new(&name);
        assert!(output(&one, r#"{"Parameter": {"Name": "/a", "Value": ""}}"#).is_some());
        assert!(output(&one, r#"{"Parameter": {"Name": "/a"}}"#).is_none());
        let binary = r#"{"Parameter": {"Name": "/aws/reference/secretsmanager/a"}}"#;
        assert!(output(&one, binary).is_some());
        assert!(output(&one, "{}").is_none());

        let batch = GetParameters::new(std::slice::from_ref(&name));
        assert!(output(&batch, r#"{"Parameters": []}"#).is_some());
        assert!(output(&batch, r#"{"InvalidParameters": []}"#).is_some());
        assert!(output(&batch, "{}").is_none());

        let page = GetParametersByPath::new("/", None);
        assert!(output(&page, r#"{"Parameters": [], "NextToken": ""}"#).unwrap().next.is_none());
        assert!(output(&page, "{}").is_none());
    }

    #[test]
    fn a_parameter_as_the_service_sends_it() {
        let name = ParameterName::parse("/a").unwrap();
        let found = |more: &str| {
            let reply = format!(r#"{{"Parameter": {{"Name": "/a", "Value": "v"{more}}}}}"#);
            output(&GetParameter::new(&name), &reply).unwrap()
        };
        let whole = found(
            r#", "ARN": "arn:a", "Selector": ":3", "Version": 3, "Type": "String",
               "LastModifiedDate": 1.5E9, "DataType": "text", "SourceResult": null"#,
        );
        assert_eq!(whole.arn.as_deref(), Some("arn:a"));
        assert_eq!(whole.selector.as_deref(), Some(":3"));
        assert!((whole.version, whole.is_plain) == (3, true));
        assert!(!whole.is_from_secrets_manager);
        assert!(found(r#", "SourceResult": "{}""#).is_from_secrets_manager);
        assert!(found(r#", "Type": "StringList""#).is_plain);
        for other in ["", r#", "Type": "SecureString""#, r#", "Type": "New""#] {
            assert!(!found(other).is_plain, "{other}");
        }
    }
}
