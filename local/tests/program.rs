//! The program, as a user runs it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_stage-config-local"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A file with parameters.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it and returns the address behind the line it prints.
fn start(command: &mut Command) -> (Running, String) {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.strip_prefix("export AWS_ENDPOINT_URL_SSM=http://").expect(&line);
    let address = address.trim_end().to_owned();
    (running, address)
}

fn get(address: &str, name: &str) -> String {
    let body = format!(r#"{{"Name":"{name}","WithDecryption":true}}"#);
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "POST / HTTP/1.1\r\nHost: local\r\nX-Amz-Target: AmazonSSM.GetParameter\r\n\
                Connection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_prints_the_line_to_export_and_serves_the_file() {
    let file = file("served.toml", "\"/s\" = { secure = \"sk_test_1\" }\n");
    let (_running, address) = start(program().arg(file));
    assert!(address.starts_with("127.0.0.1:"));
    assert!(get(&address, "/s").contains("sk_test_1"));
}

#[test]
fn a_port_can_be_chosen_and_no_file_is_an_empty_store() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (running, address) = start(program().args(["--port", &free.port().to_string()]));
    assert_eq!(address, free.to_string());
    assert!(get(&address, "/s").contains("ParameterNotFound"));

    let taken = run(&[&format!("--port={}", free.port())]);
    assert_eq!(taken.status.code(), Some(1));
    let said = format!("stage-config-local: cannot listen on {free}: ");
    assert!(text(&taken.stderr).starts_with(&said), "{}", text(&taken.stderr));
    drop(running);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_in_order() {
    let (mut running, _) = start(&mut program());
    let interrupt = Command::new("kill").args(["-INT", &running.0.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
}

#[test]
fn help_and_version() {
    for flag in ["--help", "-h"] {
        let output = run(&[flag]);
        assert!(output.status.success());
        assert!(text(&output.stdout).contains("Usage: stage-config-local [--port PORT]"));
    }
    let output = run(&["--version"]);
    let version = format!("stage-config-local {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&output.stdout), version);
}

#[test]
fn misuse_is_told_and_ends_with_2() {
    for (arguments, said) in [
        (&["--host", "0.0.0.0"][..], "invalid option '--host'"),
        (&["--port"], "missing argument for option '--port'"),
        (&["--port", "many"], "`--port` wants a number up to 65535, not `many`"),
        (&["--port", "65536"], "`--port` wants a number up to 65535, not `65536`"),
        (&["one.toml", "two.toml"], "unexpected argument \"two.toml\""),
        (&["--port", "0", "--port", "0"], "invalid option '--port'"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let expected = format!("stage-config-local: {said}\nTry `stage-config-local --help`.\n");
        assert_eq!(text(&output.stderr), expected);
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_file_that_cannot_be_used_is_told_without_its_values() {
    let output = run(&["none.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("stage-config-local: cannot read none.toml: "));

    let bad = file("bad.toml", "\"/a\" = 1\n\"/b\" = { secure = \"sk_test_1\", x = \"\" }\n");
    let output = run(&[bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("bad.toml:\nline 1, column 8: "), "{said}");
    assert!(said.contains("\nline 2, column 32: "), "{said}");
    assert!(!said.contains("sk_test_1"), "{said}");
}
