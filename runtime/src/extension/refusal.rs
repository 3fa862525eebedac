//! What a reply says that is no parameter.
//!
//! The documentation of the extension has no errors. These were seen:
//!
//! | status and text | when |
//! |---|---|
//! | 400 `not ready to serve traffic, please wait` | before the first invocation |
//! | 400 `an unexpected error occurred while executing request` | whatever Parameter Store refuses: a parameter that is missing or denied, a version that does not exist, too many requests |
//!
//! Only the log of the extension has the error of the service, as the SDK for Go words it. A reply in
//! these words is understood too, so that nothing changes for the worse if a version of the extension
//! passes them on. 401 and 403 are assumed to be about the token.

use crate::store::failure::{Class, Failure};

const NOT_READY: &str = "the AWS Parameters and Secrets Lambda Extension serves only while an \
                         invocation runs; load the configuration in the handler, with a \
                         `ColdStart`, and not in `main`";
const UNEXPLAINED: &str = "the AWS Parameters and Secrets Lambda Extension does not say why, but \
                           its log does: either the parameter does not exist, or the role may not \
                           read it, or Parameter Store throttled the request";
const UNACCEPTED: &str = "the AWS Parameters and Secrets Lambda Extension does not accept the \
                          token in `AWS_SESSION_TOKEN`";

/// The failure that a reply with this status and body is.
pub(super) fn failure(status: u16, body: &[u8], port: u16) -> Failure {
    let text = String::from_utf8_lossy(body);
    if text.contains("not ready to serve traffic") {
        return Failure::new(Class::Brief, NOT_READY);
    }
    if let Some(failure) = of_the_service(&text) {
        return failure;
    }
    match status {
        400 if text.contains("unexpected error") => Failure::new(Class::Brief, UNEXPLAINED),
        401 | 403 => Failure::new(Class::Final, UNACCEPTED),
        // Whatever it is, nothing is known of its text, which may be a value.
        _ => not_the_extension(Class::from_status(status), status, port),
    }
}

/// A reply with this status that no extension sends.
pub(super) fn not_the_extension(class: Class, status: u16, port: u16) -> Failure {
    let reason = format!(
        "it is not the AWS Parameters and Secrets Lambda Extension that answers on port {port}, HTTP \
         {status}; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`"
    );
    Failure::new(class, reason)
}

/// `operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: …, api error
/// AccessDeniedException: User: …`, without `api error` if the SDK knows the error.
fn of_the_service(text: &str) -> Option<Failure> {
    let (_, response) = text.split_once("operation error SSM: GetParameter")?;
    let (status, rest) = response.split_once("StatusCode: ")?.1.split_once(", RequestID: ")?;
    let (_, error) = rest.split_once(", ")?;
    let (code, message) = error.strip_prefix("api error ").unwrap_or(error).split_once(':')?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_code.then(|| Failure::from_service(code, Some(message.trim()), status.parse().ok()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use stage_config_names::ParameterName;

    use super::*;

    fn said(status: u16, text: &str, expected: &Expect) {
        let name = ParameterName::parse("/app/key").unwrap();
        let answer = failure(status, text.as_bytes(), 2773).into_answer(&name, "ssm:GetParameter");
        expected.assert_eq(&format!("{answer:?}"));
    }

    fn go(error: &str) -> String {
        format!(
            "operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: \
             9a2e7fa8-e26a-4808, {error}"
        )
    }

    #[test]
    fn what_is_in_the_words_of_the_sdk_for_go_is_an_error_of_the_service() {
        said(400, &go("ParameterNotFound: "), &expect!["Missing"]);
        said(
            400,
            &go("ParameterVersionNotFound: Systems Manager could not find"),
            &expect!["Missing"],
        );
        let denied = "api error AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/r \
                      is not authorized to perform: ssm:GetParameter on resource: \
                      arn:aws:ssm:us-east-1:111122223333:parameter/app/key because no \
                      identity-based policy allows the ssm:GetParameter action";
        said(
            400,
            &go(denied),
            &expect![[
                r#"Denied(Denial { action: "ssm:GetParameter", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/app/key", details: None })"#
            ]],
        );
        said(
            400,
            &go("InvalidKeyId: the key is disabled"),
            &expect![[
                r#"Failed { transient: false, reason: "its KMS key is missing, disabled or not accessible (the key is disabled)" }"#
            ]],
        );
        said(
            400,
            &go("api error ThrottlingException: Rate exceeded"),
            &expect![[
                r#"Failed { transient: true, reason: "Parameter Store throttled the requests (Rate exceeded); all readers in this account and Region share its limit, which can be raised there" }"#
            ]],
        );
    }

    #[test]
    fn what_is_not_in_known_words_is_not_quoted() {
        said(
            404,
            "<html>sk_live_1",
            &expect![[
                r#"Failed { transient: false, reason: "it is not the AWS Parameters and Secrets Lambda Extension that answers on port 2773, HTTP 404; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`" }"#
            ]],
        );
        said(
            502,
            "sk_live_1",
            &expect![[
                r#"Failed { transient: true, reason: "it is not the AWS Parameters and Secrets Lambda Extension that answers on port 2773, HTTP 502; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`" }"#
            ]],
        );
        said(
            400,
            &go("sk_live_1: sk_live_1"),
            &expect![[
                r#"Failed { transient: false, reason: "it is not the AWS Parameters and Secrets Lambda Extension that answers on port 2773, HTTP 400; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`" }"#
            ]],
        );
        said(
            401,
            "",
            &expect![[
                r#"Failed { transient: false, reason: "the AWS Parameters and Secrets Lambda Extension does not accept the token in `AWS_SESSION_TOKEN`" }"#
            ]],
        );
    }
}
