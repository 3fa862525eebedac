//! Tables that the derive does not write.

use expect_test::expect;

use super::*;
use crate::StageConfig;
use crate::decode::convert::Text;
use crate::schema::names::{At, FromNames, for_stage};
use crate::schema::{Field, Kind, ParameterTable, Stages};
use crate::source::Fixed;
use crate::source::Source;

const NO_STAGES: Stages = Stages::__new(&[], &[], None, false);

struct NoNames;

impl FromNames for NoNames {
    fn __new(_: At<'_>) -> Self {
        Self
    }
}

/// Notes a problem, and is there all the same.
#[derive(Debug)]
struct Careless;

impl StageConfig for Careless {
    const PARAMETERS: &'static ParameterTable =
        &ParameterTable::__new("Careless", NO_STAGES, None, &[]);

    type __Names = NoNames;

    fn __assemble(values: &mut Decoder<'_>) -> Option<Self> {
        let _ = values.validate(Err("it is not"));
        Some(Self)
    }
}

#[tokio::test]
async fn a_noted_problem_is_never_lost() {
    let error = Careless::loader().source(Fixed::new()).load().await.unwrap_err();
    assert_eq!(error.problems()[0].to_string(), "`Careless` is not valid: it is not");
}

/// Declares no stage, but has `{stage}` in its names.
#[derive(Debug, PartialEq)]
struct Database {
    url: String,
    password: String,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field::__new(name, "String", [false, false], kind)
}

#[derive(Clone, Debug)]
struct DatabaseNames([String; 2]);

impl FromNames for DatabaseNames {
    fn __new(at: At<'_>) -> Self {
        Self([0, 1].map(|row| at.name(row).into_owned()))
    }
}

impl StageConfig for Database {
    const PARAMETERS: &'static ParameterTable = &ParameterTable::__new(
        "Database",
        NO_STAGES,
        None,
        &[
            field("url", Kind::Ssm(NO_STAGES.__names(&["/db/{stage}/url"]))),
            field("password", Kind::Secret(NO_STAGES.__names(&["db/{stage}"]))),
            field("pool", Kind::Ssm(NO_STAGES.__names(&["/db/pool"]))),
        ],
    );

    type __Names = DatabaseNames;

    fn __assemble(values: &mut Decoder<'_>) -> Option<Self> {
        let url = values.field(0).required(&Text);
        let password = values.field(1).required(&Text);
        Some(Self { url: url?, password: password? })
    }
}

#[derive(StageConfig, Debug)]
#[stage_config(crate = crate, stages(dev, prod))]
struct Outer {
    #[nested]
    database: Database,
    #[nested(dev = "/test", prod = "/{stage}")]
    below: Option<Database>,
}

#[tokio::test]
async fn a_struct_without_stages_has_those_of_the_one_around_it() {
    let source = Fixed::from([
        ("/db/dev/url", "url"),
        ("/db/featureX/url", "own url"),
        ("/aws/reference/secretsmanager/db/dev", "password"),
    ]);
    let load = |stage| Outer::loader().stage(stage).source(source.clone()).load();
    let outer = load("featureX").await.unwrap();
    let database = Database { url: "own url".to_owned(), password: "password".to_owned() };
    assert_eq!((outer.database, outer.below), (database, None));
    assert_eq!(load("dev").await.unwrap().database.url, "url");
    let names = OuterNames::for_stage("prod").unwrap();
    assert_eq!(names.database.0[0], "/db/prod/url");
    assert_eq!(names.below.0[0], "/prod/db/prod/url");
}

/// Is never asked.
struct Unasked;

impl Source for Unasked {
    async fn fetch(&self, request: &Request) -> Answers {
        panic!("asked for {:?}", request.names().collect::<Vec<_>>())
    }
}

#[tokio::test]
async fn by_itself_it_is_one_problem_before_any_request() {
    for loader in
        [Database::loader(), Database::loader().stage("prod"), Database::loader().stage("")]
    {
        let error = loader.source(Unasked).load().await.unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!(problem.kind(), crate::ProblemKind::Stage);
        assert_eq!(problem.fields(), ["url", "password"]);
        expect![[r#"
            cannot load `Database`: 1 problem
              url, password: `{stage}` in `/db/{stage}/url` needs a stage, but `Database` declares none
            help: nest `Database` in a struct with stages, or declare them: `#[stage_config(stages(…))]`"#]]
        .assert_eq(&error.to_string());
    }
    assert!(Database::PARAMETERS.asked_at("prod").is_err());
    assert!(for_stage::<DatabaseNames>(Database::PARAMETERS, "prod").is_err());
}
