//! The program, as a user runs it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

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

/// Starts it. Returns the address in the first line that it prints, and a reader of the other lines.
fn start(command: &mut Command) -> (Running, String, BufReader<ChildStdout>) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running(command.spawn().unwrap());
    let mut stdout = BufReader::new(running.0.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let address = line.strip_prefix("export AWS_ENDPOINT_URL_SSM=http://").expect(&line);
    let address = address.trim_end().to_owned();
    (running, address, stdout)
}

#[cfg(unix)]
fn send(signal: &str, to: &Running) {
    let sent = Command::new("kill").args([signal, &to.0.id().to_string()]).status();
    assert!(sent.unwrap().success());
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
fn it_prints_the_environment_and_serves_the_file() {
    let file = file("served.toml", "\"/s\" = { secure = \"sk_test_1\" }\n");
    let mut command = program();
    command.arg(file).env_remove("NO_PROXY").env_remove("no_proxy");
    let (mut running, address, mut stdout) = start(&mut command);
    assert!(address.starts_with("127.0.0.1:"));
    assert!(get(&address, "/s").contains("sk_test_1"));

    running.0.kill().unwrap();
    let mut lines = String::new();
    stdout.read_to_string(&mut lines).unwrap();
    assert_eq!(
        lines.lines().collect::<Vec<_>>(),
        [
            &format!("export AWS_ENDPOINT_URL_STS=http://{address}"),
            "export AWS_REGION=us-east-1",
            "export AWS_DEFAULT_REGION=us-east-1",
            "export AWS_ACCESS_KEY_ID=local",
            "export AWS_SECRET_ACCESS_KEY=local",
            "unset AWS_SESSION_TOKEN",
            "unset AWS_PROFILE",
            "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "export NO_PROXY=127.0.0.1",
            "export no_proxy=127.0.0.1",
        ]
    );
}

/// What a shell prints as the command of a store with the secret `/s`, before it does the rest.
#[cfg(unix)]
fn beside(script: &str) -> Command {
    let file = file("beside.toml", "\"/s\" = { secure = \"sk_test_1\" }\n");
    let mut command = program();
    command.arg(file).args(["--", "sh", "-c"]);
    command.arg(format!("echo export AWS_ENDPOINT_URL_SSM=$AWS_ENDPOINT_URL_SSM; {script}"));
    command
}

#[cfg(unix)]
#[test]
fn a_command_uses_the_store_which_ends_with_it() {
    let mut command = beside(
        "cat; echo $AWS_REGION $AWS_DEFAULT_REGION $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY \
         ${AWS_PROFILE-none} ${AWS_SESSION_TOKEN-none} ${AWS_IGNORE_CONFIGURED_ENDPOINT_URLS-none} \
         $OTHER; exit 7",
    );
    for name in ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] {
        command.env(name, "true");
    }
    command.env("AWS_REGION", "eu-west-1").env("OTHER", "kept");
    let (mut running, address, mut stdout) = start(&mut command);
    assert!(get(&address, "/s").contains("sk_test_1"));

    // The end of its input ends `cat`.
    drop(running.0.stdin.take());
    let mut said = String::new();
    stdout.read_to_string(&mut said).unwrap();
    assert_eq!(said, "us-east-1 us-east-1 local local none none none kept\n");
    assert_eq!(running.0.wait().unwrap().code(), Some(7));
    TcpStream::connect(&address).unwrap_err();
}

#[cfg(unix)]
#[test]
fn a_command_reaches_the_store_without_the_proxy_of_the_environment() {
    let mut command = beside("echo $NO_PROXY $no_proxy");
    command.env_remove("NO_PROXY").env("no_proxy", "example.com, 10.0.0.0/8");
    let (_running, _address, mut stdout) = start(&mut command);
    let mut said = String::new();
    stdout.read_to_string(&mut said).unwrap();
    let hosts = "example.com,10.0.0.0/8,127.0.0.1";
    assert_eq!(said, format!("{hosts} {hosts}\n"));
}

#[cfg(unix)]
#[test]
fn signals_are_passed_on_to_the_command() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let (mut running, address, _stdout) = start(&mut beside("exec cat"));
        // `wait` closes it, and the end of its input would end `cat` too.
        let _stdin = running.0.stdin.take();
        send(signal, &running);
        assert_eq!(running.0.wait().unwrap().code(), Some(code), "{signal}");
        TcpStream::connect(&address).unwrap_err();
    }

    // It is for the command to say whether that is its end.
    let (mut running, address, mut stdout) =
        start(&mut beside("trap 'echo caught; exec cat' INT; echo ready; read line"));
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    send("-INT", &running);
    line.clear();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "caught\n");
    assert!(get(&address, "/s").contains("sk_test_1"));
    assert!(running.0.try_wait().unwrap().is_none());
    running.0.kill().unwrap();
}

#[cfg(unix)]
#[test]
fn it_exits_with_the_status_of_the_command() {
    let status = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(status(&["--", "true"]), Some(0));
    assert_eq!(status(&["--", "sh", "-c", "exit 3"]), Some(3));
    assert_eq!(status(&["--", "sh", "-c", "kill -KILL $$"]), Some(137));
    assert_eq!(text(&run(&["--", "echo", "--port", "x", "--"]).stdout), "--port x --\n");

    let output = run(&["--", "no-such-program"]);
    assert_eq!(output.status.code(), Some(127));
    let said = text(&output.stderr);
    assert!(said.starts_with("stage-config-local: cannot run `no-such-program`: "), "{said}");
    let output = run(&["--", file("not-a-program", "").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(126));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_and_no_panic() {
    for arguments in [&["--help"][..], &["--version"], &[]] {
        let full = || std::fs::File::options().write(true).open(Path::new("/dev/full")).unwrap();
        let output = program().args(arguments).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = text(&output.stderr);
        let expected = "stage-config-local: cannot write to standard output: No space left";
        assert!(said.starts_with(expected) && said.lines().count() == 1, "{said}");

        // Nor if the error cannot be written either.
        let status = program().args(arguments).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn a_port_can_be_chosen_and_no_file_is_an_empty_store() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (running, address, _) = start(program().args(["--port", &free.port().to_string()]));
    assert_eq!(address, free.to_string());
    assert!(get(&address, "/s").contains("ParameterNotFound"));

    let taken = run(&[&format!("--port={}", free.port())]);
    assert_eq!(taken.status.code(), Some(1));
    let said = format!("stage-config-local: cannot listen on {free}: ");
    assert!(text(&taken.stderr).starts_with(&said), "{}", text(&taken.stderr));
    drop(running);
}

#[test]
fn an_account_a_region_and_policies_can_be_chosen() {
    let parameters = file("policed.toml", "\"/a\" = \"1\"\n\"/b\" = \"2\"\n\"/c\" = \"3\"\n");
    let policy = |name: &str| {
        let resource = format!("arn:aws:ssm:eu-west-1:444455556666:parameter/{name}");
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "{resource}"}}"#
        );
        file(&format!("{name}.json"), &format!(r#"{{"Statement": {statement}}}"#))
    };
    let mut command = program();
    command.args(["--account", "444455556666", "--region", "eu-west-1"]).arg(parameters);
    command.arg("--policy").arg(policy("a")).arg("--policy").arg(policy("b"));
    let (_running, address, mut stdout) = start(&mut command);
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert!(line.starts_with("export AWS_ENDPOINT_URL_STS="), "{line}");
    line.clear();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "export AWS_REGION=eu-west-1\n");
    for name in ["a", "b"] {
        let arn = format!("arn:aws:ssm:eu-west-1:444455556666:parameter/{name}");
        assert!(get(&address, name).contains(&arn));
    }
    assert!(get(&address, "c").contains("no identity-based policy allows"));
}

#[test]
fn an_account_a_region_and_a_policy_can_be_wrong() {
    let policy = file("wrong.json", r#"{"Statement": {"Effect": "Allow", "Action": "*"}}"#);
    let policy = policy.to_str().unwrap();
    for (arguments, expected) in [
        (["--account", "1"], "`1` is not the id of an AWS account, which has twelve digits"),
        (["--region", "EU"], "`EU` is not an AWS region, such as `eu-west-1`"),
        (["--policy", "none.json"], "cannot read none.json: "),
        (["--policy", policy], "the policy "),
        (["--policy", policy], "wrong.json is refused: a statement has no `Resource` at line 1"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(said.starts_with("stage-config-local: ") && said.contains(expected), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_a_success() {
    let (mut running, ..) = start(&mut program());
    send("-INT", &running);
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
}

#[test]
fn help_and_version() {
    for flag in ["--help", "-h"] {
        let output = run(&[flag]);
        assert!(output.status.success());
        assert!(text(&output.stdout).contains("Usage: stage-config-local [OPTIONS]"));
    }
    let output = run(&["--version"]);
    let version = format!("stage-config-local {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&output.stdout), version);
}

#[test]
fn misuse_exits_with_2() {
    for (arguments, said) in [
        (&["--host", "0.0.0.0"][..], "invalid option '--host'"),
        (&["--port"], "missing argument for option '--port'"),
        (&["--port", "many"], "`--port` takes a number up to 65535, not `many`"),
        (&["--port", "65536"], "`--port` takes a number up to 65535, not `65536`"),
        (&["one.toml", "two.toml"], "unexpected argument \"two.toml\""),
        (&["one.toml", "--"], "there is no command after `--`"),
        (&["--port", "0", "--port", "0"], "invalid option '--port'"),
        (&["--region", "a", "--region", "b"], "invalid option '--region'"),
        (&["--policy"], "missing argument for option '--policy'"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let expected = format!("stage-config-local: {said}\nTry `stage-config-local --help`.\n");
        assert_eq!(text(&output.stderr), expected);
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_bad_file_is_reported_without_its_values() {
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

#[cfg(unix)]
#[test]
fn faults_can_be_scripted() {
    let script = file(
        "script.toml",
        "[[fault]]\non = { call = \"GetParameter\", first = 1 }\n\
         reply = { answer = { status = 503, body = \"sorry\" } }\n",
    );
    let second = file("second.toml", "[[fault]]\nreply = \"deny\"\n");
    let mut command = program();
    command.arg("--faults").arg(script).arg("--faults").arg(second);
    let (_running, address, _stdout) = start(&mut command);
    assert!(get(&address, "/s").starts_with("HTTP/1.1 503"));
    assert!(get(&address, "/s").contains("AccessDeniedException"));

    let wrong = file("wrong.toml", "[[fault]]\nreply = \"denied\"\n");
    let output = run(&["--faults", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("wrong.toml:\nline 2, column 9: unknown variant `denied`"), "{said}");
}
