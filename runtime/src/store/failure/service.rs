//! The errors of the service, and those of Secrets Manager and KMS that it passes on.

use stage_config_names::ParameterName;

use super::{Class, Failure};
use crate::quote::quote;

/// Codes with which services throttle: those of the SDK.
const THROTTLING: [&str; 14] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];
/// Codes that may pass: those of the SDK, and some of the service and of Secrets Manager.
const TRANSIENT: [&str; 6] = [
    "RequestTimeout",
    "RequestTimeoutException",
    "InternalServerError",
    "InternalServiceError",
    "InternalFailure",
    "ServiceUnavailable",
];
/// KMS throttles, and Parameter Store passes it on.
const KMS_THROTTLING: &str = "KMSThrottlingException";
/// The signature expired, for example during a freeze. The next attempt has a new one.
const CLOCK: [&str; 3] = ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"];
/// The credentials expired. The provider returns new ones.
const EXPIRED: [&str; 2] = ["ExpiredTokenException", "ExpiredToken"];
const UNACCEPTED: [&str; 5] = [
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "InvalidClientTokenId",
    "IncompleteSignature",
    "MissingAuthenticationToken",
];

/// The permission that a role needs besides the one for Parameter Store.
pub(super) const GET_SECRET_VALUE: &str = "secretsmanager:GetSecretValue";

/// Whether an error of the service says that the credentials expired.
#[cfg(feature = "lean")]
pub(crate) fn is_expired(code: &str) -> bool {
    EXPIRED.contains(&code)
}

impl Failure {
    /// An error in the format of the service.
    pub(crate) fn from_service(code: &str, message: Option<&str>, status: Option<u16>) -> Self {
        let message = message.unwrap_or("no message");
        let passed_on = code_passed_on(message);
        let code = passed_on.unwrap_or(code);
        let (quoted, words) = (quote(message), quote(&format!("{code}: {message}")));
        let throttled = |words: &str| {
            format!(
                "Parameter Store throttled the requests ({words}); all readers in this account \
                 and Region share its limit, which can be raised there"
            )
        };
        let clock = |words: &str| format!("the clock is off, or the request was delayed ({words})");
        let failed = |words: &str| format!("Parameter Store failed ({words})");
        let (class, reason) = match code {
            "ParameterNotFound" | "ParameterVersionNotFound" => return Self::Missing,
            "ResourceNotFoundException" if passed_on.is_some() => return Self::Missing,
            "AccessDeniedException" => return Self::from_denial(message),
            "InvalidKeyId" | "DecryptionFailure" => (
                Class::OneName,
                format!("its KMS key is missing, disabled or not accessible ({quoted})"),
            ),
            "ValidationException" if message.contains("to Secrets Manager") => (
                Class::OneName,
                format!(
                    "Secrets Manager refuses it, as it does for a secret that is scheduled for \
                     deletion ({quoted})"
                ),
            ),
            "ValidationException" => (
                Class::OneName,
                format!("Parameter Store refuses it as not well formed ({quoted})"),
            ),
            KMS_THROTTLING => (Class::Throttled, failed(&words)),
            _ if THROTTLING.contains(&code) => (Class::Throttled, throttled(&quoted)),
            _ if TRANSIENT.contains(&code) => (Class::Transient, failed(&words)),
            "InvalidSignatureException" if message.starts_with("Signature ") => {
                (Class::Transient, clock(&quoted))
            }
            _ if CLOCK.contains(&code) => (Class::Transient, clock(&words)),
            _ if EXPIRED.contains(&code) || UNACCEPTED.contains(&code) => {
                let is_expired = EXPIRED.contains(&code);
                let class = if is_expired { Class::Transient } else { Class::Final };
                (class, format!("the AWS credentials are not accepted ({words})"))
            }
            // A gateway on the way may fail in words of its own.
            _ => match (status.map_or(Class::Final, Class::from_status), status) {
                (Class::Throttled, _) => (Class::Throttled, throttled(&words)),
                (Class::Transient, Some(status)) => {
                    let words = quote(&format!("HTTP {status}, {code}: {message}"));
                    (Class::Transient, failed(&words))
                }
                (class, _) => (class, words),
            },
        };
        Self::new(class, reason)
    }

    /// `User: … is not authorized to perform: ssm:GetParameter on resource: arn:… because …`
    fn from_denial(message: &str) -> Self {
        let after = |marker: &str| {
            let rest = message.split_once(marker)?.1;
            rest.split_whitespace().next().map(quote)
        };
        let (mut action, resource) = (after("perform: "), after("resource: "));
        let says_more = action.is_none() || message.contains("explicit deny");
        if action.is_none() && !message.contains("KMS") && message.contains("Secrets Manager") {
            action = Some(GET_SECRET_VALUE.to_owned());
        }
        match (&action, &resource) {
            // No parameter has this ARN: the name is invalid.
            (_, Some(any)) if any.contains(":ssm:") && any.ends_with(":*") => {
                let reason = format!(
                    "its name is not well formed: the service denies it on `{any}`, which is not \
                     the ARN of a parameter; check the name, not the policy"
                );
                Self::new(Class::OneName, reason)
            }
            // From KMS, passed on by Parameter Store.
            (None, _) if message.contains("KMS") || message.contains("ciphertext") => {
                let reason = format!(
                    "the role needs `kms:Decrypt` on the KMS key that encrypts it, and the key has \
                     to exist ({})",
                    quote(message)
                );
                Self::new(Class::OneName, reason)
            }
            _ => {
                let details = says_more.then(|| quote(message));
                Self::Denied { action, resource, details }
            }
        }
    }
}

/// The resource of a policy for a secret.
///
/// The service reports either the name or the ARN. The ARN ends with six random characters, which
/// change if the secret is created again.
pub(super) fn resource(name: &ParameterName<'_>, said: Option<String>) -> String {
    let Some(secret) = name.secret() else {
        return said.unwrap_or_else(|| format!("…:{}", name.resource()));
    };
    let said = said.unwrap_or_default();
    let region = said.split_once(":secret:").map_or("…", |(region, _)| region);
    format!("{region}:secret:{secret}-??????")
}

/// The error code of Secrets Manager in a message of Parameter Store:
/// `An error occurred (…) when referencing Secrets Manager: …`
pub(super) fn code_passed_on(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("An error occurred (")?;
    Some(rest.split_once(") when referencing Secrets Manager")?.0)
}

#[cfg(all(test, feature = "ssm"))]
mod tests {
    use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};

    use super::*;

    #[test]
    fn all_codes_of_the_sdk_are_here() {
        assert!(THROTTLING_ERRORS.iter().all(|code| THROTTLING.contains(code)));
        assert!(TRANSIENT_ERRORS.iter().all(|code| TRANSIENT.contains(code)));
    }
}
