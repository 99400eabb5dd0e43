//! Where a message begins and ends: one tag byte, one length word (manual, section 54.7).
//!
//! It never looks into a body and never asks that the body be there: a header is enough to stream what follows.

use std::fmt;

use model::{Refusal, Sqlstate};

/// Bytes of a tag and a length word.
pub const HEADER_BYTES: usize = 5;

/// The largest length word that the server takes for messages that carry statements or data
/// (`PQ_LARGE_MESSAGE_LIMIT`, that is `MaxAllocSize - 1`).
pub const LARGE_MAX: u32 = 0x3fff_fffe;

/// The largest length word that the server takes for all others (`PQ_SMALL_MESSAGE_LIMIT`).
pub const SMALL_MAX: u32 = 10_000;

/// The largest length word of an answer to an authentication request (`PG_MAX_AUTH_TOKEN_LENGTH`).
pub const SECRET_MAX: u32 = 65_535;

// A body's length must fit a `usize`; the gate is built for 64 bits, and 32 would do.
const _: () = assert!(usize::BITS >= 32);

/// A message's tag and the bytes of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The message's type.
    pub tag: u8,
    /// Bytes of the body: without the tag and without the length word.
    pub length: u32,
}

/// Bytes that cannot begin a message. The stream cannot be read on after it: where the next message begins is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// The length word is negative, or smaller than itself.
    Length {
        /// The message's type.
        tag: u8,
        /// The length word, read as the signed number that it is.
        word: i32,
    },
    /// The message is longer than its type may be.
    TooLong {
        /// The message's type.
        tag: u8,
        /// Bytes of the body.
        length: u32,
        /// Bytes that a body of this type may have.
        max: u32,
    },
    /// No message of this direction has this tag.
    UnknownTag(u8),
}

impl Header {
    /// Bytes of the whole message: tag, length word and body.
    #[inline]
    #[must_use]
    pub const fn total(self) -> usize {
        // Widening: at most 0x7fff_fffb, see the assertion above.
        HEADER_BYTES + self.length as usize
    }

    /// Splits one whole message off the front of `bytes`: its body, and what follows. `None` when it is not all there.
    #[inline]
    #[must_use]
    pub fn split(self, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
        let (message, rest) = bytes.split_at_checked(self.total())?;
        Some((message.get(HEADER_BYTES..)?, rest))
    }
}

/// Reads the header at the front of `bytes`. `None`: fewer than five bytes are there.
///
/// It knows no direction; [`super::frontend::peek`] and [`super::backend::peek`] also judge tag and size.
///
/// # Errors
/// When the length word is negative or smaller than 4.
#[inline]
pub fn peek(bytes: &[u8]) -> Result<Option<Header>, FrameError> {
    let Some([tag, a, b, c, d]) = bytes.first_chunk::<HEADER_BYTES>() else {
        return Ok(None);
    };
    let word = i32::from_be_bytes([*a, *b, *c, *d]);
    match u32::try_from(word).ok().and_then(|word| word.checked_sub(4)) {
        Some(length) => Ok(Some(Header { tag: *tag, length })),
        None => Err(FrameError::Length { tag: *tag, word }),
    }
}

/// As [`peek`], and holds the message to its type's limit.
#[inline]
pub(super) fn peek_within(
    bytes: &[u8],
    max_of: impl Fn(u8) -> Result<u32, FrameError>,
) -> Result<Option<Header>, FrameError> {
    let Some(&tag) = bytes.first() else { return Ok(None) };
    // A tag is judged as soon as it is there: a peer that sends one wrong byte and then nothing is answered at once.
    let max = max_of(tag)?;
    let Some(header) = peek(bytes)? else { return Ok(None) };
    if header.length > max {
        return Err(FrameError::TooLong { tag, length: header.length, max });
    }
    Ok(Some(header))
}

impl FrameError {
    /// What to answer with: `08P01`, as the server does. The session ends with it.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        Refusal::new(Sqlstate::new(b"08P01"), self.to_string())
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { tag, word } => {
                write!(f, "invalid message length {word} behind the tag {}", Tag(*tag))
            }
            Self::TooLong { tag, length, max } => {
                write!(
                    f,
                    "a message with the tag {} has {length} bytes, at most {max} are allowed",
                    Tag(*tag)
                )
            }
            Self::UnknownTag(tag) => write!(f, "invalid message type {}", Tag(*tag)),
        }
    }
}

impl std::error::Error for FrameError {}

/// A tag as people read it: its letter, or its number when it is none.
struct Tag(u8);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_ascii_graphic() {
            write!(f, "`{}`", char::from(self.0))
        } else {
            write!(f, "{}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_needs_five_bytes() {
        let bytes = b"Q\0\0\0\x0dselect 1\0";
        for cut in 0..HEADER_BYTES {
            assert_eq!(peek(bytes.get(..cut).unwrap_or_default()), Ok(None));
        }
        let header = Header { tag: b'Q', length: 9 };
        assert_eq!(peek(bytes), Ok(Some(header)));
        assert_eq!(header.total(), bytes.len());
        assert_eq!(header.split(bytes), Some((&b"select 1\0"[..], &b""[..])));
        assert_eq!(header.split(b"Q\0\0\0\x0dselect"), None);
    }

    #[test]
    fn lengths_that_wrap_are_errors() {
        for (word, seen) in
            [(0_u32, 0), (3, 3), (0xffff_ffff, -1), (0x8000_0000, i32::MIN), (0x8000_0004, i32::MIN + 4)]
        {
            let mut bytes = vec![b'D'];
            bytes.extend(word.to_be_bytes());
            assert_eq!(peek(&bytes), Err(FrameError::Length { tag: b'D', word: seen }));
        }
        assert_eq!(peek(b"D\0\0\0\x04"), Ok(Some(Header { tag: b'D', length: 0 })));
        assert_eq!(peek(b"D\x7f\xff\xff\xff"), Ok(Some(Header { tag: b'D', length: 0x7fff_fffb })));
    }
}
