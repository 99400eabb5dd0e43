//! Segments: the journal that entries reach first, and from which tiles and bodies are made.
//!
//! A segment is a preallocated file of zeroes. Header, 128 bytes: `TOLLSEG1`, index of the first entry
//! (8 bytes, all numbers big-endian), SHA-256 of the origin, root of the tree over all entries before it
//! (which ties it to the segment before), zeroes, CRC-32C of the 124 bytes before. Then records: length of what
//! follows the CRC (4), CRC-32C (4) seeded with the header's, index (8), how many entries were durable when the
//! record was written (8), length of the leaf (4), leaf, body record. A length of zero is the end.

use crate::body::{Malformed, take, take_slice};
use crate::draft::{BODY_BYTES_MAX, LEAF_BYTES_MAX};
use crate::tree::Hash;
use sha2::{Digest, Sha256};

/// Bytes of a segment's header.
pub const HEADER_BYTES: usize = 128;

/// Bytes of a record before its leaf.
pub const RECORD_BYTES: usize = 28;

const MAGIC: &[u8; 8] = b"TOLLSEG1";

/// Bytes of a record that the CRC does not cover: length and CRC.
const PREFIX_BYTES: usize = 8;

/// The greatest length that a record can name. Bodies carry names and salts besides their bytes.
const LENGTH_MAX: usize = RECORD_BYTES + LEAF_BYTES_MAX + BODY_BYTES_MAX + 256;

/// What a segment says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The index of its first entry.
    pub first: u64,
    /// SHA-256 of the ledger's origin.
    pub origin: [u8; 32],
    /// The root over all entries before it.
    pub root: Hash,
}

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The entry's index.
    pub index: u64,
    /// How many entries were durable when this was written: all before that were acknowledged.
    pub synced: u64,
    /// The leaf.
    pub leaf: &'a [u8],
    /// The body record, see [`crate::body`].
    pub body: &'a [u8],
}

/// How a segment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Behind its last record there are only zeroes.
    Clean,
    /// Something unfinished of `bytes` bytes, as a crash leaves it. None of it was acknowledged.
    Torn {
        /// How many bytes, to the last that is not zero.
        bytes: u64,
    },
    /// A record in the middle is damaged: a later one was written when this one was already durable.
    Damaged,
}

/// A segment read as a whole.
#[derive(Debug)]
pub struct Segment<'a> {
    /// Its header.
    pub header: Header,
    /// Its whole records: indexes follow each other from `header.first`.
    pub records: Vec<Record<'a>>,
    /// What comes behind the last of them.
    pub end: End,
    /// Where the last record ends, in bytes from the beginning of the file.
    pub end_at: u64,
}

/// The name of a ledger as segments hold it.
#[must_use]
pub fn origin_hash(origin: &str) -> [u8; 32] {
    Sha256::digest(origin.as_bytes()).into()
}

impl Header {
    /// The header's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.origin);
        bytes.extend_from_slice(&self.root.0);
        bytes.resize(HEADER_BYTES - 4, 0);
        let crc = crc32c::crc32c(&bytes);
        let mut whole = [0; HEADER_BYTES];
        for (to, from) in whole.iter_mut().zip(bytes.iter().chain(&crc.to_be_bytes())) {
            *to = *from;
        }
        whole
    }

    /// Reads a header; also returns the seed of its records' CRCs.
    ///
    /// # Errors
    /// When the bytes are no header of this version, or damaged.
    pub fn read(mut bytes: &[u8]) -> Result<(Self, u32), Malformed> {
        let header = take_slice(&mut bytes, HEADER_BYTES)?;
        let mut rest = header;
        let covered = take_slice(&mut rest, HEADER_BYTES - 4)?;
        let crc = u32::from_be_bytes(take(&mut rest)?);
        let mut fields = covered.strip_prefix(MAGIC).ok_or(Malformed)?;
        if crc != crc32c::crc32c(covered) {
            return Err(Malformed);
        }
        let first = u64::from_be_bytes(take(&mut fields)?);
        Ok((Self { first, origin: take(&mut fields)?, root: Hash(take(&mut fields)?) }, crc))
    }
}

/// Appends a record whose CRC and `synced` are still to be filled in by [`finish`].
pub(crate) fn write_record(out: &mut Vec<u8>, index: u64, leaf: &[u8], body: &[u8]) {
    let length = RECORD_BYTES - PREFIX_BYTES + leaf.len() + body.len();
    out.reserve(RECORD_BYTES + leaf.len() + body.len());
    out.extend_from_slice(&(length as u32).to_be_bytes());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&index.to_be_bytes());
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&(leaf.len() as u32).to_be_bytes());
    out.extend_from_slice(leaf);
    out.extend_from_slice(body);
}

/// Fills in `synced` and the CRC of every record in `records`, for a segment with this seed.
pub(crate) fn finish(records: &mut [u8], seed: u32, synced: u64) {
    let mut rest = records;
    while let Some((head, tail)) = rest.split_first_chunk_mut::<4>() {
        let length = u32::from_be_bytes(*head) as usize;
        let Some((crc, tail)) = tail.split_first_chunk_mut::<4>() else { return };
        let Some((record, tail)) = tail.split_at_mut_checked(length) else { return };
        if let Some(field) = record.get_mut(8..16) {
            field.copy_from_slice(&synced.to_be_bytes());
        }
        *crc = crc32c::crc32c_append(seed, record).to_be_bytes();
        rest = tail;
    }
}

/// Splits records that this process has just written itself: no CRC is looked at.
pub(crate) fn split(mut records: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(take(&mut records).ok()?) as usize;
        let _crc: [u8; 4] = take(&mut records).ok()?;
        fields(take_slice(&mut records, length).ok()?).ok()
    })
}

fn fields(mut record: &[u8]) -> Result<Record<'_>, Malformed> {
    let index = u64::from_be_bytes(take(&mut record)?);
    let synced = u64::from_be_bytes(take(&mut record)?);
    let length = u32::from_be_bytes(take(&mut record)?) as usize;
    if length > LEAF_BYTES_MAX {
        return Err(Malformed);
    }
    let leaf = take_slice(&mut record, length)?;
    Ok(Record { index, synced, leaf, body: record })
}

/// Reads the record at the beginning of `bytes`, checking its CRC.
///
/// # Errors
/// When there is no whole, undamaged record.
pub fn read_record(mut bytes: &[u8], seed: u32) -> Result<(Record<'_>, usize), Malformed> {
    let length = u32::from_be_bytes(take(&mut bytes)?) as usize;
    let crc = u32::from_be_bytes(take(&mut bytes)?);
    if !(RECORD_BYTES - PREFIX_BYTES..=LENGTH_MAX).contains(&length) {
        return Err(Malformed);
    }
    let covered = take_slice(&mut bytes, length)?;
    let record = fields(covered)?;
    if crc != crc32c::crc32c_append(seed, covered) {
        return Err(Malformed);
    }
    Ok((record, PREFIX_BYTES + length))
}

impl<'a> Segment<'a> {
    /// Reads a segment file.
    ///
    /// # Errors
    /// When its header is not one. Records that are missing or damaged are no error: see [`Segment::end`].
    pub fn read(file: &'a [u8]) -> Result<Self, Malformed> {
        let (header, seed) = Header::read(file)?;
        let mut rest = file.get(HEADER_BYTES..).unwrap_or_default();
        let mut records = Vec::new();
        while let Ok((record, length)) = read_record(rest, seed) {
            if record.index != header.first.wrapping_add(records.len() as u64) {
                break;
            }
            records.push(record);
            rest = rest.get(length..).unwrap_or_default();
        }
        let next = header.first.wrapping_add(records.len() as u64);
        let used = rest.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
        let end = match rest.get(..used) {
            None | Some([]) => End::Clean,
            Some(tail) if acknowledged_later(tail, rest, seed, next) => End::Damaged,
            Some(_) => End::Torn { bytes: used as u64 },
        };
        Ok(Self { header, records, end, end_at: (file.len() - rest.len()) as u64 })
    }

    /// The index behind its last whole record.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.header.first.wrapping_add(self.records.len() as u64)
    }
}

/// Whether a whole record somewhere behind was written when entry `next` was already durable.
fn acknowledged_later(tail: &[u8], rest: &[u8], seed: u32, next: u64) -> bool {
    (0..tail.len()).any(|at| {
        let bytes = rest.get(at..).unwrap_or_default();
        // The index is looked at first: it rules out nearly every offset without a CRC.
        let plausible = bytes
            .get(PREFIX_BYTES..PREFIX_BYTES + 8)
            .and_then(|field| field.first_chunk::<8>())
            .is_some_and(|field| u64::from_be_bytes(*field).wrapping_sub(next) < 1 << 24);
        plausible
            && read_record(bytes, seed).is_ok_and(|(record, _)| record.synced > next && record.index > next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header() -> Header {
        Header { first: 5, origin: origin_hash("example.com/log"), root: Hash([3; 32]) }
    }

    /// Two batches: entries 5 and 6, then entry 7 when the first two were durable.
    fn segment() -> (Vec<u8>, [usize; 3]) {
        let header = header();
        let mut file = header.to_bytes().to_vec();
        let (_, seed) = Header::read(&file).unwrap();
        let mut first = Vec::new();
        write_record(&mut first, 5, b"{\"a\":1}", b"");
        let one = first.len();
        write_record(&mut first, 6, b"{\"b\":1}", b"body");
        finish(&mut first, seed, 5);
        let mut second = Vec::new();
        write_record(&mut second, 7, b"{\"c\":1}", b"");
        finish(&mut second, seed, 7);
        let ends = [128 + one, 128 + first.len(), 128 + first.len() + second.len()];
        file.extend(first);
        file.extend(second);
        file.resize(4096, 0);
        (file, ends)
    }

    #[test]
    fn a_segment_round_trips() {
        let (file, ends) = segment();
        let read = Segment::read(&file).unwrap();
        assert_eq!((read.header, read.end, read.next()), (header(), End::Clean, 8));
        assert_eq!(read.end_at, ends[2] as u64);
        assert_eq!(read.records[1], Record { index: 6, synced: 5, leaf: b"{\"b\":1}", body: b"body" });
        assert_eq!(split(&file[128..ends[2]]).count(), 3);
    }

    #[test]
    fn a_cut_in_the_last_batch_is_torn_and_one_before_is_damage() {
        let (file, ends) = segment();
        let mut torn = file.clone();
        torn[ends[2] - 3..].fill(0);
        let read = Segment::read(&torn).unwrap();
        assert_eq!(read.next(), 7);
        assert!(
            matches!(read.end, End::Torn { bytes } if bytes as usize == ends[2] - ends[1] - 3),
            "{:?}",
            read.end
        );
        for at in 128..ends[1] {
            let mut bad = file.clone();
            bad[at] ^= 0x40;
            assert_eq!(Segment::read(&bad).unwrap().end, End::Damaged, "byte {at}");
        }
        for at in 0..128 {
            let mut bad = file.clone();
            bad[at] ^= 0x40;
            assert!(Segment::read(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_hole_within_an_unacknowledged_batch_is_torn() {
        let (file, ends) = segment();
        let mut holed = file[..ends[0]].to_vec();
        holed.resize(4096, 0);
        holed[ends[0]..ends[1]].copy_from_slice(&file[ends[0]..ends[1]]);
        holed[128..ends[0]].fill(0);
        let read = Segment::read(&holed).unwrap();
        assert!(read.records.is_empty());
        assert!(matches!(read.end, End::Torn { .. }));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = Segment::read(&bytes);
            let mut file = header().to_bytes().to_vec();
            file.extend(&bytes);
            prop_assert!(Segment::read(&file).is_ok());
            let _ = read_record(&bytes, 0);
            prop_assert!(split(&bytes).count() <= bytes.len());
        }
    }
}
