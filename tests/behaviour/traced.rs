//! Collects spans and events.

use std::sync::{Arc, LazyLock, Mutex};

use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::log::{Line, is_ours};

/// Runs `body`, and returns its spans, and its events of this level or more important, line
/// by line. A span that closes is a line with its fields.
pub fn traced_at(level: Level, body: impl FnOnce()) -> Vec<String> {
    LazyLock::force(&ANOTHER);
    let lines = Arc::default();
    tracing::subscriber::with_default(subscriber(level, &lines), body);
    let lines = lines.lock().expect("no test panics while it traces");
    lines.clone()
}

type Lines = Arc<Mutex<Vec<String>>>;

/// As in `log.rs`.
static ANOTHER: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::new(subscriber(Level::TRACE, &Lines::default())));

fn subscriber(level: Level, lines: &Lines) -> impl Subscriber + use<> {
    tracing_subscriber::registry().with(Traced { level, lines: Arc::clone(lines) })
}

struct Traced {
    level: Level,
    lines: Lines,
}

impl Traced {
    fn say(&self, line: String) {
        self.lines.lock().expect("no test panics while it traces").push(line);
    }
}

fn within<'a, S: LookupSpan<'a>>(parent: Option<SpanRef<'a, S>>) -> String {
    parent.map(|parent| format!(" in {}", parent.name())).unwrap_or_default()
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Traced {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_ours(metadata) && *metadata.level() <= self.level
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).expect("it is new");
        let mut fields = Line::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(fields);
        self.say(format!("open {}{}", span.name(), within(span.parent())));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("it is open");
        let mut extensions = span.extensions_mut();
        values.record(extensions.get_mut::<Line>().expect("it is there since the span is open"));
    }

    fn on_follows_from(&self, id: &Id, before: &Id, context: Context<'_, S>) {
        let [span, before] = [id, before].map(|id| context.span(id).expect("it is open").name());
        self.say(format!("{span} follows {before}"));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        let level = event.metadata().level();
        let within = within(context.event_span(event));
        self.say(format!("{level}{within}:{}{}", line.message, line.fields));
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).expect("it closes");
        let extensions = span.extensions();
        let fields = extensions.get::<Line>().expect("it is there since the span is open");
        self.say(format!("close {}{}", span.name(), fields.fields));
    }
}
