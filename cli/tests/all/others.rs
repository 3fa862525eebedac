//! `diff`, `history`, `unused` and `snapshot`

use std::fs;
use std::path::PathBuf;

use expect_test::expect;
use stage_config_local::{LocalStore, Parameter};

use crate::{dev, run};

fn store() -> LocalStore {
    let store = LocalStore::start(dev()).unwrap();
    for parameter in [
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/shop/prod/limit", "5"),
        Parameter::string("/shop/prod/motd", "hello"),
        Parameter::string("/shop/featureX/limit", "6"),
        Parameter::string("/shop/old/key/of", "nobody"),
        Parameter::string("/shop/prod/limit", "50"),
    ] {
        store.put(parameter).unwrap();
    }
    store
}

/// Dates and times differ from run to run.
fn undated(text: &str) -> String {
    let mut undated = String::new();
    for line in text.lines() {
        let mut line = line.to_owned();
        while let Some(at) = line.find("20") {
            let is_date = |text: &str| text.as_bytes().get(4) == Some(&b'-');
            let Some(date) = line.get(at..at + 16).filter(|text| is_date(text)) else { break };
            line = line.replace(date, "DATE       TIME ");
        }
        undated += line.trim_end();
        undated.push('\n');
    }
    undated
}

#[test]
fn stages_are_compared() {
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop`
        FIELD              DEV                                       PROD                                      VALUE
        stripe_secret_key  /stripeSecretKey/test                     /stripeSecretKey/live                     different
                           SecureString version 1, DATE       TIME   SecureString version 1, DATE       TIME
        limit              /shop/dev/limit                           /shop/prod/limit                          different
                           String version 1, DATE       TIME         String version 2, DATE       TIME
        hosts              /shop/dev/hosts                           /shop/prod/hosts
                           StringList version 1, DATE       TIME     missing
        motd               /shop/dev/motd                            /shop/prod/motd
                           missing                                   String version 1, DATE       TIME
        currency           /shop/dev/currency                        /shop/prod/currency
                           String version 1, DATE       TIME         missing
    "#]].assert_eq(&undated(&run(&store(), &["diff", "dev", "prod"])));
}

#[test]
fn versions_are_listed() {
    let store = store();
    store.label("/shop/prod/limit", 1, "blue").unwrap();
    let history = ["history", "limit", "--stage", "prod"];
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `/shop/prod/limit`
        VERSION  CHANGED           BY                                                  TYPE    LABELS
        2        DATE       TIME   arn:aws:sts::111122223333:assumed-role/local/local  String
        1        DATE       TIME   arn:aws:sts::111122223333:assumed-role/local/local  String  blue
    "#]].assert_eq(&undated(&run(&store, &history)));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `/shop/dev/motd`
        --- standard error
        error: `/shop/dev/motd` does not exist in us-east-1
        --- exit status: 1
    "#]].assert_eq(&run(&store, &["history", "motd", "--stage", "dev"]));
    expect![[r#"
        --- standard error
        error: no field `limti` reads a parameter; did you mean `limit`?
        help: the fields are `stripe_secret_key`, `limit`, `hosts`, `motd`, `currency`
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &["history", "limti", "--stage", "dev"]));
    expect![[r#"
        --- standard error
        error: `--reveal` shows values on a terminal only
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &[&history[..], &["--reveal"]].concat()));
}

#[test]
fn what_nobody_reads() {
    let store = store();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        PARAMETER         TYPE    VERSION  CHANGED
        /shop/old/key/of  String  1        DATE       TIME

        7 parameters below `/shop`, 1 not read by `Shop`
    "#]].assert_eq(&undated(&run(&store, &["unused", "--path", "/shop"])));
    expect![[r#"
        [
          {
            "name": "/shop/old/key/of",
            "type": "String",
            "version": 1
          }
        ]
    "#]]
    .assert_eq(&run(&store, &["unused", "--path", "/shop", "--format", "json"]));
}

#[test]
fn the_snapshot_of_a_stage() {
    let store = store();
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
