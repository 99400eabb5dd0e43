//! A proof that one entry is in the ledger, as a text for an auditor (C2SP tlog-proof), and its verification.
//!
//! The proof does not hold the entry: who verifies has the leaf and the verifier key from elsewhere.

use crate::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint, CheckpointError, Vkey};
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

/// Writes the proof of the entry `index`: `hashes` is its inclusion proof in the tree of `checkpoint`.
#[must_use]
pub fn write_proof(index: u64, hashes: &[Hash], checkpoint: &[u8]) -> String {
    let mut text = format!("{HEADER}index {index}\n");
    for hash in hashes {
        text.push_str(&BASE64_STANDARD.encode(hash.0));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(checkpoint));
    text
}

/// Verifies a proof: `leaf` is an entry of the ledger with this key. Returns its index and the checkpoint.
///
/// # Errors
/// When it does not prove that.
pub fn verify_proof(text: &str, leaf: &[u8], key: &Vkey) -> Result<(u64, Checkpoint), ProofError> {
    if text.len() > CHECKPOINT_BYTES_MAX + HASHES_MAX * 64 {
        return Err(ProofError::Malformed);
    }
    let body = text.strip_prefix(HEADER).ok_or(ProofError::Malformed)?;
    let (head, checkpoint) = body.split_once("\n\n").ok_or(ProofError::Malformed)?;
    let mut lines = head.split('\n').peekable();
    // Opaque to us: nobody vouches for it.
    let _extra = lines.next_if(|line| line.starts_with("extra "));
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
    if included(leaf_hash(leaf), index, checkpoint.size, &hashes, checkpoint.root) {
        Ok((index, checkpoint))
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
