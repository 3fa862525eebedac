//! The struct of each example under the policy of its binary.

use std::fs;
use std::path::Path;

use stage_config_e2e::example;
use stage_config_local::{LocalStore, from_toml};

use super::prover::{described, prove, target};

/// What the examples read. They start stores of their own, which have no policy.
const PARAMETERS: &str = r#"
"/orders/timeout" = "1m 30s"
"/orders/hosts" = ["10.0.0.1", "10.0.0.2"]
"/orders/limits" = '{"usual": 10, "burst": 50}'
"/orders/public-key" = "AQIDBA=="
"/orders/colour" = "ff8800"

"/aws/reference/secretsmanager/orders/test" = { secure = '{"host": "db", "password": "p"}' }
"/aws/reference/secretsmanager/orders/live" = { secure = '{"host": "db", "password": "p"}' }
"/orders/table" = "orders"

"/stripe/test" = { secure = "sk_test_1" }
"/stripe/live" = { secure = "sk_live_1" }
"/aws/reference/secretsmanager/shop/dev/mail" = { secure = "m" }
"/aws/reference/secretsmanager/shop/prod/mail" = { secure = "m" }
"/shop/dev/flags/a" = "on"
"/shop/prod/flags/a" = "on"
"/shop/dev/orders/url" = "db:5432"
"/shop/dev/orders/password" = { secure = "p" }
"/shop/prod/orders/url" = "db:5432"
"/shop/prod/orders/password" = { secure = "p" }
"/search/url" = "search:5432"
"/search/password" = { secure = "p" }

"/flags/dev/dark-mode" = "true"
"/flags/featureX/dark-mode" = "true"

"/stripeSecretKey/test" = { secure = "sk_test_1" }
"/stripeSecretKey/live" = { secure = "sk_live_1" }
"/largestAmount/dev" = "100"
"/largestAmount/prod" = "5000"
"/checkout/dev/currency" = "eur"
"/checkout/prod/currency" = "eur"

"/orders/test/url" = "db:5432"
"/orders/test/password" = { secure = "p" }
"/orders/live/url" = "db:5432"
"/orders/live/password" = { secure = "p" }
"/dev/customers/url" = "db:5432"
"/dev/customers/password" = { secure = "p" }
"/prod/customers/url" = "db:5432"
"/prod/customers/password" = { secure = "p" }

"/orders/dev/table" = "orders-dev"
"/orders/dev/limit" = "10"
"/orders/prod/table" = "orders"
"/orders/prod/limit" = "500"
"/orders/featureX/limit" = "1000"

"/orders/dev/db/user" = "orders"
"/orders/dev/db/password" = { secure = "p" }
"/orders/prod/db/user" = "orders"
"/orders/prod/db/password" = { secure = "p" }
"#;

/// Each example is a module, because its struct is private. Without the documentation of its file, it
/// can be included; the build script removes that.
macro_rules! examples {
    ($($name:ident: $config:ident at $stages:expr;)*) => {
        $(
            mod $name {
                #![allow(dead_code, reason = "it is a program")]

                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));

                pub(super) async fn check(store: &super::LocalStore, binary: &super::Path) {
                    // One that loads nothing contains no description.
                    let described = super::described::<$config>();
                    let loads = stringify!($name) != "description";
                    let artifact = if loads { binary } else { &described };
                    let stages: &[&str] = &$stages;
                    for stage in stages {
                        let account = ["--account", "111122223333"];
                        super::prove::<$config>(store, artifact, stage, &account).await;
                    }
                }
            }
        )*

        #[tokio::test]
        async fn each_loads_under_its_policy_and_under_nothing_less() {
            let built = example::build_examples(target());
            let store = LocalStore::start(from_toml(PARAMETERS).unwrap()).unwrap();
            $($name::check(&store, &built[stringify!($name)]).await;)*

            let mut names: Vec<_> = vec![$(concat!(stringify!($name), ".rs")),*];
            names.push("src");
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
            for entry in fs::read_dir(folder).unwrap() {
                let name = entry.unwrap().file_name();
                assert!(names.iter().any(|it| name == *it), "{} is not tried", name.display());
            }
        }
    };
}

examples! {
    concurrent: Keys at ["dev", "prod"];
    conversions: Config at [""];
    database_secret: Config at ["dev", "prod"];
    description: Shop at ["dev", "prod", "featureX"];
    extension: Config at ["dev", "prod"];
    feature_flags: Config at ["dev", "prod", "featureX"];
    handler_test: Config at ["dev", "prod"];
    lambda: Config at ["dev", "prod"];
    metrics: Config at ["dev", "prod", "featureX"];
    nested: Config at ["dev", "prod", "featureX"];
    opentelemetry: Config at ["dev", "prod", "featureX"];
    own_source: Config at ["dev", "prod"];
    preview_stage: Config at ["dev", "prod", "featureX"];
    quickstart: Config at ["dev", "prod", "featureX"];
    rotated_password: Config at ["dev", "prod"];
    shared_static: Config at ["dev", "prod"];
    snapstart: Config at ["dev", "prod"];
}
