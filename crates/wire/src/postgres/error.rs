//! Why bytes are no message: one small error for every decoder, with the message and the reason in it.
//!
//! It never carries bytes of the message: those may be a secret.

use std::fmt;

use model::{Refusal, Sqlstate};

/// A message that cannot be what its tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The message's name in the manual (section 54.7), or `message` when its tag is unknown.
    pub message: &'static str,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No message of this direction has this tag.
    UnknownTag(u8),
    /// It ends before its last field, or a count or length is larger than what follows.
    Truncated,
    /// A text has no terminating NUL.
    Unterminated,
    /// Bytes follow the last field.
    Trailing,
    /// A length below zero where none is allowed (-1 stands for NULL in values only).
    NegativeLength(i32),
    /// A field's value is not one of those the protocol knows.
    Value {
        /// The field.
        field: &'static str,
        /// What it holds.
        value: i64,
    },
    /// A field is longer than its limit.
    TooLong {
        /// The field.
        field: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
}

impl DecodeError {
    /// What to answer with: `08P01`, as the server does.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        Refusal::new(Sqlstate::new(b"08P01"), format!("invalid message format: {self}"))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.message;
        match self.reason {
            Reason::UnknownTag(tag) => write!(f, "no message has the tag {tag}"),
            Reason::Truncated => write!(f, "`{name}` ends before its last field"),
            Reason::Unterminated => write!(f, "`{name}` has a text without terminator"),
            Reason::Trailing => write!(f, "`{name}` has bytes behind its last field"),
            Reason::NegativeLength(length) => write!(f, "`{name}` has the length {length}"),
            Reason::Value { field, value } => write!(f, "`{name}` has the {field} {value}"),
            Reason::TooLong { field, limit } => {
                write!(f, "`{name}` has a {field} of more than {limit} bytes")
            }
        }
    }
}

impl std::error::Error for DecodeError {}
