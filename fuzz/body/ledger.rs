//! What must hold for any bytes that are read as part of a ledger, one function per parser. Fuzz targets call them with
//! new bytes, the tests of `ledger` with the corpora.

use ledger::leaf::Leaf;
use ledger::segment::{Segment, read_record};
use ledger::tile::{read_bundle, read_tile, write_leaf};
use ledger::{Checkpoint, PartName, Vkey, body};

/// A leaf is refused, or can be asked for everything.
pub fn leaf(bytes: &[u8]) {
    if let Ok(leaf) = Leaf::read(bytes) {
        assert!(leaf.kind().contains('.'), "{}", leaf.kind());
        let _ = (leaf.at(), leaf.mark(), leaf.statement(), leaf.session(), leaf.principal(), leaf.target());
        for (_, part) in leaf.parts() {
            let _ = part.commitment();
        }
    }
}

/// A segment is refused, or its records follow each other.
pub fn segment(bytes: &[u8]) {
    if let Ok(segment) = Segment::read(bytes) {
        let _ = segment.next();
    }
    let _ = read_record(bytes, 0);
}

/// A record of bodies is refused, or each of its parts can be erased and the rest is still there.
pub fn body(bytes: &[u8]) {
    let Ok(parts) = body::read_record(bytes) else {
        let _ = body::read_file(bytes, 256);
        return;
    };
    for name in PartName::ALL {
        if let Ok(Some(erased)) = body::erase(bytes, name) {
            let left = body::read_record(&erased).expect("what is erased can be read");
            assert_eq!(left.len(), parts.len(), "an erased part says so, and the others stay");
        }
    }
}

/// A bundle is refused, or written again as it was.
pub fn tile(bytes: &[u8]) {
    if let Ok(leaves) = read_bundle(bytes) {
        let mut again = Vec::new();
        leaves.iter().for_each(|leaf| write_leaf(&mut again, leaf));
        assert_eq!(again, bytes);
    }
    if let Ok(hashes) = read_tile(bytes) {
        assert_eq!(hashes.len() * 32, bytes.len());
    }
}

/// Text that others hand us: a key, a checkpoint, a proof. Nothing unsigned is taken for signed.
pub fn note(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Vkey::new(&text);
    if let Ok(checkpoint) = Checkpoint::read_unverified(bytes) {
        assert!(!checkpoint.text().is_empty());
    }
    // A key that signed nothing in the corpus.
    let key = Vkey::new("tollhouse.example/fuzz+00000000+AQ==");
    if let Ok(key) = key {
        assert!(Checkpoint::read(bytes, &key).is_err());
        assert!(ledger::verify_proof(&text, &key).is_err());
    }
}
