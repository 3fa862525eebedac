//! The span of a load. Its fields are part of the public API: the guide lists them.

use std::thread;

use tokio::time::Instant;
use tracing::Span;
use tracing::field::{Empty, Value};

use crate::error::LoadError;
use crate::schema::stage::{Stage, StageError};
use crate::schema::table::ParameterTable;
use crate::source::{Answers, Request};

/// The span of one load. It records how the load ended, even if the load is dropped or panics.
pub(crate) struct LoadSpan {
    span: Span,
    began: Instant,
    has_ended: bool,
}

macro_rules! span {
    ($table:expr $(, parent: $parent:expr)?) => {
        tracing::info_span!(
            target: "stage_config",
            $(parent: $parent,)?
            "stage_config.load",
            config = $table.config,
            stage = Empty,
            resolved = Empty,
            names = Empty,
            requests = Empty,
            attempts = Empty,
            milliseconds = Empty,
            outcome = Empty,
        )
    };
}

impl LoadSpan {
    /// Of a load that its caller carries out: a child of the current span.
    #[inline(never)]
    pub(crate) fn of_caller(table: &ParameterTable) -> Self {
        Self::new(span!(table))
    }

    /// Of a load that belongs to nobody. As a child, it would keep the span of whoever asked first
    /// open until the load has ended.
    #[inline(never)]
    pub(crate) fn of_nobody(table: &ParameterTable) -> Self {
        let span = span!(table, parent: None);
        span.follows_from(Span::current());
        Self::new(span)
    }

    fn new(span: Span) -> Self {
        Self { span, began: Instant::now(), has_ended: false }
    }

    /// What the load runs in.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    pub(super) fn refused(&self, error: &StageError) {
        self.record("stage", error.deployed());
    }

    pub(super) fn chose(&self, stage: &Stage) {
        self.record("stage", stage.given());
        self.record("resolved", stage.declared());
    }

    pub(super) fn requests(&self, request: &Request) {
        self.record("names", signed(request.names().len() + request.paths().len()));
    }

    pub(super) fn received(&self, answers: &Answers) {
        self.record("requests", answers.requests().map(signed));
        self.record("attempts", answers.attempts().map(signed));
    }

    pub(super) fn loaded(&mut self) {
        self.end("loaded");
    }

    pub(super) fn failed(&mut self, error: LoadError) -> LoadError {
        self.end(if error.is_transient() { "unavailable" } else { "failed" });
        error
    }

    fn end(&mut self, outcome: &'static str) {
        self.has_ended = true;
        self.record("milliseconds", signed(self.began.elapsed().as_millis()));
        self.record("outcome", outcome);
    }

    fn record(&self, field: &'static str, value: impl Value) {
        self.span.record(field, value);
    }
}

impl Drop for LoadSpan {
    fn drop(&mut self) {
        if !self.has_ended {
            self.end(if thread::panicking() { "panicked" } else { "cancelled" });
        }
    }
}

/// OpenTelemetry has no unsigned numbers: they would become texts.
fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}
