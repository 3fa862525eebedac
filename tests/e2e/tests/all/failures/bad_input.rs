//! Everything wrong in one load: one error that names all of it and holds nothing secret.

use std::collections::BTreeMap;
use std::time::Duration;

use expect_test::expect;
use serde::Deserialize;
use stage_config::{LoadError, ProblemKind, SecretBox, SecretString, StageConfig};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::remote;

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "it is never read")]
struct Limits {
    reads: u32,
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it is never loaded")]
struct Database {
    #[ssm("/url")]
    url: String,
    #[ssm("/port")]
    port: u16,
    #[secret("credentials", json_key = "password")]
    password: SecretString,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), validate = Self::check)]
#[expect(dead_code, reason = "it is never loaded")]
struct Config {
    #[ssm("/app/{stage}/signing-key", base64)]
    signing_key: SecretBox<Vec<u8>>,
    #[ssm("/app/limits", json)]
    limits: Limits,
    #[ssm("/app/limits-of-another-type", json)]
    other_limits: Limits,
    #[secret("stripe/keys", json_key = "live.key")]
    stripe_key: SecretString,
    #[secret("stripe/keys", json_key = "live.port")]
    stripe_port: u16,
    #[ssm("/app/timeouts")]
    timeouts: Vec<Duration>,
    #[ssm("/app/color", parse_with = color)]
    color: u8,
    #[ssm_path("/app/{stage}/flags")]
    flags: BTreeMap<String, u8>,
    #[ssm_path("/app/denied")]
    denied_flags: BTreeMap<String, u8>,
    #[ssm_path("/app/empty", required)]
    required_flags: BTreeMap<String, u8>,
    #[ssm("/app/{stage}/missing")]
    missing: String,
    #[ssm("/app/{stage}/denied", default = "default")]
    denied: String,
    #[ssm("/app/broken", default = "default")]
    broken: String,
    #[env("NOT_SET")]
    not_set: String,
    #[nested("/app/{stage}/db")]
    database: Database,
    #[nested("/replica")]
    replica: Option<Database>,
    #[ssm("/app/fine")]
    fine: String,
}

impl Config {
    fn check(&self) -> Result<(), &'static str> {
        if self.fine.is_empty() { Ok(()) } else { Err("never said, because not all is there") }
    }
}

fn color(text: &str) -> Result<u8, String> {
    Err(format!("`{text}` is no color"))
}

/// What must be in no error.
const SECRETS: [&str; 7] = ["sk_", "$$$", "wide_open", "eyJ", "s3cr3t", "pw_", "99999"];

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/app/featureX/signing-key", "c2tfbGl2ZQ$$$"),
        Parameter::secure_string("/app/dev/signing-key", "c2tfbGl2ZQ=="),
        Parameter::secure_string("/app/limits", r#"{"reads": 5, "eyJ": "s3cr3t"#),
        Parameter::secure_string("/app/limits-of-another-type", r#"{"reads": "wide_open"}"#),
        Parameter::secret("stripe/keys", r#"{"live": {"port": "sk_port"}, "test": "sk_test"}"#),
        Parameter::string_list("/app/timeouts", "30s,soon,5m"),
        Parameter::secure_string("/app/color", "s3cr3t-red"),
        Parameter::string("/app/dev/flags/a", "1"),
        Parameter::string("/app/dev/flags/b", "of another stage"),
        Parameter::string("/app/featureX/flags/b", "two"),
        Parameter::secure_string("/app/featureX/flags/c/d", "99999"),
        Parameter::string("/app/denied/a", "1"),
        Parameter::string("/app/featureX/denied", "pw_denied"),
        Parameter::string("/app/dev/denied", "pw_denied"),
        Parameter::secure_string("/app/broken", "pw_broken"),
        Parameter::string("/app/dev/db/url", "db.example.com"),
        Parameter::string("/app/dev/db/port", "99999"),
        Parameter::secret("app/dev/db/credentials", "pw_not_json"),
        Parameter::secret("replica/credentials", r#"{"password": "pw_replica"}"#),
        Parameter::string("/app/fine", "fine"),
    ])
    .unwrap()
}

async fn failed(store: &LocalStore) -> LoadError {
    let loader =
        Config::loader().stage("featureX").env([("OTHER", "1")]).source(source(&remote(store)));
    loader.load().await.unwrap_err()
}

#[tokio::test]
async fn every_problem_is_in_the_one_error_and_no_secret() {
    let store = store();
    for operation in ["GetParameter", "GetParameters"] {
        store.script(On::call(operation).name("/app/featureX/denied").deny());
    }
    store.script(On::call("GetParametersByPath").name("/app/denied").deny());
    store.script(On::call("Decrypt").name("/app/broken").fail());
    let error = failed(&store).await;
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 19 problems
          signing_key: parameter `/app/featureX/signing-key` is not base64: character 13 is not one of `A-Z a-z 0-9 + /`, or is misplaced
          limits: parameter `/app/limits` is not valid JSON: EOF while parsing a string at line 1 column 27
          other_limits: parameter `/app/limits-of-another-type` is not a `Limits`: invalid type at line 1 column 21 (its text is secret and not shown)
          stripe_key: secret `stripe/keys` has no key `live.key`
          stripe_port: secret `stripe/keys` has a key `live.port` whose value is not a `u16` (its text is secret and not shown)
          timeouts: parameter `/app/timeouts` is not a `Vec<Duration>`: item 2: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
          color: parameter `/app/color` is not a `u8` (its text is secret and not shown)
          flags: parameter `/app/featureX/flags/b` is not a `u8`: invalid digit found in string
          flags: parameter `/app/featureX/flags/c/d` is not a `u8` (its text is secret and not shown)
          denied_flags: access to path `/app/denied` is denied: the role needs `ssm:GetParametersByPath` on `arn:aws:ssm:us-east-1:111122223333:parameter/app/denied`
          required_flags: path `/app/empty` has nothing below it in us-east-1
          missing: parameter `/app/featureX/missing` does not exist in us-east-1, nor does `/app/dev/missing`
          denied: access to parameter `/app/featureX/denied` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/app/featureX/denied`
          broken: parameter `/app/broken` cannot be read: its KMS key is missing, disabled or not accessible (arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000 is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException))
          not_set: environment variable `NOT_SET` is not set
          database.port: parameter `/app/dev/db/port` is not a `u16`: number too large to fit in target type
          database.password: secret `app/dev/db/credentials` is not valid JSON: expected value at line 1 column 1
          replica.url: parameter `/replica/url` does not exist in us-east-1
          replica.port: parameter `/replica/port` does not exist in us-east-1
        help: aws ssm put-parameter --name /app/empty/… --type String --region us-east-1 --value …
              aws ssm put-parameter --name /app/dev/missing --type String --region us-east-1 --value …
              aws ssm put-parameter --name /replica/url --type String --region us-east-1 --value …
              aws ssm put-parameter --name /replica/port --type String --region us-east-1 --value …
        help: set the environment variable `NOT_SET`
        help: allow `ssm:GetParametersByPath` in a policy of the role
        help: allow `ssm:GetParameters` in a policy of the role
        help: remove `required` if a path may be empty
        help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret
        help: `replica` is `None` only if none of its parameters exists"#]].assert_eq(&error.to_string());

    for said in [error.to_string(), format!("{error:?}"), format!("{:?}", error.problems())] {
        for secret in SECRETS {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
    }
    assert!(!error.is_transient());
    assert!(error.problems().iter().all(|it| it.kind() != ProblemKind::Invalid));
}
