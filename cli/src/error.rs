//! Why a command fails, and what to do.

use std::io::{self, ErrorKind, Write as _};

use anstyle::{AnsiColor, Style};

/// Printed as cargo does: one line that says what is wrong and where, and a line for each help.
#[derive(Debug)]
pub(crate) struct Error {
    what: String,
    help: Vec<String>,
    status: u8,
}

pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: Vec::new(), status: 1 }
    }

    /// What the user did not say, or said wrongly: exit status 2, as for all of the command line.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { status: 2, ..Self::new(what) }
    }

    /// After Ctrl-C, with the exit status that a shell gives it.
    pub(crate) fn interrupted(what: impl Into<String>) -> Self {
        Self { status: 130, ..Self::new(what) }
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(crate) fn status(&self) -> u8 {
        self.status
    }

    /// Prints it on standard error, and does not fail if nobody reads that.
    pub(crate) fn print(&self) {
        if self.what.is_empty() {
            return;
        }
        let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
        let cyan = Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold();
        let mut stderr = anstream::stderr().lock();
        let _ = writeln!(stderr, "{red}error{red:#}: {}", self.what);
        for help in &self.help {
            let _ = writeln!(stderr, "{cyan}help{cyan:#}: {help}");
        }
    }
}

/// The output cannot be written. Who closed a pipe has read enough, and needs no message.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::new(""),
            _ => Self::new(format!("cannot write to standard output: {error}")),
        }
    }
}
