//! The faults of the matrix.

use std::time::Duration;

use stage_config::ProblemKind;
use stage_config_local::{At, LocalStore, On};

use super::shapes::Size;

/// How a load ends that meets a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// With the right values.
    Fine,
    /// With the old value if that may be served, else with a transient error.
    Passing,
    /// With an error of this kind.
    Lasting(ProblemKind),
}

use Expected::{Fine as F, Passing as P};

const D: Expected = Expected::Lasting(ProblemKind::Denied);
const M: Expected = Expected::Lasting(ProblemKind::Missing);
const U: Expected = Expected::Lasting(ProblemKind::Unreadable);

/// What a reader of the documentation looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Throttled,
    Failing,
    Silent,
    Broken,
    Foreign,
    Unfitting,
    Denied,
    Credentials,
    Key,
    Missing,
    Pages,
}

impl Class {
    /// In the order of the documentation.
    pub(crate) const ALL: [Self; 11] = [
        Self::Throttled,
        Self::Failing,
        Self::Silent,
        Self::Broken,
        Self::Foreign,
        Self::Denied,
        Self::Credentials,
        Self::Key,
        Self::Missing,
        Self::Unfitting,
        Self::Pages,
    ];
}

use Class::{
    Broken, Credentials, Denied, Failing, Foreign, Key, Missing, Pages, Silent, Throttled,
    Unfitting,
};

/// A fault, and how the load of each size ends.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) class: Class,
    expected: [Expected; 4],
    pub(crate) script: fn(&LocalStore),
}

impl Case {
    pub(crate) fn expected(&self, size: Size) -> Expected {
        self.expected[size as usize]
    }
}

const fn case(
    class: Class,
    name: &'static str,
    expected: [Expected; 4],
    script: fn(&LocalStore),
) -> Case {
    Case { name, class, expected, script }
}

/// A parameter that each of the configurations without a path reads.
const A: &str = "/orders/prod/key";
/// The path of the other one.
const PATH: &str = "/flags/prod";
/// A value that is never right.
const WRONG: &str = "wrong q8Zr";

const GET: &str = "GetParameter";
const GET_ALL: &str = "GetParameters";
const BY_PATH: &str = "GetParametersByPath";
const DECRYPT: &str = "Decrypt";

/// Fine at first, and for each size.
const ALL_FINE: [Expected; 4] = [F; 4];
const ALL_PASSING: [Expected; 4] = [P; 4];

const MILLISECOND: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_hours(1);

pub(crate) const CASES: &[Case] = &[
    // What passes, and what does not.
    case(Throttled, "throttled once", ALL_FINE, |it| it.script(On::any().first(1).throttle(0))),
    case(Throttled, "throttled twice", ALL_FINE, |it| it.script(On::any().first(2).throttle(0))),
    case(Throttled, "throttled", ALL_PASSING, |it| it.script(On::any().throttle(0))),
    case(Throttled, "throttled to 20 requests a second", ALL_FINE, |it| {
        it.script(On::any().throttle_after_burst(20, 1));
    }),
    case(Throttled, "throttled on the second page", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(2).throttle(0));
    }),
    case(Throttled, "throttled on the last page once", ALL_FINE, |it| {
        it.script(On::call(BY_PATH).page(3).first(1).throttle(0));
    }),
    case(Throttled, "throttled, with a pause of an hour", ALL_FINE, |it| {
        it.script(throttled().header("x-amz-retry-after", "3600000"));
    }),
    case(Throttled, "throttled, with a pause that is no number", ALL_FINE, |it| {
        it.script(throttled().header("x-amz-retry-after", "soon"));
    }),
    case(Throttled, "HTTP 429 of a gateway", ALL_PASSING, |it| {
        it.script(On::any().answer(429, ""));
    }),
    case(Throttled, "`RequestLimitExceeded`", ALL_PASSING, |it| {
        it.script(On::any().error("RequestLimitExceeded", ""));
    }),
    case(Throttled, "KMS throttles once", ALL_FINE, |it| {
        it.script(On::call(DECRYPT).first(1).error("KMSThrottlingException", "Rate exceeded"));
    }),
    case(Throttled, "KMS throttles", ALL_PASSING, |it| {
        it.script(On::call(DECRYPT).error("KMSThrottlingException", "Rate exceeded"));
    }),
    case(Failing, "`InternalServerError` once", ALL_FINE, |it| {
        it.script(On::any().first(1).fail());
    }),
    case(Failing, "`InternalServerError`", ALL_PASSING, |it| it.script(On::any().fail())),
    case(Failing, "`InternalServerError` for batches", [F, P, P, F], |it| {
        it.script(On::call(GET_ALL).fail());
    }),
    case(Failing, "`InternalServerError` on the second page", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(2).fail());
    }),
    case(Failing, "`InternalServerError` on the second page once", ALL_FINE, |it| {
        it.script(On::call(BY_PATH).page(2).first(1).fail());
    }),
    case(Failing, "`InternalServerError` for the last of three batches once", ALL_FINE, |it| {
        it.script(On::call(GET_ALL).nth(3).fail());
    }),
    case(Failing, "`ServiceUnavailable`", ALL_PASSING, |it| {
        it.script(On::any().answer(503, r#"{"__type":"ServiceUnavailable"}"#));
    }),
    case(Failing, "an unknown error, HTTP 500", ALL_PASSING, |it| {
        it.script(On::any().answer(500, r#"{"__type":"SomethingNew","message":"?"}"#));
    }),
    case(Failing, "HTTP 408", ALL_PASSING, |it| it.script(On::any().answer(408, ""))),
    case(Failing, "HTTP 500, HTML", ALL_PASSING, |it| it.script(On::any().answer(500, "<html>"))),
    case(Failing, "HTTP 501", ALL_PASSING, |it| it.script(On::any().answer(501, ""))),
    case(Failing, "HTTP 502", ALL_PASSING, |it| it.script(On::any().answer(502, "<html>"))),
    case(Failing, "HTTP 503 once", ALL_FINE, |it| it.script(On::any().first(1).answer(503, ""))),
    case(Failing, "HTTP 503", ALL_PASSING, |it| it.script(On::any().answer(503, "sorry"))),
    case(Failing, "HTTP 504", ALL_PASSING, |it| it.script(On::any().answer(504, ""))),
    // Too slow.
    case(Silent, "50 ms late", ALL_FINE, |it| it.script(On::any().delay(MILLISECOND * 50))),
    case(Silent, "up to 60 ms late", ALL_FINE, |it| {
        it.script(On::any().latency(Duration::ZERO..=MILLISECOND * 60, 7));
    }),
    case(Silent, "an hour late once", ALL_FINE, |it| it.script(On::any().first(1).delay(HOUR))),
    case(Silent, "an hour late", ALL_PASSING, |it| it.script(On::any().delay(HOUR))),
    case(Silent, "silent once", ALL_FINE, |it| it.script(On::any().first(1).stall(At::Start))),
    case(Silent, "silent", ALL_PASSING, |it| it.script(On::any().stall(At::Start))),
    case(Silent, "silent in the head once", ALL_FINE, |it| {
        it.script(On::any().first(1).stall(At::Head));
    }),
    case(Silent, "silent in the head", ALL_PASSING, |it| it.script(On::any().stall(At::Head))),
    case(Silent, "silent after the head", ALL_PASSING, |it| {
        it.script(On::any().stall(At::Body(0)));
    }),
    case(Silent, "silent in the body once", ALL_FINE, |it| {
        it.script(On::any().first(1).stall(At::Body(40)));
    }),
    case(Silent, "silent in the body", ALL_PASSING, |it| it.script(On::any().stall(At::Body(40)))),
    case(Silent, "silent on a connection that was used", ALL_FINE, |it| {
        it.script(On::any().stall(At::End));
    }),
    case(Silent, "silent on the last page", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(3).stall(At::Start));
    }),
    case(Silent, "throttled once, then silent", ALL_PASSING, |it| {
        it.script([On::any().first(1).throttle(0), On::any().stall(At::Start)]);
    }),
    // Broken connections and bodies.
    case(Broken, "closed without a reply once", ALL_FINE, |it| {
        it.script(On::any().first(1).cut(At::Start));
    }),
    case(Broken, "closed without a reply", ALL_PASSING, |it| it.script(On::any().cut(At::Start))),
    case(Broken, "closed in the head", ALL_PASSING, |it| it.script(On::any().cut(At::Head))),
    case(Broken, "closed after the head", ALL_PASSING, |it| it.script(On::any().cut(At::Body(0)))),
    case(Broken, "closed in the body once", ALL_FINE, |it| {
        it.script(On::any().first(1).cut(At::Body(40)));
    }),
    case(Broken, "closed in the body", ALL_PASSING, |it| it.script(On::any().cut(At::Body(40)))),
    case(Broken, "closed in the body of the last page", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(3).cut(At::Body(40)));
    }),
    case(Broken, "closed while idle", ALL_FINE, |it| it.script(On::any().cut(At::End))),
    case(Broken, "reset once", ALL_FINE, |it| it.script(On::any().first(1).reset(At::Start))),
    case(Broken, "reset", ALL_PASSING, |it| it.script(On::any().reset(At::Start))),
    case(Broken, "reset in the head", ALL_PASSING, |it| it.script(On::any().reset(At::Head))),
    case(Broken, "reset in the body once", ALL_FINE, |it| {
        it.script(On::any().first(1).reset(At::Body(40)));
    }),
    case(Broken, "reset in the body", ALL_PASSING, |it| it.script(On::any().reset(At::Body(40)))),
    case(Broken, "reset at the next request", ALL_FINE, |it| it.script(On::any().reset(At::End))),
    case(Broken, "half a body, and closed as if whole", ALL_PASSING, |it| {
        it.script(On::any().length(40).cut(At::Body(40)));
    }),
    case(Broken, "a length that is too short", ALL_PASSING, |it| it.script(On::any().length(40))),
    case(Broken, "a length of 0 once", ALL_FINE, |it| it.script(On::any().first(1).length(0))),
    case(Broken, "a length that is too long", ALL_PASSING, |it| {
        it.script(On::any().length(1_000_000));
    }),
    case(Broken, "a length that is too long, and closed", ALL_PASSING, |it| {
        it.script(On::any().length(1_000_000).cut(At::End));
    }),
    case(Broken, "a chunk that is broken", ALL_PASSING, |it| {
        it.script(On::any().raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}"));
    }),
    case(Broken, "an answer behind the answer", ALL_FINE, |it| {
        let parameter = format!(r#"{{"Name":"{A}","Type":"String","Value":"{WRONG}"}}"#);
        let body = format!(r#"{{"Parameters":[{parameter}],"Parameter":{parameter}}}"#);
        it.script(On::any().second(200, body));
    }),
    case(Broken, "an error behind the answer", ALL_FINE, |it| {
        let error = r#"{"__type":"ParameterNotFound"}"#;
        it.script(On::any().second(400, error));
    }),
    case(Broken, "closed by the header", ALL_FINE, |it| {
        it.script(On::any().cut(At::End).header("connection", "close"));
    }),
    // What answers is not the service.
    case(Foreign, "no HTTP once", ALL_FINE, |it| {
        it.script(On::any().first(1).raw("what?\r\n\r\n"));
    }),
    case(Foreign, "no HTTP", ALL_PASSING, |it| it.script(On::any().raw("what?\r\n\r\n"))),
    case(Foreign, "TLS", ALL_PASSING, |it| it.script(On::any().raw([21, 3, 1, 0, 2, 2, 40]))),
    case(Foreign, "HTTP/2", ALL_PASSING, |it| {
        it.script(On::any().raw([0, 0, 0, 4, 0, 0, 0, 0, 0]));
    }),
    case(Foreign, "nothing but a promise", ALL_PASSING, |it| {
        it.script(On::any().raw("HTTP/1.1 100 Continue\r\n\r\n"));
    }),
    case(Foreign, "HTTP 200 without a body", ALL_PASSING, |it| {
        it.script(On::any().answer(200, ""));
    }),
    case(Foreign, "HTTP 200, HTML", ALL_PASSING, |it| {
        it.script(On::any().answer(200, "<html>Log in</html>"));
    }),
    case(Foreign, "HTTP 200, another JSON", ALL_PASSING, |it| {
        it.script(On::any().answer(200, "{}"));
    }),
    case(Foreign, "HTTP 200, a list", ALL_PASSING, |it| it.script(On::any().answer(200, "[]"))),
    case(Foreign, "HTTP 200, null", ALL_PASSING, |it| it.script(On::any().answer(200, "null"))),
    case(Foreign, "HTTP 200, not UTF-8", ALL_PASSING, |it| {
        it.script(On::any().answer(200, [b'{', b'"', 0xff, b'"', b':', b'1', b'}']));
    }),
    case(Foreign, "HTTP 200, very deep", ALL_PASSING, |it| {
        it.script(On::any().answer(200, "[".repeat(100_000)));
    }),
    case(Foreign, "HTTP 204", ALL_PASSING, |it| it.script(On::any().answer(204, ""))),
    case(Foreign, "HTTP 301", [U; 4], |it| {
        it.script(On::any().answer(301, "").header("location", "http://127.0.0.1:1/"));
    }),
    case(Foreign, "HTTP 403, HTML", [U; 4], |it| it.script(On::any().answer(403, "<html>"))),
    case(Foreign, "HTTP 404", [U; 4], |it| it.script(On::any().answer(404, ""))),
    case(Foreign, "HTTP 407", [U; 4], |it| it.script(On::any().answer(407, ""))),
    case(Foreign, "a body without an end", [U; 4], |it| {
        it.script(On::any().answer(200, " ".repeat(4096)).endless());
    }),
    case(Foreign, "a body of 2 MB", [U; 4], |it| {
        it.script(On::any().answer(200, " ".repeat(2 << 20)));
    }),
    // Replies that do not fit what was requested.
    case(Unfitting, "left out of both lists", [P, P, P, F], |it| {
        it.script(On::any().name(A).omit());
    }),
    case(Unfitting, "left out of the batch", ALL_FINE, |it| {
        it.script(On::call(GET_ALL).name(A).omit());
    }),
    case(Unfitting, "an empty batch", ALL_FINE, |it| it.script(On::call(GET_ALL).omit())),
    case(Unfitting, "in both lists", [F, U, U, F], |it| it.script(On::any().name(A).in_both())),
    case(Unfitting, "twice, with another value", [F, F, F, F], |it| {
        it.script(On::any().name(A).twice(WRONG));
    }),
    case(Unfitting, "twice on a page, with another value", [F, F, F, U], |it| {
        it.script(On::any().name(PATH).twice(WRONG));
    }),
    case(Unfitting, "one that was not requested", ALL_FINE, |it| {
        it.script(On::call(GET_ALL).also("/orders/dev/key", WRONG));
    }),
    case(Unfitting, "one of another path", [F, F, F, U], |it| {
        it.script(On::call(BY_PATH).also("/flags/dev/00", WRONG));
    }),
    case(Unfitting, "one beside the path", [F, F, F, U], |it| {
        it.script(On::call(BY_PATH).also("/flags/production/00", WRONG));
    }),
    case(Unfitting, "in another case", [U, U, U, F], |it| {
        it.script(On::any().name(A).rename("/ORDERS/prod/key"));
    }),
    case(Unfitting, "in another case in the batch", ALL_FINE, |it| {
        it.script(On::call(GET_ALL).name(A).rename("/ORDERS/prod/key"));
    }),
    case(Unfitting, "as that of another stage", [U, U, U, F], |it| {
        it.script(On::any().name(A).rename("/orders/dev/key"));
    }),
    case(Unfitting, "a path in another case", [F, F, F, U], |it| {
        it.script(On::any().name(PATH).rename("/FLAGS/prod/00"));
    }),
    case(Unfitting, "another version", [U; 4], |it| it.script(On::any().set("Selector", ":7"))),
    case(Unfitting, "without a value", [P; 4], |it| it.script(On::any().without("Value"))),
    case(Unfitting, "without a name", [U; 4], |it| it.script(On::any().without("Name"))),
    case(Unfitting, "of a type that is not known", ALL_FINE, |it| {
        it.script(On::any().set("Type", "SealedString"));
    }),
    case(Unfitting, "without a type", ALL_FINE, |it| it.script(On::any().without("Type"))),
    case(Unfitting, "without an ARN", ALL_FINE, |it| it.script(On::any().without("ARN"))),
    case(Unfitting, "a version that is no number", ALL_PASSING, |it| {
        it.script(On::any().set("Version", "seven"));
    }),
    // The role may not read it.
    case(Denied, "`GetParameter` is denied", ALL_FINE, |it| it.script(On::call(GET).deny())),
    case(Denied, "`GetParameters` is denied", ALL_FINE, |it| it.script(On::call(GET_ALL).deny())),
    case(Denied, "both are denied", [D, D, D, F], |it| {
        it.script([On::call(GET).deny(), On::call(GET_ALL).deny()]);
    }),
    case(Denied, "`GetParametersByPath` is denied", [F, F, F, D], |it| {
        it.script(On::call(BY_PATH).deny());
    }),
    case(Denied, "a page is denied", [F, F, F, D], |it| {
        it.script(On::call(BY_PATH).page(2).deny());
    }),
    case(Denied, "a name is denied", [D, D, D, F], |it| it.script(On::any().name(A).deny())),
    case(Denied, "all is denied", [D; 4], |it| it.script(On::any().deny())),
    case(Denied, "denied by a policy", [D; 4], |it| {
        it.policy(r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#).unwrap();
    }),
    case(Denied, "`AccessDeniedException` without details", [D; 4], |it| {
        it.script(On::any().error("AccessDeniedException", ""));
    }),
    case(Credentials, "a key that is not known", [U; 4], |it| {
        let message = "The security token included in the request is invalid.";
        it.script(On::any().error("UnrecognizedClientException", message));
    }),
    case(Credentials, "a wrong signature", [U; 4], |it| {
        it.script(
            On::any().error("InvalidSignatureException", "The request signature does not match."),
        );
    }),
    case(Credentials, "a signature that expired once", ALL_FINE, |it| {
        it.script(On::any().first(1).error("InvalidSignatureException", "Signature expired: now"));
    }),
    case(Credentials, "credentials that expired once", ALL_FINE, |it| {
        let message = "The security token included in the request is expired";
        it.script(On::any().first(1).error("ExpiredTokenException", message));
    }),
    case(Credentials, "credentials that expired", ALL_PASSING, |it| {
        let message = "The security token included in the request is expired";
        it.script(On::any().error("ExpiredTokenException", message));
    }),
    // KMS.
    case(Key, "the KMS key does not exist", [U; 4], |it| it.script(On::call(DECRYPT).no_key())),
    case(Key, "the KMS key is disabled", [U; 4], |it| it.script(On::call(DECRYPT).fail())),
    case(Key, "the KMS key is denied", [D; 4], |it| it.script(On::call(DECRYPT).deny())),
    case(Key, "the KMS key of one parameter is disabled", [U, U, U, F], |it| {
        it.script(On::call(DECRYPT).name(A).fail());
    }),
    case(Key, "the KMS key of one parameter is denied", [D, D, D, F], |it| {
        it.script(On::call(DECRYPT).name(A).deny());
    }),
    case(Key, "the KMS key of one parameter under the path is denied", [F, F, F, D], |it| {
        it.script(On::call(DECRYPT).name("/flags/prod/20").deny());
    }),
    // The service says that it does not exist.
    case(Missing, "it does not exist", [M, M, M, F], |it| {
        it.script([
            On::call(GET).name(A).error("ParameterNotFound", ""),
            On::call(GET_ALL).name(A).error("ParameterNotFound", ""),
        ]);
    }),
    case(Missing, "a version that does not exist", [M, F, F, F], |it| {
        it.script(On::call(GET).error("ParameterVersionNotFound", ""));
    }),
    case(Missing, "a path that does not exist", [F, F, F, U], |it| {
        it.script(On::call(BY_PATH).error("ParameterNotFound", ""));
    }),
    case(Missing, "a name that is not well formed", [U; 4], |it| {
        it.script(On::any().error("ValidationException", "Parameter name: can't be prefixed"));
    }),
    // Pages.
    case(Pages, "an empty page", ALL_FINE, |it| it.script(On::call(BY_PATH).first(1).empty_page())),
    case(Pages, "back to the first page once", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).nth(3).page_back());
    }),
    case(Pages, "empty pages without an end", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).empty_page());
    }),
    case(Pages, "a page once more", ALL_FINE, |it| {
        it.script(On::call(BY_PATH).nth(2).page_again());
    }),
    case(Pages, "a page again and again", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page_again());
    }),
    case(Pages, "back to the first page", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(3).page_back());
    }),
    case(Pages, "a page of another path", [F, F, F, U], |it| {
        it.script(On::call(BY_PATH).page(2).page_of("/flags/dev"));
    }),
    case(Pages, "a token that is refused", [F, F, F, U], |it| {
        it.script(On::call(BY_PATH).page(2).error("InvalidNextToken", "The token is invalid."));
    }),
    case(Pages, "a page without a list", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(2).answer(200, r#"{"NextToken":"a"}"#));
    }),
    case(Pages, "a token that is no text", [F, F, F, P], |it| {
        it.script(On::call(BY_PATH).page(2).answer(200, r#"{"Parameters":[],"NextToken":7}"#));
    }),
];

fn throttled() -> stage_config_local::Fault {
    On::any().first(1).error("ThrottlingException", "Rate exceeded")
}
