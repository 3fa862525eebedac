//! `policy`: what it prints, and that it is enough and no more.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde_json::Value;
use stage_config::schema::ParameterTable;
use stage_config::{LoadError, SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use crate::{described, program, shown};

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/11112222-3333-4444-5555-666677778888";

fn policy(name: &str, table: &ParameterTable, arguments: &[&str]) -> String {
    let mut program = program();
    program.arg("policy").arg("--artifact").arg(described(name, table)).args(arguments);
    shown(&program.output().unwrap(), None)
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "it is loaded and not read")]
pub(crate) struct Every {
    #[ssm("/every/{stage}/limit")]
    limit: u32,
    #[ssm(dev = "/every/key", prod = "/every/key:1")]
    key: SecretString,
    #[ssm("Plain")]
    plain: Option<String>,
    #[secret("every/{stage}")]
    password: SecretString,
    #[ssm_path("/every/{stage}/flags")]
    flags: BTreeMap<String, bool>,
    #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared/url")]
    shared: String,
    #[nested("/every/db")]
    database: Database,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Database {
    #[ssm("url")]
    url: String,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Single {
    #[ssm("single")]
    only: String,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Path {
    #[ssm_path("/flags")]
    flags: BTreeMap<String, String>,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Secret {
    #[secret("alone:AWSCURRENT")]
    only: SecretString,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Eleven {
    #[ssm("/eleven/a")]
    a: String,
    #[ssm("/eleven/b")]
    b: String,
    #[ssm("/eleven/c")]
    c: String,
    #[ssm("/eleven/d")]
    d: String,
    #[ssm("/eleven/e")]
    e: String,
    #[ssm("/eleven/f")]
    f: String,
    #[ssm("/eleven/g")]
    g: String,
    #[ssm("/eleven/h")]
    h: String,
    #[ssm("/eleven/i")]
    i: String,
    #[ssm("/eleven/j")]
    j: String,
    #[ssm("/eleven/k")]
    k: String,
}

fn store() -> LocalStore {
    let eleven = ('a'..='k').map(|c| Parameter::string(format!("/eleven/{c}"), "x"));
    let parameters = [
        Parameter::string("/every/dev/limit", "5"),
        Parameter::string("/every/prod/limit", "50"),
        Parameter::secure_string("/every/key", "k").key_id(KEY),
        Parameter::string("Plain", "p"),
        Parameter::string("/every/prod/flags/a", "true"),
        Parameter::string("arn:aws:ssm:us-east-1:444455556666:parameter/shared/url", "u"),
        Parameter::string("/every/db/url", "d"),
        Parameter::string("single", "s"),
        Parameter::string("/flags/a", "f"),
    ];
    let secrets = ["every/dev", "every/prod", "alone"].map(|name| Parameter::secret(name, "s"));
    LocalStore::start(parameters.into_iter().chain(eleven).chain(secrets)).unwrap()
}

pub(crate) fn load<T: StageConfig>(store: &LocalStore, stage: &str) -> Result<(), LoadError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let loader = T::loader().stage(stage).client(store.client());
    runtime.block_on(loader.load()).map(drop)
}

/// Loads with the whole policy, and without each resource of it.
fn prove<T: StageConfig>(store: &LocalStore, stage: &str, is_encrypted: bool) {
    let here = ["--account", "111122223333", "--region", "us-east-1", "--partition", "aws"];
    let name = format!("policy-{}-{stage}", T::PARAMETERS.config());
    let key = if is_encrypted { &["--kms-key", KEY][..] } else { &[] };
    let text = policy(&name, T::PARAMETERS, &[&["--stage", stage], &here[..], key].concat());
    let whole: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"));
    let with = |policy: &Value| {
        store.clear_policies();
        store.policy(&policy.to_string()).unwrap();
        load::<T>(store, stage)
    };
    with(&whole).unwrap_or_else(|error| panic!("{error}\n{text}"));
    for (index, statement) in whole["Statement"].as_array().unwrap().iter().enumerate() {
        let resources = statement["Resource"].as_array().unwrap();
        for (at, resource) in resources.iter().enumerate() {
            let mut less = whole.clone();
            if resources.len() == 1 {
                less["Statement"].as_array_mut().unwrap().remove(index);
                if less["Statement"].as_array().unwrap().is_empty() {
                    // A policy needs at least one statement.
                    less["Statement"] = statement.clone();
                    less["Statement"]["Resource"] = "arn:aws:ssm:::parameter/nothing".into();
                }
            } else {
                less["Statement"][index]["Resource"].as_array_mut().unwrap().remove(at);
            }
            let by_another = |other: &Value| {
                let resources = other["Resource"].as_array().unwrap();
                other != statement && resources.contains(resource)
            };
            let statements = whole["Statement"].as_array().unwrap();
            if statement["Action"] == "ssm:GetParameters" && statements.iter().any(by_another) {
                // It keeps the other names of the call from being requested one by one.
                let calls = |policy| {
                    store.reset_calls();
                    with(policy).unwrap();
                    store.calls().total()
                };
                assert!(calls(&whole) < calls(&less));
                continue;
            }
            let error = with(&less).expect_err(&format!("without {resource}")).to_string();
            // The service adds to the name of a secret what the policy has as `?`.
            let resource = resource.as_str().unwrap().trim_end_matches('?');
            // Where a secret may be absent, the error has its own name.
            let own = resource.rsplit_once("/secretsmanager/").map_or(resource, |(_, name)| name);
            let action = statement["Action"].as_str().unwrap();
            let named = error.contains(action) && error.contains(own);
            assert!(named, "without {resource}:\n{error}");
        }
    }
}

#[test]
fn each_statement_is_needed_and_all_are_enough() {
    let store = store();
    for stage in ["dev", "prod", "featureX"] {
        prove::<Every>(&store, stage, true);
    }
    prove::<Single>(&store, "", false);
    prove::<Path>(&store, "", false);
    prove::<Secret>(&store, "", false);
    prove::<Eleven>(&store, "", false);
}

#[test]
#[expect(clippy::too_many_lines, reason = "each format has many")]
fn each_format_has_its_own_placeholders() {
    let check = |format: &str, expected: Expect| {
        let arguments = ["--stage", "featureX", "--format", format];
        expected.assert_eq(&policy("policy-formats", Every::PARAMETERS, &arguments));
    };
    check(
        "json",
        expect![[r#"
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "ReadParameter",
                  "Effect": "Allow",
                  "Action": "ssm:GetParameter",
                  "Resource": [
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/aws/reference/secretsmanager/every/featureX"
                  ]
                },
                {
                  "Sid": "ReadParameters",
                  "Effect": "Allow",
                  "Action": "ssm:GetParameters",
                  "Resource": [
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/featureX/limit",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/dev/limit",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/key",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/Plain",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/aws/reference/secretsmanager/every/featureX",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/aws/reference/secretsmanager/every/dev",
                    "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/db/url"
                  ]
                },
                {
                  "Sid": "ReadPaths",
                  "Effect": "Allow",
                  "Action": "ssm:GetParametersByPath",
                  "Resource": [
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/featureX/flags",
                    "arn:aws:ssm:REGION:ACCOUNT_ID:parameter/every/dev/flags"
                  ]
                },
                {
                  "Sid": "ReadSecrets",
                  "Effect": "Allow",
                  "Action": "secretsmanager:GetSecretValue",
                  "Resource": [
                    "arn:aws:secretsmanager:REGION:ACCOUNT_ID:secret:every/featureX-??????",
                    "arn:aws:secretsmanager:REGION:ACCOUNT_ID:secret:every/dev-??????"
                  ]
                }
              ]
            }
        "#]],
    );
    check(
        "sam",
        expect![[r#"
            Policies:
              - Version: "2012-10-17"
                Statement:
                  - Sid: ReadParameter
                    Effect: Allow
                    Action: ssm:GetParameter
                    Resource:
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/featureX"
                  - Sid: ReadParameters
                    Effect: Allow
                    Action: ssm:GetParameters
                    Resource:
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/featureX/limit"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/dev/limit"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/key"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/Plain"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/featureX"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/dev"
                      - "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/db/url"
                  - Sid: ReadPaths
                    Effect: Allow
                    Action: ssm:GetParametersByPath
                    Resource:
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/featureX/flags"
                      - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/dev/flags"
                  - Sid: ReadSecrets
                    Effect: Allow
                    Action: secretsmanager:GetSecretValue
                    Resource:
                      - !Sub "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:every/featureX-??????"
                      - !Sub "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:every/dev-??????"
        "#]],
    );
    check(
        "serverless",
        expect![[r#"
            provider:
              iam:
                role:
                  statements:
                    - Sid: ReadParameter
                      Effect: Allow
                      Action: ssm:GetParameter
                      Resource:
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/featureX"
                    - Sid: ReadParameters
                      Effect: Allow
                      Action: ssm:GetParameters
                      Resource:
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/featureX/limit"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/dev/limit"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/key"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/Plain"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/featureX"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/aws/reference/secretsmanager/every/dev"
                        - "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/db/url"
                    - Sid: ReadPaths
                      Effect: Allow
                      Action: ssm:GetParametersByPath
                      Resource:
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/featureX/flags"
                        - !Sub "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/every/dev/flags"
                    - Sid: ReadSecrets
                      Effect: Allow
                      Action: secretsmanager:GetSecretValue
                      Resource:
                        - !Sub "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:every/featureX-??????"
                        - !Sub "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:every/dev-??????"
        "#]],
    );
    check(
        "terraform",
        expect![[r#"
            data "aws_caller_identity" "current" {}

            data "aws_partition" "current" {}

            data "aws_region" "current" {}

            data "aws_iam_policy_document" "parameters" {
              statement {
                sid     = "ReadParameter"
                actions = ["ssm:GetParameter"]
                resources = [
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/aws/reference/secretsmanager/every/featureX",
                ]
              }

              statement {
                sid     = "ReadParameters"
                actions = ["ssm:GetParameters"]
                resources = [
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/featureX/limit",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/dev/limit",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/key",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/Plain",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/aws/reference/secretsmanager/every/featureX",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/aws/reference/secretsmanager/every/dev",
                  "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/db/url",
                ]
              }

              statement {
                sid     = "ReadPaths"
                actions = ["ssm:GetParametersByPath"]
                resources = [
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/featureX/flags",
                  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/every/dev/flags",
                ]
              }

              statement {
                sid     = "ReadSecrets"
                actions = ["secretsmanager:GetSecretValue"]
                resources = [
                  "arn:${data.aws_partition.current.partition}:secretsmanager:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:secret:every/featureX-??????",
                  "arn:${data.aws_partition.current.partition}:secretsmanager:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:secret:every/dev-??????",
                ]
              }
            }
        "#]],
    );
    check(
        "cdk",
        expect![[r#"
            import { Aws, aws_iam as iam } from "aws-cdk-lib";

            // for (const statement of parameters) { handler.addToRolePolicy(statement); }
            export const parameters = [
              new iam.PolicyStatement({
                sid: "ReadParameter",
                actions: ["ssm:GetParameter"],
                resources: [
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/aws/reference/secretsmanager/every/featureX`,
                ],
              }),
              new iam.PolicyStatement({
                sid: "ReadParameters",
                actions: ["ssm:GetParameters"],
                resources: [
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/featureX/limit`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/dev/limit`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/key`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/Plain`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/aws/reference/secretsmanager/every/featureX`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/aws/reference/secretsmanager/every/dev`,
                  "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url",
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/db/url`,
                ],
              }),
              new iam.PolicyStatement({
                sid: "ReadPaths",
                actions: ["ssm:GetParametersByPath"],
                resources: [
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/featureX/flags`,
                  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter/every/dev/flags`,
                ],
              }),
              new iam.PolicyStatement({
                sid: "ReadSecrets",
                actions: ["secretsmanager:GetSecretValue"],
                resources: [
                  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:every/featureX-??????`,
                  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:every/dev-??????`,
                ],
              }),
            ];
        "#]],
    );
}
