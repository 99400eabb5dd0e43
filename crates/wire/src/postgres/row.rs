//! Rows of a result, cell by cell: reading them, and writing them anew with some cells replaced. It never says which cells,
//! and copies what stays in one piece.
//!
//! Reading is strict: a row with another number of columns than was said, a length beyond the row, or a byte behind its
//! last cell is an error, since a cell that is looked for in a wrong place would be shown.

use super::error::{DecodeError, Reason};
use super::reader::Reader;

/// The most bytes of a message with replaced cells: what the server itself would not exceed (`MaxAllocSize`).
pub const MESSAGE_MAX: usize = 0x3fff_ffff;

/// What becomes of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It stays as it came.
    Kept,
    /// It becomes NULL.
    Null,
    /// It becomes what was appended to the output.
    Written,
}

/// Appends a DataRow like the one with this body, tag and length included, with cells replaced: for each column that has
/// a plan, `cover` is asked with the plan and the value, `None` for NULL, and appends what is shown instead.
///
/// # Errors
/// When the body is no row of exactly these columns, or what is shown makes it too long. Nothing is appended then.
#[inline]
pub fn rewrite<P>(
    body: &[u8],
    plan: &[Option<P>],
    out: &mut Vec<u8>,
    mut cover: impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
) -> Result<(), DecodeError> {
    let start = out.len();
    let done = cells(body, plan, out, &mut cover).and_then(|()| close(start, "DataRow", out));
    if done.is_err() {
        out.truncate(start);
    }
    done
}

/// Whether `stays` holds for each cell that has a plan, asked with the plan and the value, `None` for NULL.
///
/// # Errors
/// When the body is no row of exactly these columns.
#[inline]
pub fn stays<P>(
    body: &[u8],
    plan: &[Option<P>],
    mut stays: impl FnMut(&P, Option<&[u8]>) -> bool,
) -> Result<bool, DecodeError> {
    let mut reader = begin(body, plan)?;
    let mut all = true;
    for plan in plan {
        let value = reader.value()?;
        all = all && plan.as_ref().is_none_or(|plan| stays(plan, value));
    }
    reader.end()?;
    Ok(all)
}

/// A reader of the cells of a row that has as many as there are plans.
#[inline]
fn begin<'a, P>(body: &'a [u8], plan: &[Option<P>]) -> Result<Reader<'a>, DecodeError> {
    let mut reader = Reader::new("DataRow", body);
    let count = reader.u16()?;
    if usize::from(count) == plan.len() {
        return Ok(reader);
    }
    Err(reader.fail(Reason::Value { field: "number of columns", value: i64::from(count) }))
}

#[inline]
fn cells<P>(
    body: &[u8],
    plan: &[Option<P>],
    out: &mut Vec<u8>,
    cover: &mut impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
) -> Result<(), DecodeError> {
    let mut reader = begin(body, plan)?;
    out.extend_from_slice(b"D\0\0\0\0");
    // What stays is copied up to the next cell that does not.
    let mut kept = body;
    for plan in plan {
        let before = reader.rest();
        let value = reader.value()?;
        let Some(plan) = plan else { continue };
        let head = kept.len() - before.len();
        out.extend_from_slice(kept.get(..head).unwrap_or_default());
        let at = out.len();
        out.extend_from_slice(&(-1_i32).to_be_bytes());
        kept = match cover(plan, value, out) {
            Cell::Kept => {
                out.truncate(at);
                before
            }
            Cell::Null => {
                out.truncate(at + 4);
                reader.rest()
            }
            Cell::Written => {
                length(at, out)
                    .ok_or(reader.fail(Reason::TooLong { field: "column", limit: MESSAGE_MAX }))?;
                reader.rest()
            }
        };
    }
    reader.end()?;
    out.extend_from_slice(kept);
    Ok(())
}

/// Writes the length of what follows the length word at `at`.
#[inline]
pub(super) fn length(at: usize, out: &mut [u8]) -> Option<()> {
    let length = i32::try_from(out.len().checked_sub(at)?.checked_sub(4)?).ok()?;
    let word = out.get_mut(at..)?.first_chunk_mut::<4>()?;
    *word = length.to_be_bytes();
    Some(())
}

/// Writes the length of the message that begins with the tag at `start`.
#[inline]
pub(super) fn close(start: usize, message: &'static str, out: &mut [u8]) -> Result<(), DecodeError> {
    let too_long = DecodeError { message, reason: Reason::TooLong { field: "body", limit: MESSAGE_MAX } };
    let length = out.len().saturating_sub(start + 1);
    let word = u32::try_from(length).ok().filter(|_| length <= MESSAGE_MAX).ok_or(too_long)?;
    let place = out.get_mut(start + 1..).and_then(|rest| rest.first_chunk_mut::<4>()).ok_or(too_long)?;
    *place = word.to_be_bytes();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;

    fn row(cells: &[Option<&[u8]>]) -> Vec<u8> {
        let mut out = Vec::new();
        encode::data_row(&mut out, cells.iter().copied()).unwrap();
        out
    }

    /// Covers by a plan of `n`ull, `k`eep, `x`.
    fn cover(plan: &u8, value: Option<&[u8]>, out: &mut Vec<u8>) -> Cell {
        match (plan, value) {
            (b'k', _) => {
                out.extend_from_slice(b"thrown away");
                Cell::Kept
            }
            (b'n', _) | (_, None) => {
                out.extend_from_slice(b"thrown away");
                Cell::Null
            }
            _ => {
                out.extend_from_slice(b"***");
                Cell::Written
            }
        }
    }

    #[test]
    fn cells_are_replaced_and_the_rest_stays() {
        let before: [Option<&[u8]>; 5] = [Some(b"a"), Some(b"secret"), None, Some(b""), Some(b"e")];
        let body = row(&before);
        for (plan, after) in [
            ([None, None, None, None, None], before),
            ([None, Some(b'x'), None, None, None], [Some(b"a"), Some(b"***"), None, Some(b""), Some(b"e")]),
            ([Some(b'x'); 5], [Some(b"***"), Some(b"***"), None, Some(b"***"), Some(b"***")]),
            ([Some(b'n'); 5], [None; 5]),
            ([Some(b'k'); 5], before),
            (
                [Some(b'k'), Some(b'n'), Some(b'k'), None, Some(b'x')],
                [Some(b"a"), None, None, Some(b""), Some(b"***")],
            ),
        ] {
            let mut out = b"before".to_vec();
            rewrite(&body[5..], &plan, &mut out, cover).unwrap();
            assert_eq!(out.strip_prefix(b"before").unwrap(), row(&after));
        }
    }

    #[test]
    fn a_row_stays_when_each_cell_with_a_plan_does() {
        let body = row(&[Some(b"a"), None, Some(b"c")]);
        let seen = |plan: &[Option<u8>]| {
            let mut seen = Vec::new();
            let all = stays(&body[5..], plan, |plan, value| {
                seen.push(value.map(<[u8]>::to_vec));
                *plan == b'k'
            });
            (all.unwrap(), seen)
        };
        assert_eq!(seen(&[None; 3]), (true, vec![]));
        assert_eq!(seen(&[None, Some(b'k'), Some(b'k')]), (true, vec![None, Some(b"c".to_vec())]));
        assert_eq!(seen(&[Some(b'k'), Some(b'x'), Some(b'k')]), (false, vec![Some(b"a".to_vec()), None]));
    }

    #[test]
    fn a_row_that_is_not_as_said_is_an_error_and_nothing_is_written() {
        let whole = row(&[Some(b"a"), Some(b"secret"), None]);
        let whole = &whole[5..];
        let plan = [None, Some(b'x'), None];
        let mut out = Vec::new();
        for cut in 0..whole.len() {
            assert!(rewrite(&whole[..cut], &plan, &mut out, cover).is_err());
        }
        let longer = [whole, &[0]].concat();
        assert_eq!(rewrite(&longer, &plan, &mut out, cover).unwrap_err().reason, Reason::Trailing);
        assert!(rewrite(whole, &plan[..2], &mut out, cover).is_err());
        assert!(rewrite(whole, &[Some(b'x'); 4], &mut out, cover).is_err());
        for cut in 0..whole.len() {
            assert!(stays(&whole[..cut], &plan, |_, _| true).is_err());
        }
        assert!(
            stays(&longer, &plan, |_, _| true).is_err() && stays(whole, &plan[..2], |_, _| true).is_err()
        );
        let negative = [&[0, 1][..], &(-2_i32).to_be_bytes()].concat();
        assert_eq!(
            rewrite(&negative, &[Some(b'x')], &mut out, cover).unwrap_err().reason,
            Reason::NegativeLength(-2)
        );
        assert!(out.is_empty());
    }
}
