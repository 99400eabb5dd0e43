//! Reading a ledger that somebody else writes, or a copy of one: entries by index, tiles, inclusion proofs.
//!
//! It takes no lock and believes nothing: what it returns is verified by [`crate::verify`], not here.

use crate::body;
use crate::checkpoint::Checkpoint;
use crate::sealer::CHECKPOINT_PATH;
use crate::segment::Segment;
use crate::storage::{Storage, StorageError};
use crate::tile::{
    body_path, entries_path, last_tile, parse_segment_name, read_bundle, read_tile, segment_path, tile_path,
};
use crate::tree::{Hash, TILE_HEIGHT, TILE_WIDTH, node_hash, root_of};

/// A ledger's folder, for reading. Every [`Storage`] is one.
pub trait Folder {
    /// A whole file, `None` when there is none.
    ///
    /// # Errors
    /// When reading fails.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError>;

    /// The names of the files in a folder, sorted.
    ///
    /// # Errors
    /// When reading fails.
    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError>;
}

impl<S: Storage> Folder for S {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Storage::read(self, path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        Storage::list(self, folder)
    }
}

/// One entry as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its index.
    pub index: u64,
    /// Its leaf.
    pub leaf: Vec<u8>,
    /// The record of its bodies, see [`crate::body`]; `None` when it is not there.
    pub body: Option<Vec<u8>>,
}

/// A view of a ledger at one moment.
pub struct Reader<'a, F: Folder> {
    folder: &'a F,
    /// The checkpoint's bytes and what they say, not verified.
    checkpoint: Option<(Vec<u8>, Checkpoint)>,
    segments: Vec<(u64, Vec<u8>)>,
    size: u64,
}

impl<'a, F: Folder> Reader<'a, F> {
    /// Looks at a ledger.
    ///
    /// # Errors
    /// When reading fails, or the checkpoint is none.
    pub fn new(folder: &'a F) -> Result<Self, StorageError> {
        let checkpoint = match folder.read(CHECKPOINT_PATH)? {
            None => None,
            Some(bytes) => {
                let read = Checkpoint::read_unverified(&bytes)
                    .map_err(|error| StorageError::corrupt(format!("`{CHECKPOINT_PATH}`: {error}")))?;
                Some((bytes, read))
            }
        };
        let segments = read_segments(folder)?;
        let end = segments.last().and_then(|(_, file)| Some(Segment::read(file).ok()?.next()));
        let size = end.unwrap_or(0).max(checkpoint.as_ref().map_or(0, |(_, checkpoint)| checkpoint.size));
        Ok(Self { folder, checkpoint, segments, size })
    }

    /// How many entries there are, those behind the checkpoint included.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The checkpoint's bytes and what they say; nobody has verified it here.
    #[must_use]
    pub fn checkpoint(&self) -> Option<(&[u8], &Checkpoint)> {
        self.checkpoint.as_ref().map(|(bytes, checkpoint)| (bytes.as_slice(), checkpoint))
    }

    /// The entries of bundle `number` (256 of them, fewer in the last one), in order.
    ///
    /// # Errors
    /// When reading fails, or a file is missing or malformed.
    pub fn bundle(&self, number: u64) -> Result<Vec<Entry>, StorageError> {
        let begin = number * TILE_WIDTH;
        let end = self.size.min(begin + TILE_WIDTH);
        let from_segments = self.segments.first().map_or(u64::MAX, |(first, _)| *first);
        let mut entries = Vec::new();
        if begin < from_segments {
            entries = self.sealed(number, end.min(from_segments).saturating_sub(begin))?;
        }
        for (at, (first, file)) in self.segments.iter().enumerate() {
            let next = self.segments.get(at + 1).map_or(u64::MAX, |(next, _)| *next);
            if *first >= end || next <= begin {
                continue;
            }
            let Ok(segment) = Segment::read(file) else { continue };
            for record in segment.records.iter().filter(|record| record.index < next.min(end)) {
                if record.index == begin + entries.len() as u64 {
                    let body = Some(record.body.to_vec());
                    entries.push(Entry { index: record.index, leaf: record.leaf.to_vec(), body });
                }
            }
        }
        Ok(entries)
    }

    fn sealed(&self, number: u64, width: u64) -> Result<Vec<Entry>, StorageError> {
        let path = entries_path(number, TILE_WIDTH);
        let bytes = match self.folder.read(&path)? {
            Some(bytes) => bytes,
            None => {
                let signed = self.checkpoint.as_ref().map_or(0, |(_, checkpoint)| checkpoint.size);
                let partial = entries_path(number, last_tile(0, signed).1);
                self.folder
                    .read(&partial)?
                    .ok_or_else(|| StorageError::corrupt(format!("`{path}` is missing")))?
            }
        };
        let leaves =
            read_bundle(&bytes).map_err(|_| StorageError::corrupt(format!("`{path}` is malformed")))?;
        let bodies = self.folder.read(&body_path(number))?.unwrap_or_default();
        let bodies = body::read_file(&bodies, TILE_WIDTH as usize).unwrap_or_default();
        let begin = number * TILE_WIDTH;
        let entry = |(index, leaf): (u64, &&[u8])| Entry {
            index,
            leaf: leaf.to_vec(),
            body: bodies.get((index - begin) as usize).map(|body| body.to_vec()),
        };
        Ok((begin..).zip(&leaves).take(width as usize).map(entry).collect())
    }

    /// One entry.
    ///
    /// # Errors
    /// As [`Reader::bundle`]; `None` when there is no such entry.
    pub fn entry(&self, index: u64) -> Result<Option<Entry>, StorageError> {
        if index >= self.size {
            return Ok(None);
        }
        let bundle = self.bundle(index / TILE_WIDTH)?;
        Ok(bundle.into_iter().find(|entry| entry.index == index))
    }

    /// The inclusion proof (RFC 6962 section 2.1.1) of an entry in the tree of `size` entries, which tiles cover.
    ///
    /// # Errors
    /// When reading fails, a tile is missing, or `index` is not in the tree.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, StorageError> {
        if index >= size {
            return Err(StorageError::corrupt(format!("entry {index} is not among the first {size}")));
        }
        let (mut begin, mut end) = (0, size);
        let mut path = Vec::new();
        while end - begin > 1 {
            // The greatest power of two below the number of entries.
            let middle = begin + ((end - begin).next_power_of_two() / 2);
            if index < middle {
                path.push(self.range(middle, end, size)?);
                end = middle;
            } else {
                path.push(self.range(begin, middle, size)?);
                begin = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The root over entries `begin..end`, where `begin` is where a subtree of the tree of `size` entries begins.
    ///
    /// # Errors
    /// When reading fails or a tile is missing.
    pub fn range(&self, begin: u64, end: u64, size: u64) -> Result<Hash, StorageError> {
        let entries = end - begin;
        if entries.is_power_of_two() {
            return self.subtree(begin, entries.ilog2(), size);
        }
        let middle = begin + entries.next_power_of_two() / 2;
        Ok(node_hash(self.range(begin, middle, size)?, self.range(middle, end, size)?))
    }

    fn subtree(&self, begin: u64, height: u32, size: u64) -> Result<Hash, StorageError> {
        let level = height / TILE_HEIGHT;
        let first = begin >> (level * TILE_HEIGHT);
        let hashes = self.tile(level, first / TILE_WIDTH, size)?;
        let at = (first % TILE_WIDTH) as usize;
        let slice = hashes.get(at..at + (1 << (height % TILE_HEIGHT)));
        slice.map(root_of).ok_or_else(|| {
            StorageError::corrupt(format!("`{}` is too short", tile_path(level, first / TILE_WIDTH, 0)))
        })
    }

    fn tile(&self, level: u32, number: u64, size: u64) -> Result<Vec<Hash>, StorageError> {
        let (last, width) = last_tile(level, size);
        let partial = tile_path(level, number, if number == last { width } else { TILE_WIDTH });
        let full = tile_path(level, number, TILE_WIDTH);
        let bytes = match self.folder.read(&partial)? {
            Some(bytes) => bytes,
            None => self
                .folder
                .read(&full)?
                .ok_or_else(|| StorageError::corrupt(format!("`{partial}` is missing")))?,
        };
        read_tile(&bytes).map_err(|_| StorageError::corrupt(format!("`{partial}` is malformed")))
    }
}

/// The segments by their first index. One that vanishes meanwhile was sealed, so others have its entries.
pub(crate) fn read_segments(folder: &impl Folder) -> Result<Vec<(u64, Vec<u8>)>, StorageError> {
    let mut segments = Vec::new();
    for first in folder.list("segment")?.iter().filter_map(|name| parse_segment_name(name)) {
        if let Some(file) = folder.read(&segment_path(first))? {
            segments.push((first, file));
        }
    }
    Ok(segments)
}
