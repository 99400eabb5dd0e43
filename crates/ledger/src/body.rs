//! The bytes of bodies: one record per entry, one file per bundle of 256 entries.
//!
//! A record is a sequence of parts, each: length of the name (1 byte), the name, state (1 byte: 1 clear,
//! 0 erased), and when clear the salt (16 bytes), the length (4 bytes, big-endian) and the bytes. A file is
//! the 8 bytes `TOLLBOD1`, then per entry the length of its record (4 bytes, big-endian) and the record.
//! Erasing a part rewrites its file with state 0 in that place: the leaf keeps the commitment, so the tree
//! stays valid and everybody sees that something was there.

use crate::part::{PartName, Salt};

/// What a file of bodies begins with: format and version.
pub const MAGIC: &[u8; 8] = b"TOLLBOD1";

const ERASED: u8 = 0;
const CLEAR: u8 = 1;

/// A part as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored<'a> {
    /// Its bytes, and the salt that opens its commitment.
    Clear {
        /// The salt.
        salt: Salt,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// It was erased. Its salt is gone too, so nobody can check a guess.
    Erased,
}

/// Why bytes are no body record or file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

pub(crate) fn write_part(out: &mut Vec<u8>, name: PartName, salt: Salt, bytes: &[u8]) {
    let word = name.as_str().as_bytes();
    // Words of ours and lengths below the draft's limit: both casts keep the value.
    out.push(word.len() as u8);
    out.extend_from_slice(word);
    out.push(CLEAR);
    out.extend_from_slice(&salt.0);
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// Reads the record of one entry.
///
/// # Errors
/// When the bytes are not exactly such a record, or name a part twice or out of order.
pub fn read_record(mut record: &[u8]) -> Result<Vec<(PartName, Stored<'_>)>, Malformed> {
    let mut parts: Vec<(PartName, Stored<'_>)> = Vec::new();
    while !record.is_empty() {
        let length = take::<1>(&mut record)?;
        let name = PartName::parse(take_slice(&mut record, usize::from(length[0]))?).ok_or(Malformed)?;
        let stored = match take::<1>(&mut record)? {
            [ERASED] => Stored::Erased,
            [CLEAR] => {
                let salt = Salt(take(&mut record)?);
                let length = u32::from_be_bytes(take(&mut record)?);
                Stored::Clear { salt, bytes: take_slice(&mut record, length as usize)? }
            }
            _ => return Err(Malformed),
        };
        if parts.last().is_some_and(|(last, _)| *last >= name) {
            return Err(Malformed);
        }
        parts.push((name, stored));
    }
    Ok(parts)
}

/// Splits a file into the records of its entries. A file that is still growing may end within a record:
/// the whole ones are returned, and `at most` that many are looked for.
///
/// # Errors
/// When the file does not begin with [`MAGIC`].
pub fn read_file(file: &[u8], at_most: usize) -> Result<Vec<&[u8]>, Malformed> {
    let mut rest = file.strip_prefix(MAGIC).ok_or(Malformed)?;
    let mut records = Vec::new();
    while records.len() < at_most {
        let mut next = rest;
        let Ok(length) = take::<4>(&mut next) else { break };
        let Ok(record) = take_slice(&mut next, u32::from_be_bytes(length) as usize) else { break };
        records.push(record);
        rest = next;
    }
    Ok(records)
}

/// Writes one entry's record as a file holds it.
pub fn write_record(out: &mut Vec<u8>, record: &[u8]) {
    out.extend_from_slice(&(record.len() as u32).to_be_bytes());
    out.extend_from_slice(record);
}

/// The record with one part erased; `None` when the record does not hold it in the clear.
///
/// # Errors
/// When `record` is malformed.
pub fn erase(record: &[u8], erased: PartName) -> Result<Option<Vec<u8>>, Malformed> {
    let mut out = Vec::new();
    let mut found = false;
    for (name, stored) in read_record(record)? {
        match stored {
            Stored::Clear { salt, bytes } if name != erased => write_part(&mut out, name, salt, bytes),
            Stored::Clear { .. } | Stored::Erased => {
                found |= name == erased && stored != Stored::Erased;
                let word = name.as_str().as_bytes();
                out.push(word.len() as u8);
                out.extend_from_slice(word);
                out.push(ERASED);
            }
        }
    }
    Ok(found.then_some(out))
}

pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Malformed> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(Malformed)?;
    *rest = tail;
    Ok(*head)
}

pub(crate) fn take_slice<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Malformed> {
    let (head, tail) = rest.split_at_checked(length).ok_or(Malformed)?;
    *rest = tail;
    Ok(head)
}

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the bytes do not follow the format")
    }
}

impl std::error::Error for Malformed {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record() -> Vec<u8> {
        let mut out = Vec::new();
        write_part(&mut out, PartName::Asserted, Salt([7; 16]), b"{}");
        write_part(&mut out, PartName::Text, Salt([8; 16]), b"select 1");
        out
    }

    #[test]
    fn records_round_trip_and_parts_can_be_erased() {
        let record = record();
        assert_eq!(
            read_record(&record).unwrap()[1],
            (PartName::Text, Stored::Clear { salt: Salt([8; 16]), bytes: b"select 1" })
        );
        let erased = erase(&record, PartName::Text).unwrap().unwrap();
        let parts = read_record(&erased).unwrap();
        assert_eq!(parts[1], (PartName::Text, Stored::Erased));
        assert_eq!(parts[0], read_record(&record).unwrap()[0]);
        assert_eq!(erase(&erased, PartName::Text).unwrap(), None);
        assert_eq!(erase(&record, PartName::Parameters).unwrap(), None);
    }

    #[test]
    fn a_growing_file_yields_its_whole_records() {
        let mut file = MAGIC.to_vec();
        write_record(&mut file, &record());
        write_record(&mut file, b"");
        let whole = file.len();
        write_record(&mut file, &record());
        assert_eq!(read_file(&file, 256).unwrap().len(), 3);
        assert_eq!(read_file(&file, 2).unwrap().len(), 2);
        for cut in whole..file.len() {
            assert_eq!(read_file(&file[..cut], 256).unwrap().len(), 2);
        }
        assert_eq!(read_file(b"TOLLBOD2", 256), Err(Malformed));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_record(&bytes);
            let mut file = MAGIC.to_vec();
            file.extend(&bytes);
            let _ = read_file(&file, 256);
            let _ = erase(&bytes, PartName::Text);
        }
    }
}
