//! A struct of every kind under its policy.

use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use super::prover::{described, policy, prove};

const KEY: &str = "11112222-3333-4444-5555-666677778888";

/// Structs that are loaded and not read.
macro_rules! structs {
    ($($(#[$attribute:meta])* struct $name:ident { $($fields:tt)* })*) => {$(
        #[derive(StageConfig)]
        $(#[$attribute])*
        #[expect(dead_code, reason = "it is loaded and not read")]
        struct $name { $($fields)* }
    )*};
}

structs! {
    struct Single {
        #[ssm("single")]
        only: String,
    }

    struct Fixed {
        #[ssm(dev = "/fixed/test", prod = "/fixed/live")]
        key: SecretString,
        #[ssm("/fixed/limit")]
        limit: u32,
        #[ssm("Plain")]
        plain: String,
    }

    struct TwoCalls {
        #[ssm("/two/a")]
        a: String,
        #[ssm("/two/b")]
        b: String,
        #[ssm("/two/c")]
        c: String,
        #[ssm("/two/d")]
        d: String,
        #[ssm("/two/e")]
        e: String,
        #[ssm("/two/f")]
        f: String,
        #[ssm("/two/g")]
        g: String,
        #[ssm("/two/h")]
        h: String,
        #[ssm("/two/i")]
        i: String,
        #[ssm("/two/j")]
        j: String,
        #[ssm("/two/k")]
        k: String,
    }

    struct Optional {
        #[ssm("/optional/there")]
        there: Option<String>,
        #[ssm("/optional/absent")]
        absent: Option<String>,
        #[ssm("/optional/default", default = 5)]
        default: u32,
    }

    #[stage_config(stages(dev, prod))]
    struct Templates {
        #[ssm("/templates/{stage}/own")]
        own: String,
        #[ssm("/templates/{stage}/inherited")]
        inherited: String,
        #[ssm("/templates/fixed")]
        fixed: String,
    }

    struct Path {
        #[ssm_path("/flags")]
        flags: BTreeMap<String, String>,
    }

    #[stage_config(stages(dev, prod))]
    struct PathTemplate {
        #[ssm_path("/flags/{stage}")]
        flags: BTreeMap<String, String>,
        #[ssm("/flags/{stage}/a")]
        beside: String,
    }

    struct Secret {
        #[secret(dev = "alone/test", prod = "alone/live:AWSCURRENT")]
        only: SecretString,
    }

    struct Secrets {
        #[secret("secrets/login", json_key = "user")]
        user: String,
        #[secret("secrets/login", json_key = "host", default = "localhost")]
        host: String,
        #[secret("secrets/key")]
        key: SecretString,
    }

    #[stage_config(stages(dev, prod))]
    struct OptionalSecrets {
        #[secret("optional/there")]
        there: Option<SecretString>,
        #[secret("optional/absent")]
        absent: Option<SecretString>,
        #[secret("optional/{stage}/own")]
        own: SecretString,
        #[ssm("/optional/limit")]
        limit: u32,
    }

    struct OptionalSecret {
        #[secret("optional/absent")]
        only: Option<SecretString>,
    }

    struct Database {
        #[ssm("url")]
        url: String,
        #[ssm("password")]
        password: SecretString,
    }

    struct Nested {
        #[nested(dev = "/nested/test", prod = "/nested/live")]
        fixed: Database,
        #[nested("/nested/{stage}/template")]
        template: Database,
        #[nested("/nested/{stage}/absent")]
        absent: Option<Database>,
    }

    struct OfOthers {
        #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared/url")]
        shared: String,
        #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared/limit:1")]
        versioned: u32,
        #[ssm("/others/own")]
        own: String,
    }

    struct Selectors {
        #[ssm("/selectors/key")]
        current: String,
        #[ssm("/selectors/key:1")]
        version: String,
        #[ssm(dev = "/selectors/limit:stable", prod = "/selectors/limit:stable")]
        label: u32,
    }

    struct OwnKey {
        #[ssm(dev = "/key/test", prod = "/key/live")]
        only: SecretString,
    }

    #[stage_config(stages(dev, prod), accounts(dev = "111122223333", prod = "444455556666"))]
    struct Accounts {
        #[ssm("/accounts/{stage}/limit")]
        limit: u32,
    }

    #[stage_config(stages(dev, prod))]
    struct Mixture {
        #[ssm("/mixture/{stage}/limit")]
        limit: u32,
        #[ssm(dev = "/mixture/key", prod = "/mixture/key:1")]
        key: SecretString,
        #[ssm("/mixture/plain")]
        plain: Option<String>,
        #[secret("mixture/{stage}")]
        password: SecretString,
        #[ssm_path("/mixture/{stage}/flags")]
        flags: BTreeMap<String, bool>,
        #[ssm("arn:aws:ssm:us-east-1:444455556666:parameter/shared/url")]
        shared: String,
        #[nested("/mixture/db")]
        database: Database,
    }
}

const DECLARED: &[&str] = &["dev", "prod"];
const ALL: &[&str] = &["dev", "prod", "featureX"];
/// For structs without a stage.
const ANY: &[&str] = &[""];

/// All that they read, except what is called absent.
fn store() -> LocalStore {
    let names = [
        "single",
        "/fixed/limit",
        "Plain",
        "/optional/there",
        "/templates/dev/own",
        "/templates/prod/own",
        "/templates/featureX/own",
        "/templates/dev/inherited",
        "/templates/prod/inherited",
        "/templates/fixed",
        "/flags/dev/a",
        "/flags/prod/a",
        "/flags/featureX/b",
        "/optional/limit",
        "/nested/test/url",
        "/nested/live/url",
        "/nested/dev/template/url",
        "/nested/prod/template/url",
        "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url",
        "arn:aws:ssm:us-east-1:444455556666:parameter/shared/limit",
        "/others/own",
        "/selectors/key",
        "/selectors/key",
        "/selectors/limit",
        "/accounts/dev/limit",
        "/accounts/featureX/limit",
        "/mixture/dev/limit",
        "/mixture/prod/limit",
        "/mixture/plain",
        "/mixture/db/url",
    ];
    let encrypted = [
        "/fixed/test",
        "/fixed/live",
        "/nested/test/password",
        "/nested/live/password",
        "/nested/dev/template/password",
        "/nested/featureX/template/password",
        "/nested/prod/template/password",
        "/mixture/db/password",
    ];
    let secrets = [
        "alone/test",
        "alone/live",
        "secrets/key",
        "optional/there",
        "optional/dev/own",
        "optional/prod/own",
        "mixture/dev",
        "mixture/prod",
    ];
    let parameters = (names.map(|name| Parameter::string(name, "5")).into_iter())
        .chain(('a'..='k').map(|c| Parameter::string(format!("/two/{c}"), "x")))
        .chain(encrypted.map(|name| Parameter::secure_string(name, "s")))
        .chain(
            ["/key/test", "/key/live", "/mixture/key"]
                .map(|name| Parameter::secure_string(name, "s").key_id(KEY)),
        )
        .chain(secrets.map(|name| Parameter::secret(name, "s")))
        .chain([
            Parameter::string("/mixture/dev/flags/a", "true"),
            Parameter::string("/mixture/prod/flags/a", "true"),
            Parameter::secret("secrets/login", r#"{"user": "shop"}"#),
        ]);
    let store = LocalStore::start(parameters).unwrap();
    store.label("/selectors/limit", 1, "stable").unwrap();
    store
}

async fn check<T: StageConfig>(store: &LocalStore, stages: &[&str], arguments: &[&str]) {
    let artifact = described::<T>();
    for stage in stages {
        prove::<T>(store, &artifact, stage, arguments).await;
    }
}

#[tokio::test]
async fn each_loads_under_its_policy_and_under_nothing_less() {
    let store = &store();
    let here = &["--account", "111122223333"];
    let key = &["--account", "111122223333", "--kms-key", KEY];
    let arn_of_key = format!("arn:aws:kms:us-east-1:111122223333:key/{KEY}");

    check::<Single>(store, ANY, here).await;
    check::<Fixed>(store, ALL, here).await;
    check::<TwoCalls>(store, ANY, here).await;
    check::<Optional>(store, ANY, here).await;
    check::<Templates>(store, ALL, here).await;
    check::<Selectors>(store, DECLARED, here).await;
    check::<OfOthers>(store, ANY, here).await;
    check::<Path>(store, ANY, here).await;
    check::<PathTemplate>(store, ALL, here).await;
    check::<Secret>(store, ALL, here).await;
    check::<Secrets>(store, ANY, here).await;
    check::<OptionalSecret>(store, ANY, here).await;
    check::<OptionalSecrets>(store, ALL, here).await;
    check::<Nested>(store, ALL, here).await;
    check::<OwnKey>(store, DECLARED, key).await;
    check::<OwnKey>(store, DECLARED, &["--account", "111122223333", "--kms-key", &arn_of_key])
        .await;
    check::<Mixture>(store, ALL, key).await;
    // The account is known from the struct.
    check::<Accounts>(store, &["dev", "featureX"], &[]).await;
    let prod = [Parameter::string("/accounts/prod/limit", "50")];
    let prod = LocalStore::builder().account("444455556666").start(prod).unwrap();
    check::<Accounts>(&prod, &["prod"], &[]).await;
}

/// If one field needs a secret, a load without it fails, so that no call has to tell why.
#[test]
fn a_secret_that_may_be_absent_for_some_fields_only_needs_one_call() {
    let printed = policy(&described::<Secrets>(), &[]);
    assert!(printed.contains("\"ssm:GetParameters\""), "{printed}");
    assert!(!printed.contains("\"ssm:GetParameter\""), "{printed}");
}
