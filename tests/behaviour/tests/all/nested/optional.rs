//! `Option` of a nested struct: `None` exactly where it has parameters and none of them exists.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{Environment, Fixed, LoadError, SecretString, Source, StageConfig};
use stage_config_behaviour::{Recorded, told};

#[derive(StageConfig, Debug)]
struct Mail {
    #[ssm("host")]
    host: String,
    #[ssm("port", default = 25)]
    port: u16,
    #[ssm("user")]
    user: Option<String>,
    #[secret("password")]
    _password: Option<SecretString>,
    #[ssm_path("/headers")]
    headers: BTreeMap<String, String>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested("/mail/{stage}")]
    mail: Option<Mail>,
}

async fn mail(stage: &str, source: Fixed) -> Result<Option<Mail>, LoadError> {
    Ok(Config::loader().stage(stage).source(source).load().await?.mail)
}

#[tokio::test]
async fn none_where_nothing_exists_and_all_of_it_was_asked_for() {
    let source = Recorded::new(Fixed::from([("/mail/dev/host", "of dev")]));
    let config = Config::loader().stage("prod").source(source.clone()).load().await.unwrap();
    assert!(config.mail.is_none());
    let reference = "/aws/reference/secretsmanager/mail/prod/password";
    let names = ["/mail/prod/host", "/mail/prod/port", "/mail/prod/user", reference];
    assert_eq!(
        (&source.names()[..], source.paths()),
        (&names.map(str::to_owned)[..], vec!["/mail/prod/headers".to_owned()])
    );
}

#[tokio::test]
async fn some_where_what_is_needed_exists() {
    let found = mail("dev", Fixed::from([("/mail/dev/host", "h")])).await.unwrap().unwrap();
    assert_eq!((&*found.host, found.port, found.user, found.headers.len()), ("h", 25, None, 0));
    // The fallback's counts for a preview stage.
    let inherited = mail("featureX", Fixed::from([("/mail/dev/host", "h")])).await.unwrap();
    assert_eq!(inherited.unwrap().host, "h");
}

#[tokio::test]
async fn where_part_of_it_exists_the_rest_is_missing() {
    let expected = expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          mail.host: parameter `/mail/featureX/host` does not exist, nor does `/mail/dev/host`
        help: aws ssm put-parameter --name /mail/dev/host --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `mail` is `None` only if none of its parameters exists"#]];
    let reference = "/aws/reference/secretsmanager/mail/dev/password";
    for source in [
        Fixed::from([("/mail/dev/port", "587")]),
        Fixed::from([("/mail/dev/user", "u")]),
        Fixed::from([("/mail/dev/headers/From", "f")]),
        Fixed::new().with(reference, Answer::secure("p")),
    ] {
        let error = mail("featureX", source).await.unwrap_err();
        expected.assert_eq(&told(&error));
    }
}

#[tokio::test]
async fn what_may_exist_is_no_none() {
    let denied = Answer::denied("ssm:GetParameters", "…:parameter/mail/dev/user");
    let error = mail("dev", Fixed::new().with("/mail/dev/user", denied)).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev`: 2 problems
          mail.host: parameter `/mail/dev/host` does not exist
          mail.user: access to parameter `/mail/dev/user` is denied: the role needs `ssm:GetParameters` on `…:parameter/mail/dev/user`
        help: aws ssm put-parameter --name /mail/dev/host --type String --value …
        help: allow `ssm:GetParameters` in a policy of the role
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `mail` is `None` only if none of its parameters exists"#]].assert_eq(&told(&error));
    let throttled = Answer::transient("was throttled");
    let error = mail("dev", Fixed::new().with("/mail/dev/headers", throttled)).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev`: 2 problems
          mail.host: parameter `/mail/dev/host` does not exist
          mail.headers: path `/mail/dev/headers` cannot be read: was throttled
        help: aws ssm put-parameter --name /mail/dev/host --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `mail` is `None` only if none of its parameters exists"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct Without {
    #[value(5)]
    five: u8,
}

#[derive(StageConfig, Debug)]
struct FromEnvironment {
    #[env("HOST")]
    host: String,
    #[stage]
    stage: Option<String>,
}

#[derive(StageConfig, Debug)]
struct NoParameters {
    #[nested]
    without: Option<Without>,
    #[nested]
    environment: Option<FromEnvironment>,
}

#[tokio::test]
async fn a_struct_without_parameters_is_always_there() {
    let loaded = NoParameters::loader().env([("HOST", "h"), ("stage", "x")]).load().await.unwrap();
    let environment = loaded.environment.unwrap();
    assert_eq!((loaded.without.unwrap().five, &*environment.host), (5, "h"));
    assert_eq!(environment.stage.as_deref(), Some("x"));
    let error = NoParameters::loader().env(Environment::empty()).load().await.unwrap_err();
    expect![[r#"
        cannot load `NoParameters`: 1 problem
          environment.host: environment variable `HOST` is not set
        help: set the environment variable `HOST`
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct Outer {
    #[nested("/a")]
    middle: Option<Middle>,
}

#[derive(StageConfig, Debug)]
struct Middle {
    #[ssm("name")]
    name: Option<String>,
    #[nested("/b")]
    inner: Option<Inner>,
}

#[derive(StageConfig, Debug)]
struct Inner {
    #[ssm("key")]
    key: String,
}

#[tokio::test]
async fn optional_structs_in_one_another() {
    let load = |source: Fixed| Outer::loader().source(source).load();
    assert!(load(Fixed::new()).await.unwrap().middle.is_none());
    let partly = load(Fixed::from([("/a/name", "n")])).await.unwrap().middle.unwrap();
    assert_eq!((partly.name.as_deref(), partly.inner.is_none()), (Some("n"), true));
    let keyed = load(Fixed::from([("/a/b/key", "k")])).await.unwrap().middle.unwrap();
    assert_eq!((keyed.name, keyed.inner.unwrap().key), (None, "k".to_owned()));
    let names = OuterNames::for_stage("").unwrap();
    assert_eq!(&*names.middle.inner.key, "/a/b/key");
}

#[derive(StageConfig, Debug)]
struct Around {
    #[ssm("/outside")]
    _outside: String,
    #[nested("/a")]
    _middle: Option<Between>,
}

#[derive(StageConfig, Debug)]
struct Between {
    #[ssm("name")]
    _name: String,
    #[nested("/b")]
    _inner: Option<Pair>,
}

#[derive(StageConfig, Debug)]
struct Pair {
    #[ssm("key")]
    _key: String,
    #[ssm("port")]
    _port: u16,
}

#[tokio::test]
async fn of_optional_structs_in_one_another_the_innermost_is_named() {
    let source = Fixed::from([("/a/b/port", "5")]);
    let error = Around::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Around`: 3 problems
          _outside: parameter `/outside` does not exist
          _middle._name: parameter `/a/name` does not exist
          _middle._inner._key: parameter `/a/b/key` does not exist
        help: aws ssm put-parameter --name /outside --type String --value …
              aws ssm put-parameter --name /a/name --type String --value …
              aws ssm put-parameter --name /a/b/key --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `_middle` is `None` only if none of its parameters exists
        help: `_middle._inner` is `None` only if none of its parameters exists"#]]
    .assert_eq(&told(&error));
}

#[tokio::test]
async fn a_struct_of_which_nothing_is_missing_is_not_named() {
    let source = Fixed::from([("/outside", "o"), ("/a/name", "n"), ("/a/b/port", "5")]);
    let error = Around::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Around`: 1 problem
          _middle._inner._key: parameter `/a/b/key` does not exist
        help: aws ssm put-parameter --name /a/b/key --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `_middle._inner` is `None` only if none of its parameters exists"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
struct OnlyPath {
    #[nested("/a")]
    headers: Option<Headers>,
}

#[derive(StageConfig, Debug)]
struct Headers {
    #[ssm_path("/headers")]
    all: BTreeMap<String, String>,
}

/// Knows names only, and none of them.
struct NoPaths;

impl Source for NoPaths {
    async fn fetch(&self, _: &Request) -> Answers {
        Answers::new()
    }
}

#[tokio::test]
async fn a_source_that_knows_no_paths_makes_no_none_of_a_path() {
    let error = OnlyPath::loader().source(NoPaths).load().await.unwrap_err();
    expect![[r#"
        cannot load `OnlyPath`: 1 problem
          headers.all: path `/a/headers` cannot be read: the source of this load does not support paths"#]]
    .assert_eq(&told(&error));
    let load = |source: Fixed| OnlyPath::loader().source(source).load();
    assert!(load(Fixed::new()).await.unwrap().headers.is_none());
    let headers = load(Fixed::from([("/a/headers/x", "y")])).await.unwrap().headers.unwrap();
    assert_eq!(headers.all["x"], "y");
}

#[derive(StageConfig, Debug)]
struct Pairs {
    #[nested("/a")]
    _one: Option<Pair>,
    #[nested("/a")]
    _other: Option<Pair>,
    #[ssm("/a/key")]
    _plain: String,
}

#[tokio::test]
async fn each_struct_of_a_problem_is_named() {
    let source = Fixed::from([("/a/port", "5")]);
    let error = Pairs::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Pairs`: 1 problem
          _one._key, _other._key, _plain: parameter `/a/key` does not exist
        help: aws ssm put-parameter --name /a/key --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `_one` is `None` only if none of its parameters exists
        help: `_other` is `None` only if none of its parameters exists"#]]
    .assert_eq(&told(&error));
}
