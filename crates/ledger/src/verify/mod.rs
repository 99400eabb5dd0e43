//! Verification of a ledger, offline, with nothing but its folder and its public key.
//!
//! Every leaf is hashed and compared with its tile; the tree is built from leaves and from tiles, so that the
//! signed root says which of them was changed; bodies are compared with their commitments, segments with the
//! bundles. Returns the first thing that is wrong, in the order of the entries. Repairs nothing.

mod check;
mod doubt;
mod part;
mod segments;
mod unsigned;

use crate::checkpoint::{Checkpoint, Vkey};
use crate::folder::{Folder, read_segments};
use crate::sealer::{CHECKPOINT_PATH, partial_paths};
use crate::storage::StorageError;
use crate::tree::Hash;
use check::Check;
use segments::Segments;
use std::collections::HashMap;

/// What was found to be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The ledger's name.
    pub origin: String,
    /// How many entries the checkpoint signs.
    pub size: u64,
    /// The root that it signs.
    pub root: Hash,
    /// How many entries there are behind it, not signed yet.
    pub unsigned: u64,
    /// How many parts were erased.
    pub erased: u64,
    /// How many entries are of a version or kind that this program does not know; their hashes are right.
    pub unknown: u64,
    /// What is worth knowing and not wrong.
    pub notes: Vec<String>,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub wrong: Wrong,
    /// The first entry that is concerned, where it is known.
    pub index: Option<u64>,
    /// The file.
    pub path: String,
    /// One sentence.
    pub message: String,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// A leaf, a body or a record of a segment is not what was written.
    Edited,
    /// An entry is missing and later ones are there.
    Deleted,
    /// Entries are not in their order.
    Reordered,
    /// The end is missing.
    Truncated,
    /// A segment is not the one that belongs there.
    Swapped,
    /// A tile of hashes was changed.
    Tile,
    /// The checkpoint is missing, not signed by the key, or signs something else.
    Checkpoint,
    /// The history is not a continuation of the older checkpoint.
    History,
    /// A file could not be read.
    Unreadable,
}

impl Wrong {
    /// One word for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Deleted => "deleted",
            Self::Reordered => "reordered",
            Self::Truncated => "truncated",
            Self::Swapped => "swapped",
            Self::Tile => "tile",
            Self::Checkpoint => "checkpoint",
            Self::History => "history",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Verifies a ledger. `from` is an older checkpoint, as a file had it: what it signed must be the beginning.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(folder: &impl Folder, key: &Vkey, from: Option<&[u8]>) -> Result<Verified, Finding> {
    let checkpoint = match folder.read(CHECKPOINT_PATH).map_err(unreadable)? {
        None => return Err(wrong(Wrong::Checkpoint, None, CHECKPOINT_PATH, "there is no checkpoint")),
        Some(bytes) => Checkpoint::read(&bytes, key)
            .map_err(|error| wrong(Wrong::Checkpoint, None, CHECKPOINT_PATH, error.to_string()))?,
    };
    let from = from
        .map(|bytes| Checkpoint::read(bytes, key))
        .transpose()
        .map_err(|error| wrong(Wrong::History, None, "the older checkpoint", error.to_string()))?;
    // What a running gate will remove is read first: then the ledger may grow while this goes on.
    let mut partials = HashMap::new();
    for path in partial_paths(checkpoint.size) {
        if let Some(bytes) = folder.read(&path).map_err(unreadable)? {
            partials.insert(path, bytes);
        }
    }
    let files = read_segments(folder).map_err(unreadable)?;
    let segments = Segments::new(&files, key)?;
    let mut check = Check::new(folder, &segments, from.as_ref(), partials);
    check.signed(&checkpoint)?;
    let mut notes = Vec::new();
    check.unsigned(checkpoint.size, &mut notes)?;
    let Check { erased, unknown, leaves, .. } = check;
    let unsigned = leaves.size() - checkpoint.size;
    Ok(Verified {
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: checkpoint.root,
        unsigned,
        erased,
        unknown,
        notes,
    })
}

fn wrong(wrong: Wrong, index: Option<u64>, path: impl Into<String>, message: impl Into<String>) -> Finding {
    Finding { wrong, index, path: path.into(), message: message.into() }
}

fn unreadable(error: StorageError) -> Finding {
    wrong(Wrong::Unreadable, None, "", error.message)
}
