//! Where a secret is in the memory of a program that has loaded it, and of one that has dropped it.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::process::{Child, Stdio};

use serde_json::json;
use stage_config_local::{LocalStore, Parameter};

use crate::environment::{LAMBDA, program_at};

/// How many times the text is in the memory that the process can write to.
fn occurrences(process: &Child, text: &str) -> usize {
    let folder = format!("/proc/{}", process.id());
    let maps = std::fs::read_to_string(format!("{folder}/maps")).unwrap();
    let mut memory = File::open(format!("{folder}/mem")).unwrap();
    let mut found = 0;
    for map in maps.lines() {
        // `7f0c2a000000-7f0c2a021000 rw-p …`
        let mut words = map.split([' ', '-']);
        let mut address = || u64::from_str_radix(words.next().unwrap(), 16).unwrap();
        let (start, end) = (address(), address());
        if !words.next().unwrap().starts_with("rw") {
            continue;
        }
        let mut bytes = Vec::new();
        memory.seek(SeekFrom::Start(start)).unwrap();
        Read::by_ref(&mut memory).take(end - start).read_to_end(&mut bytes).unwrap();
        found += bytes.windows(text.len()).filter(|it| *it == text.as_bytes()).count();
    }
    found
}

/// SECURITY.md says so.
#[test]
fn a_dropped_secret_stays_in_its_reply_only() {
    let secrets = ["the secret in a text", "the secret in a document"];
    let [text, in_document] = secrets;
    let store = LocalStore::start([
        Parameter::secure_string("/secret/text", text),
        Parameter::secure_string("/secret/json", json!({ "token": in_document }).to_string()),
    ])
    .unwrap();
    let mut program = program_at(env!("CARGO_BIN_EXE_held"), &LAMBDA);
    program.env("AWS_ENDPOINT_URL_SSM", store.url());
    let mut process = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut steps = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut next = |step| {
        assert_eq!(steps.next().unwrap().unwrap(), step);
        let found = secrets.map(|secret| occurrences(&process, secret));
        process.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
        found
    };
    let loaded = next("loaded");
    // Later requests may have overwritten the reply.
    assert!(loaded.iter().all(|found| (1..=2).contains(found)), "{loaded:?}");
    assert_eq!(next("dropped"), loaded.map(|found| found - 1));
    assert!(process.wait().unwrap().success());
}
