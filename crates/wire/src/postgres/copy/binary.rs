//! COPY's binary format: a header, rows of counted cells, a trailer.

use super::super::error::{DecodeError, Reason};
use super::super::reader::Reader;
use super::super::row::{Cell, MESSAGE_MAX, length};
use super::{Place, columns};

/// What every file begins with.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";

pub(super) fn rows<P>(
    place: &mut Place,
    body: &[u8],
    plan: &[Option<P>],
    out: &mut Vec<u8>,
    cover: &mut impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new("CopyData", body);
    if *place == Place::Header {
        header(&mut reader)?;
        let head = body.len() - reader.rest().len();
        out.extend_from_slice(body.get(..head).unwrap_or_default());
        *place = Place::Rows;
    }
    while !reader.rest().is_empty() {
        if *place == Place::Ended {
            return Err(reader.fail(Reason::Trailing));
        }
        let count = reader.i16()?;
        out.extend_from_slice(&count.to_be_bytes());
        if count == -1 {
            *place = Place::Ended;
            continue;
        }
        if usize::try_from(count) != Ok(plan.len()) {
            return Err(columns(usize::try_from(count).unwrap_or(0)));
        }
        for plan in plan {
            let value = reader.value()?;
            let at = out.len();
            out.extend_from_slice(&(-1_i32).to_be_bytes());
            match plan.as_ref().map_or(Cell::Kept, |plan| cover(plan, value, out)) {
                Cell::Null => {
                    out.truncate(at + 4);
                    continue;
                }
                Cell::Kept => {
                    out.truncate(at + 4);
                    let Some(value) = value else { continue };
                    out.extend_from_slice(value);
                }
                Cell::Written => {}
            }
            length(at, out).ok_or(reader.fail(Reason::TooLong { field: "column", limit: MESSAGE_MAX }))?;
        }
    }
    Ok(())
}

/// Signature, flags, and an extension that no version writes.
fn header(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    if reader.bytes(SIGNATURE.len())? != SIGNATURE {
        return Err(reader.fail(Reason::Value { field: "signature", value: 0 }));
    }
    // The one flag there ever was put OIDs into rows: cells would not be where they are looked for.
    for field in ["flags", "extension"] {
        let value = reader.u32()?;
        if value != 0 {
            return Err(reader.fail(Reason::Value { field, value: i64::from(value) }));
        }
    }
    Ok(())
}
