//! The writer: entries into segments, one sync for a batch, and the tree over what is durable.
//!
//! It never signs and never makes tiles; that is the sealer. After a failed sync it never goes on as if
//! nothing had happened: the segment is left behind, what it acknowledged is read back, and the batch that is
//! still in memory goes into a fresh segment.

use crate::draft::Mark;
use crate::receipt::{Durable, Pending};
use crate::segment::{self, HEADER_BYTES, Header, Segment};
use crate::storage::{Storage, StorageError};
use crate::tile::segment_path;
use crate::tree::{Hash, Tree, leaf_hash};
use std::sync::Arc;

/// Zeroes behind the last record of a segment: a length of zero, which is the end.
const END: [u8; 4] = [0; 4];

/// Writes batches of entries. One per ledger; owns the right to append.
pub struct Writer<S: Storage> {
    storage: Arc<S>,
    origin: [u8; 32],
    segment_bytes: u64,
    tree: Tree,
    place: Place<S>,
}

/// Where the next record goes.
enum Place<S: Storage> {
    /// Behind the last record of an open segment.
    At(Open<S>),
    /// A new segment is needed: the ledger is new, or the last segment was closed well.
    Fresh,
    /// Writing or syncing this segment failed; what it acknowledged has to be read back first.
    Suspect { first: u64 },
}

struct Open<S: Storage> {
    file: S::Segment,
    first: u64,
    offset: u64,
    bytes: u64,
    seed: u32,
}

/// A batch that is durable, on its way to tiles and bodies.
#[derive(Debug)]
pub struct Batch {
    /// The records as the segment has them.
    pub(crate) records: Vec<u8>,
    /// What the entries open and close.
    pub(crate) marks: Vec<(u64, Mark)>,
    /// Tile hashes that the batch completes, in order: level and hash.
    pub(crate) hashes: Vec<(u32, Hash)>,
    /// The first index of the segment that the batch is in.
    pub(crate) segment: u64,
    /// The tree behind the batch.
    pub(crate) tree: Tree,
}

impl<S: Storage> Writer<S> {
    pub(crate) fn new(storage: Arc<S>, origin: [u8; 32], segment_bytes: u64, tree: Tree) -> Self {
        Self { storage, origin, segment_bytes, tree, place: Place::Fresh }
    }

    /// Goes on in a segment that is there: behind its last record, at `offset`.
    pub(crate) fn resume(&mut self, file: S::Segment, header: &Header, offset: u64, bytes: u64) {
        if let Ok((header, seed)) = Header::read(&header.to_bytes()) {
            self.place = Place::At(Open { file, first: header.first, offset, bytes, seed });
        }
    }

    /// How many entries are durable.
    #[must_use]
    pub fn durable(&self) -> Durable {
        Durable::new(self.tree.size())
    }

    /// Writes the batch and makes it durable. After an error the same batch, or one that begins with it, is
    /// written again by the next call, which first makes sure of what was there before.
    ///
    /// # Errors
    /// When storage fails; nothing of the batch is then known to be durable.
    pub fn write(&mut self, batch: &mut Pending) -> Result<Durable, StorageError> {
        if batch.first() != self.tree.size() {
            return Err(StorageError::corrupt("a batch does not follow the entries before it"));
        }
        let needed = (batch.records.len() + END.len()) as u64;
        let mut open = match std::mem::replace(&mut self.place, Place::Fresh) {
            Place::At(open) if open.offset + needed <= open.bytes => open,
            Place::At(_) | Place::Fresh => self.create(needed)?,
            Place::Suspect { first } => {
                self.place = Place::Suspect { first };
                self.check(first)?;
                self.create(needed)?
            }
        };
        self.place = Place::Suspect { first: open.first };
        segment::finish(&mut batch.records, open.seed, self.tree.size());
        batch.records.extend_from_slice(&END);
        let written = self.storage.write_at(&mut open.file, open.offset, &batch.records);
        batch.records.truncate(batch.records.len() - END.len());
        written?;
        self.storage.sync_data(&mut open.file)?;
        open.offset += batch.records.len() as u64;
        self.place = Place::At(open);
        Ok(Durable::new(batch.next()))
    }

    /// Takes the durable batch's entries into the tree. Called once for each [`Writer::write`] that was `Ok`,
    /// before the next one; apart from it so that nobody waits for hashes who only waits for durability.
    pub fn absorb(&mut self, batch: Pending) -> Batch {
        let (records, marks) = (batch.records, batch.marks);
        let mut hashes = Vec::new();
        for record in segment::split(&records) {
            self.tree.push(leaf_hash(record.leaf), |level, hash| hashes.push((level, hash)));
        }
        let segment = match &self.place {
            Place::At(open) => open.first,
            Place::Suspect { first } => *first,
            Place::Fresh => self.tree.size(),
        };
        Batch { records, marks, hashes, segment, tree: self.tree.clone() }
    }

    fn create(&self, needed: u64) -> Result<Open<S>, StorageError> {
        let first = self.tree.size();
        let header = Header { first, origin: self.origin, root: self.tree.root() }.to_bytes();
        let bytes = self.segment_bytes.max(HEADER_BYTES as u64 + needed);
        let file = self.storage.create(&segment_path(first), &header, bytes)?;
        let (_, seed) = Header::read(&header).map_err(|e| StorageError::corrupt(e.to_string()))?;
        Ok(Open { file, first, offset: HEADER_BYTES as u64, bytes, seed })
    }

    /// Reads back what a segment acknowledged before it failed.
    fn check(&self, first: u64) -> Result<(), StorageError> {
        let size = self.tree.size();
        if first == size {
            return Ok(());
        }
        let path = segment_path(first);
        let file = self.storage.read(&path)?.unwrap_or_default();
        match Segment::read(&file) {
            Ok(segment) if segment.next() >= size => Ok(()),
            _ => Err(StorageError::corrupt(format!("`{path}` lost entries that it had acknowledged"))),
        }
    }
}

impl Batch {
    /// Takes the batch that follows into this one, and gives its emptied buffers back.
    ///
    /// # Errors
    /// The other batch, when it is in another segment: batches of two segments stay apart.
    pub fn join(&mut self, mut next: Self) -> Result<Self, Self> {
        if self.segment != next.segment {
            return Err(next);
        }
        self.records.append(&mut next.records);
        self.marks.append(&mut next.marks);
        self.hashes.append(&mut next.hashes);
        self.tree = next.tree.clone();
        Ok(next)
    }

    /// Gives the buffer back for reuse.
    #[must_use]
    pub fn into_buffer(self) -> Pending {
        let mut pending = Pending::new(0);
        pending.records = self.records;
        pending.marks = self.marks;
        pending
    }

    /// The index behind its last entry.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.tree.size()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.records.len()
    }
}
