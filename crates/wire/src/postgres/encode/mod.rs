//! Writes messages: each function appends one message to a buffer of the caller's.
//!
//! A message is appended whole or not at all. Nothing is truncated: a text with a NUL, a list that its count cannot
//! hold, or a message beyond the length word is an error, and the buffer is as it was. The only exception says so.

mod client;
mod report;
mod server;

use std::fmt;

pub use client::*;
pub use report::{Severity, TEXT_MAX, error_fields, error_response, notice_response};
pub use server::*;

/// Why a message cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// A text has a NUL, which would end it early.
    Nul,
    /// A list has more items than its count can say.
    Count,
    /// The message is longer than the length word can say.
    TooLong,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nul => "a text in a message has a NUL character",
            Self::Count => "a message has more items than the protocol can count",
            Self::TooLong => "a message is longer than the protocol allows",
        })
    }
}

impl std::error::Error for EncodeError {}

type Result = std::result::Result<(), EncodeError>;

/// A message of any tag, for tests and for what passes through.
///
/// # Errors
/// When the body is too long.
pub fn message(out: &mut Vec<u8>, tag: u8, body: &[u8]) -> Result {
    tagged(out, tag, |out| {
        out.extend_from_slice(body);
        Ok(())
    })
}

/// A piece of a COPY's data; both directions.
///
/// # Errors
/// When it is too long.
pub fn copy_data(out: &mut Vec<u8>, data: &[u8]) -> Result {
    message(out, b'd', data)
}

/// The end of a COPY's data; both directions.
pub fn copy_done(out: &mut Vec<u8>) {
    bare(out, b'c');
}

/// A message without a body.
fn bare(out: &mut Vec<u8>, tag: u8) {
    out.extend_from_slice(&[tag, 0, 0, 0, 4]);
}

/// A tag, a length word and what `body` writes.
fn tagged(out: &mut Vec<u8>, tag: u8, body: impl FnOnce(&mut Vec<u8>) -> Result) -> Result {
    let start = out.len();
    out.push(tag);
    let done = counted(out, body);
    if done.is_err() {
        out.truncate(start);
    }
    done
}

/// A length word that counts itself, and what `body` writes.
fn counted(out: &mut Vec<u8>, body: impl FnOnce(&mut Vec<u8>) -> Result) -> Result {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    let done = body(out).and_then(|()| {
        let word = i32::try_from(out.len() - start).map_err(|_| EncodeError::TooLong)?;
        let place = out.get_mut(start..).and_then(|message| message.first_chunk_mut::<4>());
        place.map(|place| *place = word.to_be_bytes()).ok_or(EncodeError::TooLong)
    });
    if done.is_err() {
        out.truncate(start);
    }
    done
}

/// A text and its NUL.
fn text(out: &mut Vec<u8>, text: &[u8]) -> Result {
    if memchr::memchr(0, text).is_some() {
        return Err(EncodeError::Nul);
    }
    out.extend_from_slice(text);
    out.push(0);
    Ok(())
}

/// A value: a length word that does not count itself, -1 for NULL, and the bytes.
fn value(out: &mut Vec<u8>, value: Option<&[u8]>) -> Result {
    let Some(value) = value else {
        out.extend_from_slice(&(-1_i32).to_be_bytes());
        return Ok(());
    };
    let length = i32::try_from(value.len()).map_err(|_| EncodeError::TooLong)?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(value);
    Ok(())
}

/// A count of 16 bits, and what `item` writes for each item.
fn list<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut item: impl FnMut(&mut Vec<u8>, T) -> Result,
) -> Result {
    let start = out.len();
    out.extend_from_slice(&[0; 2]);
    let mut count = 0_u16;
    for one in items {
        count = count.checked_add(1).ok_or(EncodeError::Count)?;
        item(out, one)?;
    }
    let place = out.get_mut(start..).and_then(|list| list.first_chunk_mut::<2>());
    place.map(|place| *place = count.to_be_bytes()).ok_or(EncodeError::TooLong)
}

/// A list of format codes.
fn formats(out: &mut Vec<u8>, codes: &[i16]) -> Result {
    list(out, codes, |out, code| {
        out.extend_from_slice(&code.to_be_bytes());
        Ok(())
    })
}

/// A list of type OIDs.
fn types(out: &mut Vec<u8>, oids: &[u32]) -> Result {
    list(out, oids, |out, oid| {
        out.extend_from_slice(&oid.to_be_bytes());
        Ok(())
    })
}
