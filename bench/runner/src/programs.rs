//! The programs of the cold start.

use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::peers::Peers;
use crate::place::Place;

/// Packages that are built together have the same features. stage-config is built alone, as its users
/// build it.
pub(crate) const HERD: &[&str] = &["bench-leanest", "bench-herd"];
const GROUPS: [&[&str]; 5] =
    [&["bench-ours"], HERD, &["bench-by-hand"], &["bench-floor"], &["bench-lean"]];

pub(crate) struct Program {
    /// In results.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) is_rust: bool,
    command: [Option<PathBuf>; 2],
    trust: Trust,
}

/// Which roots a program reads: the variable that names a file of the stand-in, and the file. Each
/// gets at least the work that it has without the stand-in.
type Trust = [&'static str; 2];

const AMAZON: Trust = ["AWS_CA_BUNDLE", "amazon"];
const SYSTEM: Trust = ["SSL_CERT_FILE", "system"];
/// botocore brings a bundle of the same length.
const PYTHON: Trust = ["AWS_CA_BUNDLE", "system"];
/// Node brings its own, and keeps them.
const NODE: Trust = ["NODE_EXTRA_CA_CERTS", "root"];

impl Program {
    fn rust(
        place: &Place,
        id: &'static str,
        name: &str,
        trust: Trust,
        title: &'static str,
    ) -> Result<Self> {
        let command = [Some(place.deploy(name)?), None];
        Ok(Self { id, title, is_rust: true, command, trust })
    }

    /// What is deployed, if it is one file.
    pub(crate) fn artifact(&self) -> Option<&PathBuf> {
        match &self.command {
            [program, None] => program.as_ref(),
            [_, file] => {
                file.as_ref().filter(|file| file.extension().is_some_and(|it| it == "mjs"))
            }
        }
    }

    /// In an environment like Lambda's.
    pub(crate) fn command(&self, port: u16, trust: impl Fn(&str) -> PathBuf) -> Command {
        let mut parts = self.command.iter().flatten();
        let mut command = Command::new(parts.next().expect("each program has a file"));
        command.args(parts).envs([
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", bench_parameters::SECRET_ACCESS_KEY),
            ("AWS_SESSION_TOKEN", "session"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_LAMBDA_FUNCTION_NAME", "orders"),
            ("stage", "prod"),
            // It says that it wants a newer Node.
            ("NODE_NO_WARNINGS", "1"),
            // Without the files of a user.
            ("HOME", "/nonexistent"),
        ]);
        command.env("AWS_ENDPOINT_URL_SSM", format!("https://localhost:{port}"));
        let [variable, file] = self.trust;
        command.env(variable, trust(file));
        command
    }
}

/// Builds and installs all programs.
pub(crate) fn all(place: &Place) -> Result<Vec<Program>> {
    for packages in GROUPS {
        place.build(packages)?;
    }
    let peers = Peers::install(place)?;
    let rust = |id, name, trust, title| Program::rust(place, id, name, trust, title);
    let other = |id, title, command, trust| Program { id, title, is_rust: false, command, trust };
    let node = |name: &str| [Some(peers.node.clone()), Some(peers.bundle(name))];
    let python = [Some(peers.python.clone()), Some(peers.script("powertools"))];
    Ok(vec![
        rust("floor", "bench-floor", AMAZON, "the floor: rustls and signatures by hand")?,
        rust("lean", "bench-lean", AMAZON, "**stage-config**, `lean`")?,
        rust("leanest", "bench-leanest", AMAZON, "aws-sdk-ssm, made as lean as possible")?,
        rust("ours", "bench-ours", AMAZON, "**stage-config**")?,
        rust("ours-system", "bench-ours", SYSTEM, "**stage-config**, roots of the system")?,
        rust("in-tens", "in-tens", SYSTEM, "aws-sdk-ssm by hand, GetParameters 10 + 2")?,
        rust("one-by-one", "one-by-one", SYSTEM, "aws-sdk-ssm by hand, GetParameter × 12")?,
        other("powertools-typescript", "Powertools for TypeScript", node("powertools"), NODE),
        other("middy", "middy/ssm", node("middy"), NODE),
        other("powertools-python", "Powertools for Python", python, PYTHON),
    ])
}
