//! Each command needs the rights that its help names, and no others.

use std::path::Path;

use serde_json::json;
use stage_config_local::{LocalStore, Parameter};

use crate::{filled, run};

/// A store with a path, where a role may do nothing but this.
fn store(actions: &[&str]) -> LocalStore {
    let store = filled();
    store.put(Parameter::string("/shop/prod/currency", "EUR")).unwrap();
    store.put(Parameter::string_list("/shop/prod/hosts", "a,b")).unwrap();
    // Everybody may ask who they are.
    let actions: Vec<_> = actions.iter().chain(&["sts:GetCallerIdentity"]).collect();
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": actions, "Resource": "*" }],
    });
    store.policy(&policy.to_string()).unwrap();
    store
}

#[test]
fn these_are_enough_and_needed() {
    let values = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rights.toml");
    std::fs::write(&values, "limit = 5\n").unwrap();
    let values = values.to_str().unwrap();
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/rights");
    for (actions, command) in [
        (&["ssm:GetParameters"][..], &["check", "--stage", "prod"][..]),
        (&["ssm:GetParameter"], &["check", "--stage", "prod"]),
        (&["ssm:DescribeParameters"], &["check", "--stage", "prod", "--names-only"]),
        (
            &["ssm:DescribeParameters", "ssm:PutParameter"],
            &["put", "--stage", "prod", "--overwrite", "--from", values],
        ),
        (&["ssm:GetParameterHistory"], &["history", "limit", "--stage", "prod"]),
        (&["ssm:DescribeParameters"], &["unused", "--path", "/shop"]),
        (&["ssm:DescribeParameters"], &["policy", "--stage", "prod", "--from-account"]),
        (&["ssm:DescribeParameters"], &["snapshot", "--stage", "prod", "--folder", folder]),
    ] {
        let shown = run(&store(actions), command);
        assert!(!shown.contains("--- "), "{command:?} with {actions:?}:\n{shown}");
        for action in actions {
            let others: Vec<_> = actions.iter().copied().filter(|other| other != action).collect();
            let shown = run(&store(&others), command);
            // Of `GetParameter` and `GetParameters`, either will do.
            let action = action.trim_end_matches('s');
            let denied = format!("is not authorized to perform: {action}");
            assert!(shown.contains(&denied), "{command:?} without {action}:\n{shown}");
        }
    }
    let shown = run(&store(&["ssm:GetParameters"]), &["diff", "dev", "prod"]);
    assert!(shown.contains("different") && !shown.contains("authorized"), "{shown}");
}
