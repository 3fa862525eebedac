//! `cargo stage-config …` runs `cargo-stage-config stage-config …`, which runs the program
//! `stage-config` beside it.

use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).peekable();
    arguments.next_if(|first| first == "stage-config");
    let mut command = Command::new(program());
    command.args(arguments);
    match run(&mut command) {
        Ok(code) => code,
        Err(error) => {
            let program = command.get_program().display();
            eprintln!("error: cannot run `{program}`: {error}");
            ExitCode::FAILURE
        }
    }
}

/// In the same folder, where `cargo install` puts both.
fn program() -> PathBuf {
    let name = format!("stage-config{}", env::consts::EXE_SUFFIX);
    match env::current_exe() {
        Ok(own) => own.with_file_name(name),
        Err(_) => name.into(),
    }
}

/// Becomes the program, which then gets all signals itself.
#[cfg(unix)]
fn run(command: &mut Command) -> std::io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(command))
}

#[cfg(not(unix))]
fn run(command: &mut Command) -> std::io::Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(u8::MAX)))
}
