//! In the program that loads it.

use std::collections::BTreeMap;

use stage_config::schema::{ParameterTable, find_descriptions};
use stage_config::{Fixed, SecretString, StageConfig};

/// What the program that runs this test says of itself.
fn described(config: &str) -> Vec<&'static ParameterTable> {
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let found = find_descriptions(&program).into_iter().map(Result::unwrap);
    found.filter(|table| table.config() == config).collect()
}

#[derive(StageConfig)]
#[stage_config(
    stages(dev, prod(alias = "production"), pre_prod(rename = "pre-prod", alias = "größe")),
    accounts(dev = "111122223333", prod = "444455556666", pre_prod = "444455556666"),
    stage_env = "EMBEDDED",
    allow_near_misses
)]
struct Embedded {
    /// The stage.
    ///
    /// More of it.
    #[stage]
    _stage: String,
    #[value(dev = 5, prod = 50, pre_prod = 7)]
    r#type: u32,
    #[env("EMBEDDED_LEVEL", default = "info")]
    level: String,
    #[ssm(dev = "/a/dev", prod = "/a/prod:3", pre_prod = "/b", base64)]
    key: Option<Vec<u8>>,
    #[secret("mail", json_key = "a.b")]
    mail: SecretString,
    #[ssm_path("/flags", required)]
    flags: BTreeMap<String, bool>,
    #[nested]
    plain: EmbeddedPart,
    #[nested(dev = "/c/dev", prod = "/c", pre_prod = "/c")]
    below: Option<EmbeddedPart>,
}

#[derive(StageConfig)]
#[stage_config(stages(pre_prod(rename = "pre-prod"), prod, dev))]
struct EmbeddedPart {
    /// Größe
    #[ssm("/url", default = "a\"\u{0}b\\")]
    url: String,
    #[nested]
    empty: EmbeddedEmpty,
}

#[derive(StageConfig)]
struct EmbeddedEmpty {}

#[tokio::test]
async fn a_program_that_loads_a_configuration_contains_its_table() {
    // It does not matter that nothing is there to be loaded.
    let loaded = Embedded::loader().stage("dev").source(Fixed::default()).load().await;
    assert!(loaded.is_err());
    let [table] = &*described("Embedded") else { panic!("once") };
    assert_eq!(format!("{table:?}"), format!("{:?}", Embedded::PARAMETERS));
}

#[test]
fn what_is_not_loaded_by_itself_is_not_described() {
    assert!(described("EmbeddedPart").is_empty());
}
