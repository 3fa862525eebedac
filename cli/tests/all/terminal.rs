//! At a terminal: prompts, and values that are shown.

use std::process::Command;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect as _, Session};
use stage_config_local::LocalStore;

use crate::{at, filled, run};

/// Runs a command in a terminal of this width, by a script that gets it as `"$@"`. It waits for a
/// line, because a terminal has its width only after it was opened.
pub(crate) fn open(command: &Command, width: u16, script: &str) -> OsSession {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("read line; {script}"), "sh"]);
    shell.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        shell.current_dir(folder);
    }
    shell.env("TERM", "xterm-256color");
    let mut session = Session::spawn(shell).unwrap();
    session.get_process_mut().set_window_size(width, 24).unwrap();
    session.send("\n").unwrap();
    session
}

/// All that is left, with visible escapes.
pub(crate) fn rest(session: &mut OsSession, store: &LocalStore) -> String {
    let text = String::from_utf8(session.expect(Eof).unwrap().as_bytes().to_vec()).unwrap();
    text.trim_start().replace("\r\n", "\n").replace('\u{1b}', "␛").replace(&store.url(), "URL")
}

fn status(session: &OsSession) -> i32 {
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, code) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn put_asks_and_goes_on_where_it_was() {
    let store = LocalStore::start([]).unwrap();
    let mut command = at(&store);
    command.args(["put", "--stage", "dev"]);
    let mut shown = Vec::new();
    let mut wait = |session: &mut OsSession, text: &str| {
        let found = session.expect(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        shown.extend(found.as_bytes().to_vec());
    };

    // Interrupted before anything was put. The terminal is then as it was.
    let script = "was=$(stty -g); \"$@\"; echo status $?; test $was = $(stty -g) && echo restored";
    let mut session = open(&command, 80, script);
    wait(&mut session, "Stripe secret key (stripe_secret_key):");
    session.send("sk_s3cret").unwrap();
    session.send(ControlCode::EndOfText).unwrap();
    wait(&mut session, "nothing was put");
    wait(&mut session, "status 130");
    wait(&mut session, "restored");
    session.expect(Eof).unwrap();
    assert_eq!(store.calls().of("PutParameter"), 0);

    // Interrupted after two of four.
    let mut session = open(&command, 80, "exec \"$@\"");
    wait(&mut session, "Stripe secret key (stripe_secret_key):");
    session.send("sk_test_s3cret\r").unwrap();
    wait(&mut session, "put `/stripeSecretKey/test`: version 1");
    wait(&mut session, "Orders a minute (limit):");
    session.send("many\r").unwrap();
    wait(&mut session, "is not a `u32`: invalid digit found in string");
    session.send("\u{7f}\u{7f}\u{7f}\u{7f}5\r").unwrap();
    wait(&mut session, "put `/shop/dev/limit`: version 1");
    wait(&mut session, "hosts:");
    session.send(ControlCode::EndOfText).unwrap();
    wait(&mut session, "2 of 4 were put: `/stripeSecretKey/test`, `/shop/dev/limit`");
    wait(&mut session, "run the command again for the rest");
    session.expect(Eof).unwrap();
    assert_eq!(status(&session), 130);

    // The next run asks for the rest only.
    let mut session = open(&command, 80, "exec \"$@\"");
    let before = session.expect("hosts:").unwrap();
    let before = String::from_utf8_lossy(before.as_bytes());
    assert!(!before.contains("limit") && !before.contains("stripe"), "{before}");
    session.send("a,b\r").unwrap();
    wait(&mut session, "currency:");
    session.send(ControlCode::Escape).unwrap();
    wait(&mut session, "skipped `/shop/dev/currency`");
    session.expect(Eof).unwrap();
    assert_eq!(status(&session), 0);

    let shown = String::from_utf8_lossy(&shown);
    assert!(shown.contains("many") && !shown.contains("s3cret"), "{shown}");
    assert_eq!(store.calls().of("PutParameter"), 3);
    assert_eq!(run(&store, &["check", "--stage", "dev"]).matches("\nok ").count(), 3);
}

#[test]
fn values_are_revealed_on_a_terminal_only() {
    let store = filled();
    let mut command = at(&store);
    command.args(["history", "stripe_secret_key", "--stage", "prod", "--reveal"]);
    let shown = rest(&mut open(&command, 200, "exec \"$@\" 2>/dev/null"), &store);
    let line = shown.lines().last().unwrap();
    assert!(line.starts_with("1 ") && line.ends_with(" sk_live_1"), "{shown}");
}
