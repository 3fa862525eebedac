//! Where an answer ends too early, and how.

/// How much of an answer is sent before it stalls or its connection is cut or reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Nothing. The store does not carry out the request either.
    Start,
    /// The status line, but not the rest of the head.
    Head,
    /// The head, and so many bytes of the body.
    Body(usize),
}

/// How an answer ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is complete, and the connection is kept.
    #[default]
    Complete,
    /// Nothing more is sent, and the connection stays open.
    Stall(At),
    /// The connection is closed.
    Cut(At),
    /// The connection is reset.
    Reset(At),
    /// The body is repeated until the client hangs up.
    Endless,
}
