//! `stage-config snapshot`

use std::fs;
use std::path::PathBuf;

use expect_test::expect;
use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};

use crate::{described, filled, program, run, shown};

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

/// So that the compiler notices if it is deleted.
#[test]
fn a_file_names_the_stages_that_have_one_beside_it() {
    let store = filled();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("snapshots");
    let _ = fs::remove_dir_all(&folder);
    let write = |stage: &str, more: &[&str]| {
        let folder = folder.to_str().unwrap();
        run(&store, &[&["snapshot", "--stage", stage, "--folder", folder], more].concat())
    };
    let beside = |stage: &str| {
        let text = fs::read_to_string(folder.join(format!("{stage}.json"))).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["beside"].to_string()
    };
    write("dev", &[]);
    fs::write(folder.join("other.json"), "{}").unwrap();
    write("prod", &[]);
    assert_eq!([beside("dev"), beside("prod")], [r#"["prod"]"#, r#"["dev"]"#]);
    for stage in ["dev", "prod"] {
        assert!(write(stage, &["--check"]).contains("is up to date"), "{stage}");
    }
    // One that cannot be read at the moment is still there.
    fs::write(folder.join("prod.json"), "<<<<<<<").unwrap();
    assert!(write("dev", &["--check"]).contains("is up to date"));
    fs::remove_file(folder.join("prod.json")).unwrap();
    assert!(write("dev", &["--check"]).contains("prod.json` was deleted"));
    assert!(write("dev", &[]).starts_with("wrote "));
    assert_eq!(beside("dev"), "null");
}

/// The same at every stage.
#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Single {
    #[ssm("/single")]
    only: String,
}

#[test]
fn it_is_of_a_declared_stage() {
    let store = filled();
    expect![[r#"
        --- standard error
        error: a snapshot is of a declared stage, and this is `Shop` at `featureX`, which falls back to `dev`
        help: name a declared stage; `#[stage_config(stages(…))]` declares them
        --- exit status: 2
    "#]].assert_eq(&run(&store, &["snapshot", "--stage", "featureX"]));
    let mut command = program();
    command.args(["snapshot", "--endpoint-url", &store.url()]);
    command.arg("--artifact").arg(described("single", Single::PARAMETERS));
    expect![[r#"
        --- standard error
        error: a snapshot is of a declared stage, and this is `Single`
        help: name a declared stage; `#[stage_config(stages(…))]` declares them
        --- exit status: 2
    "#]]
    .assert_eq(&shown(&command.output().unwrap(), None));
}

/// The derive is tested with a file of this form.
#[test]
fn the_file_is_the_one_that_the_derive_reads() {
    let fixture =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/behaviour/ui/snapshot/parameters/dev.json");
    let fixture = fs::read_to_string(fixture).unwrap();
    let known: serde_json::Value = serde_json::from_str(&fixture).unwrap();
    let parameters = known["parameters"].as_object().unwrap().iter().map(|(name, kind)| match kind
        .as_str()
        .unwrap()
    {
        "StringList" => Parameter::string_list(name, "a"),
        "SecureString" => Parameter::secure_string(name, "a"),
        _ => Parameter::string(name, "a"),
    });
    let [account, region, date] = ["account", "region", "date"].map(|key| known[key].as_str());
    let store = LocalStore::builder().account(account.unwrap()).region(region.unwrap());
    let store = store.start(parameters).unwrap();

    // One is missing, so the file is written again.
    let missing = "    \"/db/dev/url\": \"String\",\n";
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("snapshot-of-derive");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("dev.json"), fixture.replace(missing, "")).unwrap();
    let arguments = ["--region", region.unwrap(), "snapshot", "--stage", "dev"];
    let said = run(&store, &[&arguments[..], &["--folder", folder.to_str().unwrap()]].concat());

    assert!(said.starts_with("wrote "), "{said}");
    let text = fs::read_to_string(folder.join("dev.json")).unwrap();
    let written: serde_json::Value = serde_json::from_str(&text).unwrap();
    let text = text.replace(written["date"].as_str().unwrap(), date.unwrap());
    assert_eq!(text, fixture);
}
