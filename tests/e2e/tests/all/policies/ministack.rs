//! What ministack, which checks policies as IAM would, lets through under a printed one.
//!
//! It judges the resources of GetParameter alone, so each struct reads one parameter. Unlike IAM, it
//! judges a name together with its selector, so none has one.

use aws_sdk_ssm::types::ParameterType;
use serde_json::Value;
use stage_config::{ProblemKind, SecretString, StageConfig};
use stage_config_e2e::sdk::{Key, Remote, put};
use stage_config_e2e::{peers, user};

use super::prover::{described, policy};
use crate::source;

#[derive(Debug, StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Template {
    #[ssm("/policies/{stage}/key")]
    key: SecretString,
}

#[derive(Debug, StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Prefix {
    #[nested(dev = "/policies/dev", prod = "/policies/prod")]
    nested: Nested,
}

#[derive(Debug, StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Nested {
    #[ssm("key")]
    key: String,
}

/// A user with what is printed for `prod` loads at `prod`, and is denied at `dev`.
async fn check<T: StageConfig>(user: &'static str) {
    let here = ["--account", "000000000000", "--region", "us-east-1", "--partition", "aws"];
    let printed = policy(&described::<T>(), &[&["--stage", "prod"], &here[..]].concat());
    let document: Value = serde_json::from_str(&printed).unwrap();
    let [statement] = &document["Statement"].as_array().unwrap()[..] else { panic!("{printed}") };
    let [action, resource] = [&statement["Action"], &statement["Resource"][0]]
        .map(|text| text.as_str().expect("it is a text").to_owned());
    let client = user::remote(user, action, resource).await.expect("the peers are there");
    let load = |stage: &str| T::loader().stage(stage).source(source(&client)).load();

    if let Err(error) = load("prod").await {
        panic!("{printed}\n{error}");
    }
    let Err(error) = load("dev").await else { panic!("{printed}\nis for `dev` too") };
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied, "{error}");
}

#[tokio::test]
async fn the_stage_of_a_policy_and_no_other() {
    let Some(ministack) = peers::ministack() else { return };
    let root = Remote::new(&ministack.url(), &Key::root());
    for stage in ["dev", "prod"] {
        put(&root, ParameterType::SecureString, &format!("/policies/{stage}/key"), stage).await;
    }
    check::<Template>("template").await;
    check::<Prefix>("prefix").await;
}
