//! `stage-config policy --from-account`: what the account itself says.

use std::collections::BTreeMap;

use expect_test::expect;
use serde_json::Value;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use crate::{described, program, shown};

const ID: &str = "11112222-3333-4444-5555-666677778888";
const ARN: &str = "arn:aws-cn:kms:cn-north-1:111122223333:key/99998888-7777-6666-5555-444433332222";

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Keys {
    #[ssm("/keys/{stage}/by-id")]
    by_id: SecretString,
    #[ssm("/keys/fixed:1")]
    fixed: SecretString,
    #[ssm("/keys/managed")]
    managed: SecretString,
    #[ssm("/keys/plain")]
    plain: String,
    #[ssm_path("/keys/{stage}/path")]
    path: BTreeMap<String, SecretString>,
    #[ssm("/keys/absent")]
    absent: Option<SecretString>,
}

fn store() -> LocalStore {
    let store = LocalStore::builder().account("111122223333").region("cn-north-1");
    let store = store.start([
        Parameter::secure_string("/keys/dev/by-id", "s3cret").key_id(ID),
        Parameter::secure_string("/keys/fixed", "s3cret").key_id(ID),
        Parameter::secure_string("/keys/managed", "s3cret"),
        Parameter::string("/keys/plain", "s3cret"),
        Parameter::secure_string("/keys/dev/path/a", "s3cret").key_id(ARN),
        Parameter::secure_string("/keys/other", "s3cret").key_id("not-read"),
    ]);
    store.unwrap()
}

fn policy(store: &LocalStore, arguments: &[&str]) -> String {
    let mut command = program();
    command.args(["policy", "--from-account"]).args(arguments);
    command.args(["--endpoint-url", &store.url(), "--region", "cn-north-1"]);
    let artifact = described("keys", Keys::PARAMETERS);
    shown(&command.arg("--artifact").arg(artifact).output().unwrap(), Some(store))
}

#[test]
fn account_region_and_keys() {
    let store = store();
    let shown = policy(&store, &["--stage", "featureX"]);
    expect![[r#"
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "ReadParameters",
              "Effect": "Allow",
              "Action": "ssm:GetParameters",
              "Resource": [
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/featureX/by-id",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/dev/by-id",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/fixed",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/managed",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/plain",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/absent"
              ]
            },
            {
              "Sid": "ReadPaths",
              "Effect": "Allow",
              "Action": "ssm:GetParametersByPath",
              "Resource": [
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/featureX/path",
                "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/keys/dev/path"
              ]
            },
            {
              "Sid": "DecryptParameters",
              "Effect": "Allow",
              "Action": "kms:Decrypt",
              "Resource": [
                "arn:aws-cn:kms:cn-north-1:111122223333:key/11112222-3333-4444-5555-666677778888",
                "arn:aws-cn:kms:cn-north-1:111122223333:key/99998888-7777-6666-5555-444433332222"
              ]
            }
          ]
        }
        --- standard error
        warning: if `/keys/absent` has a KMS key of your own, add it with `--kms-key`
    "#]]
    .assert_eq(&shown);

    // It is enough, and the keys are needed.
    let (policy, _) = shown.split_once("--- ").unwrap();
    let load = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let loader = Keys::loader().stage("featureX").client(store.client());
        runtime.block_on(loader.load()).map(drop)
    };
    store.policy(policy).unwrap();
    load().unwrap();
    let mut document: Value = serde_json::from_str(policy).unwrap();
    let statements = document["Statement"].as_array_mut().unwrap();
    statements.retain(|statement| statement["Action"] != "kms:Decrypt");
    store.clear_policies();
    store.policy(&document.to_string()).unwrap();
    let error = load().unwrap_err().to_string();
    assert!(error.contains("/keys/dev/by-id") && error.contains("kms:Decrypt"), "{error}");
}

#[test]
fn an_alias_is_no_resource() {
    let store = store();
    store.put(Parameter::secure_string("/keys/managed", "s3cret").key_id("alias/shop")).unwrap();
    expect![[r#"
        --- standard error
        warning: if `/keys/absent` has a KMS key of your own, add it with `--kms-key`
        error: `/keys/managed` is encrypted under `alias/shop`, and a policy cannot name an alias
        help: add `--kms-key` with the key: aws kms describe-key --key-id alias/shop --query KeyMetadata.Arn
        --- exit status: 1
    "#]].assert_eq(&policy(&store, &["--stage", "dev"]));
    let named = policy(&store, &["--stage", "dev", "--kms-key", "of-the-alias"]);
    assert!(named.contains(":key/of-the-alias\"") && named.contains(ID), "{named}");
}

#[test]
fn the_account_is_that_of_the_stage() {
    expect![[r#"
        --- standard error
        error: this is account 111122223333, but `Keys` at `prod` belongs to account 444455556666
        help: choose another `--profile`; `accounts(…)` on the struct says which is whose
        --- exit status: 1
    "#]]
    .assert_eq(&policy(&store(), &["--stage", "prod"]));
}
