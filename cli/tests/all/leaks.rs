//! No command prints a value, whatever it logs.

use stage_config_local::{LocalStore, Parameter};

use crate::at;

#[test]
fn secrets_are_nowhere_but_in_the_store() {
    const SECRETS: [&str; 4] = ["sk_test_s3cret", "70077", "h0st", "s3cret-motd"];
    let [key, limit, host, motd] = SECRETS;
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/test", key),
        // Not what its field reads, so that an error is about it.
        Parameter::string("/shop/dev/limit", format!("-{limit}")),
        Parameter::string_list("/shop/dev/hosts", format!("{host},{host}")),
        Parameter::string("/shop/dev/motd", motd),
        Parameter::secure_string("/stripeSecretKey/live", key),
    ])
    .unwrap();
    let values = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("leaks.toml");
    let text = format!("stripe_secret_key = \"{key}\"\nlimit = \"-{limit}\"\n");
    std::fs::write(&values, text).unwrap();
    let values = values.to_str().unwrap();
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/leaks");
    for arguments in [
        &["check", "--stage", "dev"][..],
        &["check", "--all-stages", "--format", "json"],
        &["check", "--stage", "dev", "--names-only"],
        &["diff", "dev", "prod"],
        &["diff", "dev", "prod", "--format", "json"],
        &["history", "stripe_secret_key", "--stage", "dev"],
        &["history", "stripe_secret_key", "--stage", "dev", "--format", "json"],
        &["unused", "--path", "/"],
        &["snapshot", "--stage", "dev", "--folder", folder],
        &["put", "--stage", "dev", "--overwrite", "--from", values],
        &["put", "--stage", "prod", "stripe_secret_key", "--overwrite", "--from", values],
        &["list"],
        &["policy", "--stage", "dev", "--from-account"],
    ] {
        let output = at(&store)
            .args(arguments)
            .envs([("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full")])
            .output()
            .unwrap();
        for text in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(text);
            for secret in SECRETS {
                assert!(!text.contains(secret), "{arguments:?} shows {secret}:\n{text}");
            }
        }
        assert_ne!(output.status.code(), Some(2), "{arguments:?}");
        if let Ok(text) = std::fs::read_to_string(format!("{folder}/dev.json")) {
            assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        }
    }
}
