//! A command that runs beside a store.

use std::env;
use std::io;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;

use crate::store::LocalStore;

impl LocalStore {
    /// The environment in which AWS SDKs use the store. A variable without a value would make them
    /// use something else, and is removed.
    pub fn environment(&self) -> Vec<(&'static str, Option<String>)> {
        let (url, region, no_proxy) = (self.url(), self.home().region.clone(), no_proxy());
        vec![
            ("AWS_ENDPOINT_URL_SSM", Some(url.clone())),
            ("AWS_ENDPOINT_URL_STS", Some(url)),
            ("AWS_REGION", Some(region.clone())),
            // boto3 reads only this one.
            ("AWS_DEFAULT_REGION", Some(region)),
            ("AWS_ACCESS_KEY_ID", Some("local".into())),
            ("AWS_SECRET_ACCESS_KEY", Some("local".into())),
            ("AWS_SESSION_TOKEN", None),
            ("AWS_PROFILE", None),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", None),
            // SDKs differ in which one they prefer.
            ("NO_PROXY", Some(no_proxy.clone())),
            ("no_proxy", Some(no_proxy)),
        ]
    }

    /// Runs a command in the [environment](Self::environment) of the store to its end, and returns
    /// its exit status as a shell does: after a signal, it is 128 and the number of the signal.
    ///
    /// Signals that end this program go to the command instead, and it decides whether it ends. They
    /// do not end this program later either.
    ///
    /// ```no_run
    /// use std::process::Command;
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// let store = LocalStore::start([Parameter::string("/limit", "5")])?;
    /// store.run(Command::new("cargo").args(["lambda", "watch"]))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the command cannot be started. [`NotFound`](io::ErrorKind::NotFound) means that no command
    /// has this name.
    pub fn run(&self, command: &mut Command) -> io::Result<ExitCode> {
        for (name, value) in self.environment() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        // The caller's thread may be one of an async runtime, which cannot run another.
        let wait = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
            runtime.block_on(async {
                // Before the command starts, so that no signal ends this program alone.
                let mut signals = signals::Signals::catch()?;
                wait(command.spawn()?, &mut signals).await
            })
        };
        let waited = thread::scope(|scope| scope.spawn(wait).join());
        waited.unwrap_or_else(|_| Err(io::Error::other("waiting for the command has failed")))
    }
}

async fn wait(mut child: Child, signals: &mut signals::Signals) -> io::Result<ExitCode> {
    let id = child.id();
    let mut ended = tokio::task::spawn_blocking(move || child.wait());
    loop {
        tokio::select! {
            ended = &mut ended => return Ok(exit_code(ended.map_err(io::Error::other)??)),
            () = signals.pass_on(id) => {}
        }
    }
}

/// The hosts that are reached without the proxy of the environment, and the store.
fn no_proxy() -> String {
    let others = ["NO_PROXY", "no_proxy"].iter().find_map(|name| env::var(name).ok());
    let others = others.unwrap_or_default();
    let others = others.split(',').map(str::trim).filter(|host| !host.is_empty());
    others.chain(["127.0.0.1"]).collect::<Vec<_>>().join(",")
}

fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status).map(|it| 128 + it);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or(signal).and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(u8::MAX))
}

#[cfg(unix)]
mod signals {
    use std::io::{self, IsTerminal};

    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;
    use tokio::signal::unix::{self, SignalKind};

    pub(super) struct Signals {
        interrupt: unix::Signal,
        terminate: unix::Signal,
    }

    impl Signals {
        pub(super) fn catch() -> io::Result<Self> {
            Ok(Self {
                interrupt: unix::signal(SignalKind::interrupt())?,
                terminate: unix::signal(SignalKind::terminate())?,
            })
        }

        /// Waits for a signal and passes it on. The terminal itself sends Ctrl-C to the command too,
        /// and a second Ctrl-C often means to end without cleaning up, so that is not passed on.
        pub(super) async fn pass_on(&mut self, id: u32) {
            let signal = tokio::select! {
                _ = self.interrupt.recv() => Signal::SIGINT,
                _ = self.terminate.recv() => Signal::SIGTERM,
            };
            if signal == Signal::SIGINT && has_terminal() {
                return;
            }
            if let Ok(id) = i32::try_from(id) {
                // The command may have ended.
                let _ = kill(Pid::from_raw(id), signal);
            }
        }
    }

    fn has_terminal() -> bool {
        io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal()
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;

    pub(super) struct Signals;

    impl Signals {
        pub(super) fn catch() -> io::Result<Self> {
            Ok(Self)
        }

        /// The system sends Ctrl-C to both.
        pub(super) async fn pass_on(&mut self, _: u32) {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending().await
            }
        }
    }
}
