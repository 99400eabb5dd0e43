//! A leaf that is not what its tile says: what was done, as far as the neighbours tell.

use super::Wrong;
use crate::tree::{Hash, TILE_WIDTH};

/// A leaf and its tile's hash differ; the roots will say which of the two is right.
pub(super) struct Doubt {
    pub(super) index: u64,
    pub(super) kind: Wrong,
    pub(super) message: String,
}

/// Guesses what was done to the entry at `index`: where does it belong, and what comes behind it?
pub(super) fn doubt(index: u64, hash: Hash, told: Hash, next: Option<Hash>, hashes: &[Hash]) -> Doubt {
    let begin = index - index % TILE_WIDTH;
    let belongs = hashes.iter().position(|other| *other == hash);
    let shifted = belongs.is_some_and(|at| {
        begin + at as u64 == index + 1
            && next.is_none_or(|next| hashes.get(at + 1) == Some(&next) && next != told)
    });
    let (kind, message) = match belongs {
        Some(_) if shifted => {
            (Wrong::Deleted, format!("entry {index} is missing: what follows it lies in its place"))
        }
        Some(at) => {
            let at = begin + at as u64;
            (Wrong::Reordered, format!("what lies at {index} is entry {at}: entries were reordered"))
        }
        None => (Wrong::Edited, format!("entry {index} was edited: it is not what its tile says")),
    };
    Doubt { index, kind, message }
}
