//! Arrays, element by element, in text and binary: their dimensions and NULLs stay. It never reads an element itself.

use super::{Cover, Shown};

/// PostgreSQL's own most (`MAXDIM`).
const DIMENSIONS_MAX: u32 = 6;

/// An array's text: each element covered, all else as it is. `None`: not an array's text.
pub(super) fn text(element: &Cover, delimiter: u8, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = value;
    if rest.first() == Some(&b'[') {
        // `[0:1][2:3]=`: bounds that are not 1.
        let at = rest.iter().position(|byte| *byte == b'=')?;
        let (bounds, body) = rest.split_at_checked(at + 1)?;
        bounds.iter().all(|byte| byte.is_ascii_digit() || b"[]:=-+".contains(byte)).then_some(())?;
        out.extend_from_slice(bounds);
        rest = body;
    }
    let (mut depth, mut begun) = (0_u32, false);
    let mut bare = Vec::new();
    let mut shown = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        if begun && depth == 0 {
            return None;
        }
        match *first {
            b'{' => {
                depth += 1;
                begun = true;
                (depth <= DIMENSIONS_MAX).then_some(())?;
                out.push(b'{');
                rest = after;
            }
            b'}' => {
                depth = depth.checked_sub(1)?;
                out.push(b'}');
                rest = after;
            }
            byte if byte == delimiter => {
                out.push(byte);
                rest = after;
            }
            _ if depth == 0 => return None,
            b'"' => {
                rest = quoted(after, &mut bare)?;
                cell(element, delimiter, &bare, &mut shown, out);
            }
            _ => {
                let ends = |byte: &u8| *byte == delimiter || *byte == b'}' || *byte == b'{';
                let (item, behind) = rest.split_at_checked(rest.iter().position(ends)?)?;
                (!item.contains(&b'"') && !item.contains(&b'\\')).then_some(())?;
                rest = behind;
                if item.eq_ignore_ascii_case(b"NULL") {
                    out.extend_from_slice(b"NULL");
                } else {
                    cell(element, delimiter, item, &mut shown, out);
                }
            }
        }
    }
    (begun && depth == 0).then_some(())
}

/// Takes a quoted element, behind its opening quote, into `bare`; the answer is what follows it.
fn quoted<'a>(mut rest: &'a [u8], bare: &mut Vec<u8>) -> Option<&'a [u8]> {
    bare.clear();
    loop {
        let (first, after) = rest.split_first()?;
        rest = after;
        match *first {
            b'"' => return Some(rest),
            b'\\' => {
                let (escaped, after) = rest.split_first()?;
                bare.push(*escaped);
                rest = after;
            }
            byte => bare.push(byte),
        }
    }
}

fn cell(element: &Cover, delimiter: u8, value: &[u8], shown: &mut Vec<u8>, out: &mut Vec<u8>) {
    shown.clear();
    match element.cell(value, shown) {
        Shown::Null => out.extend_from_slice(b"NULL"),
        Shown::Same => quote(value, delimiter, out),
        Shown::Cell => quote(shown, delimiter, out),
    }
}

/// One element, quoted where it must be.
pub(super) fn quote(value: &[u8], delimiter: u8, out: &mut Vec<u8>) {
    let special = |byte: &u8| {
        *byte == delimiter || b"{}\"\\".contains(byte) || byte.is_ascii_whitespace() || *byte == 0x0b
    };
    if !value.is_empty() && !value.iter().any(special) && !value.eq_ignore_ascii_case(b"NULL") {
        return out.extend_from_slice(value);
    }
    out.push(b'"');
    for byte in value {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// An array in binary. `None`: not well-formed.
pub(super) fn binary(element: &Cover, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let (head, mut rest) = value.split_first_chunk::<12>()?;
    let [a, b, c, d, ..] = *head;
    let dimensions = u32::from_be_bytes([a, b, c, d]);
    (dimensions <= DIMENSIONS_MAX).then_some(())?;
    let mut count = usize::from(dimensions > 0);
    let start = out.len();
    out.extend_from_slice(head);
    for _ in 0..dimensions {
        let (bounds, after) = rest.split_first_chunk::<8>()?;
        let [a, b, c, d, ..] = *bounds;
        count = count.checked_mul(usize::try_from(i32::from_be_bytes([a, b, c, d])).ok()?)?;
        out.extend_from_slice(bounds);
        rest = after;
    }
    // Each element has a length at least.
    (count <= rest.len() / 4).then_some(())?;
    let mut nulls = false;
    for _ in 0..count {
        let (item, after) = field(rest)?;
        rest = after;
        nulls |= push(element, item, out)?;
    }
    rest.is_empty().then_some(())?;
    // The flag word says whether there are NULLs.
    *out.get_mut(start + 7)? = u8::from(nulls);
    Some(())
}

/// A length and so many bytes, or NULL; and what follows.
pub(super) fn field(value: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let (length, rest) = value.split_first_chunk()?;
    match i32::from_be_bytes(*length) {
        -1 => Some((None, rest)),
        length => {
            let (item, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            Some((Some(item), rest))
        }
    }
}

/// Writes one covered field with its length; whether it became NULL.
pub(super) fn push(cover: &Cover, item: Option<&[u8]>, out: &mut Vec<u8>) -> Option<bool> {
    let at = out.len();
    out.extend_from_slice(&(-1_i32).to_be_bytes());
    let Some(item) = item else { return Some(true) };
    match cover.cell(item, out) {
        Shown::Null => return Some(true),
        Shown::Same => out.extend_from_slice(item),
        Shown::Cell => {}
    }
    let length = i32::try_from(out.len() - at - 4).ok()?;
    out.get_mut(at..at + 4)?.copy_from_slice(&length.to_be_bytes());
    Some(false)
}

/// An array of one element, or nothing when the element would be NULL.
pub(super) fn of_one(oid: u32, delimiter: u8, element: &[u8], binary: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if binary {
        for word in [1, 0, oid, 1, 1, u32::try_from(element.len()).unwrap_or(0)] {
            out.extend_from_slice(&word.to_be_bytes());
        }
        out.extend_from_slice(element);
    } else {
        out.push(b'{');
        quote(element, delimiter, &mut out);
        out.push(b'}');
    }
    out
}
