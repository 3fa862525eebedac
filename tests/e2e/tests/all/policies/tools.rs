//! What `stage-config policy` prints, as the tools of each format read it, and as ministack enforces
//! it.

use std::collections::BTreeMap;
use std::fs;

use aws_sdk_ssm::types::ParameterType;
use serde_json::{Value, json};
use stage_config::{ProblemKind, SecretString, StageConfig};
use stage_config_e2e::sdk::{Key, Remote, put};
use stage_config_e2e::{peers, user};

use super::prover::{FOLDER, described, policy};
use crate::source;

/// The file with the policy in a format.
fn printed<T: StageConfig>(format: &str, arguments: &[&str]) -> String {
    let text = policy(&described::<T>(), &[&["--format", format], arguments].concat());
    let path = format!("{FOLDER}/policies-{}.{format}", T::PARAMETERS.config());
    fs::write(&path, text).unwrap();
    path
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Every {
    #[ssm("/every/{stage}/limit")]
    limit: u32,
    #[ssm(dev = "/every/key", prod = "/every/key:1")]
    key: SecretString,
    #[ssm("/aws/service/global-infrastructure/version")]
    public: Option<String>,
    #[secret("every/{stage}")]
    password: SecretString,
    #[ssm_path("/every/{stage}/flags")]
    flags: BTreeMap<String, bool>,
    #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared/url")]
    shared: String,
}

#[test]
fn the_tools_of_each_format_accept_and_agree() {
    if !peers::are_there() {
        return;
    }
    let key = ["--stage", "featureX", "--kms-key", "11112222-3333-4444-5555-666677778888"];
    let here = ["--account", "111122223333", "--region", "us-east-1", "--partition", "aws"];
    let everything_known = [&key[..], &here].concat();
    for arguments in [&key[..], &everything_known] {
        // parliament knows no placeholders.
        let document = printed::<Every>("json", &everything_known);
        let others =
            ["sam", "serverless", "terraform"].map(|format| printed::<Every>(format, arguments));
        let [sam, serverless, terraform] = &others;
        let found = peers::script("policies.py", &[&document, sam, serverless, terraform]);
        let found = found.expect("the peers are there");
        assert_eq!(found["parliament"], json!([]));
        assert_eq!(found["cfn-lint"], json!([]));
        let filled = [
            ("${AWS::Partition}", "aws"),
            ("${AWS::Region}", "us-east-1"),
            ("${AWS::AccountId}", "111122223333"),
            ("${data.aws_partition.current.partition}", "aws"),
            ("${data.aws_region.current.id}", "us-east-1"),
            ("${data.aws_caller_identity.current.account_id}", "111122223333"),
        ];
        let statements = |format: &str| {
            let text = found["statements"][format].to_string();
            filled.iter().fold(text, |text, (from, to)| text.replace(from, to))
        };
        let expected = statements("json");
        assert_eq!(expected.matches("sid").count(), 5, "{expected}");
        for format in ["sam", "serverless", "terraform"] {
            assert_eq!(statements(format), expected, "{format}");
        }
    }
}

/// One parameter, because ministack judges the resources of GetParameter alone.
#[derive(Debug, StageConfig)]
#[stage_config(stages(dev, prod))]
struct One {
    #[ssm("/policies/{stage}/key")]
    key: String,
}

#[tokio::test]
async fn ministack_lets_the_stage_of_the_policy_through_and_no_other() {
    if !peers::are_there() {
        return;
    }
    let here = ["--account", "000000000000", "--region", "us-east-1", "--partition", "aws"];
    let path = printed::<One>("json", &[&["--stage", "prod"], &here[..]].concat());
    let document: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let [statement] = &document["Statement"].as_array().unwrap()[..] else { panic!("{document}") };
    let [action, resource] = [&statement["Action"], &statement["Resource"][0]]
        .map(|text| text.as_str().expect("it is a text").to_owned());
    let root = Remote::new(&peers::ministack().expect("the peers are there").url(), &Key::root());
    for stage in ["dev", "prod"] {
        put(&root, ParameterType::String, &format!("/policies/{stage}/key"), stage).await;
    }

    let client = user::remote("policy", action, resource).await.expect("the peers are there");
    let load = |stage: &str| One::loader().stage(stage).source(source(&client)).load();

    assert_eq!(load("prod").await.unwrap().key, "prod");
    let error = load("dev").await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied, "{error}");
}
