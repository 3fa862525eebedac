use expect_test::{Expect, expect};

use super::*;

fn of(code: &str, message: &str) -> Failure {
    Failure::from_service(code, Some(message), Some(400))
}

fn name() -> ParameterName<'static> {
    ParameterName::parse("/app/key:3").unwrap()
}

fn said(code: &str, message: &str, expected: &Expect) {
    expected
        .assert_eq(&format!("{:?}", of(code, message).into_answer(&name(), "ssm:GetParameters")));
}

#[test]
fn what_the_service_says_in_plain_words() {
    said("ParameterNotFound", "", &expect!["Missing"]);
    said("ParameterVersionNotFound", "", &expect!["Missing"]);
    said(
        "InvalidKeyId",
        "disabled",
        &expect![[
            r#"Failed { transient: false, reason: "its KMS key is missing, disabled or not accessible (disabled)" }"#
        ]],
    );
    said(
        "ValidationException",
        "bad name",
        &expect![[
            r#"Failed { transient: false, reason: "Parameter Store refuses it as not well formed (bad name)" }"#
        ]],
    );
    said(
        "ThrottlingException",
        "Rate exceeded",
        &expect![[
            r#"Failed { transient: true, reason: "Parameter Store throttled the requests (Rate exceeded); all readers in this account and Region share its limit, which can be raised there" }"#
        ]],
    );
    said(
        "InternalServerError",
        "sorry",
        &expect![[
            r#"Failed { transient: true, reason: "Parameter Store failed (InternalServerError: sorry)" }"#
        ]],
    );
    said(
        "ExpiredTokenException",
        "expired",
        &expect![[
            r#"Failed { transient: true, reason: "the AWS credentials are not accepted (ExpiredTokenException: expired)" }"#
        ]],
    );
    said(
        "UnrecognizedClientException",
        "invalid token",
        &expect![[
            r#"Failed { transient: false, reason: "the AWS credentials are not accepted (UnrecognizedClientException: invalid token)" }"#
        ]],
    );
    said(
        "SlowDown",
        "please",
        &expect![[
            r#"Failed { transient: true, reason: "Parameter Store throttled the requests (please); all readers in this account and Region share its limit, which can be raised there" }"#
        ]],
    );
    said(
        "RequestTimeout",
        "slow",
        &expect![[
            r#"Failed { transient: true, reason: "Parameter Store failed (RequestTimeout: slow)" }"#
        ]],
    );
    said(
        "RequestExpired",
        "old",
        &expect![[
            r#"Failed { transient: true, reason: "the clock is off, or the request was delayed (RequestExpired: old)" }"#
        ]],
    );
    said(
        "InvalidSignatureException",
        "Signature expired: 1",
        &expect![[
            r#"Failed { transient: true, reason: "the clock is off, or the request was delayed (Signature expired: 1)" }"#
        ]],
    );
    said(
        "InvalidSignatureException",
        "The signature does not match",
        &expect![[
            r#"Failed { transient: false, reason: "the AWS credentials are not accepted (InvalidSignatureException: The signature does not match)" }"#
        ]],
    );
    said(
        "SomethingNew",
        "what",
        &expect![[r#"Failed { transient: false, reason: "SomethingNew: what" }"#]],
    );
}

#[test]
fn a_denial_names_action_and_resource() {
    let denied = |action: &str, resource: &str| {
        format!(
            "User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: \
             {action} on resource: {resource} because no identity-based policy allows it"
        )
    };
    let key = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
    let failure = of("AccessDeniedException", &denied("ssm:GetParameter", key));
    assert!(failure.denies("ssm:GetParameter"));
    assert!(!failure.denies("ssm:GetParameters"));
    expect![[r#"Denied(Denial { action: "ssm:GetParameters", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/a", details: None })"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));

    // Behind the call there is another one.
    let kms = "arn:aws:kms:us-east-1:111122223333:key/k";
    let failure = of("AccessDeniedException", &denied("kms:Decrypt", kms));
    assert!(!failure.denies("ssm:GetParameter"));
    expect![[r#"Denied(Denial { action: "kms:Decrypt", resource: "arn:aws:kms:us-east-1:111122223333:key/k", details: None })"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));

    // Without a word on what, and against what other policies allow.
    for message in ["no", "perform: ssm:GetParameter with an explicit deny"] {
        let failure = of("AccessDeniedException", message);
        assert!(failure.denies("ssm:GetParameter"));
        let answer = failure.into_answer(&name(), "ssm:GetParameter");
        assert_eq!(
            format!("{answer:?}"),
            format!(
                "Denied(Denial {{ action: \"ssm:GetParameter\", resource: \"…:parameter/app/key\", \
                 details: Some({message:?}) }})"
            )
        );
    }

    // KMS, by the mouth of Parameter Store.
    let message = "The ciphertext refers to a customer master key that does not exist, does \
                   not exist in this region, or you are not allowed to access.";
    let failure = of("AccessDeniedException", message);
    assert!(!failure.denies("ssm:GetParameter"));
    expect![[r#"Failed { transient: false, reason: "the role needs `kms:Decrypt` on the KMS key that encrypts it, and the key has to exist (The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.)" }"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameter")));

    // The resource that stands for no parameter.
    let none = "arn:aws:ssm:us-east-1:111122223333:*";
    let failure = of("AccessDeniedException", &denied("ssm:GetParameter", none));
    assert!(!failure.denies("ssm:GetParameter"));
    expect![[r#"Failed { transient: false, reason: "its name is not well formed: the service denies it on `arn:aws:ssm:us-east-1:111122223333:*`, which is not the ARN of a parameter; check the name, not the policy" }"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));
}

#[test]
fn what_fails_in_words_of_its_own_passes_if_its_status_does() {
    for (status, passes) in
        [(400, false), (428, false), (429, true), (499, false), (500, true), (503, true)]
    {
        let failure = Failure::from_service("SomethingNew", None, Some(status));
        let answer = failure.into_answer(&name(), "ssm:GetParameter");
        assert_eq!(
            matches!(answer, Answer::Failed { transient: true, .. }),
            passes,
            "{status}: {answer:?}"
        );
    }
}

/// The errors of secrets, as Parameter Store passes them on.
mod of_secrets {
    use super::*;

    const NAME: &str = "/aws/reference/secretsmanager/stripe/live:AWSPREVIOUS";

    fn said(failure: Failure) -> String {
        let name = ParameterName::parse(NAME).unwrap();
        format!("{:?}", failure.into_answer(&name, "ssm:GetParameters"))
    }

    fn denied(resource: &str) -> String {
        format!(
            "User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: \
             secretsmanager:GetSecretValue on resource: {resource} because no identity-based \
             policy allows the secretsmanager:GetSecretValue action"
        )
    }

    #[test]
    fn a_denial_names_the_action_of_secrets_manager_and_the_secret() {
        let place = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe/live";
        let passed_on =
            "An error occurred (AccessDeniedException) when referencing Secrets Manager";
        for (code, message) in [
            ("AccessDeniedException", denied(&format!("{place}-AbCdEf"))),
            ("AccessDeniedException", denied(place)),
            ("AccessDeniedException", format!("{passed_on}: {}", denied(place))),
            ("ValidationException", format!("{passed_on}: {}", denied(place))),
        ] {
            let failure = of(code, &message);
            assert!(!failure.denies("ssm:GetParameter"), "{message}");
            assert_eq!(
                said(failure),
                format!(
                    "Denied(Denial {{ action: \"secretsmanager:GetSecretValue\", resource: \
                     \"{place}-??????\", details: None }})"
                )
            );
        }
    }

    #[test]
    fn a_denial_that_says_no_more_than_the_name() {
        expect![[r#"Denied(Denial { action: "secretsmanager:GetSecretValue", resource: "…:secret:stripe/live-??????", details: None })"#]]
            .assert_eq(&said(of("AccessDeniedException", &denied("stripe/live"))));
        let message = "Secrets Manager refuses the access.";
        let failure = of("AccessDeniedException", message);
        assert!(!failure.denies("ssm:GetParameter"));
        expect![[r#"Denied(Denial { action: "secretsmanager:GetSecretValue", resource: "…:secret:stripe/live-??????", details: Some("Secrets Manager refuses the access.") })"#]].assert_eq(&said(failure));
    }

    #[test]
    fn the_right_on_the_parameter_is_another_one() {
        let message = "User: u is not authorized to perform: ssm:GetParameter on resource: \
                       arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/stripe/live";
        expect![[r#"Denied(Denial { action: "ssm:GetParameters", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/stripe/live", details: None })"#]]
            .assert_eq(&said(of("AccessDeniedException", message)));
    }

    #[test]
    fn the_key_of_a_secret() {
        let failure = of("AccessDeniedException", "Access to KMS is not allowed");
        assert!(!failure.denies("ssm:GetParameter"));
        expect![[r#"Failed { transient: false, reason: "the role needs `kms:Decrypt` on the KMS key that encrypts it, and the key has to exist (Access to KMS is not allowed)" }"#]].assert_eq(&said(failure));
    }

    #[test]
    fn one_that_is_not_there() {
        let secret = "Secret aws/reference/secretsmanager/stripe/live:AWSPREVIOUS not found.";
        for (code, passed_on) in [
            ("ParameterNotFound", "ParameterNotFound"),
            ("ValidationException", "ParameterNotFound"),
            ("ValidationException", "ResourceNotFoundException"),
        ] {
            let message = format!(
                "An error occurred ({passed_on}) when referencing Secrets Manager: {secret}"
            );
            assert_eq!(said(of(code, &message)), "Missing");
        }
        assert_ne!(said(of("ResourceNotFoundException", "another service?")), "Missing");
    }

    #[test]
    fn one_that_is_to_be_deleted() {
        expect![[r#"Failed { transient: false, reason: "Secrets Manager refuses it, as it does for a secret that is scheduled for deletion (Invalid Request to Secrets Manager)" }"#]]
            .assert_eq(&said(of("ValidationException", "Invalid Request to Secrets Manager")));
    }
    #[test]
    fn what_else_secrets_manager_may_say() {
        let passed_on = |code: &str| {
            let message = format!("An error occurred ({code}) when referencing Secrets Manager: x");
            of("ValidationException", &message)
        };
        assert!(matches!(
            passed_on("DecryptionFailure"),
            Failure::Failed { class: Class::OneName, .. }
        ));
        assert!(matches!(
            passed_on("InternalServiceError"),
            Failure::Failed { class: Class::Transient, .. }
        ));
        assert!(matches!(
            passed_on("ThrottlingException"),
            Failure::Failed { class: Class::Throttled, .. }
        ));
        assert!(matches!(
            passed_on("InvalidRequestException"),
            Failure::Failed { class: Class::Final, .. }
        ));
    }
}
