//! `example` and `serve`: a store with all that a configuration needs.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use stage_config::schema::ParameterTable;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, from_toml};

use crate::policy::{Every, load};
use crate::{described, program, shown};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Typed {
    /// How many
    /// at once
    #[ssm("/typed/{stage}/many")]
    many: std::num::NonZeroU8,
    #[ssm("/typed/list")]
    list: Vec<u16>,
    #[ssm("/typed/for", default = std::time::Duration::ZERO)]
    time: std::time::Duration,
    #[ssm("/typed/bytes", base64)]
    bytes: SecretString,
    #[ssm(dev = "/typed/version", prod = "/typed/version:1")]
    version: bool,
    #[secret("typed/login", json_key = "user.name")]
    user: SecretString,
}

fn example(table: &ParameterTable, arguments: &[&str]) -> String {
    let file = described(&format!("example-{}", table.config()), table);
    let output = program().arg("example").arg("--artifact").arg(file).args(arguments).output();
    shown(&output.unwrap(), None)
}

#[test]
fn it_has_a_value_by_type_for_each_name() {
    expect![[r##"
        # `Typed` at `dev`

        # many: How many at once
        "/typed/dev/many" = "1"

        # list
        "/typed/list" = ["1"]

        # time, may be absent
        "/typed/for" = "30s"

        # bytes
        "/typed/bytes" = { secure = "dGV4dA==" }

        # version
        "/typed/version" = "true"

        # user
        "/aws/reference/secretsmanager/typed/login" = { secure = "{\"user\":{\"name\":\"text\"}}" }

        # `Typed` at `prod`

        # many: How many at once
        "/typed/prod/many" = "1"
    "##]]
    .assert_eq(&example(Typed::PARAMETERS, &[]));
}

#[test]
fn a_store_with_it_has_all_that_a_load_needs() {
    let start = |text: &str| LocalStore::start(from_toml(text).unwrap()).unwrap();
    let typed = start(&example(Typed::PARAMETERS, &[]));
    for stage in ["dev", "prod", "featureX"] {
        load::<Typed>(&typed, stage).unwrap();
        load::<Every>(&start(&example(Every::PARAMETERS, &["--stage", stage])), stage).unwrap();
    }
}

#[test]
fn a_command_runs_beside_the_store() {
    let file: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve.toml");
    fs::write(&file, "\"/stripeSecretKey/test\" = { secure = \"sk_test_1\" }").unwrap();
    let serve = |command: &[&str]| {
        let output = program().arg("serve").arg(&file).arg("--").args(command).output().unwrap();
        shown(&output, None).replace(file.to_str().unwrap(), "FILE")
    };
    let this = env!("CARGO_BIN_EXE_stage-config");
    let shop = crate::shop().to_str().unwrap();
    let history = ["history", "stripe_secret_key", "--stage", "dev", "--artifact", shop];
    let output = serve(&[&[this], &history[..]].concat());
    assert!(
        output.contains("/stripeSecretKey/test") && output.contains("SecureString"),
        "{output}"
    );
    assert!(serve(&["no-such-program"]).contains("cannot run `no-such-program`: "));
    fs::write(&file, "\"/a\" = 5").unwrap();
    expect![[r#"
        --- standard error
        error: `FILE`: line 1, column 8: the value of `/a` has type integer; write it as text in quotes
        --- exit status: 1
    "#]].assert_eq(&serve(&["true"]));
}
