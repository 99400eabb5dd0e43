//! The signed entries: leaves against tiles, tiles against the root, bodies and segments beside.

use super::doubt::{Doubt, doubt};
use super::part::check_parts;
use super::segments::Segments;
use super::{Finding, Wrong, unreadable, wrong};
use crate::body;
use crate::checkpoint::Checkpoint;
use crate::folder::Folder;
use crate::leaf::Leaf;
use crate::sealer::CHECKPOINT_PATH;
use crate::tile::{
    LEVEL_MAX, body_path, entries_path, last_tile, read_bundle, read_tile, segment_path, tile_path,
};
use crate::tree::{Hash, TILE_WIDTH, Tree, leaf_hash};
use std::collections::HashMap;

/// A verification as it goes through the entries.
pub(super) struct Check<'a, F: Folder> {
    pub(super) folder: &'a F,
    pub(super) partials: HashMap<String, Vec<u8>>,
    pub(super) segments: &'a Segments<'a>,
    pub(super) from: Option<&'a Checkpoint>,
    /// The tree over what the leaves hash to, and the tree over what the tiles say.
    pub(super) leaves: Tree,
    pub(super) tiles: Tree,
    /// Per level, the hashes of the tile that is being filled.
    pub(super) levels: Vec<Vec<Hash>>,
    /// The first thing that is wrong beyond doubt.
    pub(super) first: Option<Finding>,
    pub(super) doubt: Option<Doubt>,
    pub(super) erased: u64,
    pub(super) unknown: u64,
}

impl<'a, F: Folder> Check<'a, F> {
    pub(super) fn new(
        folder: &'a F,
        segments: &'a Segments<'a>,
        from: Option<&'a Checkpoint>,
        partials: HashMap<String, Vec<u8>>,
    ) -> Self {
        Self {
            folder,
            partials,
            segments,
            from,
            leaves: Tree::default(),
            tiles: Tree::default(),
            levels: vec![Vec::new(); LEVEL_MAX as usize + 1],
            first: None,
            doubt: None,
            erased: 0,
            unknown: 0,
        }
    }

    pub(super) fn signed(&mut self, checkpoint: &Checkpoint) -> Result<(), Finding> {
        let size = checkpoint.size;
        for number in 0..size.div_ceil(TILE_WIDTH) {
            let width = (size - number * TILE_WIDTH).min(TILE_WIDTH);
            self.bundle(number, width)?;
            if self.doubt.is_none() && self.first.is_some() {
                break;
            }
        }
        if let Some(doubt) = self.doubt.take() {
            return Err(self.settle(doubt, checkpoint));
        }
        if let Some(first) = self.first.take() {
            return Err(first);
        }
        if self.leaves.root() != checkpoint.root {
            let message = format!("the {size} entries are not those that the checkpoint signs");
            return Err(wrong(Wrong::Checkpoint, None, CHECKPOINT_PATH, message));
        }
        self.partial_tiles(size)
    }

    pub(super) fn note(&mut self, finding: Finding) {
        // What comes behind a doubt is its consequence, or later anyway.
        if self.first.is_none() && self.doubt.is_none() {
            self.first = Some(finding);
        }
    }

    /// One bundle: its leaves against its tile, its bodies, and what segments have of it.
    fn bundle(&mut self, number: u64, width: u64) -> Result<(), Finding> {
        let begin = number * TILE_WIDTH;
        let entries = self.either(&entries_path(number, width), &entries_path(number, TILE_WIDTH))?;
        let leaves = match entries.as_deref().map(read_bundle) {
            Some(Ok(leaves)) => leaves,
            Some(Err(_)) => {
                self.note(wrong(
                    Wrong::Edited,
                    Some(begin),
                    entries_path(number, width),
                    format!("the bundle of entries {begin} to {} is malformed", begin + width - 1),
                ));
                return Ok(());
            }
            None => {
                let later =
                    self.folder.read(&entries_path(number + 1, TILE_WIDTH)).map_err(unreadable)?.is_some();
                let kind = if later { Wrong::Deleted } else { Wrong::Truncated };
                let message = format!("entry {begin} and those after it in the bundle are missing");
                self.note(wrong(kind, Some(begin), entries_path(number, width), message));
                return Ok(());
            }
        };
        let tile = self.either(&tile_path(0, number, width), &tile_path(0, number, TILE_WIDTH))?;
        let hashes = tile.as_deref().and_then(|bytes| read_tile(bytes).ok()).unwrap_or_default();
        if (hashes.len() as u64) < width {
            let message = format!("the tile of entries {begin} to {} is missing or short", begin + width - 1);
            self.note(wrong(Wrong::Tile, Some(begin), tile_path(0, number, width), message));
        }
        let body_file = self.folder.read(&body_path(number)).map_err(unreadable)?.unwrap_or_default();
        let bodies = body::read_file(&body_file, width as usize).unwrap_or_default();
        for at in 0..width as usize {
            let index = begin + at as u64;
            self.history(index);
            self.segment_begins(index);
            let told = hashes.get(at).copied();
            let Some(leaf) = leaves.get(at) else {
                self.missing(index, width);
                self.tiles.push(told.unwrap_or(Hash([0; 32])), |_, _| ());
                self.leaves.push(Hash([0; 32]), |_, _| ());
                continue;
            };
            let hash = leaf_hash(leaf);
            if let Some(told) =
                told.filter(|told| *told != hash && self.doubt.is_none() && self.first.is_none())
            {
                let next = leaves.get(at + 1).map(|leaf| leaf_hash(leaf));
                self.doubt = Some(doubt(index, hash, told, next, &hashes));
            }
            self.tiles.push(told.unwrap_or(hash), |_, _| ());
            self.push(hash)?;
            if self.doubt.is_none() && self.first.is_none() {
                self.entry(index, leaf, bodies.get(at).copied(), number);
                self.in_segment(index, leaf);
            }
        }
        Ok(())
    }

    /// A file, or the one that has taken its place.
    fn either(&self, path: &str, full: &str) -> Result<Option<Vec<u8>>, Finding> {
        if let Some(bytes) = self.partials.get(path) {
            return Ok(Some(bytes.clone()));
        }
        match self.folder.read(path).map_err(unreadable)? {
            None if path != full => self.folder.read(full).map_err(unreadable),
            found => Ok(found),
        }
    }

    fn missing(&mut self, index: u64, width: u64) {
        let path = entries_path(index / TILE_WIDTH, width);
        let message = format!("entry {index} is missing: the bundle has fewer than {width} entries");
        self.note(wrong(Wrong::Truncated, Some(index), path, message));
    }

    /// Takes a leaf's hash into the tree and compares full tiles of the levels above.
    fn push(&mut self, hash: Hash) -> Result<(), Finding> {
        let mut completed = Vec::new();
        let before = self.leaves.size();
        self.leaves.push(hash, |level, hash| {
            if level > 0 {
                completed.push((level, hash));
            }
        });
        for (level, hash) in completed {
            let Some(hashes) = self.levels.get_mut(level as usize) else { continue };
            hashes.push(hash);
            if hashes.len() as u64 == TILE_WIDTH {
                let hashes = std::mem::take(hashes);
                let path = tile_path(level, last_tile(level, before).0, TILE_WIDTH);
                self.compare_tile(&path, &path, &hashes)?;
            }
        }
        Ok(())
    }

    fn compare_tile(&mut self, path: &str, full: &str, hashes: &[Hash]) -> Result<(), Finding> {
        let bytes = self.either(path, full)?;
        let stored = bytes.as_deref().and_then(|bytes| read_tile(bytes).ok()).unwrap_or_default();
        if stored.get(..hashes.len()) != Some(hashes) {
            self.note(wrong(Wrong::Tile, None, path, "the tile is not the one that its entries make"));
        }
        Ok(())
    }

    fn partial_tiles(&mut self, size: u64) -> Result<(), Finding> {
        for (level, hashes) in (0u32..).zip(std::mem::take(&mut self.levels)) {
            let (number, width) = last_tile(level, size);
            if level > 0 && width > 0 {
                let full = tile_path(level, number, TILE_WIDTH);
                self.compare_tile(&tile_path(level, number, width), &full, &hashes)?;
            }
        }
        self.levels = vec![Vec::new(); LEVEL_MAX as usize + 1];
        self.first.take().map_or(Ok(()), Err)
    }

    /// The leaf's parts against the body record.
    fn entry(&mut self, index: u64, leaf: &[u8], record: Option<&[u8]>, number: u64) {
        let path = body_path(number);
        let Ok(leaf) = Leaf::read(leaf) else {
            self.unknown += 1;
            return;
        };
        match check_parts(&leaf, record) {
            Ok(erased) => self.erased += erased,
            Err(message) => {
                self.note(wrong(Wrong::Edited, Some(index), path, format!("entry {index}: {message}")));
            }
        }
    }

    /// The same entry as a segment has it, if one should.
    fn in_segment(&mut self, index: u64, leaf: &[u8]) {
        let (record, expected) = self.segments.record(index);
        match record {
            Some(record) if record.leaf == leaf => {
                if let Some(message) =
                    Leaf::read(leaf).ok().and_then(|leaf| check_parts(&leaf, Some(record.body)).err())
                {
                    let path = self.segments.path_of(index);
                    self.note(wrong(Wrong::Edited, Some(index), path, format!("entry {index}: {message}")));
                }
            }
            Some(_) => {
                let message = format!("entry {index} in the segment is not the one in its bundle");
                self.note(wrong(Wrong::Edited, Some(index), self.segments.path_of(index), message));
            }
            None if expected => {
                let (path, message) =
                    (self.segments.path_of(index), format!("entry {index} is damaged or missing"));
                self.note(wrong(Wrong::Edited, Some(index), path, message));
            }
            None => {}
        }
    }

    pub(super) fn segment_begins(&mut self, index: u64) {
        let root = self.leaves.root();
        if self.segments.beginning_at(index).is_some_and(|segment| segment.header.root != root) {
            let message = format!("the segment does not follow the entries before {index}: it was swapped");
            self.note(wrong(Wrong::Swapped, Some(index), segment_path(index), message));
        }
    }

    pub(super) fn history(&mut self, size: u64) {
        if let Some(from) = self.from.filter(|from| from.size == size)
            && from.root != self.leaves.root()
        {
            let message = format!("the first {size} entries are not those that the older checkpoint signs");
            self.note(wrong(Wrong::History, None, CHECKPOINT_PATH, message));
        }
    }

    fn settle(&self, doubt: Doubt, checkpoint: &Checkpoint) -> Finding {
        let bundle = doubt.index / TILE_WIDTH;
        let width = (checkpoint.size - bundle * TILE_WIDTH).min(TILE_WIDTH);
        let index = doubt.index;
        if self.leaves.root() == checkpoint.root {
            let message = format!("the tile's hash of entry {index} was changed; the entry itself is right");
            return wrong(Wrong::Tile, Some(index), tile_path(0, bundle, width), message);
        }
        let path = entries_path(bundle, width);
        if self.tiles.root() == checkpoint.root {
            wrong(doubt.kind, Some(index), path, doubt.message)
        } else {
            let message = format!("{}; tiles and entries both do not fit the checkpoint", doubt.message);
            wrong(doubt.kind, Some(index), path, message)
        }
    }
}
