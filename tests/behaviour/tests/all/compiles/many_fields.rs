//! A struct may have a thousand fields. The program is generated, and built by trybuild: code that
//! takes N² to compile shows here as a test that does not end.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const FIELDS: usize = 1000;

const MAIN: &str = r#"
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let parameters: Fixed =
        (0..1000).map(|at| (format!("/app/prod/{at}"), format!("value {at}"))).collect();
    let config = Config::loader().stage("prod").source(parameters).load().await.unwrap();
    assert_eq!((&*config.field_0, &*config.field_999), ("value 0", "value 999"));

    let error = Config::loader().stage("prod").source(Fixed::new()).load().await.err().unwrap();
    assert_eq!(error.problems().len(), 1000);

    let names = ConfigNames::for_stage("dev").unwrap();
    assert_eq!((&*names.field_0, &*names.field_999), ("/app/dev/0", "/app/dev/999"));
}
"#;

#[test]
fn a_thousand_fields_compile_and_load() {
    let mut program = String::from("use stage_config::{Fixed, StageConfig};\n\n");
    program.push_str("#[derive(StageConfig)]\nstruct Config {\n");
    for at in 0..FIELDS {
        let attribute = format!(r#"#[ssm(dev = "/app/dev/{at}", prod = "/app/prod/{at}")]"#);
        writeln!(program, "    {attribute}\n    field_{at}: String,").unwrap();
    }
    write!(program, "}}\n{MAIN}").unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many_fields.rs");
    fs::write(&file, program).unwrap();
    trybuild::TestCases::new().pass(file);
}
