//! The segments of a ledger that is verified: their headers checked, their records by index.

use super::{Finding, Wrong, wrong};
use crate::checkpoint::Vkey;
use crate::segment::{Record, Segment, origin_hash};
use crate::tile::segment_path;

/// The segments, read and in order; the entries of each end where the next one begins.
pub(super) struct Segments<'a> {
    pub(super) all: Vec<(Segment<'a>, u64)>,
}

impl<'a> Segments<'a> {
    pub(super) fn new(files: &'a [(u64, Vec<u8>)], key: &Vkey) -> Result<Self, Finding> {
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

    pub(super) fn beginning_at(&self, index: u64) -> Option<&Segment<'a>> {
        self.all.iter().map(|(segment, _)| segment).find(|segment| segment.header.first == index)
    }

    /// The record of an entry, and whether a segment should have it.
    pub(super) fn record(&self, index: u64) -> (Option<Record<'a>>, bool) {
        let holder = self.all.iter().find(|(segment, next)| (segment.header.first..*next).contains(&index));
        let Some((segment, _)) = holder else { return (None, false) };
        let at = usize::try_from(index - segment.header.first).unwrap_or(usize::MAX);
        (segment.records.get(at).copied(), true)
    }

    pub(super) fn path_of(&self, index: u64) -> String {
        let first = self.all.iter().map(|(segment, _)| segment.header.first).rfind(|first| *first <= index);
        segment_path(first.unwrap_or(index))
    }
}
