//! `stage-config check`

use expect_test::expect;
use stage_config_local::{LocalStore, Parameter};

use crate::{dev, run};

#[test]
fn all_is_well() {
    let store = LocalStore::start(dev()).unwrap();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `dev`
                    FIELD              PARAMETER              DETAIL
        ok          stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok          limit              /shop/dev/limit        String, version 1
        ok          hosts              /shop/dev/hosts        StringList, version 1
        absent      motd               /shop/dev/motd
        not judged  currency           /shop/dev/currency     String, version 1: its type is `Currency`
        5 parameters: 3 ok, 1 absent, 1 not judged
    "#]].assert_eq(&run(&store, &["check", "--stage", "dev"]));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `dev`
                FIELD              PARAMETER              DETAIL
        ok      stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok      limit              /shop/dev/limit        String, version 1
        ok      hosts              /shop/dev/hosts        StringList, version 1
        absent  motd               /shop/dev/motd
        ok      currency           /shop/dev/currency     String, version 1
        5 parameters: 4 ok, 1 absent
    "#]].assert_eq(&run(&store, &["check", "--stage", "dev", "--names-only"]));
}

#[test]
fn each_problem_is_a_row() {
    let store = LocalStore::start([
        Parameter::string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/shop/prod/limit", "many"),
        Parameter::string_list("/shop/prod/hosts", "a,b"),
    ])
    .unwrap();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `prod`
                       FIELD              PARAMETER              DETAIL
        not encrypted  stripe_secret_key  /stripeSecretKey/live  String, version 1: its field is secret
        malformed      limit              /shop/prod/limit       String, version 1: is not a `u32`: invalid digit found in string
        ok             hosts              /shop/prod/hosts       StringList, version 1
        absent         motd               /shop/prod/motd
        missing        currency           /shop/prod/currency
        5 parameters: 1 ok, 1 absent, 3 problems
        help: stage-config put --stage prod currency
        --- exit status: 1
    "#]].assert_eq(&run(&store, &["check", "--stage", "prod"]));
    expect![[r#"
        {
          "account": "111122223333",
          "region": "us-east-1",
          "checked": [
            {
              "config": "Shop",
              "stage": "prod",
              "parameters": [
                {
                  "status": "not_encrypted",
                  "fields": [
                    "stripe_secret_key"
                  ],
                  "name": "/stripeSecretKey/live",
                  "type": "String",
                  "version": 1,
                  "detail": "its field is secret"
                },
                {
                  "status": "malformed",
                  "fields": [
                    "limit"
                  ],
                  "name": "/shop/prod/limit",
                  "type": "String",
                  "version": 1,
                  "detail": "is not a `u32`: invalid digit found in string"
                },
                {
                  "status": "ok",
                  "fields": [
                    "hosts"
                  ],
                  "name": "/shop/prod/hosts",
                  "type": "StringList",
                  "version": 1,
                  "detail": ""
                },
                {
                  "status": "absent",
                  "fields": [
                    "motd"
                  ],
                  "name": "/shop/prod/motd",
                  "type": null,
                  "version": null,
                  "detail": ""
                },
                {
                  "status": "missing",
                  "fields": [
                    "currency"
                  ],
                  "name": "/shop/prod/currency",
                  "type": null,
                  "version": null,
                  "detail": ""
                }
              ]
            }
          ],
          "left_out": [],
          "problems": 3
        }
        --- exit status: 1
    "#]]
    .assert_eq(&run(&store, &["check", "--stage", "prod", "--format", "json"]));
}

#[test]
fn a_preview_stage_inherits() {
    let store = LocalStore::start(dev()).unwrap();
    store.put(Parameter::string("/shop/featureX/limit", "6")).unwrap();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `featureX`, which falls back to `dev`
                    FIELD              PARAMETER              DETAIL
        ok          stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok          limit              /shop/featureX/limit   String, version 1
        ok          hosts              /shop/dev/hosts        StringList, version 1: the fallback's
        absent      motd               /shop/featureX/motd    nor is there `/shop/dev/motd`
        not judged  currency           /shop/dev/currency     String, version 1: its type is `Currency`
        5 parameters: 3 ok, 1 absent, 1 not judged
    "#]].assert_eq(&run(&store, &["check", "--stage", "featureX"]));
}

#[test]
fn a_stage_that_is_a_slip_is_refused() {
    let store = LocalStore::start([]).unwrap();
    expect![[r#"
        --- standard error
        error: `prd` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod`
        --- exit status: 1
    "#]]
    .assert_eq(&run(&store, &["check", "--stage", "prd"]));
    expect![[r#"
        --- standard error
        error: `Shop` needs a stage
        help: add `--stage NAME`; the stages are `dev`, `prod`
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &["check"]));
}
