//! COPY's CSV format: a row is a line, but a line's end inside quotes is data.

use super::super::error::{DecodeError, Reason};
use super::super::row::Cell;
use super::{ForceQuote, Out, Place, Scratch, columns, fail, unexpected};

/// What has a meaning.
pub(super) struct Marks<'a> {
    pub delimiter: u8,
    pub null: &'a [u8],
    pub quote: u8,
    pub escape: u8,
    pub force_quote: &'a ForceQuote,
}

/// How a cell ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

pub(super) fn rows<P>(
    marks: &Marks<'_>,
    place: &mut Place,
    scratch: Scratch<'_>,
    body: &[u8],
    plan: &[Option<P>],
    out: &mut impl Out,
    cover: &mut impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
) -> Result<(), DecodeError> {
    let Scratch { value, shown } = scratch;
    let mut rest = body;
    while !rest.is_empty() {
        let is_header = std::mem::replace(place, Place::Rows) == Place::Header;
        if plan.is_empty() {
            // Rows without columns are empty lines.
            rest = rest.strip_prefix(b"\n").ok_or(columns(1))?;
            out.byte(b'\n');
            continue;
        }
        for (at, plan_of) in plan.iter().enumerate() {
            let Raw { raw, quoted, end, after } = cell(marks, rest, value)?;
            rest = after;
            if (end == End::Row) != (at + 1 == plan.len()) {
                return Err(columns(at + 1 + usize::from(end == End::Cell)));
            }
            let planned = plan_of.as_ref().filter(|_| !is_header);
            let is_null = !quoted && raw == marks.null;
            shown.clear();
            let becomes = planned
                .map_or(Cell::Kept, |planned| cover(planned, (!is_null).then_some(value.as_slice()), shown));
            match becomes {
                Cell::Kept => out.bytes(raw),
                Cell::Null => out.bytes(marks.null),
                // Whether the server has quoted the value would tell what stands in it.
                Cell::Written => marks.write(shown, plan.len() == 1 || marks.forces(at), out),
            }
            out.byte(if end == End::Row { b'\n' } else { marks.delimiter });
        }
    }
    Ok(())
}

/// A cell as it is written, and what follows it.
struct Raw<'a> {
    raw: &'a [u8],
    quoted: bool,
    end: End,
    after: &'a [u8],
}

/// The cell in front; its meaning goes to `value`.
fn cell<'a>(marks: &Marks<'_>, bytes: &'a [u8], value: &mut Vec<u8>) -> Result<Raw<'a>, DecodeError> {
    value.clear();
    let mut rest = bytes;
    let quoted = rest.first() == Some(&marks.quote);
    if quoted {
        rest = rest.get(1..).unwrap_or_default();
        loop {
            let at = memchr::memchr2(marks.quote, marks.escape, rest).ok_or(fail(Reason::Unterminated))?;
            let (plain, after) = rest.split_at_checked(at).ok_or(fail(Reason::Truncated))?;
            value.extend_from_slice(plain);
            let (mark, after) = after.split_first().ok_or(fail(Reason::Truncated))?;
            rest = after;
            let next = rest.first().copied();
            let escaped = next.filter(|next| *next == marks.quote || *next == marks.escape);
            match escaped {
                Some(escaped) if *mark == marks.escape => {
                    value.push(escaped);
                    rest = rest.get(1..).unwrap_or_default();
                }
                _ if *mark == marks.quote => break,
                // PostgreSQL escapes its own escape, so one that stands alone is not PostgreSQL's.
                _ => return Err(unexpected(*mark)),
            }
        }
    } else {
        let ends = |byte: &u8| *byte == marks.delimiter || *byte == b'\n';
        let at = rest.iter().position(ends).ok_or(fail(Reason::Unterminated))?;
        let (plain, after) = rest.split_at_checked(at).ok_or(fail(Reason::Truncated))?;
        // A reader may let quotes begin anywhere, and then sees other cells than stand here.
        if let Some(odd) = plain.iter().find(|byte| **byte == marks.quote || **byte == b'\r') {
            return Err(unexpected(*odd));
        }
        value.extend_from_slice(plain);
        rest = after;
    }
    let raw = bytes.get(..bytes.len() - rest.len()).unwrap_or_default();
    let (end, after) = rest.split_first().ok_or(fail(Reason::Unterminated))?;
    let end = match *end {
        b'\n' => End::Row,
        end if end == marks.delimiter => End::Cell,
        other => return Err(unexpected(other)),
    };
    Ok(Raw { raw, quoted, end, after })
}

impl Marks<'_> {
    fn forces(&self, column: usize) -> bool {
        match self.force_quote {
            ForceQuote::All => true,
            ForceQuote::Columns(columns) => columns.contains(&column),
        }
    }

    /// A cell as PostgreSQL writes it.
    fn write(&self, value: &[u8], force: bool, out: &mut impl Out) {
        let special = |byte: &u8| [self.delimiter, self.quote, b'\n', b'\r'].contains(byte);
        if !force && value != self.null && !value.iter().any(special) {
            return out.bytes(value);
        }
        out.byte(self.quote);
        for byte in value {
            if *byte == self.quote || *byte == self.escape {
                out.byte(self.escape);
            }
            out.byte(*byte);
        }
        out.byte(self.quote);
    }
}
