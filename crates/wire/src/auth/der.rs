//! A tiny, total walk over DER: enough to find a certificate's signature algorithm. It understands no values.

/// Tags of the elements that the walk meets.
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
/// `[0] EXPLICIT`.
pub(super) const CONTEXT_0: u8 = 0xa0;

/// Splits the first element off: its tag, its content, and what follows. `None`: that is no DER, or longer than 4 GiB.
pub(super) fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = digits.iter().fold(0_u32, |sum, digit| (sum << 8) | u32::from(*digit));
            (usize::try_from(length).ok()?, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// As [`element`] for one that must have `tag`: its content, and what follows.
pub(super) fn expect(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    element(bytes).filter(|(found, _, _)| *found == tag).map(|(_, content, rest)| (content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_short_and_long() {
        assert_eq!(element(b"\x06\x02ab!"), Some((6, &b"ab"[..], &b"!"[..])));
        assert_eq!(element(b"\x06\x81\x02ab!"), Some((6, &b"ab"[..], &b"!"[..])));
        assert_eq!(element(b"\x06\x84\0\0\0\x02ab"), Some((6, &b"ab"[..], &b""[..])));
        for none in [
            &b""[..],
            b"\x06",
            b"\x06\x03ab",
            b"\x06\x80",
            b"\x06\x82\x01",
            b"\x06\x84\xff\xff\xff\xff",
            b"\x06\x85\0\0\0\0\0",
        ] {
            assert_eq!(element(none), None);
        }
        assert_eq!(expect(b"\x06\0", SEQUENCE), None);
    }
}
