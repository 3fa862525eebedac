//! The server that the programs read from.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Result;
use crate::place::Place;

pub(crate) struct StandIn {
    process: Child,
    questions: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u16,
    /// With `root.pem`, `amazon.pem` and `system.pem`.
    pub(crate) trust: PathBuf,
}

impl StandIn {
    pub(crate) fn start(place: &Place) -> Result<Self> {
        let trust = place.folder("trust")?;
        let mut process = Command::new(place.program("bench-server"))
            .arg(&trust)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let questions = process.stdin.take();
        let output = process.stdout.take().ok_or("no output")?;
        let mut answers = BufReader::new(output).lines();
        let port = answers.next().ok_or("the server did not start")??.parse()?;
        Ok(Self { process, questions, answers, port, trust })
    }

    pub(crate) fn trust(&self, name: &str) -> PathBuf {
        Path::new(&self.trust).join(name).with_extension("pem")
    }

    /// The connections and the requests since the last time.
    pub(crate) fn counted(&mut self) -> Result<[u32; 2]> {
        writeln!(self.questions.as_mut().ok_or("no input")?)?;
        let line = self.answers.next().ok_or("the server has ended")??;
        let (connections, requests) = line.split_once(' ').ok_or("not two counters")?;
        Ok([connections.parse()?, requests.parse()?])
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // The server ends with its input.
        drop(self.questions.take());
        let _ = self.process.wait();
    }
}
