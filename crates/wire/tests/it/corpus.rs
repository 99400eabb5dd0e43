//! The fuzz corpora, replayed: what was once found stays found.

use std::fs;
use std::path::Path;

use crate::body;

type Body = fn(&[u8]);

#[test]
fn corpora_are_replayed() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz"));
    for (name, body) in [
        ("frontend", body::frontend as Body),
        ("backend", body::backend),
        ("startup", body::startup),
        ("bind_scan", body::bind_scan),
        ("scram", body::scram),
    ] {
        let files: Vec<_> = fs::read_dir(folder.join("corpus").join(name)).unwrap().collect();
        assert!(!files.is_empty(), "{name} has no corpus");
        for file in files {
            body(&fs::read(file.unwrap().path()).unwrap());
        }
    }
}
