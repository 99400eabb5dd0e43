//! What plain words of a dictionary mean: what somebody suffers from or takes, parts of a body, and whoever has a task or a trade.
//!
//! The words and their terms are in `dictionary.txt`, made by `words/dictionary.py`. It knows words only, no name and no table.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::token::singular;

/// The words, each list in a line of its own.
const TEXT: &str = include_str!("dictionary.txt");

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What somebody suffers from, or what is done or given against it.
    Ill,
    /// A part of a body, what flows in it, or what means an illness beside other things.
    Body,
    /// Somebody with a task, a trade or a tie: `nurse`, `treasurer`, `spouse`.
    Doer,
}

/// What a word means most of the time, whether it is one or many.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    static WORDS: OnceLock<HashMap<&'static str, Meaning>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let lists =
            TEXT.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
        let named = lists.filter_map(|(name, list)| {
            let meaning = match name {
                "ill" => Meaning::Ill,
                "body" => Meaning::Body,
                "doer" => Meaning::Doer,
                _ => return None,
            };
            Some((meaning, list))
        });
        named.flat_map(|(meaning, list)| list.split(' ').map(move |word| (word, meaning))).collect()
    });
    // `diagnoses`, and what is left of it without its plural's letter.
    let greek = || {
        let stem = word.strip_suffix("ses").or_else(|| word.strip_suffix("se"))?;
        words.get(format!("{stem}sis").as_str())
    };
    words.get(word).or_else(|| words.get(singular(word).as_str())).or_else(greek).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_mean_most_of_the_time() {
        for (word, meant) in [
            ("asthma", Some(Meaning::Ill)),
            ("biopsies", Some(Meaning::Ill)),
            ("diagnoses", Some(Meaning::Ill)),
            ("urine", Some(Meaning::Body)),
            ("renal", Some(Meaning::Body)),
            ("nurses", Some(Meaning::Doer)),
            ("treasurer", Some(Meaning::Doer)),
            // False friends, and words that mostly mean something else.
            ("server", None),
            ("client", None),
            ("back", None),
            ("thumbnail", None),
            ("status", None),
        ] {
            assert_eq!(meaning(word), meant, "{word}");
        }
    }

    #[test]
    fn the_terms_of_the_words_go_with_them() {
        assert!(TEXT.contains("WordNet 3.0 Copyright") && TEXT.contains("PRINCETON"));
    }
}
