//! A proof that one entry is in the ledger, as a text for an auditor (C2SP tlog-proof), and its verification.
//!
//! Ours carry the leaf as their `extra` data, so that an auditor needs nothing else but the verifier key. The
//! leaf is worth what its hash is: it is hashed and proved, never believed.

use crate::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint, CheckpointError, Vkey};
use crate::draft::LEAF_BYTES_MAX;
use crate::tree::{Hash, leaf_hash, node_hash};
use base64::prelude::{BASE64_STANDARD, Engine as _};

const HEADER: &str = "c2sp.org/tlog-proof@v1\n";

/// The most hashes of a proof: one per level of a tree of 2^64 entries.
const HASHES_MAX: usize = 64;

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofError {
    /// The text is no proof.
    Malformed,
    /// Its checkpoint is not one of this key.
    Checkpoint(CheckpointError),
    /// The leaf is not the entry that the checkpoint signs at that index.
    Mismatch,
}

/// An entry that a proof has proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The entry's index.
    pub index: u64,
    /// Its leaf.
    pub leaf: Vec<u8>,
    /// The checkpoint that signs it.
    pub checkpoint: Checkpoint,
}

/// Writes the proof of the entry `index`: `hashes` is its inclusion proof in the tree of `checkpoint`.
#[must_use]
pub fn write_proof(index: u64, leaf: &[u8], hashes: &[Hash], checkpoint: &[u8]) -> String {
    let mut text = format!("{HEADER}extra {}\nindex {index}\n", BASE64_STANDARD.encode(leaf));
    for hash in hashes {
        text.push_str(&BASE64_STANDARD.encode(hash.0));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(checkpoint));
    text
}

/// Verifies a proof that carries its leaf as `extra` data.
///
/// # Errors
/// When it proves nothing about that leaf.
pub fn verify_proof(text: &str, key: &Vkey) -> Result<Proved, ProofError> {
    if text.len() > CHECKPOINT_BYTES_MAX + HASHES_MAX * 64 + LEAF_BYTES_MAX * 2 {
        return Err(ProofError::Malformed);
    }
    let body = text.strip_prefix(HEADER).ok_or(ProofError::Malformed)?;
    let (head, checkpoint) = body.split_once("\n\n").ok_or(ProofError::Malformed)?;
    let mut lines = head.split('\n');
    let extra = lines.next().and_then(|line| line.strip_prefix("extra ")).ok_or(ProofError::Malformed)?;
    let leaf = BASE64_STANDARD.decode(extra).map_err(|_| ProofError::Malformed)?;
    let digits = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(ProofError::Malformed)?;
    let index: u64 = digits.parse().map_err(|_| ProofError::Malformed)?;
    if index.to_string() != digits {
        return Err(ProofError::Malformed);
    }
    let mut hashes = Vec::new();
    for line in lines {
        let hash = BASE64_STANDARD.decode(line).map_err(|_| ProofError::Malformed)?;
        hashes.push(Hash(hash.try_into().map_err(|_| ProofError::Malformed)?));
        if hashes.len() > HASHES_MAX {
            return Err(ProofError::Malformed);
        }
    }
    let checkpoint = Checkpoint::read(checkpoint.as_bytes(), key).map_err(ProofError::Checkpoint)?;
    if included(leaf_hash(&leaf), index, checkpoint.size, &hashes, checkpoint.root) {
        Ok(Proved { index, leaf, checkpoint })
    } else {
        Err(ProofError::Mismatch)
    }
}

/// RFC 9162 section 2.1.3.2.
fn included(leaf: Hash, index: u64, size: u64, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(*sibling, hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

impl std::fmt::Display for ProofError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str("the text is no tlog-proof"),
            Self::Checkpoint(error) => write!(f, "the proof's checkpoint: {error}"),
            Self::Mismatch => f.write_str("the entry is not the one that the proof is about"),
        }
    }
}

impl std::error::Error for ProofError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(extra )?[a-z0-9 =\n]{0,80}", index: u64, size: u64) {
            let key = Vkey::new(VKEY).unwrap();
            prop_assert!(verify_proof(&text, &key).is_err());
            let proof = format!("{HEADER}{text}");
            prop_assert!(verify_proof(&proof, &key).is_err());
            let path = vec![Hash([1; 32]); 70];
            prop_assert!(!included(Hash([0; 32]), index, size, &path, Hash([2; 32])));
        }
    }
}
