//! `{stage}` in names: which are asked for, and which of them wins.

use expect_test::{Expect, expect};
use stage_config::source::{Answer, Answers, Request};
use stage_config::{
    ExposeSecret, Fixed, LoadError, ProblemKind, SecretString, Source, StageConfig,
};
use stage_config_behaviour::{Recorded, told};

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod(alias = "production")))]
struct Config {
    #[ssm("/app/{stage}/url")]
    url: String,
    #[ssm("/app/{stage}/limit")]
    limit: u32,
    #[ssm("/app/{stage}/greeting", default = "hello")]
    greeting: String,
    #[ssm("/app/{stage}/flag")]
    flag: Option<bool>,
}

fn full() -> Fixed {
    Fixed::from([
        ("/app/dev/url", "of dev"),
        ("/app/dev/limit", "5"),
        ("/app/prod/url", "of prod"),
        ("/app/prod/limit", "50"),
        ("/app/featureX/url", "of featureX"),
    ])
}

async fn load(stage: &str, source: impl Source + 'static) -> Result<Config, LoadError> {
    Config::loader().stage(stage).source(source).load().await
}

#[tokio::test]
async fn a_declared_stage_asks_for_its_own_only() {
    for stage in ["dev", "prod"] {
        let source = Recorded::new(full());
        let config = load(stage, source.clone()).await.unwrap();
        assert_eq!(config.url, format!("of {stage}"));
        let names = ["url", "limit", "greeting", "flag"].map(|it| format!("/app/{stage}/{it}"));
        assert_eq!(source.names(), names);
    }
}

#[tokio::test]
async fn a_declared_stage_never_falls_back() {
    let error = load("prod", Fixed::from([("/app/dev/url", "x"), ("/app/dev/limit", "5")])).await;
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          url: parameter `/app/prod/url` does not exist
          limit: parameter `/app/prod/limit` does not exist
        help: aws ssm put-parameter --name /app/prod/url --type String --value …
              aws ssm put-parameter --name /app/prod/limit --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&error.unwrap_err()));
}

#[tokio::test]
async fn a_preview_stage_takes_what_it_has_and_inherits_the_rest() {
    let source = Recorded::new(full());
    let config = load("featureX", source.clone()).await.unwrap();
    assert_eq!((&*config.url, config.limit), ("of featureX", 5));
    assert_eq!((&*config.greeting, config.flag), ("hello", None));
    expect![[r#"
        [
            "/app/featureX/url",
            "/app/dev/url",
            "/app/featureX/limit",
            "/app/dev/limit",
            "/app/featureX/greeting",
            "/app/dev/greeting",
            "/app/featureX/flag",
            "/app/dev/flag",
        ]
    "#]]
    .assert_debug_eq(&source.names());
}

#[tokio::test]
async fn a_default_comes_after_both_names() {
    let inherited = full().with("/app/dev/greeting", Answer::found("moin"));
    assert_eq!(load("featureX", inherited.clone()).await.unwrap().greeting, "moin");
    let own = inherited
        .with("/app/featureX/greeting", Answer::found("servus"))
        .with("/app/featureX/flag", Answer::found("true"))
        .with("/app/dev/flag", Answer::found("false"));
    let config = load("featureX", own).await.unwrap();
    assert_eq!((&*config.greeting, config.flag), ("servus", Some(true)));
}

#[tokio::test]
async fn what_a_preview_stage_has_but_cannot_have_is_an_error() {
    let denied = Answer::denied("ssm:GetParameters", "…:parameter/app/featureX/url");
    for (answer, kind) in [
        (denied, ProblemKind::Denied),
        (Answer::failed("cannot be decrypted"), ProblemKind::Unreadable),
        (Answer::transient("was throttled"), ProblemKind::Unavailable),
    ] {
        let error = load("featureX", full().with("/app/featureX/url", answer)).await.unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!((problem.kind(), problem.fields()), (kind, &["url".to_owned()][..]));
        assert_eq!(problem.parameter(), Some("/app/featureX/url"));
    }
    let malformed = full().with("/app/featureX/limit", Answer::found("many"));
    let error = load("featureX", malformed).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          limit: parameter `/app/featureX/limit` is not a `u32`: invalid digit found in string"#]]
    .assert_eq(&told(&error));
}

#[tokio::test]
async fn what_is_wrong_with_the_fallbacks_does_not_matter_where_there_is_an_own_one() {
    let denied = Answer::denied("ssm:GetParameters", "…:parameter/app/dev/url");
    let source = full().with("/app/dev/url", denied.clone());
    assert_eq!(load("featureX", source.clone()).await.unwrap().url, "of featureX");
    let error = load("featureX", source.with("/app/featureX/url", Answer::Missing)).await;
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          url: access to parameter `/app/dev/url` is denied: the role needs `ssm:GetParameters` on `…:parameter/app/dev/url`
        help: allow `ssm:GetParameters` in a policy of the role"#]].assert_eq(&told(&error.unwrap_err()));
    let error = load("featureX", full().with("/app/dev/flag", denied)).await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied);
}

/// Everything is missing, in a place that has a name.
struct Empty;

impl Source for Empty {
    async fn fetch(&self, _: &Request) -> Answers {
        Answers::new().looked_in("eu-central-1")
    }
}

#[tokio::test]
async fn what_exists_under_neither_name_is_one_problem_that_has_both() {
    let error = load("featureX", Empty).await.unwrap_err();
    assert_eq!(error.problems()[0].parameter(), Some("/app/featureX/url"));
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 2 problems
          url: parameter `/app/featureX/url` does not exist in eu-central-1, nor does `/app/dev/url`
          limit: parameter `/app/featureX/limit` does not exist in eu-central-1, nor does `/app/dev/limit`
        help: aws ssm put-parameter --name /app/dev/url --type String --region eu-central-1 --value …
              aws ssm put-parameter --name /app/dev/limit --type String --region eu-central-1 --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]].assert_eq(&told(&error));
}

#[tokio::test]
async fn without_a_stage_the_names_are_the_fallbacks() {
    let source = Recorded::new(full());
    assert_eq!(load("", source.clone()).await.unwrap().url, "of dev");
    let names = ["url", "limit", "greeting", "flag"].map(|it| format!("/app/dev/{it}"));
    assert_eq!(source.names(), names);
}

#[tokio::test]
async fn a_stage_by_another_name_is_in_names_by_its_own() {
    let source = Recorded::new(full());
    let config = load("production", source.clone()).await.unwrap();
    assert_eq!((&*config.url, config.limit), ("of prod", 50));
    assert_eq!(source.names()[0], "/app/prod/url");
    let error = load("production", Empty).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod` (deployed as `production`): 2 problems
          url: parameter `/app/prod/url` does not exist in eu-central-1
          limit: parameter `/app/prod/limit` does not exist in eu-central-1
        help: aws ssm put-parameter --name /app/prod/url --type String --region eu-central-1 --value …
              aws ssm put-parameter --name /app/prod/limit --type String --region eu-central-1 --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]].assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Forms {
    #[ssm("/{stage}/app-{stage}.key")]
    twice: String,
    #[ssm("/labelled:{stage}")]
    labelled: String,
    #[secret("stripe/{stage}+key")]
    secret: SecretString,
    #[ssm(dev = "/shared", prod = "/{stage}/shared")]
    only_prod: String,
    #[ssm(dev = "/mixed/{stage}", prod = "/mixed")]
    only_dev: String,
}

async fn forms(stage: &str, expected: &Expect) {
    let source = Recorded::new(Fixed::new());
    let loaded = Forms::loader().stage(stage).source(source.clone()).load().await;
    assert_eq!(loaded.unwrap_err().problems().len(), 5);
    expected.assert_eq(&source.names().join("\n"));
}

#[tokio::test]
async fn a_template_may_stand_anywhere_in_a_name_and_at_one_stage_only() {
    forms(
        "featureX",
        &expect![[r#"
        /featureX/app-featureX.key
        /dev/app-dev.key
        /labelled:featureX
        /labelled:dev
        /aws/reference/secretsmanager/stripe/featureX+key
        /aws/reference/secretsmanager/stripe/dev+key
        /shared
        /mixed/featureX
        /mixed/dev"#]],
    )
    .await;
    forms(
        "dev",
        &expect![[r#"
        /dev/app-dev.key
        /labelled:dev
        /aws/reference/secretsmanager/stripe/dev+key
        /shared
        /mixed/dev"#]],
    )
    .await;
    forms(
        "prod",
        &expect![[r#"
        /prod/app-prod.key
        /labelled:prod
        /aws/reference/secretsmanager/stripe/prod+key
        /prod/shared
        /mixed"#]],
    )
    .await;
}

#[tokio::test]
async fn a_selector_and_a_secret_of_a_preview_stage_win_too() {
    let reference = "/aws/reference/secretsmanager/stripe";
    let source = Fixed::from([
        ("/dev/app-dev.key", "of dev"),
        ("/labelled:dev", "old"),
        ("/labelled:featureX", "new"),
        ("/shared", "shared"),
        ("/mixed/dev", "of dev"),
    ]);
    let source = source
        .with(format!("{reference}/dev+key"), Answer::secure("sk_dev"))
        .with(format!("{reference}/featureX+key"), Answer::secure("sk_feature"));
    let forms = Forms::loader().stage("featureX").source(source).load().await.unwrap();
    assert_eq!((&*forms.twice, &*forms.labelled), ("of dev", "new"));
    assert_eq!(forms.secret.expose_secret(), "sk_feature");
    assert_eq!((&*forms.only_prod, &*forms.only_dev), ("shared", "of dev"));
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), fallback = none)]
struct Strict {
    #[ssm("/app/{stage}/url")]
    url: String,
}

#[tokio::test]
async fn without_a_fallback_there_is_no_preview_stage() {
    let source = Recorded::new(full());
    let error = Strict::loader().stage("featureX").source(source.clone()).load().await;
    assert_eq!(error.unwrap_err().problems()[0].kind(), ProblemKind::Stage);
    assert_eq!(source.requests(), 0);
    assert_eq!(Strict::loader().stage("prod").source(full()).load().await.unwrap().url, "of prod");
}
