//! Serves a Parameter Store on loopback until it is interrupted.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::Arg;
use stage_config_local::{LocalStore, from_toml};

const USAGE: &str = "\
Serves AWS Parameter Store on 127.0.0.1, with the parameters of a TOML file.

Usage: stage-config-local [--port PORT] [PARAMETERS.toml]

Options:
  -p, --port PORT  the port to listen on; without it, a free one
  -h, --help       this text
  -V, --version    the version

It prints the line that points the AWS SDKs at it and serves until Ctrl-C.
Any region and any credentials will do. The file holds lines such as

  \"/limit\" = \"5\"
  \"/hosts\" = [\"a\", \"b\"]
  \"/stripeSecretKey/test\" = { secure = \"sk_test_1\", description = \"Stripe, test mode\" }
";

enum Asked {
    Help,
    Version,
    Serve { port: u16, file: Option<PathBuf> },
}

fn main() -> ExitCode {
    let done = match asked() {
        Ok(Asked::Help) => {
            print!("{USAGE}");
            Ok(())
        }
        Ok(Asked::Version) => {
            println!("stage-config-local {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        Ok(Asked::Serve { port, file }) => serve(port, file),
        Err(error) => {
            eprintln!("stage-config-local: {error}\nTry `stage-config-local --help`.");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stage-config-local: {error}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Result<Asked, lexopt::Error> {
    let mut port = None;
    let mut file = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Asked::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Asked::Version),
            Arg::Short('p') | Arg::Long("port") if port.is_none() => {
                let text = arguments.value()?;
                let text = text.to_string_lossy();
                let wrong = |_| format!("`--port` wants a number up to 65535, not `{text}`");
                port = Some(text.parse().map_err(wrong)?);
            }
            Arg::Value(path) if file.is_none() => file = Some(path.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Asked::Serve { port: port.unwrap_or(0), file })
}

fn serve(port: u16, file: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let parameters = match file {
        None => Vec::new(),
        Some(file) => {
            let text = std::fs::read_to_string(&file)
                .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            from_toml(&text).map_err(|error| format!("in {}:\n{error}", file.display()))?
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let count = parameters.len();
    let store = LocalStore::start_on(port, parameters)?;
    // Whoever reads the line may interrupt at once, so the signal is waited for before.
    let (interrupted, ()) = runtime.block_on(async {
        tokio::join!(biased; tokio::signal::ctrl_c(), async {
            println!("export AWS_ENDPOINT_URL_SSM={}", store.url());
            eprintln!("{count} parameters; Ctrl-C stops it");
        })
    });
    interrupted?;
    Ok(())
}
