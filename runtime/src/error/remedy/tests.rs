//! Each remedy once, and nothing made up.

use std::fmt;

use expect_test::{Expect, expect};

use super::*;

/// As it is in an error.
struct Written<'a>(&'a [Remedy], Option<&'a str>);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_help(self.0.iter(), self.1, f)
    }
}

fn create(kind: NameKind, name: &str, ty: ParameterType) -> Remedy {
    let name = if kind == NameKind::Secret { Name::from_secret(name) } else { name.into() };
    Remedy::Create { kind, name, ty }
}

fn check(place: Option<&str>, remedies: &[Remedy], expected: &Expect) {
    expected.assert_eq(Written(remedies, place).to_string().trim_start_matches('\n'));
}

#[test]
fn what_is_missing_is_created_by_a_command() {
    let remedies = [
        create(NameKind::Parameter, "/list", ParameterType::StringList),
        create(NameKind::Secret, "orders/live", ParameterType::SecureString),
        create(NameKind::Path, "/flags", ParameterType::String),
        create(NameKind::Parameter, "/aws/reference/secretsmanager/other", ParameterType::String),
    ];
    check(
        None,
        &remedies,
        &expect![[r#"
        help: aws ssm put-parameter --name /list --type StringList --value …
              aws secretsmanager create-secret --name orders/live --secret-string …
              aws ssm put-parameter --name /flags/… --type String --value …
              aws secretsmanager create-secret --name other --secret-string …"#]],
    );
    check(
        Some("us-gov-west-1"),
        &remedies,
        &expect![[r#"
        help: aws ssm put-parameter --name /list --type StringList --region us-gov-west-1 --value …
              aws secretsmanager create-secret --name orders/live --region us-gov-west-1 --secret-string …
              aws ssm put-parameter --name /flags/… --type String --region us-gov-west-1 --value …
              aws secretsmanager create-secret --name other --region us-gov-west-1 --secret-string …"#]],
    );
}

#[test]
fn elsewhere_no_command_of_aws_creates_it() {
    let remedies = [
        create(NameKind::Parameter, "/key", ParameterType::String),
        create(NameKind::Secret, "orders/live", ParameterType::SecureString),
        create(NameKind::Path, "/flags", ParameterType::String),
    ];
    check(
        Some("config.toml"),
        &remedies,
        &expect![[r#"
        help: create `/key` in config.toml
        help: create `orders/live` in config.toml
        help: create `/flags/…` in config.toml"#]],
    );
    for no_region in ["", "west-1", "us--1", "us-west-", "us-west-x", "Us-west-1", "-a-1"] {
        assert!(!is_region(no_region), "{no_region}");
    }
    for region in ["us-east-1", "eusc-de-east-1", "ap-southeast-12"] {
        assert!(is_region(region), "{region}");
    }
}

#[test]
fn a_version_is_looked_for_and_nothing_of_somebody_else_is_created() {
    check(
        None,
        &[
            create(NameKind::Parameter, "/key:3", ParameterType::String),
            create(NameKind::Secret, "orders:AWSPREVIOUS", ParameterType::SecureString),
            create(
                NameKind::Parameter,
                "arn:aws:ssm:eu-west-1:444455556666:parameter/shared",
                ParameterType::String,
            ),
            create(NameKind::Parameter, "/aws/service/ami", ParameterType::String),
            create(
                NameKind::Parameter,
                "arn:aws:ssm:eu-west-1::parameter/aws/service/ami",
                ParameterType::String,
            ),
        ],
        &expect![[r#"
            help: aws ssm get-parameter-history --name /key
                  aws secretsmanager list-secret-version-ids --secret-id orders
            help: account 444455556666 has to create `/shared` and to share it
            help: `/aws/service/ami` is a public parameter: check its name and region
            help: `arn:aws:ssm:eu-west-1::parameter/aws/service/ami` is a public parameter: check its name and region"#]],
    );
}

#[test]
fn each_remedy_is_there_once() {
    let twice = [
        create(NameKind::Parameter, "Key", ParameterType::String),
        create(NameKind::Parameter, "/Key", ParameterType::SecureString),
        create(NameKind::Path, "/Key", ParameterType::String),
        Remedy::Allow("ssm:GetParameter".to_owned()),
        Remedy::Set("A"),
        Remedy::Set("B"),
        Remedy::DoWithout { secret: true },
        Remedy::DoWithout { secret: false },
        Remedy::NotRequired,
        Remedy::Whole("pool".to_owned()),
        Remedy::Say("something else".to_owned()),
    ];
    check(
        None,
        &[&twice[..], &twice[..]].concat(),
        &expect![[r#"
            help: aws ssm put-parameter --name Key --type SecureString --value …
                  aws ssm put-parameter --name /Key/… --type String --value …
            help: set the environment variable `A`
            help: set the environment variable `B`
            help: allow `ssm:GetParameter` in a policy of the role
            help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret
            help: remove `required` if a path may be empty
            help: `pool` is `None` only if none of its parameters exists
            help: something else"#]],
    );
    check(
        None,
        &[Remedy::Set("A"), Remedy::DoWithout { secret: true }],
        &expect![[r#"
        help: set the environment variable `A`
        help: if a value may be absent, make its field an `Option`"#]],
    );
    check(
        None,
        &[Remedy::DoWithout { secret: false }],
        &expect![
            "help: if a value may be absent, make its field an `Option` or give it a `default`"
        ],
    );
}

#[test]
fn a_name_is_one_word_of_a_shell() {
    assert_eq!(quoted("/a_b.c-d/team+a=b@example.com:3"), "/a_b.c-d/team+a=b@example.com:3");
    assert_eq!(quoted("/a b$(c)'d"), r"'/a b$(c)'\''d'");
    assert_eq!(quoted(""), "''");
}
