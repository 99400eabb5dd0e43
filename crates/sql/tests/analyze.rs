//! Analysis of anything: the fuzz target's corpus, the texts of all case files cut anywhere and mixed, random bytes.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

#[path = "../../../fuzz/body/analyze.rs"]
#[allow(unreachable_pub, clippy::expect_used, reason = "shared with the fuzz target")]
mod body;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The inputs of the case files.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut texts = Vec::new();
    for name in ["tests/cases/facts", "tests/cases/scan"] {
        for file in fs::read_dir(folder(name)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            texts.extend(cases::parse(&text, true).unwrap().into_iter().map(|case| case.input));
        }
    }
    texts
});

#[test]
fn the_corpus_holds() {
    let files: Vec<_> = fs::read_dir(folder("../../fuzz/corpus/analyze")).unwrap().collect();
    assert!(!files.is_empty(), "analyze has no corpus");
    for file in files {
        body::analyze(&fs::read(file.unwrap().path()).unwrap());
    }
}

#[test]
fn texts_cut_anywhere_hold() {
    for text in TEXTS.iter() {
        let step = (text.len() / 12).max(1);
        (0..=text.len()).step_by(step).for_each(|end| body::analyze(&text.as_bytes()[..end]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_hold(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        body::analyze(&bytes);
    }

    #[test]
    fn mixed_texts_hold(one in 0..1000_usize, other in 0..1000_usize, at in 0.0..1.0_f64, from in 0.0..1.0_f64) {
        let (one, other) = (&TEXTS[one % TEXTS.len()], &TEXTS[other % TEXTS.len()]);
        let cut = |text: &str, share: f64| (text.len() as f64 * share) as usize;
        let mut bytes = one.as_bytes()[..cut(one, at)].to_vec();
        bytes.extend_from_slice(&other.as_bytes()[cut(other, from)..]);
        body::analyze(&bytes);
    }
}
