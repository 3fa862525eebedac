//! `stage-config snapshot`

use std::fs;
use std::path::PathBuf;

use expect_test::expect;
use stage_config_local::Parameter;

use crate::{filled, run};

#[test]
fn the_snapshot_of_a_stage() {
    let store = filled();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("snapshot");
    let _ = fs::remove_dir_all(&folder);
    let snapshot = ["snapshot", "--stage", "prod", "--folder", folder.to_str().unwrap()];
    let run = |more: &[&str]| {
        run(&store, &[&snapshot, more].concat()).replace(env!("CARGO_TARGET_TMPDIR"), "…")
    };
    expect![[r#"
        --- standard error
        error: `…/snapshot/prod.json` is not up to date
        help: run the command without `--check`, and commit the file
        --- exit status: 1
    "#]]
    .assert_eq(&run(&["--check"]));
    expect![[r#"
        wrote `…/snapshot/prod.json`: 4 parameters of account 111122223333
    "#]]
    .assert_eq(&run(&[]));
    let file = folder.join("prod.json");
    let text = fs::read_to_string(&file).unwrap();
    let date = serde_json::from_str::<serde_json::Value>(&text).unwrap()["date"].clone();
    expect![[r#"
        {
          "account": "111122223333",
          "date": "DATE",
          "parameters": {
            "/shop/prod/limit": "String",
            "/shop/prod/motd": "String",
            "/stripeSecretKey/live": "SecureString",
            "/stripeSecretKey/test": "SecureString"
          },
          "region": "us-east-1",
          "stage": "prod",
          "version": 1
        }
    "#]]
    .assert_eq(&text.replace(date.as_str().unwrap(), "DATE"));

    // Another date is no reason for another file.
    fs::write(&file, text.replace(date.as_str().unwrap(), "2020-01-01")).unwrap();
    expect![[r#"
        `…/snapshot/prod.json` is up to date: 4 parameters of account 111122223333
    "#]]
    .assert_eq(&run(&["--check"]));
    store.put(Parameter::string("/shop/prod/new", "1")).unwrap();
    expect![[r#"
        --- standard error
        error: `…/snapshot/prod.json` is not up to date
        help: run the command without `--check`, and commit the file
        --- exit status: 1
    "#]]
    .assert_eq(&run(&["--check"]));
    // A folder that no field names yet, and that stays.
    store.put(Parameter::string("/mail/prod/from", "shop@example.com")).unwrap();
    run(&["--path", "/mail/prod/"]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"/mail/prod/from\": \"String\""), "{text}");
    expect![[r#"
        `…/snapshot/prod.json` is up to date: 6 parameters of account 111122223333
    "#]]
    .assert_eq(&run(&["--check"]));
}
