//! The log of requests, for assertions in tests.

use std::collections::{BTreeMap, VecDeque, vec_deque};
use std::fmt;
use std::sync::Arc;

use hyper::HeaderMap;
use serde_json::Value;
use stage_config_names::ParameterName;

use crate::error::ServiceError;
use crate::location::{self, Location};

/// The operations that the store serves.
pub(crate) const OPERATIONS: [&str; 14] = [
    "GetParameter",
    "GetParameters",
    BY_PATH,
    "GetParameterHistory",
    "DescribeParameters",
    "PutParameter",
    "DeleteParameter",
    "DeleteParameters",
    "LabelParameterVersion",
    "UnlabelParameterVersion",
    "AddTagsToResource",
    "RemoveTagsFromResource",
    "ListTagsForResource",
    CALLER_IDENTITY,
];
pub(crate) const BY_PATH: &str = "GetParametersByPath";
/// An operation of STS.
pub(crate) const CALLER_IDENTITY: &str = "GetCallerIdentity";
/// The number of requests that are kept, usually of a kilobyte or two each.
const KEPT: usize = 1_000;

/// One request, whatever the answer was.
#[derive(Clone)]
#[non_exhaustive]
pub struct Call {
    /// Such as `GetParameters`; empty if the request is not for Parameter Store or STS.
    pub operation: String,
    /// The names that it asks for, as they were written and in that order; for
    /// `GetParametersByPath` the path, and for tags the resource.
    pub names: Vec<String>,
    /// Whether it asks for decryption.
    pub with_decryption: bool,
    /// Whether it uses the query protocol of STS, with answers in XML.
    is_query: bool,
    request: Arc<(HeaderMap, Value)>,
}

impl Call {
    /// Reads a request. What is absent or of the wrong type is left out.
    pub(crate) fn new(headers: HeaderMap, body: &[u8]) -> Self {
        let is_query = is_query(&headers);
        let operation = if is_query { action(body) } else { operation_of(&headers) };
        let operation = operation.to_owned();
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let texts = [&body["Name"], &body["Path"], &body["ResourceId"]].into_iter();
        let names = texts.chain(body["Names"].as_array().into_iter().flatten());
        Self {
            operation,
            names: names.filter_map(Value::as_str).map(str::to_owned).collect(),
            with_decryption: body["WithDecryption"].as_bool().unwrap_or(false),
            is_query,
            request: Arc::new((headers, body)),
        }
    }

    /// The same call for the first page of another path.
    pub(crate) fn of_path(&self, path: &str) -> Self {
        let mut body = self.body().clone();
        body["Path"] = path.into();
        body["NextToken"] = Value::Null;
        Self::new(self.request.0.clone(), body.to_string().as_bytes())
    }

    pub(crate) fn is_query(&self) -> bool {
        self.is_query
    }

    /// The body of the request; `null` if it is not JSON. It holds the value of a parameter that is
    /// put.
    pub fn body(&self) -> &Value {
        &self.request.1
    }

    /// A header of the request, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.0.get(name)?.to_str().ok()
    }

    /// The names as IAM resources: `parameter/a`. All parameters stand in for a malformed name, as
    /// in the service's errors.
    pub(crate) fn resources(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| {
            if self.operation == BY_PATH {
                return format!("parameter/{}", name.trim_matches('/'));
            }
            ParameterName::parse(name.trim()).map_or_else(|_| "*".to_owned(), |it| it.resource())
        })
    }

    /// The ARNs of what it asks for, each in place of one of [`resources`](Self::resources). The
    /// path of `GetParametersByPath` keeps a slash at its end.
    pub(crate) fn arns(&self, here: &Location) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| {
            if self.operation == BY_PATH {
                return here.parameter_arn(name);
            }
            let name = ParameterName::parse(name.trim());
            name.map_or_else(|_| here.arn("ssm", "*"), |name| here.arn_of(&name))
        })
    }

    /// Its IAM action.
    pub(crate) fn action(&self) -> String {
        let service = if self.is_query { "sts" } else { "ssm" };
        format!("{service}:{}", self.operation)
    }

    /// The error if this request is denied on this resource, or on the first that it asks for.
    pub(crate) fn denied(&self, here: &Location, resource: Option<&str>) -> ServiceError {
        let is_denied = |it: &str| resource.is_none_or(|resource| resource == it);
        let mut asked = self.resources().zip(self.arns(here));
        let arn = asked.find(|(resource, _)| is_denied(resource)).map(|(_, arn)| arn);
        let all = if self.is_query { "*".to_owned() } else { here.arn("ssm", "*") };
        let arn = arn.unwrap_or(all);
        ServiceError::not_allowed(here, &self.action(), &arn)
    }

    /// The region that it is signed for.
    pub(crate) fn region(&self) -> Option<&str> {
        // AWS4-HMAC-SHA256 Credential=KEY/20260102/us-east-1/ssm/aws4_request, SignedHeaders=…
        let signature = self.header("authorization")?.strip_prefix("AWS4-HMAC-SHA256")?;
        let scope = signature.split_once("Credential=")?.1.split(',').next()?;
        scope.rsplit('/').nth(2).filter(|region| location::is_region(region))
    }

    /// The page that it asks for, counted from 1. The tokens of the store contain it.
    pub(crate) fn page(&self) -> Option<usize> {
        let token = self.body()["NextToken"].as_str();
        token.map_or(Some(1), |token| token.split('-').nth(1)?.parse().ok())
    }
}

/// Without the body, which may hold a value.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("names", &self.names)
            .field("with_decryption", &self.with_decryption)
            .finish_non_exhaustive()
    }
}

/// `X-Amz-Target: AmazonSSM.GetParameter`
fn operation_of(headers: &HeaderMap) -> &str {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    target.and_then(|target| target.strip_prefix("AmazonSSM.")).unwrap_or_default()
}

fn is_query(headers: &HeaderMap) -> bool {
    let content = headers.get("content-type").and_then(|value| value.to_str().ok());
    let is_form = content.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"));
    is_form && !headers.contains_key("x-amz-target")
}

/// `Action=GetCallerIdentity&Version=2011-06-15`
fn action(body: &[u8]) -> &str {
    let mut members = str::from_utf8(body).unwrap_or_default().split('&');
    members.find_map(|member| member.strip_prefix("Action=")).unwrap_or_default()
}

/// The requests until now, in the order in which they came.
///
/// It keeps the last 1,000, and counts all of them.
#[derive(Debug, Clone, Default)]
pub struct Calls {
    kept: VecDeque<Call>,
    total: usize,
    /// For each operation of the store.
    counts: BTreeMap<&'static str, usize>,
}

impl Calls {
    pub(crate) fn add(&mut self, call: Call) {
        self.total += 1;
        if let Some(operation) = OPERATIONS.into_iter().find(|name| *name == call.operation) {
            *self.counts.entry(operation).or_default() += 1;
        }
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(call);
    }

    /// The number of requests.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The number of requests for one operation: `of("GetParameter")`. For an operation that the
    /// store does not serve, it counts only the requests that are kept.
    pub fn of(&self, operation: &str) -> usize {
        let kept = || self.operations().filter(|&it| it == operation).count();
        self.counts.get(operation).copied().unwrap_or_else(kept)
    }

    /// The requests that are kept.
    pub fn iter(&self) -> vec_deque::Iter<'_, Call> {
        self.kept.iter()
    }

    /// The names in the requests that are kept, with duplicates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().flat_map(|call| call.names.iter().map(String::as_str))
    }

    /// The operations of the requests that are kept.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|call| call.operation.as_str())
    }
}

impl IntoIterator for Calls {
    type Item = Call;
    type IntoIter = vec_deque::IntoIter<Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Calls {
    type Item = &'a Call;
    type IntoIter = vec_deque::Iter<'a, Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_last_are_kept() {
        let mut calls = Calls::default();
        for number in 0..KEPT + 5 {
            let operation = if number % 2 == 0 { "GetParameter" } else { &format!("Op{number}") };
            let target = format!("AmazonSSM.{operation}").parse().unwrap();
            let headers = HeaderMap::from_iter([("x-amz-target".parse().unwrap(), target)]);
            calls.add(Call::new(headers, format!(r#"{{"Name":"{number}"}}"#).as_bytes()));
        }
        assert_eq!((calls.total(), calls.of("GetParameter")), (1_005, 503));
        // Requests may invent any number of operations.
        assert_eq!((calls.of("Op1"), calls.of("Op1003"), calls.counts.len()), (0, 1, 1));
        let names: Vec<_> = calls.names().collect();
        assert_eq!((names.len(), names[0], names[999]), (1_000, "5", "1004"));
    }
}
