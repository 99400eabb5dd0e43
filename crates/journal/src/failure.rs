//! The shapes of trouble: why a journal does not open, why an entry is not taken, how the journal is.

use ledger::{StorageError, TooLarge, Trouble};
use model::Sqlstate;
use std::time::Instant;

/// Why a journal was not opened. The message names the file and what to do.
#[derive(Debug)]
pub enum OpenError {
    /// Another process has the ledger open.
    Locked(String),
    /// The origin is none, or not the one that the ledger was made with.
    Origin(String),
    /// The signing key is missing, unreadable or of another ledger.
    Key(String),
    /// Storage failed, or what is there does not fit together.
    Storage(StorageError),
    /// The system gave no thread.
    Thread(std::io::Error),
    /// The ledger was read, and its first new entries could not be written.
    Unavailable(Unavailable),
}

/// Why an entry was not taken, or is not known to be durable.
///
/// An entry whose wait ended so may still become durable later: close its statement with an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// Too much waits to be written: the disk is slower than the statements. Try again when there is room.
    Full,
    /// The ledger cannot be written at the moment. It recovers by itself, except from `Trouble::Corrupt`.
    Failing(Trouble),
    /// The journal is closed.
    Closed,
    /// The entry is larger than the format allows.
    TooLarge(TooLarge),
}

/// How the journal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Entries are taken and written.
    Ok,
    /// New statements are refused.
    Failing {
        /// What kind of trouble.
        what: Trouble,
        /// The system's reason and the file, for the operator.
        message: String,
        /// Since when.
        since: Instant,
    },
    /// It was closed, or one of its threads came to an end.
    Closed,
}

impl Unavailable {
    /// The code for the client.
    #[must_use]
    pub fn sqlstate(&self) -> Sqlstate {
        match self {
            Self::Full => Sqlstate::new(b"53400"),
            Self::Failing(trouble) => trouble.sqlstate(),
            Self::Closed => Sqlstate::new(b"57P01"),
            Self::TooLarge(_) => Sqlstate::new(b"54000"),
        }
    }
}

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full => f.write_str("the ledger is busy, try again"),
            Self::Failing(Trouble::DiskFull) => {
                f.write_str("the ledger's disk is full, statements are refused until there is space")
            }
            Self::Failing(Trouble::Io) => {
                f.write_str("the ledger cannot be written, statements are refused until it can")
            }
            Self::Failing(Trouble::Corrupt) => {
                f.write_str("the ledger is damaged, statements are refused until an operator has looked")
            }
            Self::Closed => f.write_str("the gate is shutting down"),
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unavailable {}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Locked(folder) => {
                write!(f, "another process has the ledger `{folder}` open; a ledger has one writer")
            }
            Self::Origin(message) | Self::Key(message) => f.write_str(message),
            Self::Storage(error) => error.fmt(f),
            Self::Thread(error) => write!(f, "the system gave no thread: {error}"),
            Self::Unavailable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Storage(error) => Some(error),
            Self::Thread(error) => Some(error),
            Self::Unavailable(error) => Some(error),
            Self::Locked(_) | Self::Origin(_) | Self::Key(_) => None,
        }
    }
}

impl From<StorageError> for OpenError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}
