//! The answers, with every field that the service sends.

use bench_parameters::{NAMES, VALUE};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    name: Option<String>,
    #[serde(default)]
    names: Vec<String>,
}

/// The status and the body of the reply.
pub(crate) fn answer(target: &str, body: &[u8]) -> (u16, String) {
    let Ok(Request { name, names }) = serde_json::from_slice(body) else {
        return (400, r#"{"__type":"SerializationException"}"#.to_owned());
    };
    match (target, name) {
        ("AmazonSSM.GetParameter", Some(name)) if is_there(&name) => {
            (200, json!({ "Parameter": parameter(&name) }).to_string())
        }
        ("AmazonSSM.GetParameter", Some(_)) => {
            (400, r#"{"__type":"ParameterNotFound"}"#.to_owned())
        }
        ("AmazonSSM.GetParameters", None) if (1..=10).contains(&names.len()) => {
            let (there, missing): (Vec<_>, Vec<_>) = names.iter().partition(|name| is_there(name));
            let parameters: Vec<_> = there.into_iter().map(|name| parameter(name)).collect();
            (200, json!({ "Parameters": parameters, "InvalidParameters": missing }).to_string())
        }
        _ => (400, r#"{"__type":"ValidationException"}"#.to_owned()),
    }
}

fn is_there(name: &str) -> bool {
    NAMES.contains(&name)
}

fn parameter(name: &str) -> Value {
    json!({
        "ARN": format!("arn:aws:ssm:us-east-1:111122223333:parameter{name}"),
        "DataType": "text",
        "LastModifiedDate": 1_764_000_000.123,
        "Name": name,
        "Type": "SecureString",
        "Value": VALUE,
        "Version": 1,
    })
}
