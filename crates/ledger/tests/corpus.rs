//! The fuzz targets' corpora, replayed: what was found once stays found.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test")]

#[path = "../../../fuzz/body/ledger.rs"]
#[allow(unreachable_pub, reason = "shared with the fuzz targets")]
mod body;

use std::fs;
use std::path::Path;

type Body = fn(&[u8]);

#[test]
fn corpora_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let targets = [
        ("leaf", body::leaf as Body),
        ("segment", body::segment),
        ("body", body::body),
        ("tile", body::tile),
        ("note", body::note),
    ];
    for (name, target) in targets {
        let files: Vec<_> = fs::read_dir(folder.join(name)).unwrap().collect();
        assert!(!files.is_empty(), "{name} has no corpus");
        for file in files {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            // Every beginning of it too: files are cut off at any byte.
            (0..=bytes.len()).step_by(7).for_each(|end| target(&bytes[..end]));
            target(&bytes);
        }
    }
}
