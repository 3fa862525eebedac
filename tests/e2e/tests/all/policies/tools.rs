//! What `stage-config policy` prints, as the tools of each format read it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;
use stage_config::{SecretString, StageConfig};
use stage_config_e2e::peers;

use super::prover::{FOLDER, described, policy};

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
