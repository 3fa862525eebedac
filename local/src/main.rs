//! Serves a Parameter Store on loopback until it is interrupted or its command ends.

use std::error::Error;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use lexopt::{Arg, ValueExt as _};
use stage_config_local::{LocalStore, faults_from_toml, from_toml};

const USAGE: &str = "\
Serves AWS Parameter Store on 127.0.0.1, with the parameters of a TOML file.

Usage: stage-config-local [OPTIONS] [PARAMETERS.toml] [-- COMMAND [ARGUMENT]...]

Options:
  -p, --port PORT       listen on this port instead of a free one
      --account ID      the AWS account, instead of 111122223333
      --region REGION   the AWS region, instead of us-east-1
      --policy FILE     allow only what this IAM policy allows; may be repeated
      --faults FILE     fail as this script says; may be repeated
  -h, --help            print this help
  -V, --version         print the version

With a command, it sets endpoint, region and credentials in the environment of
the command, so that AWS SDKs use the store, and runs it. It ends when the
command ends, with the same exit status.

Without a command, it prints the lines that set this environment in a shell and
serves until Ctrl-C. The store accepts any credentials.

A line of the file is a name and a value:

  \"/limit\" = \"5\"
  \"/hosts\" = [\"a\", \"b\"]
  \"/stripeSecretKey/test\" = { secure = \"sk_test_1\", description = \"Stripe, test mode\" }

A script has a table for each fault. This one answers the second call for names
with HTTP 503, and denies a parameter:

  [[fault]]
  on = { call = \"GetParameters\", nth = 2 }
  reply = { answer = { status = 503 } }

  [[fault]]
  on = { name = \"/limit\" }
  reply = \"deny\"
";

const VERSION: &str = concat!("stage-config-local ", env!("CARGO_PKG_VERSION"), "\n");

enum Asked {
    Print(&'static str),
    Serve(Options, Option<Vec<OsString>>),
}

#[derive(Default)]
struct Options {
    port: Option<u16>,
    account: Option<String>,
    region: Option<String>,
    policies: Vec<PathBuf>,
    faults: Vec<PathBuf>,
    file: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match asked() {
        Ok(Asked::Print(text)) => print(text).map(|()| ExitCode::SUCCESS),
        Ok(Asked::Serve(options, command)) => serve(options, command.as_deref()),
        Err(error) => {
            complain(format_args!("{error}\nTry `stage-config-local --help`."));
            return ExitCode::from(2);
        }
    };
    done.unwrap_or_else(|error| {
        complain(error);
        ExitCode::FAILURE
    })
}

fn asked() -> Result<Asked, lexopt::Error> {
    let mut own: Vec<_> = std::env::args_os().skip(1).collect();
    let command = own.iter().position(|it| it == "--").map(|at| own.split_off(at).split_off(1));
    if command.as_ref().is_some_and(Vec::is_empty) {
        return Err("there is no command after `--`".into());
    }
    let mut options = Options::default();
    let mut arguments = lexopt::Parser::from_args(own);
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Asked::Print(USAGE)),
            Arg::Short('V') | Arg::Long("version") => return Ok(Asked::Print(VERSION)),
            Arg::Short('p') | Arg::Long("port") if options.port.is_none() => {
                let text = arguments.value()?;
                let text = text.to_string_lossy();
                let wrong = |_| format!("`--port` takes a number up to 65535, not `{text}`");
                options.port = Some(text.parse().map_err(wrong)?);
            }
            Arg::Long("account") if options.account.is_none() => {
                options.account = Some(arguments.value()?.string()?);
            }
            Arg::Long("region") if options.region.is_none() => {
                options.region = Some(arguments.value()?.string()?);
            }
            Arg::Long("policy") => options.policies.push(arguments.value()?.into()),
            Arg::Long("faults") => options.faults.push(arguments.value()?.into()),
            Arg::Value(path) if options.file.is_none() => options.file = Some(path.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Asked::Serve(options, command))
}

fn serve(options: Options, command: Option<&[OsString]>) -> Result<ExitCode, Box<dyn Error>> {
    let parameters = match options.file {
        None => Vec::new(),
        Some(file) => {
            from_toml(&read(&file)?).map_err(|error| format!("in {}:\n{error}", file.display()))?
        }
    };
    let count = parameters.len();
    let mut store = LocalStore::builder().port(options.port.unwrap_or(0));
    if let Some(account) = options.account {
        store = store.account(account);
    }
    if let Some(region) = options.region {
        store = store.region(region);
    }
    let store = store.start(parameters)?;
    for file in options.policies {
        store
            .policy(&read(&file)?)
            .map_err(|error| format!("the policy {} is refused: {error}", file.display()))?;
    }
    for file in options.faults {
        let faults = faults_from_toml(&read(&file)?);
        store.script(faults.map_err(|error| format!("in {}:\n{error}", file.display()))?);
    }
    if let Some([program, arguments @ ..]) = command {
        return Ok(store.run(Command::new(program).args(arguments)).unwrap_or_else(|error| {
            complain(format_args!("cannot run `{}`: {error}", program.display()));
            // As a shell does.
            ExitCode::from(if error.kind() == ErrorKind::NotFound { 127 } else { 126 })
        }));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    // A reader of the lines may interrupt at once, so wait for the signal before they are printed.
    runtime.block_on(async {
        let interrupted = async { Ok::<_, Box<dyn Error>>(tokio::signal::ctrl_c().await?) };
        tokio::try_join!(biased; interrupted, async {
            print(&lines(&store))?;
            let _ = writeln!(io::stderr(), "{count} parameters; Ctrl-C stops it");
            Ok(())
        })
    })?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))
}

/// The lines that set the environment in a shell.
fn lines(store: &LocalStore) -> String {
    let line = |(name, value)| match value {
        Some(value) => format!("export {name}={value}\n"),
        None => format!("unset {name}\n"),
    };
    store.environment().into_iter().map(line).collect()
}

/// Does not panic if the output is closed, as `print!` would.
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|error| format!("cannot write to standard output: {error}").into())
}

fn complain(why: impl Display) {
    let _ = writeln!(io::stderr(), "stage-config-local: {why}");
}
