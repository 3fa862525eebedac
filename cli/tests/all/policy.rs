//! `policy`: what it prints in each format. End-to-end tests load under it.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use stage_config::schema::ParameterTable;
use stage_config::{LoadError, SecretString, StageConfig};
use stage_config_local::LocalStore;

use crate::{described, program, shown};

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

pub(crate) fn load<T: StageConfig>(store: &LocalStore, stage: &str) -> Result<(), LoadError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let loader = T::loader().stage(stage).client(store.client());
    runtime.block_on(loader.load()).map(drop)
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
