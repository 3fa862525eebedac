//! `stage-config check`

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use expect_test::expect;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{At, LocalStore, On, Parameter};

use crate::{at, described, dev, program, run, shop, shown};

#[test]
fn all_is_well() {
    let store = LocalStore::start(dev()).unwrap();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `dev`
        STATUS      FIELD              PARAMETER              DETAIL
        ok          stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok          limit              /shop/dev/limit        String, version 1
        ok          hosts              /shop/dev/hosts        StringList, version 1
        absent      motd               /shop/dev/motd
        not judged  currency           /shop/dev/currency     String, version 1; its type is `Currency`
        5 parameters: 3 ok, 1 absent, 1 not judged
    "#]].assert_eq(&run(&store, &["check", "--stage", "dev"]));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `dev`
        STATUS  FIELD              PARAMETER              DETAIL
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
        STATUS         FIELD              PARAMETER              DETAIL
        not encrypted  stripe_secret_key  /stripeSecretKey/live  String, version 1; its field is secret
        malformed      limit              /shop/prod/limit       String, version 1; its value is not a `u32`: invalid digit found in string
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
                  "near": [],
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
                  "near": [],
                  "detail": "its value is not a `u32`: invalid digit found in string"
                },
                {
                  "status": "ok",
                  "fields": [
                    "hosts"
                  ],
                  "name": "/shop/prod/hosts",
                  "type": "StringList",
                  "version": 1,
                  "near": [],
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
                  "near": [],
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
                  "near": [],
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
        STATUS      FIELD              PARAMETER              DETAIL
        ok          stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok          limit              /shop/featureX/limit   String, version 1
        ok          hosts              /shop/dev/hosts        StringList, version 1; the fallback's
        absent      motd               /shop/featureX/motd    nor is there `/shop/dev/motd`
        not judged  currency           /shop/dev/currency     String, version 1; its type is `Currency`
        5 parameters: 3 ok, 1 absent, 1 not judged
    "#]].assert_eq(&run(&store, &["check", "--stage", "featureX"]));
}

#[test]
fn a_name_that_may_be_meant() {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKye/live", "sk_live_1"),
        Parameter::string("/shop/prod/limits", "5"),
        Parameter::string_list("/shop/prod/host", "a,b"),
        // Of another field, so it is not the one that is meant.
        Parameter::string("/shop/prod/motd", "hello"),
    ])
    .unwrap();
    let check = ["check", "--stage", "prod"];
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `prod`
        STATUS   FIELD              PARAMETER              DETAIL
        missing  stripe_secret_key  /stripeSecretKey/live  did you mean `/stripeSecretKye/live`?
        missing  limit              /shop/prod/limit       did you mean `/shop/prod/limits`?
        missing  hosts              /shop/prod/hosts       did you mean `/shop/prod/host`?
        ok       motd               /shop/prod/motd        String, version 1
        missing  currency           /shop/prod/currency
        5 parameters: 1 ok, 4 problems
        help: stage-config put --stage prod stripe_secret_key limit hosts currency
        --- exit status: 1
    "#]].assert_eq(&run(&store, &check));
    let names_only = run(&store, &[&check[..], &["--names-only"]].concat());
    assert_eq!(names_only.matches("did you mean").count(), 3, "{names_only}");
    let put = ["put", "--stage", "prod", "--dry-run"];
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `prod`

        FIELD              PARAMETER              TYPE          CHANGE
        stripe_secret_key  /stripeSecretKey/live  SecureString  new; did you mean `/stripeSecretKye/live`?
        limit              /shop/prod/limit       String        new; did you mean `/shop/prod/limits`?
        hosts              /shop/prod/hosts       StringList    new; did you mean `/shop/prod/host`?
        currency           /shop/prod/currency    String        new

        nothing was put, because of `--dry-run`
    "#]].assert_eq(&run(&store, &put));

    // A role that may not list names gets the same report, without a guess.
    let allow =
        r#"{"Statement": {"Effect": "Allow", "Action": ["ssm:GetParameters"], "Resource": "*"}}"#;
    store.policy(allow).unwrap();
    let without = run(&store, &check);
    assert!(without.contains("1 ok, 4 problems"), "{without}");
    assert!(!without.contains("did you mean") && !without.contains("Describe"), "{without}");
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

/// One field of each kind.
#[derive(StageConfig)]
#[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) struct Kinds {
    #[env("TABLE_NAME")]
    table: String,
    #[value(5)]
    retries: u32,
    #[secret(dev = "mail/test", prod = "mail/live")]
    mail: SecretString,
    #[secret("not/there")]
    absent_secret: SecretString,
    #[ssm("/kinds/db", json_key = "port")]
    port: u16,
    #[ssm("/kinds/db", json_key = "password")]
    password: SecretString,
    #[ssm("/kinds/timeout:2")]
    timeout: Duration,
    #[ssm("/kinds/timeout:blue")]
    before: Duration,
    #[ssm("arn:aws:ssm:us-east-1:999988887777:parameter/shared")]
    shared: String,
    #[ssm_path("/kinds/flags")]
    flags: BTreeMap<String, bool>,
    #[ssm_path("/kinds/empty", required)]
    empty: BTreeMap<String, bool>,
    #[nested("/kinds/cache")]
    cache: Option<Cache>,
    #[ssm("/kinds/denied")]
    denied: String,
    #[ssm("/kinds/key")]
    key: SecretString,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Cache {
    #[ssm("url")]
    url: String,
}

fn kinds() -> LocalStore {
    let store = LocalStore::start([
        Parameter::secret("mail/test", "s3cret"),
        Parameter::secure_string("/kinds/db", r#"{"port": "s3cret", "password": "s3cret"}"#),
        Parameter::string("/kinds/timeout", "5s"),
        Parameter::string("/kinds/timeout", "s3cret"),
        Parameter::string("/kinds/flags/new", "true"),
        Parameter::string("/kinds/flags/old", "s3cret"),
        Parameter::string("/kinds/denied", "s3cret"),
        Parameter::secure_string("/kinds/key", "s3cret"),
    ])
    .unwrap();
    store.label("/kinds/timeout", 1, "blue").unwrap();
    store.script([
        On::any().name("/kinds/denied").deny(),
        On::any().name("/kinds/key").error("InvalidKeyId", "the key is disabled"),
    ]);
    store
}

#[test]
fn each_kind_of_field() {
    let store = kinds();
    let artifact = described("kinds", Kinds::PARAMETERS);
    let check = |arguments: &[&str]| {
        let mut command = program();
        command.arg("check").args(["--endpoint-url", &store.url()]);
        let output = command.arg("--artifact").arg(&artifact).args(arguments).output().unwrap();
        let shown = shown(&output, Some(&store));
        assert!(!shown.contains("s3cret"), "{shown}");
        shown
    };
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Kinds` at `dev`
        STATUS      FIELD           PARAMETER                                            DETAIL
        ok          mail            mail/test
        missing     absent_secret   not/there                                            in Secrets Manager
        malformed   port, password  /kinds/db                                            SecureString, version 1; its value has a key `port` whose value is not a `u16`: invalid digit found in string
        malformed   timeout         /kinds/timeout:2                                     String, version 2; its value is not a `duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
        ok          before          /kinds/timeout:blue                                  String, version 1
        missing     shared          arn:aws:ssm:us-east-1:999988887777:parameter/shared
        malformed   flags           /kinds/flags                                         `old`: its value is not a `bool`: provided string was not `true` or `false`
        missing     empty           /kinds/empty                                         nothing is below it
        absent      cache.url       /kinds/cache/url                                     all of `cache` has to be absent then
        denied      denied          /kinds/denied                                        User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/kinds/denied because no identity-based policy allows the ssm:GetParameter action
        unreadable  key             /kinds/key                                           the key is disabled
        11 parameters: 2 ok, 1 absent, 8 problems
        --- exit status: 1
    "#]].assert_eq(&check(&["--stage", "dev"]));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Kinds` at `dev`
        STATUS      FIELD           PARAMETER                                            DETAIL
        not judged  mail            mail/test                                            it is in Secrets Manager
        not judged  absent_secret   not/there                                            it is in Secrets Manager
        ok          port, password  /kinds/db                                            SecureString, version 1
        not judged  timeout         /kinds/timeout:2                                     its version or label is not looked up
        not judged  before          /kinds/timeout:blue                                  its version or label is not looked up
        not judged  shared          arn:aws:ssm:us-east-1:999988887777:parameter/shared  it is of another account
        ok          flags           /kinds/flags                                         2 parameters below it
        missing     empty           /kinds/empty                                         nothing is below it
        absent      cache.url       /kinds/cache/url                                     all of `cache` has to be absent then
        ok          denied          /kinds/denied                                        String, version 1
        ok          key             /kinds/key                                           SecureString, version 1
        11 parameters: 4 ok, 1 absent, 5 not judged, 1 problem
        --- exit status: 1
    "#]].assert_eq(&check(&["--stage", "dev", "--names-only"]));
    // The production stage is of another account.
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        --- standard error
        error: this is account 111122223333, but `Kinds` at `prod` belongs to account 444455556666
        help: choose another `--profile`; `accounts(…)` on the struct says which is whose
        --- exit status: 1
    "#]].assert_eq(&check(&["--stage", "prod"]));
    let all = check(&["--all-stages"]);
    assert!(
        all.contains("`Kinds` at `prod`: left out, because it belongs to account 4444"),
        "{all}"
    );
}

#[test]
fn credentials_region_and_account() {
    let run = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = program();
        command.arg("--artifact").arg(shop()).args(["check", "--stage", "dev"]);
        let output = command.envs(variables.iter().copied()).args(arguments).output().unwrap();
        shown(&output, None)
    };
    expect![[r#"
        --- standard error
        error: no AWS region is known
        help: add `--region`, set `AWS_REGION`, or name a `--profile` that has one
        --- exit status: 1
    "#]]
    .assert_eq(&run(&[("AWS_REGION", "")], &[]));
    let without_key = [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")];
    expect![[r#"
        --- standard error
        error: the AWS credentials do not work: there are none
        help: log in, for example with `aws sso login`, or choose another `--profile`
        --- exit status: 1
    "#]]
    .assert_eq(&run(&without_key, &[]));
    expect![[r#"
        --- standard error
        error: there is no AWS profile `not-there`
        help: there are none; `aws configure` or `aws configure sso` makes one
        --- exit status: 1
    "#]]
    .assert_eq(&run(&without_key, &["--profile", "not-there"]));
    let nobody = ["--endpoint-url", "http://127.0.0.1:1"];
    expect![[r#"
        --- standard error
        error: no answer from http://127.0.0.1:1: client error (Connect): tcp connect error: Connection refused (os error 111)
        --- exit status: 1
    "#]].assert_eq(&run(&[], &nobody));

    // The variable of the service, as `stage-config-local` sets it, is also for STS.
    let store =
        LocalStore::builder().account("123456789012").region("eu-west-1").start(dev()).unwrap();
    let variables = [("AWS_ENDPOINT_URL_SSM", &*store.url()), ("AWS_REGION", "eu-west-1")];
    let checked = run(&variables, &[]);
    expect!["account 123456789012 in eu-west-1, at URL, as arn:aws:sts::123456789012:assumed-role/local/local"].assert_eq(&checked.lines().next().unwrap().replace(&store.url(), "URL"));
    // Whoever may not ask STS still checks.
    store.script([On::call("GetCallerIdentity").deny()]);
    let checked = run(&variables, &[]);
    expect!["an unknown account in eu-west-1 (User: arn:aws:sts::123456789012:assumed-role/local/local is not authorized to perform: sts:GetCallerIdentity on resource: * because no identity-based policy allows the sts:GetCallerIdentity action), at URL"].assert_eq(&checked.lines().next().unwrap().replace(&store.url(), "URL"));
    assert!(checked.contains("3 ok"), "{checked}");
    // Without a connection, the names are not requested one by one.
    store.clear_script();
    store.script([On::call("GetParameters").reset(At::Start)]);
    let checked = run(&variables, &[]);
    assert!(checked.contains("5 parameters: 0 ok, 5 problems"), "{checked}");
    assert_eq!(store.calls().of("GetParameter"), 0);
}

#[cfg(unix)]
#[test]
fn a_profile_wins_over_keys_in_the_environment() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (config, marker) = (folder.join("aws-config"), folder.join("profile-was-used"));
    let _ = fs::remove_file(&marker);
    let process = format!(
        "sh -c 'touch {}; echo {{\\\"Version\\\": 1, \\\"AccessKeyId\\\": \\\"a\\\", \\\"SecretAccessKey\\\": \\\"b\\\"}}'",
        marker.display()
    );
    let text = format!("[profile work]\nregion = eu-west-1\ncredential_process = {process}\n");
    fs::write(&config, text).unwrap();
    let store = LocalStore::builder().region("eu-west-1").start(dev()).unwrap();
    let mut command = at(&store);
    command.args(["check", "--stage", "dev", "--profile", "work"]);
    command.env("AWS_CONFIG_FILE", config).env_remove("AWS_REGION");
    let shown = shown(&command.output().unwrap(), Some(&store));
    assert!(shown.starts_with("account 111122223333 in eu-west-1, at URL"), "{shown}");
    assert!(marker.exists(), "{shown}");
}
