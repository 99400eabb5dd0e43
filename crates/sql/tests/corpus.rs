//! The fuzz target's corpus, replayed: what was found once stays found.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

#[path = "../../../fuzz/body/sql.rs"]
#[allow(unreachable_pub, reason = "shared with the fuzz target")]
mod body;

use std::fs;
use std::path::Path;

#[test]
fn corpus_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/scan");
    let files: Vec<_> = fs::read_dir(folder).unwrap().collect();
    assert!(!files.is_empty(), "scan has no corpus");
    for file in files {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        (0..=bytes.len()).for_each(|end| body::scan(&bytes[..end]));
    }
}
