//! Environments in which any two settings come together: a value, or one clear error.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::thread;

use stage_config_local::{LocalStore, On};

use super::{file, folder, program, store};
use crate::CLIENT;

/// One setting, as variables.
struct Setting {
    variables: Vec<(&'static str, OsString)>,
    /// Words of the errors that it leads to; without any, it does no harm.
    says: &'static [&'static str],
    /// Whether a load may work nevertheless.
    is_harmless: bool,
}

fn good(variables: &[(&'static str, &str)]) -> Setting {
    Setting { variables: owned(variables), says: &[], is_harmless: true }
}

/// A load fails, and the error has one of these words.
fn bad(variables: &[(&'static str, &str)], says: &'static [&'static str]) -> Setting {
    Setting { variables: owned(variables), says, is_harmless: false }
}

/// A load may fail, if something else makes this matter.
fn risky(variables: &[(&'static str, &str)], says: &'static [&'static str]) -> Setting {
    Setting { variables: owned(variables), says, is_harmless: true }
}

fn not_utf8(name: &'static str, says: &'static [&'static str]) -> Setting {
    let value = OsString::from_vec(b"prod\xff".to_vec());
    Setting { variables: vec![(name, value)], says, is_harmless: false }
}

fn owned(variables: &[(&'static str, &str)]) -> Vec<(&'static str, OsString)> {
    variables.iter().map(|(name, value)| (*name, value.into())).collect()
}

const LEAN: &[&str] = &["does not support the environment variable"];

const STAGE: usize = 0;

/// Each axis has the settings of which an environment has exactly one.
fn axes(url: &str, container: &str) -> Vec<Vec<Setting>> {
    let is_lean = CLIENT == "lean";
    let key = ("AWS_ACCESS_KEY_ID", "ASIA");
    let secret = ("AWS_SECRET_ACCESS_KEY", "secret");
    let (empty, garbage) = (file("empty", ""), file("garbage.pem", "no certificate"));
    let config = file("pairs", "[profile work]\nregion = us-east-1\n");
    let credentials =
        file("pairs-keys", "[work]\naws_access_key_id = AKIA\naws_secret_access_key = secret\n");
    let files = [
        ("AWS_PROFILE", "work"),
        ("AWS_CONFIG_FILE", &*config),
        ("AWS_SHARED_CREDENTIALS_FILE", &*credentials),
    ];
    let missing = folder("nothing").join("here");
    let missing = missing.to_str().unwrap();
    let host = url.trim_start_matches("http://");
    let elsewhere = format!("http://{host}/sub");
    let no_answer = &["no connection to", "was not answered within", "no time is left"];
    vec![
        // The stage.
        vec![
            good(&[("stage", "prod")]),
            good(&[("STAGE", "dev")]),
            good(&[("stage", "featureX")]),
            good(&[("stage", ""), ("STAGE", "")]),
            good(&[("stage", "prod"), ("STAGE", "prod")]),
            bad(&[("stage", "prod"), ("STAGE", "dev")], &["`stage`"]),
            bad(&[("stage", "Prod")], &["did you mean `prod`"]),
            bad(&[("stage", "prd")], &["did you mean `prod`"]),
            bad(&[("stage", "  ")], &["`stage`"]),
            not_utf8("stage", &["`stage`"]),
        ],
        // The region.
        vec![
            good(&[("AWS_REGION", "us-east-1")]),
            good(&[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "us-east-1")]),
            bad(&[("AWS_REGION", "us east")], &["is not an AWS region"]),
            risky(&[], &["no AWS region is given"]),
            not_utf8("AWS_REGION", &["AWS_REGION"]),
        ],
        // Where requests go.
        vec![
            good(&[("AWS_ENDPOINT_URL_SSM", url)]),
            good(&[("AWS_ENDPOINT_URL", url)]),
            good(&[("AWS_ENDPOINT_URL_SSM", url), ("AWS_ENDPOINT_URL", "http://127.0.0.1:1")]),
            good(&[("AWS_ENDPOINT_URL", "http://ssm.invalid"), ("HTTP_PROXY", url)]),
            good(&[("AWS_ENDPOINT_URL", &*elsewhere)]),
            bad(&[("AWS_ENDPOINT_URL", "http://127.0.0.1:1")], no_answer),
            bad(&[("AWS_ENDPOINT_URL", "http://ssm.invalid")], no_answer),
            bad(&[("AWS_ENDPOINT_URL", &*format!("https://{host}"))], &["no connection to", "TLS"]),
            bad(&[("AWS_ENDPOINT_URL_SSM", "nowhere")], &["no request can be sent to"]),
            // No proxy stands between a program and its own machine.
            good(&[("AWS_ENDPOINT_URL", url), ("HTTP_PROXY", "http://127.0.0.1:1")]),
            bad(
                &[
                    ("AWS_ENDPOINT_URL", "http://ssm.invalid"),
                    ("HTTP_PROXY", "socks5://127.0.0.1:1"),
                ],
                &["SOCKS"],
            ),
            not_utf8("AWS_ENDPOINT_URL_SSM", &["AWS_ENDPOINT_URL_SSM"]),
        ],
        // Who asks.
        vec![
            good(&[key, secret]),
            good(&[key, secret, ("AWS_SESSION_TOKEN", "token")]),
            good(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", container)]),
            if is_lean { bad(&files, LEAN) } else { good(&files) },
            bad(&[key], &["credentials"]),
            bad(&[], &["credentials"]),
            bad(
                &[key, ("AWS_SECRET_ACCESS_KEY", "s3 cret")],
                &["characters that keys do not have", "keys do not have"],
            ),
            bad(
                &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1")],
                &["credentials", "no time is left", "was not answered within"],
            ),
            bad(
                &[
                    ("AWS_WEB_IDENTITY_TOKEN_FILE", missing),
                    ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r"),
                ],
                if is_lean { LEAN } else { &["credentials", "no time is left"] },
            ),
            bad(
                &[
                    ("AWS_PROFILE", "wrok"),
                    ("AWS_CONFIG_FILE", &*empty),
                    ("AWS_SHARED_CREDENTIALS_FILE", &*empty),
                ],
                if is_lean { LEAN } else { &["`wrok`"] },
            ),
            not_utf8("AWS_ACCESS_KEY_ID", &["AWS_ACCESS_KEY_ID", "credentials"]),
        ],
        // Whom it trusts. The good endpoints have no certificate, but a bad file is not passed over.
        vec![
            good(&[]),
            risky(&[("AWS_CA_BUNDLE", missing)], &["AWS_CA_BUNDLE"]),
            risky(&[("AWS_CA_BUNDLE", &*garbage)], &["AWS_CA_BUNDLE"]),
            risky(&[("SSL_CERT_FILE", missing)], &["SSL_CERT_FILE"]),
            good(&[("AWS_CA_BUNDLE", "")]),
        ],
    ]
}

/// Environments, as an index for each axis. Each setting that does harm comes together with each that
/// does none, and with each other that does harm. Only a stage that is refused hides all others.
fn environments(axes: &[Vec<Setting>]) -> Vec<Vec<usize>> {
    let indexes = |settings: &[Setting], is_good| -> Vec<usize> {
        let is_wanted = |index: &usize| settings[*index].says.is_empty() == is_good;
        (0..settings.len()).filter(is_wanted).collect()
    };
    let good: Vec<_> = axes.iter().map(|settings| indexes(settings, true)).collect();
    let harmful: Vec<_> = axes.iter().map(|settings| indexes(settings, false)).collect();
    let rounds = good.iter().map(Vec::len).max().unwrap_or_default();
    let all_good =
        |round: usize| -> Vec<_> { good.iter().map(|good| good[round % good.len()]).collect() };
    let mut environments: Vec<_> = (0..rounds).map(all_good).collect();
    let with = |round, changes: &[(usize, usize)]| {
        let mut environment = all_good(round);
        for &(axis, setting) in changes {
            environment[axis] = setting;
        }
        environment
    };
    for (axis, settings) in harmful.iter().enumerate() {
        for (count, &setting) in settings.iter().enumerate() {
            environments.extend((0..rounds).map(|round| with(round, &[(axis, setting)])));
            for (other, others) in harmful.iter().enumerate().skip(axis + 1) {
                if axis != STAGE {
                    let both = |&one: &usize| with(count, &[(axis, setting), (other, one)]);
                    environments.extend(others.iter().map(both));
                }
            }
        }
    }
    environments
}

/// What a program prints to standard output and error in this environment, and whether it succeeded.
/// On a slow machine, the limit is doubled until it is enough.
fn run(variables: &[&(&'static str, OsString)], may_succeed: bool) -> (String, String, bool) {
    let mut millis = 500;
    loop {
        let mut program = program(&[("AWS_EC2_METADATA_DISABLED", "true")]);
        program.envs(variables.iter().map(|(name, value)| (name, value)));
        let output = program.arg(millis.to_string()).output().expect("it is built with the tests");
        let text = |bytes| String::from_utf8(bytes).expect("it prints text");
        let (printed, said) = (text(output.stdout), text(output.stderr));
        let is_late = said.contains("no time is left") || said.contains("was not answered within");
        if !(may_succeed && is_late) || millis > 60_000 {
            return (printed, said, output.status.success());
        }
        millis *= 2;
    }
}

#[test]
fn any_two_settings_lead_to_a_value_or_to_one_clear_error() {
    let (store, container) = (store(), LocalStore::start([]).unwrap());
    let credentials = r#"{"AccessKeyId": "AKIA", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2100-01-01T00:00:00Z"}"#;
    container.script(On::any().answer(200, credentials));
    let axes = axes(&store.url(), &container.url());
    let environments = environments(&axes);
    assert!(environments.len() >= 200, "{}", environments.len());
    let try_all = |environments: &[Vec<usize>]| {
        for environment in environments {
            let settings: Vec<_> =
                axes.iter().zip(environment).map(|(settings, &index)| &settings[index]).collect();
            let variables: Vec<_> = settings.iter().flat_map(|it| &it.variables).collect();
            let may_succeed = settings.iter().all(|setting| setting.is_harmless);
            let is_good = settings.iter().all(|setting| setting.says.is_empty());
            let (printed, said, succeeded) = run(&variables, may_succeed);
            let about = format!("{variables:?}:\n{printed}{said}");
            assert!(!said.contains("panicked"), "{about}");
            if succeeded {
                assert!(may_succeed, "{about}");
                let is_right = |line: &str| matches!(line, "prod: 9" | "dev: 7" | "featureX: 7");
                assert!(printed.lines().count() == 2 && printed.lines().all(is_right), "{about}");
            } else {
                assert!(!is_good, "{about}");
                assert_eq!(said.matches("Error: cannot load `Config`").count(), 1, "{about}");
                let mut words = settings.iter().flat_map(|setting| setting.says);
                assert!(words.any(|words| said.contains(words)), "{about}");
            }
        }
    };
    thread::scope(|scope| {
        for some in environments.chunks(environments.len().div_ceil(4)) {
            scope.spawn(|| try_all(some));
        }
    });
}
