//! Sources that count, wait or never answer.

use std::future::pending;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use stage_config::Source;
use stage_config::source::{Answer, Answers, Request};
use tokio::sync::Semaphore;

/// Counts how often it is asked and what for. Clones share the count.
#[derive(Debug, Clone)]
pub struct Counting {
    answer: Answer,
    asked: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Counting {
    /// Answers so, whatever the name.
    pub fn new(answer: Answer) -> Self {
        Self { answer, asked: Arc::default() }
    }

    /// The names of each request.
    pub fn asked(&self) -> Vec<Vec<String>> {
        self.asked.lock().expect("no test panics in here").clone()
    }
}

impl Source for Counting {
    async fn fetch(&self, request: &Request) -> Answers {
        let names = request.names().map(ToString::to_string).collect();
        self.asked.lock().expect("no test panics in here").push(names);
        request.names().map(|name| (name, self.answer.clone())).collect()
    }
}

/// Answers only when it is let to, one request for each permit. Lives in a static.
#[derive(Debug)]
pub struct Gate {
    permits: Semaphore,
    started: AtomicUsize,
    answers: Mutex<Vec<Answer>>,
}

impl Gate {
    /// Closed.
    pub const fn new() -> Self {
        Self {
            permits: Semaphore::const_new(0),
            started: AtomicUsize::new(0),
            answers: Mutex::new(Vec::new()),
        }
    }

    /// Lets one request through, with this answer to all its names.
    pub fn open(&self, answer: Answer) {
        self.answers.lock().expect("no test panics in here").insert(0, answer);
        self.permits.add_permits(1);
    }

    /// How many requests have arrived.
    pub fn started(&self) -> usize {
        self.started.load(Ordering::SeqCst)
    }

    /// Waits for that many to have arrived.
    pub async fn until_started(&self, requests: usize) {
        while self.started() < requests {
            tokio::task::yield_now().await;
        }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Source for Gate {
    async fn fetch(&self, request: &Request) -> Answers {
        self.started.fetch_add(1, Ordering::SeqCst);
        self.permits.acquire().await.expect("it is never closed for good").forget();
        let answer = self.answers.lock().expect("no test panics in here").pop();
        let answer = answer.expect("an answer for each permit");
        request.names().map(|name| (name, answer.clone())).collect()
    }
}

/// Never answers.
#[derive(Debug)]
pub struct Never;

impl Source for Never {
    async fn fetch(&self, _: &Request) -> Answers {
        pending().await
    }
}
