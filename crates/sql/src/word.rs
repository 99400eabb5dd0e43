//! Words: comparing without regard to ASCII case, and reading a name as the server stores it. Case is folded for
//! ASCII only, which is what the server does for every multi-byte encoding, UTF-8 among them.

use std::borrow::Cow;

use crate::{Kind, Token};

/// PostgreSQL's NAMEDATALEN less one: the bytes that the server keeps of a name.
const NAME_BYTES_MAX: usize = 63;

/// Up to eight bytes as a little-endian number, the rest zero. Longer texts are cut.
#[inline]
pub(crate) fn pack(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte)),
    }
}

/// Folds the ASCII capitals among eight packed bytes to small letters.
#[inline]
pub(crate) const fn fold(packed: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let seven_bits = packed & (0x7f * ONES);
    let from_a = seven_bits + (0x80 - b'A' as u64) * ONES;
    let behind_z = seven_bits + (0x7f - b'Z' as u64) * ONES;
    let capital = !packed & (from_a ^ behind_z) & (0x80 * ONES);
    packed | capital >> 2
}

/// Whether `bytes` is `word` (given in small letters) in any case.
#[inline]
pub(crate) fn same(bytes: &[u8], word: &str) -> bool {
    bytes.eq_ignore_ascii_case(word.as_bytes())
}

/// Whether `bytes` is one of `words` in any case.
pub(crate) fn one_of(bytes: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| same(bytes, word))
}

/// The name that a token spells: folded, unquoted, unescaped, cut to 63 bytes at a character's boundary. `None`
/// when the token is no name. `escape` is the character of a `UESCAPE` clause, for names of that kind.
pub(crate) fn name(text: &[u8], token: Token, escape: u8) -> Option<String> {
    let spelled = token.of(text);
    let mut name = match token.kind {
        Kind::Word => spelled.to_ascii_lowercase(),
        Kind::QuotedName => undouble(inside(spelled, 1), b'"').into_owned(),
        Kind::UnicodeName => unescape_unicode(&undouble(inside(spelled, 3), b'"'), escape),
        _ => return None,
    };
    if name.len() > NAME_BYTES_MAX {
        let continues = |at: usize| name.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
        let cut = (0..=NAME_BYTES_MAX).rev().find(|&at| !continues(at)).unwrap_or(NAME_BYTES_MAX);
        name.truncate(cut);
    }
    Some(String::from_utf8_lossy(&name).into_owned())
}

/// What is between the quotes: `before` bytes and the last one taken off. An unterminated thing loses a byte.
pub(crate) fn inside(spelled: &[u8], before: usize) -> &[u8] {
    spelled.get(before..spelled.len().saturating_sub(1)).unwrap_or_default()
}

/// Makes each doubled `quote` one.
pub(crate) fn undouble(bytes: &[u8], quote: u8) -> Cow<'_, [u8]> {
    if memchr::memchr(quote, bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut single = Vec::with_capacity(bytes.len());
    let mut skip = false;
    for &byte in bytes {
        skip = byte == quote && !skip;
        if !skip || byte != quote {
            single.push(byte);
        }
    }
    Cow::Owned(single)
}

/// `\0061`, `\+000061` and `\\` of `U&"…"`, with `escape` in the place of the backslash. What is no escape stays.
fn unescape_unicode(bytes: &[u8], escape: u8) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut units = Vec::new();
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        let (unit, used) = match (first == escape, behind.first()) {
            (true, Some(b'+')) => (hexadecimal(behind.get(1..7)), 8),
            (true, Some(&next)) if next != escape => (hexadecimal(behind.get(..4)), 5),
            _ => (None, 0),
        };
        if let Some(unit) = unit {
            units.push(unit);
            rest = rest.get(used..).unwrap_or_default();
            continue;
        }
        flush(&mut plain, &mut units);
        plain.push(first);
        let doubled = first == escape && behind.first() == Some(&escape);
        rest = behind.get(usize::from(doubled)..).unwrap_or_default();
    }
    flush(&mut plain, &mut units);
    plain
}

fn hexadecimal(digits: Option<&[u8]>) -> Option<u32> {
    digits?.iter().try_fold(0_u32, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?))
}

/// Escapes in a row may be surrogate pairs, so they are turned into characters together.
fn flush(plain: &mut Vec<u8>, units: &mut Vec<u32>) {
    let mut units = std::mem::take(units).into_iter().peekable();
    while let Some(unit) = units.next() {
        let low = |low: &u32| (0xd800..0xdc00).contains(&unit) && (0xdc00..0xe000).contains(low);
        let code = match units.next_if(low) {
            Some(low) => 0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff),
            None => unit,
        };
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_touches_only_capitals() {
        for byte in 0..=u8::MAX {
            let packed = u64::from(byte) | 0x4100_0000_0000_0000;
            let expected = u64::from(byte.to_ascii_lowercase()) | 0x6100_0000_0000_0000;
            assert_eq!(fold(packed), expected, "{byte:#x}");
        }
    }

    #[test]
    fn packing_is_little_endian_and_cut_at_eight() {
        assert_eq!(pack(b""), 0);
        assert_eq!(pack(b"ab"), 0x6261);
        assert_eq!(pack(b"abcdefgh"), pack(b"abcdefghi"));
    }

    fn first_name(text: &str, escape: u8) -> Option<String> {
        name(text.as_bytes(), crate::Lexer::new(text.as_bytes()).next()?, escape)
    }

    #[test]
    fn names_are_read_as_the_server_stores_them() {
        for (spelled, stored) in [
            ("FooBar", "foobar"),
            ("ÄB", "Äb"),
            ("\"Foo\"\"Bar\"", "Foo\"Bar"),
            ("U&\"d\\0061t\\+000061\"", "data"),
            ("U&\"a\\\\b\"", "a\\b"),
            ("U&\"\\D83D\\DE00\"", "😀"),
        ] {
            assert_eq!(first_name(spelled, b'\\').as_deref(), Some(stored), "{spelled}");
        }
        assert_eq!(first_name("u&\"d!0061t!+000061\"", b'!').as_deref(), Some("data"));
        assert_eq!(first_name("'no name'", b'\\'), None);
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        assert_eq!(first_name(&"x".repeat(70), b'\\'), Some("x".repeat(63)));
        let cut = first_name(&format!("\"{}é\"", "x".repeat(62)), b'\\');
        assert_eq!(cut, Some("x".repeat(62)), "the second byte of é would be the 64th");
    }
}
