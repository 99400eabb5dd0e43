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
    /// The tags of its commands, the first few.
    pub tags: Tags,
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

/// Command tags in order. One is by far the usual number, and it takes no allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    first: Option<Tag>,
    more: Vec<Tag>,
}

/// A server's tags have at most 63 bytes (`COMPLETION_TAG_BUFSIZE`); of a longer one the rest is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Tag {
    bytes: [u8; 63],
    length: u8,
}

impl Tags {
    /// The tags as text; what is not UTF-8 reads as nothing.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.first.iter().chain(&self.more).map(Tag::as_str)
    }

    pub(crate) fn push(&mut self, tag: &[u8]) {
        if self.first.is_none() {
            self.first = Some(Tag::new(tag));
        } else if self.more.len() + 1 < TAGS_MAX {
            self.more.push(Tag::new(tag));
        }
    }
}

impl Tag {
    fn new(tag: &[u8]) -> Self {
        let mut bytes = [0; 63];
        let mut length = 0;
        for (to, from) in bytes.iter_mut().zip(tag) {
            *to = *from;
            length += 1;
        }
        Self { bytes, length }
    }

    fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|tag| std::str::from_utf8(tag).ok())
            .unwrap_or_default()
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}

/// A text may hold thousands of commands; an entry names this many tags and counts the rest.
pub const TAGS_MAX: usize = 8;

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
