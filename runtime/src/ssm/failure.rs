//! From the errors of the SDK to a `Failure`.
//!
//! `Debug` of the SDK's replies contains values, and some errors contain the reply. So this module
//! uses only error codes, messages and the `Display` of error sources.

use std::error::Error as _;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ssm::error::{ConnectorError, ErrorMetadata};
use aws_sdk_ssm::operation::get_parameter::GetParameterError;
use aws_sdk_ssm::operation::get_parameters::GetParametersError;
use aws_sdk_ssm::operation::get_parameters_by_path::GetParametersByPathError;
use aws_smithy_runtime_api::client::interceptors::context::Error as OperationError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::retry::ErrorKind;

use crate::quote::quote;
use crate::store::endpoint::Endpoint;
use crate::store::failure::chain::{AnyCause, find, said};
use crate::store::failure::{Class, Failure};

/// The failure of one attempt of a call to this endpoint, if it came so far.
pub(super) fn from_attempt(
    error: &OrchestratorError<OperationError>,
    status: Option<u16>,
    endpoint: Option<&Endpoint>,
) -> Failure {
    if error.is_timeout_error() {
        return Failure::timed_out(endpoint);
    }
    if let Some(error) = error.as_operation_error().and_then(metadata)
        && let Some(code) = error.code()
    {
        return Failure::from_service(code, error.message(), status);
    }
    match (error.as_connector_error(), status, endpoint) {
        (Some(error), _, Some(endpoint)) => from_connection(error, endpoint),
        (None, Some(status), Some(endpoint)) => Failure::foreign(status, endpoint),
        _ => from_setup(error),
    }
}

/// Code and message of an error of the service.
fn metadata(error: &OperationError) -> Option<&ErrorMetadata> {
    let one = error.downcast_ref().map(GetParameterError::meta);
    let batch = || error.downcast_ref().map(GetParametersError::meta);
    one.or_else(batch).or_else(|| error.downcast_ref().map(GetParametersByPathError::meta))
}

fn from_connection(error: &ConnectorError, endpoint: &Endpoint) -> Failure {
    if let Some(failure) = find::<Failure>(error) {
        return failure.clone();
    }
    if error.is_timeout() {
        return Failure::timed_out(Some(endpoint));
    }
    // The outermost error says only of which kind it is.
    let cause = error.source().unwrap_or(error);
    Failure::from_connection(cause, error.is_user(), endpoint)
}

/// A failure before the request was sent.
pub(super) fn from_setup(error: &AnyCause) -> Failure {
    if let Some(failure) = find::<Failure>(error) {
        return failure.clone();
    }
    let text = said(error);
    if let Some(feature) = missing_feature(&text).map(quote) {
        let reason = format!(
            "the AWS credentials need a feature that `aws-config` is built without; add to \
             `Cargo.toml`: `aws-config = {{ version = \"1\", default-features = false, \
             features = [\"{feature}\"] }}`"
        );
        return Failure::new(Class::Final, reason);
    }
    let Some(credentials) = find::<CredentialsError>(error) else {
        return Failure::new(Class::Final, quote(&text));
    };
    let words = quote(&said(credentials));
    match credentials {
        CredentialsError::CredentialsNotLoaded(_) => Failure::no_credentials(&words),
        CredentialsError::ProviderTimedOut(_) => Failure::new(
            Class::Transient,
            format!("the AWS credentials did not load in time ({words})"),
        ),
        _ => {
            let is_transient = find(credentials).is_some_and(is_transient);
            let class = if is_transient { Class::Transient } else { Class::Final };
            Failure::from_credentials(class, &words)
        }
    }
}

/// Whether the failure of a credentials provider is transient.
fn is_transient(error: &ConnectorError) -> bool {
    error.is_io() || error.is_timeout() || error.as_other() == Some(ErrorKind::TransientError)
}

/// The feature of `aws-config` that the SDK reports as missing.
fn missing_feature(text: &str) -> Option<&str> {
    let rest = text.split_once("cargo feature(s) enabled: ")?.1;
    rest.split(['.', ' ', ',']).next().filter(|feature| !feature.is_empty())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use stage_config_names::ParameterName;

    use super::*;
    use crate::source::Answer;

    fn answer(error: &CredentialsError) -> Answer {
        let name = ParameterName::parse("/app/key:3").unwrap();
        from_setup(error).into_answer(&name, "ssm:GetParameter")
    }

    #[test]
    fn credentials_that_could_not_be_loaded() {
        let of = |error: CredentialsError| format!("{:?}", answer(&error));
        expect![[r#"Failed { transient: false, reason: "there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (the credential provider was not enabled: nothing there)" }"#]].assert_eq(&of(CredentialsError::not_loaded("nothing there")));
        let timeout = CredentialsError::provider_timed_out(std::time::Duration::from_secs(5));
        expect![[r#"Failed { transient: true, reason: "the AWS credentials did not load in time (credentials provider timed out after 5 seconds)" }"#]].assert_eq(&of(timeout));
        expect![[r#"Failed { transient: false, reason: "the AWS credentials could not be loaded (an error occurred while loading credentials: refused)" }"#]].assert_eq(&of(CredentialsError::provider_error("refused")));
    }

    #[test]
    fn a_provider_of_credentials_that_gets_no_reply_may_get_one_later() {
        for (error, passes) in [
            (ConnectorError::io("".into()), true),
            (ConnectorError::timeout("".into()), true),
            (ConnectorError::other("".into(), Some(ErrorKind::TransientError)), true),
            (ConnectorError::other("".into(), None), false),
            (ConnectorError::other("".into(), Some(ErrorKind::ClientError)), false),
            (ConnectorError::user("".into()), false),
        ] {
            let what = format!("{error:?}");
            let answer = answer(&CredentialsError::provider_error(error));
            assert_eq!(
                matches!(answer, Answer::Failed { transient: true, .. }),
                passes,
                "{what}: {answer:?}"
            );
        }
    }

    #[test]
    fn a_missing_feature_is_the_line_that_mends_it() {
        let error = "This behavior requires following cargo feature(s) enabled: sso. In order to";
        let answer = answer(&CredentialsError::provider_error(error));
        expect![[r#"Failed { transient: false, reason: "the AWS credentials need a feature that `aws-config` is built without; add to `Cargo.toml`: `aws-config = { version = \"1\", default-features = false, features = [\"sso\"] }`" }"#]].assert_eq(&format!("{answer:?}"));
    }
}
