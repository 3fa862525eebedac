//! What is said to `tracing`.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// Runs `body` and returns what it logged, a line an event: `WARN message`, then the other fields.
/// What is only for debugging is left out.
pub fn logged(body: impl FnOnce()) -> Vec<String> {
    logged_at(Level::INFO, body)
}

/// As long as there is one subscriber only, `tracing` asks that of the thread which first comes to
/// an event, and remembers the answer for all. That may be the thread of a test that has none.
static ANOTHER: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::new(Collect { level: Level::TRACE, lines: Arc::default() }));

/// The same with all that is of this level or more important.
pub fn logged_at(level: Level, body: impl FnOnce()) -> Vec<String> {
    LazyLock::force(&ANOTHER);
    let lines = Arc::new(Mutex::new(Vec::new()));
    tracing::subscriber::with_default(Collect { level, lines: Arc::clone(&lines) }, body);
    let lines = lines.lock().expect("no test panics while it logs");
    lines.clone()
}

struct Collect {
    level: Level,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Subscriber for Collect {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_ours(metadata) && *metadata.level() <= self.level
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        let level = event.metadata().level();
        let line = format!("{level}{}{}", line.message, line.fields);
        self.lines.lock().expect("no test panics while it logs").push(line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Whether it is of the crate, or of a test that takes its target.
pub(crate) fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("stage_config")
}

#[derive(Default)]
pub(crate) struct Line {
    pub(crate) message: String,
    pub(crate) fields: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let done = if field.name() == "message" {
            write!(self.message, " {value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
        done.expect("a string takes all that is written");
    }
}
