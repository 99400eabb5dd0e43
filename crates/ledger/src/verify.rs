//! Verification of a ledger, offline, with nothing but its folder and its public key.
//!
//! Every leaf is hashed and compared with its tile; the tree is built from leaves and from tiles, so that the
//! signed root says which of them was changed; bodies are compared with their commitments, segments with the
//! bundles. Returns the first thing that is wrong, in the order of the entries. Repairs nothing.

use crate::body::{self, Stored};
use crate::checkpoint::{Checkpoint, Vkey};
use crate::folder::{Folder, read_segments};
use crate::leaf::Leaf;
use crate::part::commit;
use crate::sealer::{CHECKPOINT_PATH, partial_paths};
use crate::segment::{End, Record, Segment, origin_hash};
use crate::storage::StorageError;
use crate::tile::{
    LEVEL_MAX, body_path, entries_path, last_tile, read_bundle, read_tile, segment_path, tile_path,
};
use crate::tree::{Hash, TILE_WIDTH, Tree, leaf_hash};
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
    let mut check = Check {
        folder,
        partials,
        segments: &segments,
        from: from.as_ref(),
        leaves: Tree::default(),
        tiles: Tree::default(),
        levels: vec![Vec::new(); LEVEL_MAX as usize + 1],
        first: None,
        doubt: None,
        erased: 0,
        unknown: 0,
    };
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

/// The segments, read and in order; the entries of each end where the next one begins.
struct Segments<'a> {
    all: Vec<(Segment<'a>, u64)>,
}

impl<'a> Segments<'a> {
    fn new(files: &'a [(u64, Vec<u8>)], key: &Vkey) -> Result<Self, Finding> {
        let mut all = Vec::new();
        for (at, (first, file)) in files.iter().enumerate() {
            let path = segment_path(*first);
            let segment = Segment::read(file)
                .map_err(|_| wrong(Wrong::Edited, Some(*first), &path, "the segment's header is damaged"))?;
            if segment.header.first != *first || segment.header.origin != origin_hash(key.origin()) {
                let message = "the segment belongs to another place or another ledger";
                return Err(wrong(Wrong::Swapped, Some(*first), path, message));
            }
            let next = files.get(at + 1).map_or(u64::MAX, |(next, _)| *next);
            all.push((segment, next));
        }
        Ok(Self { all })
    }

    fn beginning_at(&self, index: u64) -> Option<&Segment<'a>> {
        self.all.iter().map(|(segment, _)| segment).find(|segment| segment.header.first == index)
    }

    /// The record of an entry, and whether a segment should have it.
    fn record(&self, index: u64) -> (Option<Record<'a>>, bool) {
        let holder = self.all.iter().find(|(segment, next)| (segment.header.first..*next).contains(&index));
        let Some((segment, _)) = holder else { return (None, false) };
        let at = usize::try_from(index - segment.header.first).unwrap_or(usize::MAX);
        (segment.records.get(at).copied(), true)
    }

    fn path_of(&self, index: u64) -> String {
        let first = self.all.iter().map(|(segment, _)| segment.header.first).rfind(|first| *first <= index);
        segment_path(first.unwrap_or(index))
    }
}

/// A leaf and its tile's hash differ; the roots will say which of the two is right.
struct Doubt {
    index: u64,
    kind: Wrong,
    message: String,
}

struct Check<'a, F: Folder> {
    folder: &'a F,
    partials: HashMap<String, Vec<u8>>,
    segments: &'a Segments<'a>,
    from: Option<&'a Checkpoint>,
    /// The tree over what the leaves hash to, and the tree over what the tiles say.
    leaves: Tree,
    tiles: Tree,
    /// Per level, the hashes of the tile that is being filled.
    levels: Vec<Vec<Hash>>,
    /// The first thing that is wrong beyond doubt.
    first: Option<Finding>,
    doubt: Option<Doubt>,
    erased: u64,
    unknown: u64,
}

impl<F: Folder> Check<'_, F> {
    fn signed(&mut self, checkpoint: &Checkpoint) -> Result<(), Finding> {
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

    fn note(&mut self, finding: Finding) {
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

    fn segment_begins(&mut self, index: u64) {
        let root = self.leaves.root();
        if self.segments.beginning_at(index).is_some_and(|segment| segment.header.root != root) {
            let message = format!("the segment does not follow the entries before {index}: it was swapped");
            self.note(wrong(Wrong::Swapped, Some(index), segment_path(index), message));
        }
    }

    fn history(&mut self, size: u64) {
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

    /// What lies in segments behind the checkpoint.
    fn unsigned(&mut self, signed: u64, notes: &mut Vec<String>) -> Result<(), Finding> {
        let mut index = signed;
        loop {
            self.history(index);
            self.segment_begins(index);
            let Some(record) = self.segments.record(index).0 else { break };
            self.push_unsigned(index, &record);
            self.first.take().map_or(Ok(()), Err)?;
            index += 1;
        }
        self.first.take().map_or(Ok(()), Err)?;
        match self.segments.all.last() {
            None => notes.push("there are no segments: only signed entries were looked at".to_owned()),
            Some((segment, _)) if segment.next() != index => {
                let message = format!("entry {index} is missing, and there are later ones");
                return Err(wrong(Wrong::Deleted, Some(index), self.segments.path_of(index), message));
            }
            Some((segment, _)) => match segment.end {
                End::Clean => {}
                End::Torn { bytes } => notes.push(format!(
                    "the last segment ends in {bytes} bytes of an unfinished record, as after a crash or while it is being written; it was never acknowledged"
                )),
                End::Damaged => {
                    let message = format!("entry {index} is damaged, and later ones are not");
                    return Err(wrong(Wrong::Edited, Some(index), self.segments.path_of(index), message));
                }
            },
        }
        match self.from.filter(|from| from.size > index) {
            None => Ok(()),
            Some(from) => {
                let message =
                    format!("the older checkpoint signs {} entries: the ledger was cut back", from.size);
                Err(wrong(Wrong::History, Some(index), CHECKPOINT_PATH, message))
            }
        }
    }

    fn push_unsigned(&mut self, index: u64, record: &Record<'_>) {
        self.leaves.push(leaf_hash(record.leaf), |_, _| ());
        let Ok(leaf) = Leaf::read(record.leaf) else {
            self.unknown += 1;
            return;
        };
        if let Err(message) = check_parts(&leaf, Some(record.body)) {
            let path = self.segments.path_of(index);
            self.note(wrong(Wrong::Edited, Some(index), path, format!("entry {index}: {message}")));
        }
    }
}

/// Guesses what was done to the entry at `index`: where does it belong, and what comes behind it?
fn doubt(index: u64, hash: Hash, told: Hash, next: Option<Hash>, hashes: &[Hash]) -> Doubt {
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

/// Compares what a leaf commits to with what is stored; returns how many parts are erased.
fn check_parts(leaf: &Leaf, record: Option<&[u8]>) -> Result<u64, String> {
    let mut stored = match record.map(body::read_record) {
        Some(Ok(stored)) => stored,
        Some(Err(_)) => return Err("the record of its parts is malformed".to_owned()),
        None => return Err("the record of its parts is missing".to_owned()),
    };
    let mut erased = 0;
    for (name, part) in leaf.parts() {
        let at = stored.iter().position(|(other, _)| *other == name);
        match (part.known, at.map(|at| stored.remove(at).1)) {
            (true, None) => {}
            (true, Some(_)) => return Err(format!("its part `{}` is stored twice", name.as_str())),
            (false, None) => return Err(format!("its part `{}` is missing", name.as_str())),
            (false, Some(Stored::Erased)) => erased += 1,
            (false, Some(Stored::Clear { salt, bytes })) => {
                let fits =
                    part.commitment() == Ok(commit(name, salt, bytes)) && part.bytes == bytes.len() as u64;
                if !fits {
                    return Err(format!("its part `{}` is not what the entry commits to", name.as_str()));
                }
            }
        }
    }
    match stored.first() {
        None => Ok(erased),
        Some((name, _)) => Err(format!("a part `{}` is stored that the entry does not have", name.as_str())),
    }
}
