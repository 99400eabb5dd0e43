//! COPY's text format: a line is a row, a backslash takes the meaning from what follows it.

use super::super::error::{DecodeError, Reason};
use super::super::row::Cell;
use super::{Out, Place, Scratch, columns, fail, may_be_a_value, unexpected};

#[allow(clippy::too_many_arguments, reason = "the parts of one state, borrowed apart")]
pub(super) fn rows<P>(
    delimiter: u8,
    null: &[u8],
    place: &mut Place,
    scratch: Scratch<'_>,
    body: &[u8],
    plan: &[Option<P>],
    out: &mut impl Out,
    cover: &mut impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
) -> Result<(), DecodeError> {
    let Scratch { value, shown } = scratch;
    let is_sure = !may_be_a_value(null);
    let mut rest = body;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).ok_or(fail(Reason::Unterminated))?;
        let (line, after) = rest.split_at_checked(end).ok_or(fail(Reason::Truncated))?;
        rest = after.get(1..).unwrap_or_default();
        if line == b"\\." {
            // The end of data in a file: what the client makes of rows behind it is its own affair.
            return Err(unexpected(b'.'));
        }
        // PostgreSQL escapes both; a reader may take either for the end of a line.
        let escapes = line.iter().rev().take_while(|byte| **byte == b'\\').count();
        if memchr::memchr(b'\r', line).is_some() || escapes % 2 == 1 {
            return Err(unexpected(b'\r'));
        }
        let is_header = std::mem::replace(place, Place::Rows) == Place::Header;
        let mut cells = Cells { delimiter, rest: (!plan.is_empty() || !line.is_empty()).then_some(line) };
        for (at, plan) in plan.iter().enumerate() {
            let raw = cells.next().ok_or(columns(at))?;
            if at > 0 {
                out.byte(delimiter);
            }
            let Some(plan) = plan.as_ref().filter(|_| !is_header) else {
                out.bytes(raw);
                continue;
            };
            let read = if raw == null && is_sure {
                None
            } else if memchr::memchr(b'\\', raw).is_none() {
                Some(raw)
            } else {
                unescape(raw, value).ok_or(unexpected(b'\\'))?;
                Some(value.as_slice())
            };
            shown.clear();
            // Where NULL may be a value it is taken for one.
            match cover(plan, read, shown) {
                Cell::Kept => out.bytes(raw),
                Cell::Null => out.bytes(null),
                Cell::Written => escape(shown, delimiter, out),
            }
        }
        if cells.next().is_some() {
            return Err(columns(plan.len() + 1));
        }
        out.byte(b'\n');
    }
    Ok(())
}

/// The cells of a line as they are written.
struct Cells<'a> {
    delimiter: u8,
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let line = self.rest?;
        let mut at = 0;
        // A delimiter behind a backslash is data.
        while let Some(found) = line.get(at..).and_then(|rest| memchr::memchr2(self.delimiter, b'\\', rest)) {
            at += found;
            if line.get(at) == Some(&self.delimiter) {
                let (cell, after) = line.split_at_checked(at)?;
                self.rest = after.get(1..);
                return Some(cell);
            }
            at += 2;
        }
        self.rest = None;
        Some(line)
    }
}

/// What a written cell means. `None`: an escape that PostgreSQL does not write.
fn unescape(raw: &[u8], value: &mut Vec<u8>) -> Option<()> {
    value.clear();
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (plain, after) = rest.split_at_checked(at)?;
        value.extend_from_slice(plain);
        let (escaped, after) = after.get(1..)?.split_first()?;
        value.push(match escaped {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'0'..=b'9' | b'x' | b'N' | b'.' => return None,
            other => *other,
        });
        rest = after;
    }
    value.extend_from_slice(rest);
    Some(())
}

fn escape(value: &[u8], delimiter: u8, out: &mut impl Out) {
    // As nearly every value.
    if value.iter().all(|byte| *byte >= b' ' && *byte != b'\\' && *byte != delimiter) {
        return out.bytes(value);
    }
    for byte in value {
        let letter = match byte {
            8 => b'b',
            12 => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            11 => b'v',
            b'\\' => b'\\',
            other if *other == delimiter => *other,
            other => {
                out.byte(*other);
                continue;
            }
        };
        out.bytes(&[b'\\', letter]);
    }
}
