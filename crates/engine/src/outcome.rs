//! What came of a statement.

use model::Sqlstate;

/// What came of a statement that a decision was made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The statement's number in its session.
    pub number: u64,
    /// In one word.
    pub result: Result,
    /// The error's code.
    pub sqlstate: Option<Sqlstate>,
    /// The tags of its commands, the first few ([`TAGS_MAX`]).
    pub tags: Vec<Box<str>>,
    /// How many commands were completed.
    pub commands: u64,
    /// Rows returned or, where none were, rows that the tags count.
    pub rows: u64,
    /// Bytes of rows and COPY data sent to the client.
    pub bytes_out: u64,
    /// Bytes of the messages that made up the statement, COPY data included.
    pub bytes_in: u64,
    /// Microseconds from decision to outcome.
    pub duration_us: u64,
}

/// An outcome in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Result {
    /// It ran.
    Ok,
    /// The server reported an error.
    Error,
    /// It was cancelled (SQLSTATE 57014).
    Cancelled,
    /// The gate refused it.
    Refused,
    /// An earlier error of its pipeline made the server pass over it: it did not run.
    Skipped,
    /// Nobody can tell: the server or the client was lost meanwhile.
    Unknown,
}

/// A text may hold thousands of commands; an entry names this many tags and counts the rest.
pub(crate) const TAGS_MAX: usize = 8;

impl Result {
    /// The word that the ledger uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }
}
