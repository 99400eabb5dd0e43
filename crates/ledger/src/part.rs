//! Parts: the large or personal bodies of an entry, and the salted commitments that its leaf holds of them.
//!
//! A leaf never holds a part's bytes, so a part can be encrypted, aged or erased while the tree stays valid.
//! Salts are arguments: this room has no randomness.

use crate::json::Object;
use model::Commitment;
use sha2::{Digest, Sha256};

/// What a commitment begins with, so that no other hash of ours can be taken for one.
const DOMAIN: &[u8] = b"tollhouse/part/1\0";

/// 128 random bits. Without it a commitment says nothing about a guessed body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

/// The parts that entries have. The order is that of their words, which is the order in leaf and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartName {
    /// What the client says about itself: purpose, trace, application name. A JSON object.
    Asserted,
    /// The parameters of an execution. A JSON array (see [`crate::Parameters`]).
    Parameters,
    /// The text of a statement as the server gets it, after redaction of secrets.
    Text,
}

/// A part of an entry that is being written.
///
/// Either its bytes are stored beside this entry, or they are already stored with an earlier one and this
/// entry refers to them by the same commitment (the text of a prepared statement, once for all executions).
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    commitment: Commitment,
    bytes: u64,
    stored: Option<(Salt, &'a [u8])>,
}

/// The commitment to a part: SHA-256 of `tollhouse/part/1` NUL, the name, NUL, the salt (16 bytes), the bytes.
#[must_use]
pub fn commit(name: PartName, salt: Salt, bytes: &[u8]) -> Commitment {
    let mut hash = Sha256::new();
    // One update for what is short: each costs more than the copy.
    let mut head = [0u8; 64];
    let mut used = 0;
    for piece in [DOMAIN, name.as_str().as_bytes(), &[0], &salt.0] {
        if let Some(room) = head.get_mut(used..used + piece.len()) {
            room.copy_from_slice(piece);
            used += piece.len();
        }
    }
    hash.update(head.get(..used).unwrap_or_default());
    hash.update(bytes);
    Commitment(hash.finalize().into())
}

impl<'a> Part<'a> {
    /// A part whose bytes are stored with the entry.
    #[must_use]
    pub fn store(name: PartName, salt: Salt, bytes: &'a [u8]) -> Self {
        Self { commitment: commit(name, salt, bytes), bytes: bytes.len() as u64, stored: Some((salt, bytes)) }
    }

    /// A part of `bytes` bytes that an earlier entry stored under this commitment.
    #[must_use]
    pub fn known(commitment: Commitment, bytes: u64) -> Part<'static> {
        Part { commitment, bytes, stored: None }
    }

    /// The same part for a later entry: a reference without the bytes.
    #[must_use]
    pub fn to_known(self) -> Part<'static> {
        Part::known(self.commitment, self.bytes)
    }

    /// The commitment.
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        self.commitment
    }

    /// How many bytes the part has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn stored(&self) -> Option<(Salt, &'a [u8])> {
        self.stored
    }

    fn write(&self, object: &mut Object<'_>) {
        object.number("bytes", self.bytes);
        object.hex("commitment", &self.commitment.0);
        object.flag_if("known", self.stored.is_none());
    }
}

/// The parts of one entry, in the order of their names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) asserted: Option<Part<'a>>,
    pub(crate) parameters: Option<Part<'a>>,
    pub(crate) text: Option<Part<'a>>,
}

impl<'a> Parts<'a> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (PartName, Part<'a>)> {
        [
            (PartName::Asserted, self.asserted),
            (PartName::Parameters, self.parameters),
            (PartName::Text, self.text),
        ]
        .into_iter()
        .filter_map(|(name, part)| Some((name, part?)))
    }

    pub(crate) fn write(&self, object: &mut Object<'_>) {
        if self.iter().next().is_some() {
            object.object("parts", |parts| {
                for (name, part) in self.iter() {
                    parts.object(name.as_str(), |object| part.write(object));
                }
            });
        }
    }
}

impl PartName {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Asserted, Self::Parameters, Self::Text];

    /// The word in leaf and body.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Parameters => "parameters",
            Self::Text => "text",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str().as_bytes() == word)
    }
}

impl std::fmt::Debug for Salt {
    /// Salts stay out of logs: with one, a guessed body can be checked against its commitment.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_binds_name_salt_and_bytes() {
        let base = commit(PartName::Text, Salt([1; 16]), b"select 1");
        let mut whole = b"tollhouse/part/1\0text\0".to_vec();
        whole.extend([1; 16]);
        whole.extend(b"select 1");
        assert_eq!(base.0, <[u8; 32]>::from(Sha256::digest(&whole)));
        assert_ne!(base, commit(PartName::Asserted, Salt([1; 16]), b"select 1"));
        assert_ne!(base, commit(PartName::Text, Salt([2; 16]), b"select 1"));
        assert_ne!(base, commit(PartName::Text, Salt([1; 16]), b"select 2"));
    }

    #[test]
    fn a_known_part_says_so_and_stores_nothing() {
        let stored = Part::store(PartName::Text, Salt([1; 16]), b"select 1");
        let known = stored.to_known();
        assert_eq!(known.commitment(), stored.commitment());
        assert_eq!(known.size(), 8);
        assert!(known.stored().is_none());
        assert!(!format!("{stored:?}").contains("[1, 1"), "salts must not reach a log");
    }
}
