//! Structs in structs: under which names their fields are asked for.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{Environment, Fixed, Problem, StageConfig};
use stage_config_behaviour::{Recorded, told};

#[derive(StageConfig, Debug, PartialEq)]
struct Database {
    /// Where it is.
    #[ssm("url")]
    url: String,
    #[ssm("/pool", default = 5)]
    pool: u8,
}

type Alias = Database;

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested(dev = "/db/dev", prod = "/db/prod")]
    database: Database,
    #[nested("/replica")]
    replica: Alias,
    #[nested("/{stage}/cache")]
    cache: self::Database,
    #[nested]
    bare: Database,
}

#[tokio::test]
async fn one_struct_under_several_prefixes() {
    let source = Fixed::from([
        ("/db/prod/url", "a"),
        ("/db/prod/pool", "1"),
        ("/replica/url", "b"),
        ("/replica/pool", "2"),
        ("/prod/cache/url", "c"),
        ("/prod/cache/pool", "3"),
        ("url", "d"),
        ("/pool", "4"),
    ]);
    let source = Recorded::new(source);
    let config = Config::loader().stage("prod").source(source.clone()).load().await.unwrap();
    let database = |url: &str, pool| Database { url: url.to_owned(), pool };
    assert_eq!((config.database, config.replica), (database("a", 1), database("b", 2)));
    assert_eq!((config.cache, config.bare), (database("c", 3), database("d", 4)));
    expect!["/db/prod/url /db/prod/pool /replica/url /replica/pool /prod/cache/url /prod/cache/pool url /pool"].assert_eq(&source.names().join(" "));
}

#[tokio::test]
async fn a_preview_stage_inherits_below_a_prefix() {
    let source = Fixed::from([
        ("/db/dev/url", "a"),
        ("/replica/url", "b"),
        ("/dev/cache/url", "of dev"),
        ("/featureX/cache/url", "c"),
        ("/dev/cache/pool", "9"),
        ("url", "d"),
    ]);
    let config = Config::loader().stage("featureX").source(source).load().await.unwrap();
    assert_eq!((&*config.cache.url, config.cache.pool, config.database.pool), ("c", 9, 5));
}

#[tokio::test]
async fn problems_have_the_whole_path() {
    let denied = Answer::denied("ssm:GetParameters", "…:parameter/pool");
    let source = Fixed::from([("/db/dev/pool", "many")]).with("/pool", denied);
    let error = Config::loader().stage("featureX").source(source).load().await.unwrap_err();
    let fields: Vec<_> = error.problems().iter().flat_map(Problem::fields).collect();
    let urls = ["database.url", "database.pool", "replica.url", "cache.url", "bare.url"];
    assert_eq!(fields, [&urls[..], &["bare.pool"]].concat());
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 6 problems
          database.url: parameter `/db/dev/url` does not exist
          database.pool: parameter `/db/dev/pool` is not a `u8`: invalid digit found in string
          replica.url: parameter `/replica/url` does not exist
          cache.url: parameter `/featureX/cache/url` does not exist, nor does `/dev/cache/url`
          bare.url: parameter `url` does not exist
          bare.pool: access to parameter `/pool` is denied: the role needs `ssm:GetParameters` on `…:parameter/pool`
        help: aws ssm put-parameter --name /db/dev/url --type String --value …
              aws ssm put-parameter --name /replica/url --type String --value …
              aws ssm put-parameter --name /dev/cache/url --type String --value …
              aws ssm put-parameter --name url --type String --value …
        help: allow `ssm:GetParameters` in a policy of the role
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]].assert_eq(&told(&error));
}

#[test]
fn the_stage_selecting_struct_holds_those_of_its_nested_ones() {
    let names = ConfigNames::for_stage("featureX").unwrap();
    assert_eq!((&*names.database.url, &*names.database.pool), ("/db/dev/url", "/db/dev/pool"));
    assert_eq!((&*names.replica.url, &*names.cache.url), ("/replica/url", "/featureX/cache/url"));
    let inner: &DatabaseNames = &names.bare;
    assert_eq!((&*inner.url, inner.stage(), inner.chosen()), ("url", "featureX", "dev"));
    // The struct by itself has no stages, so any is as good as another.
    assert_eq!(&*DatabaseNames::for_stage("feature/x").unwrap().url, "url");
}

#[test]
fn the_table_is_flattened() {
    let rows = Config::PARAMETERS.parameters().map(|it| {
        let at = |stage| it.at(stage).unwrap();
        format!("{}: {} | {} | {:?}", it.path(), at("dev"), at("prod"), it.field().doc())
    });
    expect![[r#"
        database.url: /db/dev/url | /db/prod/url | "Where it is."
        database.pool: /db/dev/pool | /db/prod/pool | ""
        replica.url: /replica/url | /replica/url | "Where it is."
        replica.pool: /replica/pool | /replica/pool | ""
        cache.url: /dev/cache/url | /prod/cache/url | "Where it is."
        cache.pool: /dev/cache/pool | /prod/cache/pool | ""
        bare.url: url | url | "Where it is."
        bare.pool: /pool | /pool | """#]]
    .assert_eq(&rows.collect::<Vec<_>>().join("\n"));
    let fields: Vec<_> =
        Config::PARAMETERS.fields().iter().map(stage_config::schema::Field::name).collect();
    assert_eq!(fields, ["database", "replica", "cache", "bare"]);
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(prod, dev), fallback = none)]
struct Inner {
    #[ssm(dev = "/own/dev", prod = "/own/prod")]
    key: String,
    #[stage]
    stage: String,
    #[env("NAME")]
    name: String,
    #[value(dev = 1, prod = 2)]
    number: u8,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "the names are looked at")]
struct Deep {
    #[nested(dev = "/a/{stage}", prod = "/b")]
    middle: Upper,
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "the names are looked at")]
struct Upper {
    #[nested("/upper")]
    database: Database,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Stages {
    #[nested(dev = "/outer/d", prod = "/outer/p")]
    middle: SameStages,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct SameStages {
    #[nested(dev = "/middle/d", prod = "/middle/{stage}")]
    inner: Inner,
}

#[tokio::test]
async fn three_deep_each_prefix_adds_a_part() {
    let source = Recorded::new(Fixed::from([("/outer/p/middle/prod/own/prod", "x")]));
    let loader = Stages::loader().env([("stage", "prod"), ("NAME", "n")]).source(source.clone());
    let inner = loader.load().await.unwrap().middle.inner;
    assert_eq!((&*inner.key, &*inner.stage, &*inner.name, inner.number), ("x", "prod", "n", 2));
    assert_eq!(source.names(), ["/outer/p/middle/prod/own/prod"]);
    let names = StagesNames::for_stage("featureX").unwrap();
    assert_eq!(&*names.middle.inner.key, "/outer/d/middle/d/own/dev");
    assert_eq!(&*DeepNames::for_stage("prod").unwrap().middle.database.url, "/b/upper/url");
}

#[tokio::test]
async fn inner_structs_have_the_stage_of_the_outermost() {
    // That the inner one has no fallback is for loads of itself.
    let source = Fixed::from([("/outer/d/middle/d/own/dev", "x")]);
    let loader = Stages::loader().env([("stage", "featureX"), ("NAME", "n")]).source(source);
    let inner = loader.load().await.unwrap().middle.inner;
    assert_eq!((&*inner.stage, inner.number), ("featureX", 1));
    let loader = Stages::loader().env(Environment::empty()).source(Fixed::new());
    expect![[r#"
        cannot load `Stages` for stage `dev` (no stage is given): 2 problems
          middle.inner.key: parameter `/outer/d/middle/d/own/dev` does not exist
          middle.inner.name: environment variable `NAME` is not set
        help: aws ssm put-parameter --name /outer/d/middle/d/own/dev --type String --value …
        help: set the environment variable `NAME`
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&loader.load().await.unwrap_err()));
    let alone = Inner::loader().stage("featureX").source(Fixed::new()).load().await.unwrap_err();
    assert_eq!(alone.problems()[0].kind(), stage_config::ProblemKind::Stage);
}

#[tokio::test]
async fn fields_of_one_parameter_ask_once_and_are_one_problem() {
    #[derive(StageConfig, Debug)]
    struct Twice {
        #[nested("/db")]
        _one: Database,
        #[nested("/db")]
        _other: Database,
        #[ssm("/db/url")]
        _plain: String,
    }
    let source = Recorded::new(Fixed::new());
    let error = Twice::loader().source(source.clone()).load().await.unwrap_err();
    assert_eq!(source.names(), ["/db/url", "/db/pool"]);
    expect![[r#"
        cannot load `Twice`: 1 problem
          _one.url, _other.url, _plain: parameter `/db/url` does not exist
        help: aws ssm put-parameter --name /db/url --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(stage_env = "DEPLOYED_AS")]
struct Around {
    #[nested]
    inner: Within,
}

#[derive(StageConfig, Debug)]
#[stage_config(stage_env = "OTHER")]
struct Within {
    #[stage]
    stage: String,
}

#[tokio::test]
async fn the_stage_of_an_inner_struct_comes_from_the_variable_of_the_outermost() {
    let load = |environment: Environment| Around::loader().env(environment).load();
    let around = load(Environment::from([("DEPLOYED_AS", "a"), ("OTHER", "b")])).await.unwrap();
    assert_eq!(around.inner.stage, "a");
    let error = load(Environment::from([("OTHER", "b")])).await.unwrap_err();
    expect![[r#"
        cannot load `Around`: 1 problem
          inner.stage: the stage is not given
        help: set the environment variable `DEPLOYED_AS`"#]]
    .assert_eq(&told(&error));
}

/// Without stages of its own.
#[derive(StageConfig, Debug, PartialEq)]
struct Templates {
    #[ssm("/{stage}/url")]
    url: String,
    #[ssm_path("/flags/{stage}")]
    flags: BTreeMap<String, u8>,
    #[secret("token/{stage}")]
    token: Option<String>,
}

#[derive(StageConfig, Debug, PartialEq)]
struct Between {
    #[nested]
    templates: Templates,
}

#[derive(StageConfig, Debug, PartialEq)]
struct Outer {
    #[value(dev = 1, prod = 2)]
    number: u8,
    #[nested]
    near: Templates,
    #[nested("/far/{stage}")]
    far: Between,
}

#[tokio::test]
async fn a_template_without_stages_takes_the_stage_of_the_outer_struct() {
    let source = Fixed::from([
        ("/prod/url", "1"),
        ("/flags/prod/a", "2"),
        ("/aws/reference/secretsmanager/token/prod", "3"),
        ("/far/prod/prod/url", "4"),
        ("/dev/url", "of dev"),
        ("/far/dev/dev/url", "of far dev"),
        ("/featureX/url", "of featureX"),
    ]);
    let load = |stage: &'static str| Outer::loader().stage(stage).source(source.clone()).load();
    let templates =
        |url: &str| Templates { url: url.to_owned(), flags: BTreeMap::new(), token: None };
    let prod = load("prod").await.unwrap();
    let near = Templates {
        flags: BTreeMap::from([("a".to_owned(), 2)]),
        token: Some("3".to_owned()),
        ..templates("1")
    };
    assert_eq!((prod.number, prod.near, prod.far.templates), (2, near, templates("4")));
    let preview = load("featureX").await.unwrap();
    let (near, far) = (templates("of featureX"), templates("of far dev"));
    assert_eq!((preview.number, preview.near, preview.far.templates), (1, near, far));

    let names = OuterNames::for_stage("prod").unwrap();
    let far = &names.far.templates;
    assert_eq!((&*names.near.url, &*far.url), ("/prod/url", "/far/prod/prod/url"));
    assert_eq!((&*far.flags, &*far.token), ("/far/prod/flags/prod", SECRET));
    let refused = OuterNames::for_stage("feature/x").unwrap_err().to_string();
    assert!(refused.contains("cannot be part of the name `/feature/x/url`"), "{refused}");
}

const SECRET: &str = "/aws/reference/secretsmanager/far/prod/token/prod";
