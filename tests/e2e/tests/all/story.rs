//! The story of the README from an empty account to a typo that does not compile, with the function
//! of the README.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::expect;
use lambda_simulator::{FreezeMode, Simulator};
use serde_json::json;
use stage_config::{SecretString, StageConfig};
use stage_config_e2e::example;
use stage_config_local::{LocalStore, Parameter};

use crate::lambda::{Function, PATIENCE, simulator};

const README: &str = include_str!("../../../../README.md");
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");
const KEY: &str = "\"/stripeSecretKey/live\"";
const SECRETS: [&str; 2] = ["sk_test_4eC39Hq", "sk_live_9zKp2Tt"];

/// The block of the README with this text.
fn block(language: &str, text: &str) -> &'static str {
    let mut blocks = README.split("\n```").filter_map(|it| it.strip_prefix(language));
    blocks.find(|it| it.contains(text)).unwrap_or_else(|| panic!("no block has `{text}`")).trim()
}

fn target() -> &'static Path {
    Path::new(FOLDER).parent().expect("it is a folder in `target`")
}

/// A crate of a user.
struct Project {
    folder: PathBuf,
    libraries: BTreeMap<String, PathBuf>,
}

impl Project {
    fn new() -> Self {
        let folder = Path::new(FOLDER).join("story");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, libraries: example::build_libraries("lambda", target()) }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Compiles as cargo does, without building the dependencies again.
    fn compile(&self, source: &str, arguments: &[&str]) -> Output {
        fs::write(self.file("main.rs"), source).unwrap();
        let mut rustc = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
        for name in ["lambda_runtime", "serde_json", "stage_config", "tokio"] {
            let library = &self.libraries[name];
            rustc.arg("--extern").arg(format!("{name}={}", library.display()));
            let dependencies = library.parent().unwrap().display();
            rustc.arg("-L").arg(format!("dependency={dependencies}"));
        }
        rustc
            .args(["--edition", "2024", "--crate-name", "orders", "main.rs"])
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .output()
            .unwrap()
    }

    /// Runs the program on the account, and returns what it prints.
    fn stage_config(&self, store: &LocalStore, arguments: &[&str]) -> String {
        stage_config(&self.folder, "orders", store, arguments)
    }
}

/// Runs the program on the account, and returns what it prints.
fn stage_config(folder: &Path, artifact: &str, store: &LocalStore, arguments: &[&str]) -> String {
    let mut command = Command::new(example::build_program(target()));
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("AWS_") || upper.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    let output = command
        .args(["--artifact", artifact, "--endpoint-url", &store.url()])
        .args(arguments)
        .current_dir(folder)
        .env("AWS_CONFIG_FILE", "/not/there")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/not/there")
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_REGION", "eu-west-1")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap().replace(&store.url(), "URL");
    assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{said}");
    said
}

/// Panics unless the README shows each line but the first, which names the account.
fn assert_told(said: &str, told: &str) {
    assert!(said.lines().count() > 2, "{said}");
    for line in said.lines().skip(1) {
        assert!(told.contains(line), "the README does not have `{line}`");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_account_to_a_typo() {
    let source = block("rust,no_run", "Stripe secret key");
    let project = Project::new();
    let built = project.compile(source, &["-o", "orders"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let store =
        LocalStore::builder().account("444455556666").region("eu-west-1").start([]).unwrap();

    puts_what_is_missing(&project, &store);
    runs_under_the_policy_of_its_stage(&project, &store).await;
    does_not_compile_with_a_typo(&project, &store, source);
}

fn puts_what_is_missing(project: &Project, store: &LocalStore) {
    let run = |arguments: &[&str]| project.stage_config(store, arguments);
    expect![[r#"
        account 444455556666 in eu-west-1, at URL, as arn:aws:sts::444455556666:assumed-role/local/local

        `Config` at `prod`
        STATUS   FIELD              PARAMETER              DETAIL
        missing  stripe_secret_key  /stripeSecretKey/live
        1 parameter: 0 ok, 1 problem
        help: stage-config put --stage prod stripe_secret_key
    "#]]
    .assert_eq(&run(&["check", "--stage", "prod"]));
    for (stage, secret) in ["dev", "prod"].into_iter().zip(SECRETS) {
        let values = project.file("values.toml");
        fs::write(&values, format!("stripe_secret_key = {secret:?}\n")).unwrap();
        let said = run(&["put", "--stage", stage, "--from", "values.toml"]);
        if stage == "prod" {
            expect![[r#"
                account 444455556666 in eu-west-1, at URL, as arn:aws:sts::444455556666:assumed-role/local/local
                `Config` at `prod`

                FIELD              PARAMETER              TYPE          CHANGE
                stripe_secret_key  /stripeSecretKey/live  SecureString  new

                put `/stripeSecretKey/live`: version 1
            "#]]
            .assert_eq(&said);
            assert_told(&said, block("sh", "stage-config put --stage prod"));
        }
    }
    expect![[r#"
        account 444455556666 in eu-west-1, at URL, as arn:aws:sts::444455556666:assumed-role/local/local

        `Config` at `dev`
        STATUS  FIELD              PARAMETER              DETAIL
        ok      stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        1 parameter: 1 ok

        `Config` at `prod`
        STATUS  FIELD              PARAMETER              DETAIL
        ok      stripe_secret_key  /stripeSecretKey/live  SecureString, version 1
        1 parameter: 1 ok
    "#]]
    .assert_eq(&run(&["check", "--all-stages"]));
}

async fn runs_under_the_policy_of_its_stage(project: &Project, store: &LocalStore) {
    let here = ["--account", "444455556666", "--region", "eu-west-1", "--partition", "aws"];
    let policy = project.stage_config(store, &[&["policy", "--stage", "prod"], &here[..]].concat());
    store.policy(&policy).unwrap();
    let at = |stage, lambda: &Simulator| {
        let variables = [("stage", stage), ("AWS_REGION", "eu-west-1")];
        Function::start_as(&project.file("orders"), lambda, store, variables)
    };
    let (_, said) = at("dev", &simulator(FreezeMode::None).await).ended().await;
    assert!(said.contains("is denied: the role needs `ssm:GetParameter`"), "{said}");
    let lambda = simulator(FreezeMode::None).await;
    let function = at("prod", &lambda);
    let request = lambda.enqueue_payload(json!({"amount": 5})).await;
    let done = tokio::select! {
        done = lambda.wait_for_invocation_complete(&request, PATIENCE) => done.unwrap(),
        (_, said) = function.ended() => panic!("{said}"),
    };
    let answer = done.response.expect("it succeeds").payload;
    assert_eq!(answer, json!({"event": {"amount": 5}, "stage": "prod"}));
    assert!(README.contains(&answer.to_string().replace("prod", "dev")), "{answer}");
    store.clear_policies();
}

/// What exists is written down, and is what the compiler looks at.
fn does_not_compile_with_a_typo(project: &Project, store: &LocalStore, source: &str) {
    for stage in ["dev", "prod"] {
        let said = project.stage_config(store, &["snapshot", "--stage", stage]);
        let expected =
            format!("wrote `parameters/{stage}.json`: 2 parameters of account 444455556666");
        assert!(said.contains(&expected), "{said}");
    }
    let snapshot = fs::read_to_string(project.file("parameters/prod.json")).unwrap();
    let date = snapshot.lines().find(|line| line.contains("\"date\"")).unwrap();
    expect![[r#"
        {
          "account": "444455556666",
          "beside": [
            "dev"
          ],
          "date": …
          "parameters": {
            "/stripeSecretKey/live": "SecureString",
            "/stripeSecretKey/test": "SecureString"
          },
          "region": "eu-west-1",
          "stage": "prod",
          "version": 1
        }
    "#]]
    .assert_eq(&snapshot.replace(date, "  \"date\": …"));
    let attribute = "#[stage_config(snapshot = \"parameters\")]";
    assert!(README.contains(attribute), "the README does not have {attribute}");
    let source = source.replace("struct Config", &format!("{attribute}\nstruct Config"));
    let compiles = |source: &str| project.compile(source, &["--emit", "metadata"]);
    assert!(compiles(&source).status.success());
    let typo = compiles(&source.replace(KEY, "\"/stripeSecretKey/liev\""));
    let said = String::from_utf8(typo.stderr).unwrap();
    for line in block("text", "evaluation panicked").lines() {
        assert!(said.contains(line.trim()), "the README has `{line}`, and not\n{said}");
    }
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "only its description is used")]
struct Config {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    #[ssm("/limit/{stage}")]
    limit: u32,
    #[ssm("/db/{stage}/url")]
    database_url: String,
}

#[test]
fn the_check_of_the_readme() {
    let folder = Path::new(FOLDER);
    fs::write(folder.join("orders.json"), Config::PARAMETERS.to_json()).unwrap();
    let limits = ["5", "50", "many"].map(|limit| Parameter::string("/limit/prod", limit));
    let store = LocalStore::builder().account("444455556666").region("eu-west-1");
    let store = store.start(limits).unwrap();
    store.put(Parameter::secure_string("/stripeSecretKey/live", SECRETS[1])).unwrap();

    let said = stage_config(folder, "orders.json", &store, &["check", "--stage", "prod"]);

    assert_told(&said, block("sh", "stage-config check --stage prod"));
}
