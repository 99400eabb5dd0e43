//! What came of a statement.

use model::Sqlstate;

use crate::cover::Masked;

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
    /// What was covered in its results.
    pub masked: Vec<Masked>,
    /// The relations that it wrote to and of which some columns are not seen.
    pub written: Vec<u32>,
    /// Microseconds from decision to outcome.
    pub duration_us: u64,
}

impl Outcome {
    /// Whether a constraint held against what it wrote: that tells something of rows that are there (SQLSTATE class 23).
    #[must_use]
    pub fn is_constrained(&self) -> bool {
        !self.written.is_empty() && self.sqlstate.is_some_and(|code| code.as_str().starts_with("23"))
    }

    /// The same, once its transaction failed to commit: whatever went well before did not last.
    pub(crate) fn failed(self, sqlstate: Option<Sqlstate>) -> Self {
        let result = if self.result == Result::Ok { Result::Error } else { self.result };
        Self { result, sqlstate: self.sqlstate.or(sqlstate), ..self }
    }
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

/// A tag as it is nearly always: short enough to lie where it is.
#[derive(Clone, PartialEq, Eq)]
enum Tag {
    Short { bytes: [u8; SHORT], length: u8 },
    Long(Box<str>),
}

/// `INSERT 0 1234567890` and every tag without a number but two or three.
const SHORT: usize = 22;

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
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..tag.len()), u8::try_from(tag.len())) {
            (Some(room), Ok(length)) => {
                room.copy_from_slice(tag);
                Self::Short { bytes, length }
            }
            _ => Self::Long(String::from_utf8_lossy(tag).into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short { bytes, length } => {
                let tag = bytes.get(..usize::from(*length)).and_then(|tag| std::str::from_utf8(tag).ok());
                tag.unwrap_or_default()
            }
            Self::Long(tag) => tag,
        }
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
