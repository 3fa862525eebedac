//! `stage-config diff`

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use expect_test::expect;
use serde_json::Value;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, On, Parameter};

use crate::{described, filled, program, run, shown, undated};

#[test]
fn stages_are_compared() {
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop`
        VALUE      FIELD              STAGE  PARAMETER              DETAIL
        different  stripe_secret_key  dev    /stripeSecretKey/test  SecureString, version 1, 0000-00-00 00:00
                                      prod   /stripeSecretKey/live  SecureString, version 1, 0000-00-00 00:00
        different  limit              dev    /shop/dev/limit        String, version 1, 0000-00-00 00:00
                                      prod   /shop/prod/limit       String, version 2, 0000-00-00 00:00
        only dev   hosts              dev    /shop/dev/hosts        StringList, version 1, 0000-00-00 00:00
                                      prod   /shop/prod/hosts       missing
        only prod  motd               dev    /shop/dev/motd         missing
                                      prod   /shop/prod/motd        String, version 1, 0000-00-00 00:00
        only dev   currency           dev    /shop/dev/currency     String, version 1, 0000-00-00 00:00
                                      prod   /shop/prod/currency    missing
    "#]].assert_eq(&undated(&run(&filled(), &["diff", "dev", "prod"])));
}

/// Production and development are in different accounts.
#[derive(StageConfig)]
#[stage_config(accounts(dev = "111122223333", prod = "444455556666"))]
#[expect(dead_code, reason = "only its description is used")]
struct Shared {
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: SecretString,
    #[ssm("/limit")]
    limit: u32,
    /// The same parameter in production only.
    #[ssm(dev = "/hard-limit", prod = "/limit")]
    hard_limit: u32,
    #[ssm_path("/flags/{stage}")]
    flags: BTreeMap<String, bool>,
    #[ssm_path("/denied/{stage}")]
    denied: BTreeMap<String, bool>,
    #[ssm("/motd")]
    motd: Option<String>,
}

fn accounts() -> [LocalStore; 2] {
    let start = |account, parameters: Vec<Parameter>| {
        let store = LocalStore::builder().account(account).region("eu-west-1");
        store.start(parameters).unwrap()
    };
    let dev = start(
        "111122223333",
        vec![
            Parameter::secure_string("/key/test", "s3cret-1"),
            Parameter::string("/limit", "5"),
            Parameter::string("/hard-limit", "50"),
            Parameter::string("/flags/dev/new", "true"),
            Parameter::string("/flags/dev/old", "true"),
            Parameter::string("/denied/dev/a", "true"),
        ],
    );
    let prod = start(
        "444455556666",
        vec![
            Parameter::secure_string("/key/live", "s3cret-2"),
            Parameter::string("/limit", "5"),
            Parameter::string("/flags/prod/new", "true"),
        ],
    );
    prod.script([On::call("GetParametersByPath").name("/denied/prod").deny()]);
    [dev, prod]
}

/// A profile for each account.
fn profiles(dev: &LocalStore, prod: &LocalStore) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-profiles");
    let profile = |name, store: &LocalStore| {
        let keys = "aws_access_key_id = a\naws_secret_access_key = b";
        let url = store.url();
        format!("[profile {name}]\nregion = eu-west-1\nendpoint_url = {url}\n{keys}\n")
    };
    fs::write(&path, profile("development", dev) + &profile("production", prod)).unwrap();
    path
}

#[test]
fn stages_in_two_accounts() {
    let stores @ [dev, prod] = &accounts();
    let artifact = described("shared", Shared::PARAMETERS);
    let profiles = profiles(dev, prod);
    let diff = |arguments: &[&str]| {
        let mut command = program();
        command.args(["diff", "dev", "prod", "--profile", "development"]).args(arguments);
        command.env("AWS_CONFIG_FILE", &profiles).env_remove("AWS_REGION");
        let output = command.arg("--artifact").arg(&artifact).output().unwrap();
        let text = shown(&output, Some(dev)).replace(&prod.url(), "OTHER");
        assert!(!text.contains("s3cret"), "{text}");
        text
    };
    let to = ["--to-profile", "production"];
    expect![[r#"
        dev: account 111122223333 in eu-west-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        prod: account 444455556666 in eu-west-1, at OTHER, as arn:aws:sts::444455556666:assumed-role/local/local

        `Shared`
        VALUE      FIELD       STAGE  PARAMETER        DETAIL
        different  key         dev    /key/test        SecureString, version 1, 0000-00-00 00:00
                               prod   /key/live        SecureString, version 1, 0000-00-00 00:00
        same       limit       dev    /limit           String, version 1, 0000-00-00 00:00
                               prod   /limit           String, version 1, 0000-00-00 00:00
        different  hard_limit  dev    /hard-limit      String, version 1, 0000-00-00 00:00
                               prod   /limit           String, version 1, 0000-00-00 00:00
        same       flags/new   dev    /flags/dev/new   String, version 1, 0000-00-00 00:00
                               prod   /flags/prod/new  String, version 1, 0000-00-00 00:00
        only dev   flags/old   dev    /flags/dev/old   String, version 1, 0000-00-00 00:00
                               prod   /flags/prod/old  missing
        unknown    denied      dev    /denied/dev      1 parameter below it
                               prod   /denied/prod     User: arn:aws:sts::444455556666:assumed-role/local/local is not authorized to perform: ssm:GetParametersByPath on resource: arn:aws:ssm:eu-west-1:444455556666:parameter/denied/prod because no identity-based policy allows the ssm:GetParametersByPath action
        absent     motd        dev    /motd            missing
                               prod   /motd            missing
    "#]].assert_eq(&undated(&diff(&to)));
    let report = diff(&[&to[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&report).unwrap();
    let accounts = [&report["from"]["account"], &report["to"]["account"]];
    assert_eq!(accounts, ["111122223333", "444455556666"]);
    // It looks for each stage in the account of that stage only.
    for (store, other) in stores.iter().zip(["/key/live", "/key/test"]) {
        assert!(store.calls().names().all(|name| name != other));
    }

    expect![[r#"
        --- standard error
        error: this is account 111122223333, but `Shared` at `prod` belongs to account 444455556666
        help: choose another `--to-profile`; `accounts(…)` on the struct says which is whose
        --- exit status: 1
    "#]]
    .assert_eq(&diff(&[]));
    expect![[r#"
        --- standard error
        error: there is no AWS profile `prod`
        help: the profiles are `development`, `production`
        --- exit status: 1
    "#]]
    .assert_eq(&diff(&["--to-profile", "prod"]));
    let as_options = diff(&["--to-region", "eu-west-1", "--to-endpoint-url", &prod.url()]);
    assert_eq!(as_options, diff(&to));
}
