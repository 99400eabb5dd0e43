//! Opening a ledger: from whatever a crash left to a writer and a sealer that go on.
//!
//! It reads the segments that are there, checks them against the tiles before them and the signed checkpoint
//! behind, and makes their tiles again. What was never acknowledged may be cut off; anything else that does
//! not fit is an error that names it, and nothing is opened.

use crate::body;
use crate::checkpoint::{Checkpoint, Vkey};
use crate::draft::Mark;
use crate::leaf::Leaf;
use crate::sealer::{CHECKPOINT_PATH, Sealer, Start, open_path};
use crate::segment::{End, HEADER_BYTES, Segment, origin_hash};
use crate::storage::{Storage, StorageError};
use crate::tile::{
    LEVEL_MAX, body_path, entries_path, last_tile, parse_segment_name, read_bundle, read_tile, segment_path,
    tile_path, write_leaf,
};
use crate::tree::{Hash, TILE_WIDTH, Tree, leaf_hash, root_of};
use crate::writer::{Batch, Writer};
use model::StatementId;
use std::collections::HashMap;
use std::sync::Arc;

/// A ledger that is open.
pub struct Recovered<S: Storage> {
    /// Appends.
    pub writer: Writer<S>,
    /// Makes tiles and checkpoints.
    pub sealer: Sealer<S>,
    /// How many entries there are.
    pub size: u64,
    /// Bytes of an unfinished record that were cut off.
    pub truncated_bytes: u64,
    /// Whether the process before closed the ledger itself (or there was none).
    pub clean: bool,
    /// Statements that were decided and have no outcome, in the order of their decisions.
    pub open: Vec<OpenStatement>,
}

/// A decision without outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStatement {
    /// The statement.
    pub id: StatementId,
    /// Who.
    pub principal: String,
    /// The target.
    pub target: String,
}

/// Opens a ledger, new or old. Only one process may do this at a time: the caller holds the lock.
///
/// # Errors
/// When storage fails, or what is there does not fit together; the message names the file and what is wrong.
pub fn recover<S: Storage>(
    storage: Arc<S>,
    key: &Vkey,
    segment_bytes: u64,
) -> Result<Recovered<S>, StorageError> {
    let checkpoint = read_checkpoint(&*storage, key)?;
    let mut firsts = Vec::new();
    for name in storage.list("segment")? {
        firsts.extend(parse_segment_name(&name));
    }
    firsts.sort_unstable();
    let begin = match (firsts.first(), &checkpoint) {
        (Some(first), None) if *first > 0 => return Err(corrupt("`checkpoint` is missing")),
        (Some(first), _) => *first,
        (None, None) => 0,
        (None, Some((_, checkpoint))) if checkpoint.size == 0 => 0,
        (None, Some(_)) => return Err(corrupt("`segment` is empty, but there is a checkpoint")),
    };
    let (start, before) = load(&*storage, begin)?;
    let mut replay = Replay {
        origin: origin_hash(key.origin()),
        checkpoint: checkpoint.as_ref().map(|(_, checkpoint)| checkpoint),
        checked: false,
        tree: before,
        open: HashMap::new(),
    };
    replay.carry(&*storage, begin)?;
    replay.check()?;
    let published = checkpoint.as_ref().map(|(bytes, checkpoint)| (bytes.clone(), checkpoint.size));
    let open = replay.open.iter().map(|(id, (index, _))| (*id, *index)).collect();
    let mut sealer = Sealer::new(Arc::clone(&storage), Start { open, published, ..start });
    let mut truncated_bytes = 0;
    let mut last = None;
    for (at, first) in firsts.iter().enumerate() {
        let path = segment_path(*first);
        let file = storage.read(&path)?.ok_or_else(|| corrupt(format!("`{path}` is gone")))?;
        let segment =
            Segment::read(&file).map_err(|_| corrupt(format!("the header of `{path}` is damaged")))?;
        let next = firsts.get(at + 1).copied();
        let batch = replay.segment(&path, *first, next, &segment, &file)?;
        sealer.take(&batch);
        sealer.flush()?;
        if next.is_none() {
            if let End::Torn { bytes } = segment.end {
                truncated_bytes = bytes;
            }
            last = Some((path, segment.header, segment.end_at, file.len() as u64));
        }
    }
    replay.finish()?;
    let mut writer = Writer::new(Arc::clone(&storage), replay.origin, segment_bytes, replay.tree.clone());
    if let Some((path, header, end_at, bytes)) = last {
        let mut file = storage.open(&path)?;
        if truncated_bytes > 0 {
            let zeroes = vec![0; usize::try_from(truncated_bytes).unwrap_or(0)];
            storage.write_at(&mut file, end_at, &zeroes)?;
        }
        // What was read may have been in memory only, left by a process that was killed: from here on it counts.
        storage.sync_data(&mut file)?;
        writer.resume(file, &header, end_at, bytes);
    }
    let size = replay.tree.size();
    let mut open: Vec<(u64, OpenStatement)> = replay.open.into_values().collect();
    open.sort_unstable_by_key(|(index, _)| *index);
    let clean = truncated_bytes == 0
        && open.is_empty()
        && size == checkpoint.as_ref().map_or(0, |(_, checkpoint)| checkpoint.size);
    let open = open.into_iter().map(|(_, statement)| statement).collect();
    Ok(Recovered { writer, sealer, size, truncated_bytes, clean, open })
}

fn corrupt(message: impl Into<String>) -> StorageError {
    StorageError::corrupt(message)
}

fn read_checkpoint(
    storage: &impl Storage,
    key: &Vkey,
) -> Result<Option<(Vec<u8>, Checkpoint)>, StorageError> {
    let Some(bytes) = storage.read(CHECKPOINT_PATH)? else { return Ok(None) };
    match Checkpoint::read(&bytes, key) {
        Ok(checkpoint) => Ok(Some((bytes, checkpoint))),
        Err(error) => Err(corrupt(format!("`{CHECKPOINT_PATH}`: {error}"))),
    }
}

/// The entries as they are read back, in order.
struct Replay<'a> {
    origin: [u8; 32],
    checkpoint: Option<&'a Checkpoint>,
    checked: bool,
    tree: Tree,
    open: HashMap<StatementId, (u64, OpenStatement)>,
}

impl Replay<'_> {
    /// The decisions that were open when the first segment began.
    fn carry(&mut self, storage: &impl Storage, begin: u64) -> Result<(), StorageError> {
        if begin == 0 {
            return Ok(());
        }
        let path = open_path(begin);
        let bytes = storage.read(&path)?.ok_or_else(|| corrupt(format!("`{path}` is missing")))?;
        let text = String::from_utf8(bytes).map_err(|_| corrupt(format!("`{path}` is damaged")))?;
        for line in text.lines() {
            let index: u64 = line.parse().map_err(|_| corrupt(format!("`{path}` is damaged")))?;
            let bundle = entries_path(index / TILE_WIDTH, TILE_WIDTH);
            let bytes = storage.read(&bundle)?.ok_or_else(|| corrupt(format!("`{bundle}` is missing")))?;
            let leaves = read_bundle(&bytes).map_err(|_| corrupt(format!("`{bundle}` is damaged")))?;
            let leaf = leaves
                .get((index % TILE_WIDTH) as usize)
                .and_then(|leaf| Leaf::read(leaf).ok())
                .ok_or_else(|| corrupt(format!("entry {index} in `{bundle}` is damaged")))?;
            self.mark(index, &leaf)?;
        }
        Ok(())
    }

    fn mark(&mut self, index: u64, leaf: &Leaf) -> Result<Mark, StorageError> {
        let mark = leaf.mark().map_err(|_| corrupt(format!("entry {index} is malformed")))?;
        match mark {
            Mark::Opens(id) => {
                let principal = leaf.principal().unwrap_or_default().to_owned();
                let target = leaf.target().unwrap_or_default().to_owned();
                self.open.insert(id, (index, OpenStatement { id, principal, target }));
            }
            Mark::Closes(id) => drop(self.open.remove(&id)),
            Mark::Plain => {}
        }
        Ok(mark)
    }

    /// Takes the entries of one segment: those from `first` to, at most, the beginning of the next one.
    fn segment(
        &mut self,
        path: &str,
        first: u64,
        next: Option<u64>,
        segment: &Segment<'_>,
        file: &[u8],
    ) -> Result<Batch, StorageError> {
        let size = self.tree.size();
        if segment.header.first != first || segment.header.origin != self.origin {
            return Err(corrupt(format!("`{path}` belongs to another place or another ledger")));
        }
        if first != size {
            return Err(corrupt(format!("`{path}` does not follow: entry {size} is missing")));
        }
        if segment.header.root != self.tree.root() {
            return Err(corrupt(format!("`{path}` does not follow the entries before {first}")));
        }
        if next.is_none() && segment.end == End::Damaged {
            let index = segment.next();
            return Err(corrupt(format!("entry {index} in `{path}` is damaged, and later ones are not")));
        }
        if let Some(next) = next.filter(|next| segment.next() < *next) {
            let index = segment.next();
            return Err(corrupt(format!("entries {index} to {} are missing from `{path}`", next - 1)));
        }
        let (mut marks, mut hashes, mut used) = (Vec::new(), Vec::new(), 0);
        for record in segment.records.iter().take_while(|record| next.is_none_or(|next| record.index < next))
        {
            let leaf = Leaf::read(record.leaf)
                .map_err(|_| corrupt(format!("entry {} in `{path}` is malformed", record.index)))?;
            let mark = self.mark(record.index, &leaf)?;
            marks.push((record.index, mark));
            self.tree.push(leaf_hash(record.leaf), |level, hash| hashes.push((level, hash)));
            used += crate::segment::RECORD_BYTES + record.leaf.len() + record.body.len();
            self.check()?;
        }
        let records = file.get(HEADER_BYTES..HEADER_BYTES + used).unwrap_or_default().to_vec();
        Ok(Batch { records, marks, hashes, segment: first, tree: self.tree.clone() })
    }

    /// Compares with the checkpoint when the tree has just its size.
    fn check(&mut self) -> Result<(), StorageError> {
        if let Some(checkpoint) = self.checkpoint.filter(|checkpoint| checkpoint.size == self.tree.size()) {
            if checkpoint.root != self.tree.root() {
                let size = checkpoint.size;
                return Err(corrupt(format!(
                    "the first {size} entries are not those that the checkpoint signs"
                )));
            }
            self.checked = true;
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), StorageError> {
        let size = self.tree.size();
        match self.checkpoint {
            Some(checkpoint) if checkpoint.size > size => Err(corrupt(format!(
                "the checkpoint covers {} entries, but entry {size} is missing: the end was cut off",
                checkpoint.size
            ))),
            Some(checkpoint) if !self.checked => Err(corrupt(format!(
                "the checkpoint covers {} entries and is older than the segments: an old one was put back",
                checkpoint.size
            ))),
            Some(_) | None => Ok(()),
        }
    }
}

/// What a sealer needs to go on at entry `begin`: read from full tiles and bundles, which are never rewritten.
fn load(storage: &impl Storage, begin: u64) -> Result<(Start, Tree), StorageError> {
    let inside = begin % TILE_WIDTH;
    let mut levels: Vec<Vec<Hash>> = vec![Vec::new(); LEVEL_MAX as usize + 1];
    for (level, hashes) in (0u32..).zip(&mut levels).skip(1) {
        let (number, width) = last_tile(level, begin);
        for child in 0..width {
            let path = tile_path(level - 1, number * TILE_WIDTH + child, TILE_WIDTH);
            hashes.push(root_of(&read_full(storage, &path)?));
        }
    }
    // The right edge, from the highest level down: within a level, the binary decomposition of its width.
    let mut edge = Vec::new();
    for hashes in levels.iter().rev() {
        let mut rest = hashes.as_slice();
        while let Some(bits) = rest.len().checked_ilog2() {
            let Some((left, right)) = rest.split_at_checked(1 << bits) else { break };
            edge.push(root_of(left));
            rest = right;
        }
    }
    let mut tree = Tree::from_edge(begin - inside, edge)
        .ok_or_else(|| corrupt(format!("the tiles before entry {begin} are incomplete")))?;
    let bundle = begin / TILE_WIDTH;
    let (mut entries, mut body_written) = (Vec::new(), 0);
    if inside > 0 {
        let path = entries_path(bundle, TILE_WIDTH);
        let bytes = storage.read(&path)?.ok_or_else(|| corrupt(format!("`{path}` is missing")))?;
        let leaves = read_bundle(&bytes).map_err(|_| corrupt(format!("`{path}` is damaged")))?;
        for leaf in leaves.iter().take(inside as usize) {
            write_leaf(&mut entries, leaf);
            tree.push(leaf_hash(leaf), |level, hash| {
                if let Some(hashes) = levels.get_mut(level as usize) {
                    hashes.push(hash);
                }
            });
        }
        let path = body_path(bundle);
        let bytes = storage.read(&path)?.ok_or_else(|| corrupt(format!("`{path}` is missing")))?;
        let records = body::read_file(&bytes, inside as usize)
            .ok()
            .filter(|records| records.len() as u64 == inside)
            .ok_or_else(|| corrupt(format!("`{path}` is damaged")))?;
        body_written =
            body::MAGIC.len() as u64 + records.iter().map(|record| 4 + record.len() as u64).sum::<u64>();
    }
    let tiles = levels.iter().map(|hashes| hashes.iter().flat_map(|hash| hash.0).collect()).collect();
    let start =
        Start { tree: tree.clone(), entries, tiles, body_written, open: HashMap::new(), published: None };
    Ok((start, tree))
}

fn read_full(storage: &impl Storage, path: &str) -> Result<Vec<Hash>, StorageError> {
    let bytes = storage.read(path)?.ok_or_else(|| corrupt(format!("`{path}` is missing")))?;
    let hashes = read_tile(&bytes).map_err(|_| corrupt(format!("`{path}` is damaged")))?;
    if hashes.len() as u64 == TILE_WIDTH {
        Ok(hashes)
    } else {
        Err(corrupt(format!("`{path}` is too short")))
    }
}
