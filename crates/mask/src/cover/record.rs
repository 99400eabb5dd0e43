//! Rows as values, field by field, in text and binary. It never guesses: a row whose fields are not those that it was told
//! of is not shown.

use super::kind::{Format, TypeOf};
use super::{Cover, Mask, Shown, array};

/// How many fields a row may have (PostgreSQL's `MaxTupleAttributeNumber`).
const FIELDS_MAX: u32 = 1_664;

/// A row's text, each field by its own cover; `None` shows a field as it is.
pub(super) fn text(fields: &[Option<Cover>], value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut fields = fields.iter();
    out.push(b'(');
    let mut first = true;
    let mut shown = Vec::new();
    each(value, |item| {
        let cover = fields.next()?;
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        let Some(item) = item else { return Some(()) };
        shown.clear();
        match cover.as_ref().map_or(Shown::Same, |cover| cover.cell(item, &mut shown)) {
            Shown::Null => {}
            Shown::Same => quote(item, out),
            Shown::Cell => quote(&shown, out),
        }
        Some(())
    })?;
    out.push(b')');
    // `()` is the row without fields, and reads as one NULL.
    fields.next().is_none().then_some(())
}

/// The text of a row that nobody declared: as many NULLs as it has fields.
pub(super) fn nulls(value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut count = 0_usize;
    each(value, |_| {
        count += 1;
        Some(())
    })?;
    out.push(b'(');
    out.extend(std::iter::repeat_n(b',', count - 1));
    out.push(b')');
    Some(())
}

/// Calls `field` with every field of a row's text, unquoted; there is at least one.
fn each(value: &[u8], mut field: impl FnMut(Option<&[u8]>) -> Option<()>) -> Option<()> {
    let mut rest = value.strip_prefix(b"(")?;
    let mut item = Vec::new();
    loop {
        item.clear();
        let (mut inside, mut null) = (false, true);
        let end = loop {
            let (first, after) = rest.split_first()?;
            rest = after;
            match *first {
                b'"' if inside && rest.first() == Some(&b'"') => {
                    item.push(b'"');
                    rest = rest.get(1..)?;
                }
                b'"' => (inside, null) = (!inside, false),
                b'\\' => {
                    let (escaped, after) = rest.split_first()?;
                    item.push(*escaped);
                    (rest, null) = (after, false);
                }
                byte @ (b',' | b')') if !inside => break byte,
                byte => {
                    item.push(byte);
                    null = false;
                }
            }
        };
        field((!null).then_some(&item))?;
        if end == b')' {
            return rest.is_empty().then_some(());
        }
    }
}

fn quote(value: &[u8], out: &mut Vec<u8>) {
    let special = |byte: &u8| b"\"\\(),".contains(byte) || byte.is_ascii_whitespace() || *byte == 0x0b;
    if !value.is_empty() && !value.iter().any(special) {
        return out.extend_from_slice(value);
    }
    out.push(b'"');
    for byte in value {
        if matches!(byte, b'"' | b'\\') {
            out.push(*byte);
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// A row in binary.
pub(super) fn binary(fields: &[Option<Cover>], value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut fields = fields.iter();
    parts(value, out, |_, item, out| {
        match fields.next()? {
            Some(cover) => array::push(cover, item, out).map(drop)?,
            None => {
                let length = item.map_or(Some(-1), |item| i32::try_from(item.len()).ok())?;
                out.extend_from_slice(&length.to_be_bytes());
                out.extend_from_slice(item.unwrap_or_default());
            }
        }
        Some(())
    })?;
    fields.next().is_none().then_some(())
}

/// A row in binary that nobody declared: each field says its type, and is made anew by `cover`.
pub(super) fn undeclared(value: &[u8], out: &mut Vec<u8>, cover: impl Fn(&TypeOf) -> Cover) -> Option<()> {
    parts(value, out, |oid, item, out| {
        let of = TypeOf::built_in(oid, -1).unwrap_or(TypeOf::unknown(oid));
        array::push(&cover(&of), item, out).map(drop)
    })
}

/// Copies count and types of a row in binary, and has each field written.
fn parts(
    value: &[u8],
    out: &mut Vec<u8>,
    mut write: impl FnMut(u32, Option<&[u8]>, &mut Vec<u8>) -> Option<()>,
) -> Option<()> {
    let (count, mut rest) = value.split_first_chunk()?;
    out.extend_from_slice(count);
    let count = u32::from_be_bytes(*count);
    (count <= FIELDS_MAX).then_some(())?;
    for _ in 0..count {
        let (oid, after) = rest.split_first_chunk()?;
        let (item, after) = array::field(after)?;
        out.extend_from_slice(oid);
        write(u32::from_be_bytes(*oid), item, out)?;
        rest = after;
    }
    rest.is_empty().then_some(())
}

/// What a row of these types has instead of a value. Where texts are looked through, fields without text stay.
pub(super) fn covers(mask: &Mask, types: &[TypeOf], cover: impl Fn(&TypeOf) -> Cover) -> Vec<Option<Cover>> {
    types.iter().map(|of| (*mask != Mask::Scan || !of.is_plain()).then(|| cover(of))).collect()
}

/// Dispatches by format.
pub(super) fn cell(format: Format, fields: &[Option<Cover>], value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    match format {
        Format::Text => text(fields, value, out),
        Format::Binary => binary(fields, value, out),
    }
}
