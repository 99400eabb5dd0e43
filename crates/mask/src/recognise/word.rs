//! Checks of values that are words: whole, by their beginnings, and words for streets. They compare without accents and case, and
//! keep nothing.

use crate::label::folded;

fn plain(text: &[u8]) -> Option<String> {
    let text = folded(std::str::from_utf8(text).ok()?.trim());
    Some(text.replace(['-', '_', '/'], " "))
}

/// Whether the text is one of these words, which have bars between them.
pub(super) fn is_one_of(text: &[u8], words: &str) -> bool {
    plain(text).is_some_and(|text| words.split('|').any(|word| word == text))
}

/// Whether a word of the text begins with one of these.
pub(super) fn has_stem(text: &[u8], stems: &str) -> bool {
    plain(text).is_some_and(|text| {
        let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2);
        words.any(|word| stems.split('|').any(|stem| word.starts_with(stem)))
    })
}

/// Whether the text has a word for a street, or one that ends in such, and the number of a house.
pub(super) fn is_street(text: &[u8], streets: &str, endings: &str) -> bool {
    let Some(text) = plain(text) else { return false };
    let words = || text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.len() <= 6 && word.starts_with(|letter: char| letter.is_ascii_digit());
    let is_word = |word: &str| {
        streets.split('|').any(|street| street == word)
            || endings.split('|').any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    };
    (2..=14).contains(&words().count()) && words().any(is_number) && words().any(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stems_and_streets() {
        assert!(is_one_of("Männlich ".as_bytes(), "maennlich|weiblich"));
        assert!(!is_one_of(b"malevolent", "male|female"));
        assert!(has_stem("Nadciśnienie tętnicze".as_bytes(), "nadcisn"));
        assert!(!has_stem(b"the department", "depart-"));
        for street in ["12 Oak Street", "Lindenstr. 4", "ul. Długa 7/3", "Molenweg 12a", "Via Roma, 5"] {
            assert!(is_street(street.as_bytes(), "street|ul|via", "str|weg"), "{street}");
        }
        assert!(!is_street(b"Oak Street", "street", "weg"));
        assert!(!is_street(b"order 12", "street", "weg"));
    }
}
