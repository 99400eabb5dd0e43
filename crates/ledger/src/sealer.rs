//! The sealer: durable batches into tiles, bundles and bodies; signed checkpoints; segments that are no longer needed.
//!
//! Tiles are not synced when they are written: until the segments that they come from are let go, which is
//! after a sync, they can be made again. It never signs anything but a size that is durable, and never
//! anything that disagrees with the checkpoint that is stored.

use crate::body;
use crate::checkpoint::Signer;
use crate::draft::Mark;
use crate::segment;
use crate::storage::{Storage, StorageError};
use crate::tile::{LEVEL_MAX, body_path, entries_path, last_tile, segment_path, tile_path, write_leaf};
use crate::tree::{Hash, TILE_WIDTH, Tree};
use crate::writer::Batch;
use model::StatementId;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// The file that holds the current checkpoint.
pub const CHECKPOINT_PATH: &str = "checkpoint";

/// The path of the list of decisions that were open when the segment that begins at `first` began.
#[must_use]
pub fn open_path(first: u64) -> String {
    format!("segment/{first:020}.open")
}

/// Makes tiles and checkpoints. One per ledger.
pub struct Sealer<S: Storage> {
    storage: Arc<S>,
    tree: Tree,
    /// The bundle that is being filled, as its file will be.
    entries: Vec<u8>,
    /// Per level, the tile that is being filled, as its file will be.
    tiles: Vec<Vec<u8>>,
    /// Bytes of the current bundle's body file that are written, and those that are not yet.
    body_written: u64,
    body: Vec<u8>,
    /// What is still to be written, in order. Each can be repeated.
    jobs: VecDeque<Job>,
    /// Full files that are not synced yet, each with the first entry that it is about.
    unsynced: Vec<(u64, String)>,
    /// Partial files of the last two checkpoints, the older first.
    partials: VecDeque<Vec<String>>,
    /// Segments by their first index, and the open decisions when they began; the last is the one in use.
    segments: VecDeque<(u64, Vec<u64>)>,
    /// Decisions without outcome, and their index.
    open: HashMap<StatementId, u64>,
    /// Until the first checkpoint of this life: what is written may be there already, whole or torn, and the stored
    /// checkpoint may refer to it. So it is compared first, and replaced as a whole.
    replaying: bool,
    published: Option<Published>,
    /// A checkpoint whose publication failed, and which may have come to be nevertheless.
    attempt: Option<Published>,
}

struct Published {
    bytes: Vec<u8>,
    size: u64,
}

enum Job {
    Write { path: String, bytes: Vec<u8> },
    Append { path: String, offset: u64, bytes: Vec<u8> },
}

/// What a sealer begins with; made by recovery.
pub(crate) struct Start {
    pub(crate) tree: Tree,
    pub(crate) entries: Vec<u8>,
    pub(crate) tiles: Vec<Vec<u8>>,
    pub(crate) body_written: u64,
    pub(crate) open: HashMap<StatementId, u64>,
    pub(crate) published: Option<(Vec<u8>, u64)>,
}

/// Segments that are kept although all of their entries are in full bundles: at most 256 MiB of the usual size, read
/// back in a second at start.
const SEGMENTS_KEPT: usize = 16;

/// Bodies are appended in pieces of at least this size, or when a bundle is full, or at a checkpoint.
const BODY_APPEND_BYTES: usize = 64 << 10;

impl<S: Storage> Sealer<S> {
    pub(crate) fn new(storage: Arc<S>, start: Start) -> Self {
        let partials = start.published.iter().map(|(_, size)| partial_paths(*size)).collect();
        let mut tiles = start.tiles;
        tiles.resize(LEVEL_MAX as usize + 1, Vec::new());
        Self {
            storage,
            tree: start.tree,
            entries: start.entries,
            tiles,
            body_written: start.body_written,
            body: Vec::new(),
            jobs: VecDeque::new(),
            unsynced: Vec::new(),
            partials,
            segments: VecDeque::new(),
            open: start.open,
            replaying: true,
            published: start.published.map(|(bytes, size)| Published { bytes, size }),
            attempt: None,
        }
    }

    /// How many entries are sealed or about to be.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The first index of the segment in use.
    #[must_use]
    pub fn segment(&self) -> Option<u64> {
        self.segments.back().map(|(first, _)| *first)
    }

    /// How many entries the stored checkpoint covers; `None` when there is none yet.
    #[must_use]
    pub fn published(&self) -> Option<u64> {
        self.published.as_ref().map(|published| published.size)
    }

    /// The indexes of decisions without outcome, ascending.
    #[must_use]
    pub fn open(&self) -> Vec<u64> {
        let mut open: Vec<u64> = self.open.values().copied().collect();
        open.sort_unstable();
        open
    }

    /// Takes a batch. Writes nothing yet: [`Sealer::flush`] does, as often as it must.
    pub fn take(&mut self, batch: &Batch) {
        if self.segments.back().is_none_or(|(first, _)| *first != batch.segment) {
            self.segments.push_back((batch.segment, self.open()));
        }
        for record in segment::split(&batch.records) {
            let bundle = record.index / TILE_WIDTH;
            write_leaf(&mut self.entries, record.leaf);
            if self.body_written == 0 && self.body.is_empty() {
                self.body.extend_from_slice(body::MAGIC);
            }
            body::write_record(&mut self.body, record.body);
            if record.index % TILE_WIDTH == TILE_WIDTH - 1 {
                let bytes = std::mem::take(&mut self.entries);
                self.entries.reserve(bytes.len());
                let first = bundle * TILE_WIDTH;
                self.write_full(first, entries_path(bundle, TILE_WIDTH), bytes);
                self.append_body(bundle);
                self.unsynced.push((first, body_path(bundle)));
                self.body_written = 0;
            }
        }
        // Counted from the tree before the batch, level by level, since hashes come in order per level.
        let mut sizes = [0u64; LEVEL_MAX as usize + 1];
        for (level, size) in sizes.iter_mut().enumerate() {
            *size = last_tile(level as u32, self.tree.size()).0;
        }
        for (level, hash) in &batch.hashes {
            let at = *level as usize;
            let (Some(tile), Some(number)) = (self.tiles.get_mut(at), sizes.get_mut(at)) else { continue };
            tile.extend_from_slice(&hash.0);
            if tile.len() as u64 == TILE_WIDTH * 32 {
                let path = tile_path(*level, *number, TILE_WIDTH);
                let first = number.saturating_mul(TILE_WIDTH.saturating_pow(level + 1));
                *number += 1;
                let bytes = std::mem::take(tile);
                self.write_full(first, path, bytes);
            }
        }
        for (index, mark) in &batch.marks {
            match mark {
                Mark::Opens(id) => drop(self.open.insert(*id, *index)),
                Mark::Closes(id) => drop(self.open.remove(id)),
                Mark::Plain => {}
            }
        }
        self.tree = batch.tree.clone();
        if self.body.len() >= BODY_APPEND_BYTES {
            self.append_body(self.tree.size() / TILE_WIDTH);
        }
    }

    fn write_full(&mut self, first: u64, path: String, bytes: Vec<u8>) {
        self.unsynced.push((first, path.clone()));
        self.jobs.push_back(Job::Write { path, bytes });
    }

    fn append_body(&mut self, bundle: u64) {
        if !self.body.is_empty() {
            let bytes = std::mem::take(&mut self.body);
            let offset = self.body_written;
            self.body_written += bytes.len() as u64;
            self.jobs.push_back(Job::Append { path: body_path(bundle), offset, bytes });
        }
    }

    /// Writes what was taken. After an error the same call goes on where it failed.
    ///
    /// # Errors
    /// When storage fails.
    pub fn flush(&mut self) -> Result<(), StorageError> {
        while let Some(job) = self.jobs.front() {
            match job {
                Job::Write { path, bytes } => self.write(path, bytes)?,
                Job::Append { path, offset, bytes } => self.append(path, *offset, bytes)?,
            }
            self.jobs.pop_front();
        }
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        if !self.replaying {
            return self.storage.write(path, bytes);
        }
        match self.storage.read(path)? {
            Some(there) if there == bytes => Ok(()),
            Some(_) => self.storage.publish(path, bytes),
            None => self.storage.write(path, bytes),
        }
    }

    fn append(&self, path: &str, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        if !self.replaying {
            return self.storage.append(path, offset, bytes);
        }
        // What is there already stays untouched, also for a moment: only what it lacks is appended.
        let there = self.storage.read(path)?.unwrap_or_default();
        let rest = there.get(usize::try_from(offset).unwrap_or(usize::MAX)..).unwrap_or_default();
        let same = rest.iter().zip(bytes).take_while(|(one, other)| one == other).count();
        match bytes.get(same..) {
            None | Some([]) => Ok(()),
            Some(lacking) => self.storage.append(path, offset + same as u64, lacking),
        }
    }

    /// Publishes a checkpoint over everything taken, if there is anything new. All of it must be durable,
    /// which it is: batches come from a [`crate::Writer`] after their sync.
    ///
    /// # Errors
    /// When storage fails, or the stored checkpoint is not the one published last: then somebody else writes
    /// to this ledger, and signing would make two histories.
    pub fn checkpoint(&mut self, signer: &Signer) -> Result<(), StorageError> {
        self.append_body(self.tree.size() / TILE_WIDTH);
        self.flush()?;
        let size = self.tree.size();
        if self.published() == Some(size) {
            return Ok(());
        }
        let stored = self.storage.read(CHECKPOINT_PATH)?;
        if let Some(attempt) = self.attempt.take_if(|attempt| stored.as_ref() == Some(&attempt.bytes)) {
            self.partials.push_back(partial_paths(attempt.size));
            self.published = Some(attempt);
            if self.published() == Some(size) {
                return Ok(());
            }
        }
        if stored.as_deref() != self.published.as_ref().map(|published| published.bytes.as_slice()) {
            return Err(StorageError::corrupt(
                "the stored checkpoint is not the one published last: another process writes to this ledger",
            ));
        }
        self.write_partials()?;
        let bytes = signer.sign(size, self.tree.root()).map_err(|e| StorageError::corrupt(e.to_string()))?;
        if let Err(error) = self.storage.publish(CHECKPOINT_PATH, &bytes) {
            // It may be there nevertheless. The next call looks, and takes it for its own then.
            self.attempt = Some(Published { bytes, size });
            return Err(error);
        }
        self.published = Some(Published { bytes, size });
        self.replaying = false;
        self.partials.push_back(partial_paths(size));
        self.clean(size)?;
        self.retire(size)
    }

    /// Writes the partial tiles and the partial bundle. Those that the stored checkpoint refers to as well are left
    /// alone: they say the same, and a reader or a crash must not find them half written.
    fn write_partials(&self) -> Result<(), StorageError> {
        let size = self.tree.size();
        let stored =
            |path: &String| !self.replaying && self.partials.back().is_some_and(|all| all.contains(path));
        let (number, width) = last_tile(0, size);
        let path = entries_path(number, width);
        if width > 0 && !stored(&path) {
            self.write(&path, &self.entries)?;
        }
        for (level, tile) in (0u32..).zip(&self.tiles) {
            let (number, width) = last_tile(level, size);
            let path = tile_path(level, number, width);
            if width > 0 && !stored(&path) {
                self.write(&path, tile)?;
            }
        }
        Ok(())
    }

    /// Removes partial files that are neither of this checkpoint nor of the one before, which somebody may
    /// still be reading.
    fn clean(&mut self, size: u64) -> Result<(), StorageError> {
        while self.partials.len() > 2 {
            let current = partial_paths(size);
            let before = self.partials.get(1).cloned().unwrap_or_default();
            for path in self.partials.front().into_iter().flatten() {
                if !current.contains(path) && !before.contains(path) {
                    self.storage.remove(path)?;
                }
            }
            self.partials.pop_front();
        }
        Ok(())
    }

    /// Lets go of segments whose entries are all in full bundles: full files are never rewritten, so once
    /// they are synced nothing can take them back. The last [`SEGMENTS_KEPT`] stay: by the time a segment goes, the
    /// system has written its bundles by itself, and syncing hundreds of files costs next to nothing.
    fn retire(&mut self, size: u64) -> Result<(), StorageError> {
        let full = size - size % TILE_WIDTH;
        while self.segments.len() > SEGMENTS_KEPT
            && let Some((next, open)) = self.segments.get(1).filter(|(next, _)| *next <= full)
        {
            let before = |(first, _): &(u64, String)| first < next;
            let due: Vec<String> =
                self.unsynced.iter().filter(|f| before(f)).map(|(_, path)| path.clone()).collect();
            self.storage.sync(&due)?;
            self.unsynced.retain(|file| !before(file));
            let mut lines = String::new();
            for index in open {
                lines.push_str(&format!("{index}\n"));
            }
            self.storage.publish(&open_path(*next), lines.as_bytes())?;
            if let Some((first, _)) = self.segments.front() {
                self.storage.remove(&segment_path(*first))?;
                self.storage.remove(&open_path(*first))?;
            }
            self.segments.pop_front();
        }
        Ok(())
    }

    /// The root over everything taken.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.tree.root()
    }
}

/// The partial files that a checkpoint of `size` needs.
pub(crate) fn partial_paths(size: u64) -> Vec<String> {
    let mut paths = Vec::new();
    for level in 0..=LEVEL_MAX {
        let (number, width) = last_tile(level, size);
        if width > 0 {
            if level == 0 {
                paths.push(entries_path(number, width));
            }
            paths.push(tile_path(level, number, width));
        }
    }
    paths
}
