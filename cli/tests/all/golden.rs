//! What every command prints: at a terminal of 80 and of 200 columns, with colours and without, and
//! piped. `UPDATE_EXPECT=1` writes the files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use expect_test::expect_file;
use regex::Regex;
use stage_config::schema::ParameterTable;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use crate::terminal::{open, rest};
use crate::{Shop, filled, program, undated};

/// Names that do not fit beside each other into 80 columns.
#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Payments {
    /// Signs what the payment provider sends
    #[ssm("/example-company/payments/{stage}/providers/stripe/webhook-signing-secret")]
    webhook_signing_secret: SecretString,
    #[ssm("/example-company/payments/{stage}/providers/stripe/retries-before-a-person-is-asked")]
    retries: u32,
    #[value(dev = 1, prod = 2)]
    attempts: u32,
}

fn store() -> LocalStore {
    let store = filled();
    let stripe = "/example-company/payments/prod/providers/stripe";
    for parameter in [
        Parameter::string(format!("{stripe}/webhook-signing-secret"), "whsec_1"),
        Parameter::string(format!("{stripe}/retries-before-a-person-is-asked"), "never"),
        Parameter::string(format!("{stripe}/an-old-name-that-no-program-reads-now"), "1"),
    ] {
        store.put(parameter).unwrap();
    }
    store.label("/shop/prod/limit", 1, "blue").unwrap();
    store
}

const COMMANDS: &[(&str, &str)] = &[
    ("help", "--help"),
    ("help-short", "-h"),
    ("list", "list"),
    ("policy", "policy --stage prod"),
    ("check", "check --stage prod"),
    ("check-names-only", "check --stage prod --names-only"),
    ("check-all-stages", "check --all-stages"),
    ("put", "put --stage prod --from ../values.toml --missing"),
    ("put-dry-run", "put --stage prod --dry-run"),
    ("put-overwrite", "put --stage prod limit --overwrite --from ../values.toml"),
    ("diff", "diff dev prod"),
    ("diff-json", "diff dev prod --format json"),
    ("history", "history limit --stage prod"),
    ("history-json", "history limit --stage prod --format json"),
    ("unused", "unused --path /"),
    ("unused-json", "unused --path / --format json"),
    ("snapshot", "snapshot --stage prod"),
    ("example", "example"),
    ("serve", "serve ../local.toml -- echo beside the store"),
    ("export-check", "export --check"),
    ("refused-stage", "check --stage prd"),
    ("refused-field", "history limti --stage prod"),
    ("refused-option", "check --stages prod"),
];

#[test]
fn every_command() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let values = "limit = 50\nhosts = [\"a\", \"b\"]\n\"/shop/prod/motd\" = \"hi\"\n";
    fs::write(folder.join("values.toml"), values).unwrap();
    fs::write(folder.join("local.toml"), "\"/limit\" = \"5\"\n").unwrap();
    let tables = [Shop::PARAMETERS, Payments::PARAMETERS];
    let tables = tables.map(ParameterTable::to_json).join(",");
    fs::write(folder.join("both.json"), format!("[{tables}]")).unwrap();
    thread::scope(|scope| {
        for half in COMMANDS.chunks(COMMANDS.len().div_ceil(2)) {
            let folder = &folder;
            scope.spawn(move || half.iter().for_each(|(name, line)| golden(folder, name, line)));
        }
    });
}

/// Runs a command in every form. Without colours and piped, it is the same without escapes.
fn golden(folder: &Path, name: &str, line: &str) {
    let (store, mut command) = command(folder, line);
    let Output { status, stdout, stderr } = command.output().unwrap();
    // What a command waits for is there for as long as it takes, so only early errors are shown.
    let script = if stdout.is_empty() { "exec \"$@\"" } else { "exec \"$@\" 2>/dev/null" };
    let piped = String::from_utf8([stdout, stderr].concat()).unwrap();
    let [narrow, wide] = [80, 200].map(|width| {
        let [colored, plain] = [false, true].map(|no_color| {
            let (store, mut command) = self::command(folder, line);
            if no_color {
                command.env("NO_COLOR", "1");
            }
            undated(&rest(&mut open(&command, width, script), &store))
        });
        let escapes = Regex::new("␛\\[[0-9;]*m").unwrap();
        assert_eq!(escapes.replace_all(&colored, ""), plain, "{line}");
        (colored, plain)
    });
    assert_eq!(wide.1, undated(&piped).replace(&store.url(), "URL"), "{line}");
    let sections = if narrow.0 == wide.0 {
        narrow.0
    } else {
        format!("=== 80 columns ===\n{}\n=== 200 columns ===\n{}", narrow.0, wide.0)
    };
    let status = if status.success() { String::new() } else { format!(" # {status}") };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
    expect_file![file].assert_eq(&format!("$ stage-config {line}{status}\n\n{sections}"));
}

/// A command, and a new store for it.
fn command(folder: &Path, line: &str) -> (LocalStore, Command) {
    let store = store();
    let folder = folder.join(store.url().replace(|c: char| !c.is_ascii_digit(), ""));
    // A port may come again.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    let mut command = program();
    command.current_dir(folder).args(["--artifact", "../both.json"]).args(line.split(' '));
    command.env("AWS_ENDPOINT_URL_SSM", store.url());
    (store, command)
}
