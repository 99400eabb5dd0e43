//! How people spell a column's name: the ways of writing words together, prefixes, abbreviations, old limits of length.
//!
//! It knows no class: the same ways are used for what is sensitive and what is not.

use crate::sample::check_digit::ascii;
use crate::sample::random::Random;

/// The name in one of many ways of writing it.
pub(super) fn spell(random: &mut Random, words: &str, table: &str) -> String {
    // Hardly anybody uses letters with marks in names.
    let kept = random.chance(15);
    let words: Vec<String> = words
        .split(' ')
        .map(|word| if kept || word.is_ascii() { word.to_owned() } else { plain(word) })
        .collect();
    let name = match random.below(20) {
        0..=8 => words.join("_"),
        9..=11 => camel(&words, false),
        12 => camel(&words, true),
        13 => words.concat(),
        14 => words.join("_").to_uppercase(),
        15 => format!("{}_{}", random.pick(&["c", "fld", "col", "f", "t"]), words.join("_")),
        16 => format!("{}{}", random.pick(&["str", "txt", "s", "p"]), camel(&words, true)),
        17 => format!("{}_{}", first_letters(table, 4), words.join("_")),
        18 => eight(&words),
        _ => match words.len() {
            1 => words.concat(),
            _ => words.join("-"),
        },
    };
    match random.below(20) {
        0 => format!("{name}{}", random.between(1, 3)),
        1 => format!("{name}_{}", random.pick(&["new", "old", "txt", "val", "2"])),
        2 if !name.ends_with('s') => format!("{name}s"),
        _ => name,
    }
}

/// A name that says nothing.
pub(super) fn meaningless(random: &mut Random) -> String {
    let stem = random.pick(&[
        "data", "x", "col_", "f", "val", "attr_", "field_", "c", "misc", "value", "extra", "udf_", "tmp",
        "k", "a", "var", "custom_", "prop", "zz_", "slot_",
    ]);
    match random.below(5) {
        0 => stem.trim_end_matches('_').to_owned(),
        _ => format!("{stem}{}", random.between(1, 40)),
    }
}

fn plain(word: &str) -> String {
    word.split_inclusive(|letter: char| !letter.is_alphanumeric()).map(ascii).collect()
}

fn camel(words: &[String], first: bool) -> String {
    let parts = words.iter().enumerate().map(|(place, word)| {
        if place == 0 && !first {
            return word.clone();
        }
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |letter| letter.to_uppercase().chain(letters).collect())
    });
    parts.collect()
}

fn first_letters(word: &str, count: usize) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).take(count).collect()
}

/// As in systems whose names had eight letters: the beginnings of the first two words that count. A single word is written in
/// full, up to ten letters.
fn eight(words: &[String]) -> String {
    const SMALL: [&str; 16] =
        ["of", "de", "di", "do", "da", "del", "des", "et", "i", "e", "y", "en", "la", "du", "no", "nr"];
    let telling: Vec<&String> = words.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    let name = match telling.as_slice() {
        [one] => first_letters(one, 10),
        [one, two, ..] => format!("{}{}", first_letters(one, 4), first_letters(two, 4)),
        [] => words.concat(),
    };
    name.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_writing() {
        let words = ["date", "of", "birth"].map(str::to_owned);
        assert_eq!(camel(&words, false), "dateOfBirth");
        assert_eq!(camel(&words, true), "DateOfBirth");
        assert_eq!(eight(&words), "DATEBIRT");
        assert_eq!(plain("plačba"), "plaba");
        assert_eq!(plain("straße"), "strasse");
    }

    #[test]
    fn a_spelling_keeps_the_first_letters() {
        let random = &mut Random::new(3);
        for _ in 0..200 {
            let name = spell(random, "first name", "customer").to_lowercase();
            assert!(name.contains("firs"), "{name}");
        }
    }
}
