//! Secrets of Secrets Manager, which Parameter Store reads.

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{ExposeSecret, Fixed, ProblemKind, SecretBox, SecretString, StageConfig};
use stage_config_behaviour::{Recorded, told};

const REFERENCE: &str = "/aws/reference/secretsmanager/";

fn secrets<const COUNT: usize>(secrets: [(&str, &str); COUNT]) -> Fixed {
    secrets.into_iter().fold(Fixed::new(), |fixed, (name, text)| fixed.with_secret(name, text))
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[secret(dev = "stripe/test", prod = "stripe/live")]
    stripe: SecretString,
    #[secret("team+a=b@example.com")]
    odd: SecretString,
    #[secret("versioned:1f0e")]
    version: String,
    #[secret("labelled:AWSPREVIOUS")]
    label: String,
    #[secret("limit", default = 5)]
    limit: u8,
    #[secret("absent")]
    absent: Option<SecretString>,
}

#[tokio::test]
async fn a_secret_is_read_through_parameter_store() {
    let source = secrets([
        ("stripe/live", "sk_live"),
        ("team+a=b@example.com", "odd"),
        ("versioned:1f0e", "first"),
        ("labelled:AWSPREVIOUS", "previous"),
    ]);
    let source = Recorded::new(source);
    let config = Config::loader().stage("prod").source(source.clone()).load().await.unwrap();
    assert_eq!(config.stripe.expose_secret(), "sk_live");
    assert_eq!(config.odd.expose_secret(), "odd");
    assert_eq!((&*config.version, &*config.label), ("first", "previous"));
    assert_eq!((config.limit, config.absent.is_none()), (5, true));
    expect![[r#"
        /aws/reference/secretsmanager/stripe/live
        /aws/reference/secretsmanager/team+a=b@example.com
        /aws/reference/secretsmanager/versioned:1f0e
        /aws/reference/secretsmanager/labelled:AWSPREVIOUS
        /aws/reference/secretsmanager/limit
        /aws/reference/secretsmanager/absent"#]]
    .assert_eq(&source.names().join("\n"));
}

#[tokio::test]
async fn what_is_missing_or_denied_is_said_of_the_secret() {
    let denied = Answer::denied("secretsmanager:GetSecretValue", "…:secret:absent");
    let source = Fixed::new().with(format!("{REFERENCE}absent"), denied);
    let error = Config::loader().stage("dev").source(source).load().await.unwrap_err();
    assert_eq!(error.problems()[4].kind(), ProblemKind::Denied);
    expect![[r#"
        cannot load `Config` for stage `dev`: 5 problems
          stripe: secret `stripe/test` does not exist
          odd: secret `team+a=b@example.com` does not exist
          version: secret `versioned:1f0e` does not exist
          label: secret `labelled:AWSPREVIOUS` does not exist
          absent: access to secret `absent` is denied: the role needs `secretsmanager:GetSecretValue` on `…:secret:absent`
        help: aws secretsmanager create-secret --name stripe/test --secret-string …
              aws secretsmanager create-secret --name team+a=b@example.com --secret-string …
              aws secretsmanager list-secret-version-ids --secret-id versioned
              aws secretsmanager list-secret-version-ids --secret-id labelled
        help: allow `secretsmanager:GetSecretValue` in a policy of the role
        help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret"#]].assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct Typed {
    #[secret("a")]
    _number: u32,
    #[secret("a")]
    _boxed: SecretBox<u32>,
    #[secret("a", parse_with = quoting)]
    _parsed: u16,
    #[secret("a", base64)]
    _bytes: Vec<u8>,
    #[secret("b", json_key = "port")]
    _port: u16,
}

fn quoting(text: &str) -> Result<u16, String> {
    Err(format!("`{text}` is refused"))
}

#[tokio::test]
async fn a_secret_is_never_quoted_whatever_the_type_of_its_field() {
    let values = [("a", "hunter2"), ("b", r#"{"port": "hunter2"}"#)];
    // The second source does not know that they are secrets.
    let plain = values.map(|(name, value)| (format!("{REFERENCE}{name}"), value));
    for source in [secrets(values), plain.into_iter().collect()] {
        let error = Typed::loader().source(source).load().await.unwrap_err();
        assert_eq!(
            told(&error),
            "cannot load `Typed`: 5 problems
  _number: secret `a` is not a `u32` (its text is secret and not shown)
  _boxed: secret `a` is not a `SecretBox<u32>` (its text is secret and not shown)
  _parsed: secret `a` is not a `u16` (its text is secret and not shown)
  _bytes: secret `a` is not base64: it is cut short, or the `=` at its end are wrong
  _port: secret `b` has a key `port` whose value is not a `u16` (its text is secret and not shown)"
        );
    }
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Outer {
    #[nested(dev = "/db/dev", prod = "/db/prod")]
    database: Database,
    #[nested]
    bare: Database,
}

#[derive(StageConfig, Debug)]
struct Database {
    #[secret("password")]
    password: SecretString,
}

#[tokio::test]
async fn a_prefix_stands_in_front_of_the_secrets_name() {
    let source = Recorded::new(secrets([("db/prod/password", "p"), ("password", "q")]));
    let outer = Outer::loader().stage("prod").source(source.clone()).load().await.unwrap();
    assert_eq!(outer.database.password.expose_secret(), "p");
    assert_eq!(outer.bare.password.expose_secret(), "q");
    let names = ["db/prod/password", "password"].map(|name| format!("{REFERENCE}{name}"));
    assert_eq!(source.names(), names);
    let selected = OuterNames::for_stage("prod").unwrap();
    assert_eq!(&*selected.database.password, &*names[0]);
    let error = Outer::loader().stage("prod").source(Fixed::new()).load().await.unwrap_err();
    expect![[r#"
        cannot load `Outer` for stage `prod`: 2 problems
          database.password: secret `db/prod/password` does not exist
          bare.password: secret `password` does not exist
        help: aws secretsmanager create-secret --name db/prod/password --secret-string …
              aws secretsmanager create-secret --name password --secret-string …
        help: if a value may be absent, make its field an `Option`"#]]
    .assert_eq(&told(&error));
}

#[test]
fn the_table_tells_secrets_by_the_names_that_are_asked_for() {
    let all: Vec<_> = Config::PARAMETERS.parameters().collect();
    assert_eq!(all[0].at("prod").as_deref(), Some("/aws/reference/secretsmanager/stripe/live"));
    assert!(
        all.iter().all(|it| matches!(it.field().kind(), stage_config::schema::Kind::Secret(_)))
    );
}
