//! What somebody with write access to the folder may do, and what `verify` and opening say to it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod memory;

use ledger::body::{self, Stored};
use ledger::tile::{read_bundle, write_leaf};
use ledger::{
    Finding, Hash, PartName, Reader, SEGMENT_HEADER_BYTES, Signer, Wrong, leaf_hash, verify, verify_proof,
    write_proof,
};
use memory::{Life, Memory, SIGNER, ledger, vkey};
use std::sync::Arc;

fn found(storage: &Memory) -> Finding {
    verify(storage, &vkey(), None).err().unwrap_or_else(|| panic!("the change was not seen"))
}

/// Rewrites a bundle.
fn with_bundle(storage: &Memory, path: &str, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let bytes = storage.get(path);
    let mut leaves: Vec<Vec<u8>> = read_bundle(&bytes).unwrap().into_iter().map(<[u8]>::to_vec).collect();
    change(&mut leaves);
    let mut bundle = Vec::new();
    leaves.iter().for_each(|leaf| write_leaf(&mut bundle, leaf));
    storage.set(path, bundle);
}

#[test]
fn an_untouched_ledger_verifies() {
    for (entries, unsigned) in [(1, 0), (255, 1), (256, 0), (257, 3), (700, 2)] {
        let verified = verify(&ledger(entries, unsigned), &vkey(), None).unwrap();
        assert_eq!((verified.size, verified.unsigned, verified.erased), (entries, unsigned, 0));
        assert_eq!((verified.unknown, verified.notes), (0, vec![]));
    }
}

#[test]
fn an_edited_byte_of_a_leaf_names_the_entry() {
    let storage = ledger(700, 0);
    with_bundle(&storage, "tile/entries/001", |leaves| {
        let at = leaves[44].len() - 10;
        leaves[44][at] ^= 1;
    });
    let finding = found(&storage);
    assert_eq!((finding.wrong, finding.index), (Wrong::Edited, Some(300)), "{}", finding.message);
    assert_eq!(finding.path, "tile/entries/001");
}

#[test]
fn an_edited_leaf_whose_tile_was_edited_too_does_not_fit_the_checkpoint() {
    let storage = ledger(700, 0);
    let mut hash = Hash([0; 32]);
    with_bundle(&storage, "tile/entries/001", |leaves| {
        let text = String::from_utf8(leaves[44].clone()).unwrap().replace("alice", "carol");
        leaves[44] = text.into_bytes();
        hash = leaf_hash(&leaves[44]);
    });
    let mut tile = storage.get("tile/0/001");
    tile[44 * 32..45 * 32].copy_from_slice(&hash.0);
    storage.set("tile/0/001", tile);
    for path in storage.paths().into_iter().filter(|path| path.starts_with("segment/")) {
        storage.delete(&path);
    }
    let finding = found(&storage);
    assert_eq!(finding.wrong, Wrong::Checkpoint, "{}", finding.message);
}

#[test]
fn a_deleted_entry_is_named() {
    for at in [0, 44, 254] {
        let storage = ledger(700, 0);
        with_bundle(&storage, "tile/entries/001", |leaves| drop(leaves.remove(at)));
        let finding = found(&storage);
        assert_eq!(
            (finding.wrong, finding.index),
            (Wrong::Deleted, Some(256 + at as u64)),
            "{}",
            finding.message
        );
    }
    let storage = ledger(700, 0);
    storage.delete("tile/entries/000");
    assert_eq!((found(&storage).wrong, found(&storage).index), (Wrong::Deleted, Some(0)));
}

#[test]
fn reordered_entries_are_named() {
    for (one, other) in [(3, 4), (3, 200)] {
        let storage = ledger(700, 0);
        with_bundle(&storage, "tile/entries/001", |leaves| leaves.swap(one, other));
        let finding = found(&storage);
        assert_eq!(
            (finding.wrong, finding.index),
            (Wrong::Reordered, Some(256 + one as u64)),
            "{}",
            finding.message
        );
    }
}

#[test]
fn a_truncated_tail_is_named() {
    let storage = ledger(700, 0);
    let path = storage.paths().into_iter().find(|path| path.starts_with("tile/entries/002.p/")).unwrap();
    with_bundle(&storage, "tile/entries/002.p/188", |leaves| leaves.truncate(100));
    assert_eq!((found(&storage).wrong, found(&storage).index), (Wrong::Truncated, Some(612)));
    assert!(path.starts_with("tile/entries/002.p/"));
    for path in storage.paths().into_iter().filter(|path| path.starts_with("tile/entries/002.p/")) {
        storage.delete(&path);
    }
    assert_eq!((found(&storage).wrong, found(&storage).index), (Wrong::Truncated, Some(512)));
    let storage = ledger(700, 0);
    let last = storage.paths().into_iter().rfind(|path| path.ends_with(".seg")).unwrap();
    let mut file = storage.get(&last);
    file[SEGMENT_HEADER_BYTES..].fill(0);
    storage.set(&last, file);
    let first: u64 = last[8..28].parse().unwrap();
    assert_eq!(found(&storage).index, Some(first));
    let Err(error) = Life::begin(&Arc::new(storage)) else { panic!("it was opened") };
    assert!(error.message.contains("the end was cut off"), "{error}");
}

#[test]
fn a_ledger_that_was_put_back_or_rewritten_does_not_continue_an_older_checkpoint() {
    let old = ledger(300, 0).get("checkpoint");
    let storage = ledger(700, 0);
    assert!(verify(&storage, &vkey(), Some(&old)).is_ok());
    let newer = storage.get("checkpoint");
    let finding = verify(&ledger(300, 0), &vkey(), Some(&newer)).unwrap_err();
    assert_eq!((finding.wrong, finding.index), (Wrong::History, Some(300)), "{}", finding.message);
    // The holder of the key signs another history of the same length.
    let other = Signer::new(SIGNER).unwrap().sign(300, Hash([7; 32])).unwrap();
    let finding = verify(&storage, &vkey(), Some(&other)).unwrap_err();
    assert_eq!(finding.wrong, Wrong::History, "{}", finding.message);
}

#[test]
fn a_swapped_segment_is_named() {
    let storage = ledger(700, 2);
    let last = storage.paths().into_iter().rfind(|path| path.ends_with(".seg")).unwrap();
    // Of the same ledger, from another place.
    let other = ledger(20, 0).get("segment/00000000000000000000.seg");
    storage.set(&last, other.clone());
    assert_eq!(found(&storage).wrong, Wrong::Swapped);
    // With a header that claims to belong here: the root of what came before does not fit.
    let first: u64 = last[8..28].parse().unwrap();
    let header = ledger::segment::Header {
        first,
        origin: ledger::segment::origin_hash("PeterNeumann"),
        root: Hash([1; 32]),
    };
    let mut forged = other;
    forged[..SEGMENT_HEADER_BYTES].copy_from_slice(&header.to_bytes());
    storage.set(&last, forged);
    let finding = found(&storage);
    assert_eq!((finding.wrong, finding.index), (Wrong::Swapped, Some(first)), "{}", finding.message);
    let Err(error) = Life::begin(&Arc::new(storage)) else { panic!("it was opened") };
    assert!(error.message.contains("does not follow"), "{error}");
}

#[test]
fn a_forged_checkpoint_is_seen() {
    let storage = ledger(300, 0);
    let text = String::from_utf8(storage.get("checkpoint")).unwrap();
    storage.set("checkpoint", text.replacen("\n300\n", "\n299\n", 1).into_bytes());
    assert_eq!(found(&storage).wrong, Wrong::Checkpoint);
    storage.set("checkpoint", Signer::new(SIGNER).unwrap().sign(300, Hash([1; 32])).unwrap());
    assert_eq!(found(&storage).wrong, Wrong::Checkpoint);
    let Err(error) = Life::begin(&Arc::new(storage)) else { panic!("it was opened") };
    assert!(error.message.contains("not those that the checkpoint signs"), "{error}");
}

/// Every seventh byte of every file: all of them take minutes without optimisation.
#[test]
fn flipped_bytes_of_a_small_ledger_are_seen() {
    let storage = ledger(5, 0);
    for path in storage.paths() {
        let bytes = storage.get(&path);
        // Behind the records of a segment there are zeroes: a byte there is a torn tail, and only noted.
        let used = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
        // Files of the checkpoints before may be there still; nobody reads them.
        let current = !path.contains(".p/") || path.ends_with("/5");
        for at in (0..used).step_by(7).filter(|_| current) {
            let copy = storage.copy();
            let mut bad = bytes.clone();
            bad[at] ^= 0x20;
            copy.set(&path, bad);
            assert!(verify(&copy, &vkey(), None).is_err(), "byte {at} of {path}");
        }
    }
}

#[test]
fn an_edited_tile_is_told_from_an_edited_entry() {
    let storage = ledger(700, 0);
    let mut tile = storage.get("tile/0/001");
    tile[44 * 32] ^= 1;
    storage.set("tile/0/001", tile);
    assert_eq!((found(&storage).wrong, found(&storage).index), (Wrong::Tile, Some(300)));
    let storage = ledger(700, 0);
    let mut tile = storage.get("tile/1/000.p/2");
    tile[0] ^= 1;
    storage.set("tile/1/000.p/2", tile);
    assert_eq!(found(&storage).wrong, Wrong::Tile);
}

#[test]
fn an_erased_part_is_erased_and_not_broken() {
    let storage = ledger(700, 0);
    let file = storage.get("body/000");
    let records = body::read_file(&file, 256).unwrap();
    let mut erased = body::MAGIC.to_vec();
    for (at, record) in records.into_iter().enumerate() {
        let gone = if at == 40 { body::erase(record, PartName::Text).unwrap() } else { None };
        body::write_record(&mut erased, gone.as_deref().unwrap_or(record));
    }
    storage.set("body/000", erased);
    let verified = verify(&storage, &vkey(), None).unwrap();
    assert_eq!(verified.erased, 1);
    let entry = Reader::new(&storage).unwrap().entry(40).unwrap().unwrap();
    let body = entry.body.unwrap();
    let parts = body::read_record(&body).unwrap();
    assert_eq!(parts[1], (PartName::Text, Stored::Erased));
    assert!(matches!(parts[0], (PartName::Asserted, Stored::Clear { .. })));
}

#[test]
fn a_torn_tail_is_noted_and_not_wrong() {
    let storage = ledger(300, 2);
    let last = storage.paths().into_iter().rfind(|path| path.ends_with(".seg")).unwrap();
    let mut file = storage.get(&last);
    let used = file.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    file[used - 5..].fill(0);
    storage.set(&last, file);
    let verified = verify(&storage, &vkey(), None).unwrap();
    assert_eq!(verified.unsigned, 1);
    assert!(verified.notes[0].contains("unfinished record"), "{:?}", verified.notes);
    assert_eq!(Life::begin(&Arc::new(storage)).unwrap().size(), 301);
}

#[test]
fn every_entry_can_be_proved_to_an_auditor() {
    for size in [1, 2, 255, 256, 257, 700] {
        let storage = ledger(size, 1);
        let reader = Reader::new(&storage).unwrap();
        let (bytes, checkpoint) = reader.checkpoint().unwrap();
        for index in [0, size / 3, size / 2, size - 1] {
            let leaf = reader.entry(index).unwrap().unwrap().leaf;
            let hashes = reader.inclusion(index, checkpoint.size).unwrap();
            let text = write_proof(index, &leaf, &hashes, bytes);
            let proved = verify_proof(&text, &vkey()).unwrap();
            assert_eq!((proved.index, &proved.leaf), (index, &leaf));
            let other = write_proof(index, b"{}", &hashes, bytes);
            assert!(verify_proof(&other, &vkey()).is_err());
            // Another implementation of the tree agrees.
            let proof = hashes.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect();
            let (root, leaf) = (tlog_tiles::Hash(checkpoint.root.0), tlog_tiles::record_hash(&leaf));
            assert!(tlog_tiles::check_record(&proof, size, root, index, leaf).is_ok(), "{index} of {size}");
        }
        assert!(reader.inclusion(size, size).is_err());
    }
}
