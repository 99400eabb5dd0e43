//! Identifiers that appear in the ledger. All print as lower-case hexadecimal.

use std::fmt;

/// One client connection by one principal to one target. 64 random bits, chosen by the gateway.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// One statement: the session it belongs to and its number there, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StatementId {
    /// The session.
    pub session: SessionId,
    /// The statement's number in its session, from 1, without gaps.
    pub number: u64,
}

/// A salted SHA-256 commitment to a body that lies beside the ledger's leaf (see the ledger's reference).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment(pub [u8; 32]);

/// What a statement is once its literals are lifted out: 64 bits, for grouping only, never a key for a decision.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl SessionId {
    /// Reads the 16 hexadecimal digits that `Display` prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse_hex_64(text).map(Self)
    }
}

impl StatementId {
    /// Reads `<session>/<number>`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (session, number) = text.split_once('/')?;
        Some(Self { session: SessionId::parse(session)?, number: number.parse().ok()? })
    }
}

impl Fingerprint {
    /// Reads the 16 hexadecimal digits that `Display` prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse_hex_64(text).map(Self)
    }
}

fn parse_hex_64(text: &str) -> Option<u64> {
    let plain = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain { u64::from_str_radix(text, 16).ok() } else { None }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.session, self.number)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_through_text() {
        let id = StatementId { session: SessionId(0x00ab_cdef_0123_4567), number: 42 };
        assert_eq!(id.to_string(), "00abcdef01234567/42");
        assert_eq!(StatementId::parse("00abcdef01234567/42"), Some(id));
    }

    #[test]
    fn other_spellings_are_not_ids() {
        for text in
            ["", "ab", "00ABCDEF01234567", "+0abcdef01234567", "00abcdef0123456g", "00abcdef012345678"]
        {
            assert_eq!(SessionId::parse(text), None, "{text}");
        }
        assert_eq!(StatementId::parse("00abcdef01234567"), None);
        assert_eq!(StatementId::parse("00abcdef01234567/x"), None);
    }
}
