//! What values are made of in one language and split: names of people, streets, towns, words.
//!
//! Names of people are split as the names of columns are: no given or family name of `test` occurs in `dev`.

use std::collections::BTreeMap;

use super::vocabulary::{Split, TONGUES, chosen, lines};
use crate::sample::date::{Day, TODAY};
use crate::sample::locale::LOCALES;
use crate::sample::random::Random;

/// One language's material.
#[derive(Debug)]
pub(super) struct Land {
    /// The language's number.
    pub(super) tongue: usize,
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    families: Vec<&'static str>,
    streets: Vec<&'static str>,
    towns: Vec<(&'static str, &'static str)>,
    phones: Vec<&'static str>,
    words: BTreeMap<&'static str, Vec<&'static str>>,
}

/// Somebody who does not exist.
#[derive(Clone, Copy, Debug)]
pub(super) struct Somebody {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) is_woman: bool,
    pub(super) born: Day,
}

impl Land {
    /// The material of a language.
    pub(super) fn new(tongue: usize, split: Split) -> Self {
        let name = TONGUES.get(tongue).copied().unwrap_or("en");
        let mut land = Self {
            tongue,
            women: Vec::new(),
            men: Vec::new(),
            families: Vec::new(),
            streets: Vec::new(),
            towns: Vec::new(),
            phones: Vec::new(),
            words: BTreeMap::new(),
        };
        for locale in LOCALES.iter().filter(|locale| locale.tag.starts_with(name)) {
            land.women.extend(locale.women);
            land.men.extend(locale.men);
            land.families.extend(locale.families);
            land.streets.extend(locale.streets);
            land.towns.extend(locale.cities);
            land.phones.extend(locale.phones);
        }
        for (head, words) in lines(include_str!("data/words.txt")) {
            let Some((key, tongue)) = head.split_once(' ') else { continue };
            if tongue != name {
                continue;
            }
            let words = words.split('|').map(str::trim);
            match key {
                "women" => land.women.extend(words),
                "men" => land.men.extend(words),
                "family" => land.families.extend(words),
                "street" => land.streets.extend(words),
                "city" => land.towns.extend(words.filter_map(|town| town.split_once(' '))),
                "phone" => land.phones.extend(words),
                _ => land.words.entry(key).or_default().extend(words),
            }
        }
        for names in [&mut land.women, &mut land.men, &mut land.families] {
            names.retain(|name| Split::of(name) == split);
        }
        land
    }

    /// One of the words of this kind.
    pub(super) fn word(&self, random: &mut Random, key: &str) -> &'static str {
        self.words.get(key).map_or("", |words| random.pick(words))
    }

    /// Somebody.
    pub(super) fn somebody(&self, random: &mut Random) -> Somebody {
        let is_woman = random.chance(51);
        Somebody {
            given: random.pick(if is_woman { &self.women } else { &self.men }),
            family: random.pick(&self.families),
            is_woman,
            born: Day(TODAY.0 - random.between(2 * 365, 92 * 365)),
        }
    }

    /// A street and a house number, as they are written there.
    pub(super) fn street(&self, random: &mut Random) -> String {
        let pattern = random.pick(&self.streets);
        random.fill(pattern)
    }

    /// A telephone number, as it is written there.
    pub(super) fn phone(&self, random: &mut Random) -> String {
        let pattern = random.pick(&self.phones);
        random.fill(pattern)
    }

    /// A town and a postcode of it.
    pub(super) fn town(&self, random: &mut Random) -> (&'static str, String) {
        let Some((town, pattern)) = chosen(random, &self.towns) else { return ("", String::new()) };
        (town, random.fill(pattern))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_people_in_both_splits_and_all_words() {
        for tongue in 0..TONGUES.len() {
            let [dev, test] = [Split::Dev, Split::Test].map(|split| Land::new(tongue, split));
            for land in [&dev, &test] {
                assert!(land.women.len() >= 4 && land.men.len() >= 4, "{tongue}: {land:?}");
                assert!(land.families.len() >= 8, "{tongue}: {land:?}");
                for key in ["gender", "marital", "nationality", "belief", "illness", "prose", "product"] {
                    assert!(land.words.get(key).is_some_and(|words| words.len() >= 4), "{tongue}: {key}");
                }
                assert!(land.phones.len() >= 4 && land.towns.len() >= 4 && land.streets.len() >= 4);
            }
            assert!(dev.families.iter().all(|name| !test.families.contains(name)));
        }
    }
}
