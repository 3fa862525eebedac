//! A source that remembers what it was asked for.

use std::sync::{Arc, Mutex};

use stage_config::source::{Answers, Request};
use stage_config::{Fixed, Source};

/// Answers as the parameters in it do. Clones share what was asked.
#[derive(Debug, Clone)]
pub struct Recorded {
    parameters: Fixed,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// The names and the paths of one request.
type Asked = (Vec<String>, Vec<String>);

impl Recorded {
    /// With these parameters.
    pub fn new(parameters: Fixed) -> Self {
        Self { parameters, asked: Arc::default() }
    }

    /// The names of the one request that there was.
    pub fn names(&self) -> Vec<String> {
        self.only().0
    }

    /// The paths of the one request that there was.
    pub fn paths(&self) -> Vec<String> {
        self.only().1
    }

    /// How many requests there were.
    pub fn requests(&self) -> usize {
        self.asked.lock().expect("no test panics in here").len()
    }

    fn only(&self) -> Asked {
        let asked = self.asked.lock().expect("no test panics in here").clone();
        let [only] = &asked[..] else { panic!("one request, not {asked:?}") };
        only.clone()
    }
}

impl Source for Recorded {
    async fn fetch(&self, request: &Request) -> Answers {
        let names = request.names().map(ToString::to_string).collect();
        let paths = request.paths().map(ToString::to_string).collect();
        self.asked.lock().expect("no test panics in here").push((names, paths));
        self.parameters.fetch(request).await
    }
}
