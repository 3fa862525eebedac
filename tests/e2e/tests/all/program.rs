//! The program `stage-config` on each store. Its own tests say what it prints; here, each store
//! understands what it asks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use stage_config::{SecretString, StageConfig};
use stage_config_e2e::{example, peers};
use stage_config_local::LocalStore;

#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Config {
    #[ssm("/program/{stage}/key")]
    key: SecretString,
    #[ssm("/program/{stage}/limit")]
    limit: u32,
    #[ssm("/program/{stage}/hosts")]
    hosts: Vec<String>,
    #[ssm(dev = "/program/{stage}/motd", prod = "/program/{stage}/motd")]
    motd: Option<String>,
    #[ssm_path("/program/{stage}/flags")]
    flags: std::collections::BTreeMap<String, bool>,
}

/// The program, a description and values.
struct Files {
    program: &'static Path,
    artifact: PathBuf,
    values: PathBuf,
}

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = folder.parent().expect("it is a folder in `target`");
    let (artifact, values) = (folder.join("program.json"), folder.join("program.toml"));
    fs::write(&artifact, Config::PARAMETERS.to_json()).unwrap();
    let text = "key = \"s3cret\"\nlimit = 5\nhosts = [\"a\", \"b\"]\n\"flags/new\" = true\n";
    fs::write(&values, text).unwrap();
    Files { program: example::build_program(target), artifact, values }
});

/// Fills an empty store, and runs every command on it.
fn every_command(url: &str, account: &str) {
    let Files { program, artifact, values } = &*FILES;
    let run = |arguments: &[&str]| {
        let mut command = Command::new(*program);
        for (name, _) in std::env::vars_os() {
            let upper = name.to_string_lossy().to_uppercase();
            if upper.starts_with("AWS_") || upper.ends_with("_PROXY") {
                command.env_remove(name);
            }
        }
        let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let output = command
            .envs(keys.map(|name| (name, "test")))
            .env("AWS_REGION", "us-east-1")
            .env("AWS_CONFIG_FILE", "/not/there")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/not/there")
            .arg("--artifact")
            .arg(artifact)
            .args(["--endpoint-url", url])
            .args(arguments)
            .output()
            .unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout);
        let shown = format!("{stdout}{}", String::from_utf8_lossy(&output.stderr));
        assert!(!shown.contains("s3cret"), "{arguments:?} shows a value:\n{shown}");
        (output.status.success(), shown)
    };
    let works = |arguments: &[&str], expected: &[&str]| {
        let (worked, shown) = run(arguments);
        assert!(worked, "{arguments:?}:\n{shown}");
        for text in expected {
            assert!(shown.contains(text), "{arguments:?} does not say `{text}`:\n{shown}");
        }
    };
    let from = ["--from", values.to_str().unwrap()];

    let (worked, shown) = run(&["check", "--stage", "dev"]);
    assert!(!worked && shown.contains("3 problems"), "{shown}");
    let title = format!("account {account} in us-east-1, at {url}");
    let put = "put `/program/dev/flags/new`: version 1";
    works(&[&["put", "--stage", "dev"], &from[..]].concat(), &[&title, put]);
    works(&["check", "--stage", "dev"], &["5 parameters: 4 ok, 1 absent"]);
    works(&["check", "--stage", "dev", "--names-only"], &["5 parameters: 4 ok, 1 absent"]);
    works(&["put", "--stage", "prod", "key", from[0], from[1]], &["put `/program/prod/key`"]);
    let replaced = "put `/program/prod/key`: version 2, which replaces version 1";
    works(&["put", "--stage", "prod", "key", "--overwrite", from[0], from[1]], &[replaced]);
    let compared = ["SecureString, version 2", "same ", "only dev ", "flags/new"];
    works(&["diff", "dev", "prod"], &compared);
    works(&["diff", "dev", "prod", "--format", "json"], &["\"same\": true", account]);
    works(&["history", "key", "--stage", "prod"], &["\n2 ", "\n1 "]);
    works(&["unused", "--path", "/program"], &["5 parameters below `/program`, 0 not read"]);
    works(&["policy", "--stage", "dev", "--from-account"], &[&format!("ssm:us-east-1:{account}:")]);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("snapshot-{account}"));
    let _ = fs::remove_dir_all(&folder);
    works(&["snapshot", "--stage", "dev", "--folder", folder.to_str().unwrap()], &["4 parameters"]);
    let snapshot = fs::read_to_string(folder.join("dev.json")).unwrap();
    assert!(snapshot.contains("\"/program/dev/key\": \"SecureString\""), "{snapshot}");
}

#[test]
fn local() {
    every_command(&LocalStore::start([]).unwrap().url(), "111122223333");
}

#[test]
fn moto() {
    if let Some(moto) = peers::moto() {
        every_command(&moto.url(), "123456789012");
    }
}

#[test]
fn ministack() {
    if let Some(ministack) = peers::ministack() {
        every_command(&ministack.url(), "000000000000");
    }
}
