//! moto and ministack on loopback, and scripts in Python.
//!
//! They are in a Python environment that `tests/run` creates and `STAGE_CONFIG_PEERS` names. Without
//! it, a test prints to standard error that it was left out, and `tests/run` looks for that.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// The variable that names the folder of the Python environment.
pub const VARIABLE: &str = "STAGE_CONFIG_PEERS";

/// A peer starts within two or three seconds on an idle machine.
const READY_WITHIN: Duration = Duration::from_mins(2);

/// Whether there are peers. If not, it prints that the test was left out.
pub fn are_there() -> bool {
    python().is_some()
}

/// moto, one for all tests of a process; `None` if there are no peers.
///
/// # Panics
/// If it does not start.
pub fn moto() -> Option<&'static Peer> {
    static MOTO: OnceLock<Peer> = OnceLock::new();
    let python = python()?;
    Some(MOTO.get_or_init(|| Peer::start(python, "moto", "/moto-api/")))
}

/// ministack, which checks credentials and policies, one for all tests of a process; `None` if there
/// are no peers.
///
/// # Panics
/// If it does not start.
pub fn ministack() -> Option<&'static Peer> {
    static MINISTACK: OnceLock<Peer> = OnceLock::new();
    let python = python()?;
    Some(MINISTACK.get_or_init(|| Peer::start(python, "ministack", "/_ministack/health")))
}

/// Runs `peers/<script>` with boto3 and returns the JSON that it prints; `None` if there are no
/// peers.
///
/// # Panics
/// If the script fails or does not print JSON.
pub fn script(script: &str, arguments: &[&str]) -> Option<serde_json::Value> {
    let output = command(python()?, script).args(arguments).output().expect("python should start");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} failed ({}):\n{said}", output.status);
    Some(serde_json::from_slice(&output.stdout).expect("a script should print JSON"))
}

/// A peer that is ready.
#[derive(Debug)]
pub struct Peer {
    address: SocketAddr,
    process: Child,
}

impl Peer {
    /// Its endpoint.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Another program may take the free port before the peer does. Then the peer ends, and it is
    /// started again on another port.
    fn start(python: &Path, name: &str, health: &str) -> Self {
        (0..3)
            .find_map(|_| Self::try_start(python, name, health))
            .unwrap_or_else(|| panic!("{name} ended before it was ready, three times"))
    }

    fn try_start(python: &Path, name: &str, health: &str) -> Option<Self> {
        let address = free_address();
        let folder = log_folder(python);
        let path = folder.join(format!("{name}-{}.log", address.port()));
        let log = File::create(&path).expect("the log of a peer should be writable");
        let process = command(python, "serve.py")
            .args([name, &address.port().to_string()])
            .env("TMPDIR", &folder)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("a file can be shared"))
            .stderr(log)
            .spawn()
            .expect("python should start");
        let mut peer = Self { address, process };

        let deadline = Instant::now() + READY_WITHIN;
        loop {
            if let Some(status) = peer.process.try_wait().expect("a child can be asked") {
                let said = fs::read_to_string(&path).unwrap_or_default();
                let _ = writeln!(io::stderr(), "{name} ended ({status}):\n{said}");
                return None;
            }
            if answers(address, health) {
                return Some(peer);
            }
            let said = || fs::read_to_string(&path).unwrap_or_default();
            assert!(Instant::now() < deadline, "{name} is not ready:\n{}", said());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Peer {
    /// A peer ends when its standard input ends. So peers in statics end too: they are not dropped,
    /// but the system closes their pipes with the process.
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn python() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let python = PYTHON.get_or_init(|| {
        let folder = PathBuf::from(std::env::var_os(VARIABLE)?);
        let python = folder.join("bin/python");
        assert!(python.exists(), "{VARIABLE} is set, but there is no {}", python.display());
        Some(python)
    });
    if python.is_none() {
        // Not `eprintln!`, whose output the test harness captures.
        let test = thread::current().name().unwrap_or("a test").to_owned();
        let _ = writeln!(io::stderr(), "left out: {test} needs {VARIABLE}, which tests/run sets");
    }
    python.as_deref()
}

/// Python with a script of ours, without the variables for AWS and proxies.
fn command(python: &Path, script: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(script));
    command.stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("AWS_") || upper.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

fn log_folder(python: &Path) -> PathBuf {
    let environment = python.ancestors().nth(2).expect("python is in bin/ of its environment");
    let folder = environment.join("log");
    fs::create_dir_all(&folder).expect("the folder of the logs should be writable");
    folder
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener.local_addr().expect("a listener has an address")
}

fn answers(address: SocketAddr, path: &str) -> bool {
    let ask = || -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut status = vec![0; "HTTP/1.1 200".len()];
        stream.read_exact(&mut status)?;
        Ok(status)
    };
    ask().is_ok_and(|status| status.ends_with(b" 200"))
}
