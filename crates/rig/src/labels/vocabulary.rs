//! The names that columns and tables get, and the words that values are made of, each in one split only.
//!
//! A hash of a name decides its split, so that nobody chose which is hard: what is tuned on `dev` is judged on names that
//! were never seen. It makes no value and no table.

use std::collections::BTreeMap;
use std::fmt;

use model::Class;

use crate::sample::random::Random;

/// The languages, in the order of [`Tongue`]'s numbers.
pub(super) const TONGUES: [&str; 8] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl"];

/// Which half of the names, tables and seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Split {
    /// What recognisers may be improved by.
    Dev,
    /// What they are judged by.
    Test,
}

impl Split {
    /// The split that a name belongs to.
    pub(super) fn of(name: &str) -> Self {
        let letters = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
        let hash = letters.fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
            (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
        });
        // The low bits of this hash are its worst: mixed once more.
        if Random::new(hash).chance(50) { Self::Dev } else { Self::Test }
    }

    /// The seed of its tables.
    pub(super) fn seed(self) -> u64 {
        match self {
            Self::Dev => 0x6465_7600,
            Self::Test => 0x7465_7374,
        }
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Dev { "dev" } else { "test" })
    }
}

/// What a table is about, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Persons,
    Things,
    Events,
}

/// A name of a sensitive column, and every class that is right for it; the first is the one it counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) words: &'static str,
    pub(super) classes: Vec<Class>,
}

/// The names of one split, by language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    sensitive: BTreeMap<(Class, usize), Vec<Name>>,
    harmless: BTreeMap<usize, Vec<(&'static str, &'static str)>>,
    tables: Vec<(&'static str, About, &'static str)>,
}

impl Vocabulary {
    /// The names of a split.
    pub(super) fn of(split: Split) -> Self {
        let mut all = Self::default();
        for (head, names) in lines(include_str!("data/names.txt")) {
            let Some((classes, tongue)) = head.split_once(' ') else { continue };
            let classes: Vec<Class> = classes.split('|').filter_map(Class::parse).collect();
            let (Some(class), Some(tongue)) = (classes.first(), number(tongue)) else { continue };
            let list = all.sensitive.entry((*class, tongue)).or_default();
            let mine = names.split(',').map(str::trim).filter(|name| Split::of(name) == split);
            list.extend(mine.map(|words| Name { words, classes: classes.clone() }));
        }
        for (head, names) in lines(include_str!("data/harmless.txt")) {
            let Some((kind, Some(tongue))) =
                head.split_once(' ').map(|(kind, tongue)| (kind, number(tongue)))
            else {
                continue;
            };
            let list = all.harmless.entry(tongue).or_default();
            let mine = names.split(',').map(str::trim).filter(|name| Split::of(name) == split);
            list.extend(mine.map(|words| (kind, words)));
        }
        for (head, names) in lines(include_str!("data/tables.txt")) {
            let Some((domain, about)) = head.split_once(' ') else { continue };
            let about = match about {
                "persons" => About::Persons,
                "things" => About::Things,
                _ => About::Events,
            };
            if domain_split(domain) == split {
                all.tables.extend(names.split(',').map(|name| (domain, about, name.trim())));
            }
        }
        all
    }

    /// A name of a column of this class; in English where the language has none of its own in this split.
    pub(super) fn sensitive(&self, random: &mut Random, class: Class, tongue: usize) -> Option<&Name> {
        let own = self.sensitive.get(&(class, tongue)).filter(|list| !list.is_empty());
        chosen(random, own.or_else(|| self.sensitive.get(&(class, 0)))?)
    }

    /// A name of a harmless column and what values it has. Many systems elsewhere have English names.
    pub(super) fn harmless(
        &self,
        random: &mut Random,
        tongue: usize,
    ) -> Option<(&'static str, &'static str)> {
        let tongue = if random.chance(45) { tongue } else { 0 };
        chosen(random, self.harmless.get(&tongue)?).copied()
    }

    /// The name of a table about this.
    pub(super) fn table(&self, random: &mut Random, about: About) -> &'static str {
        let fitting: Vec<_> = self.tables.iter().filter(|table| table.1 == about).collect();
        chosen(random, &fitting).map_or("record", |table| table.2)
    }

    /// Every name of a column in it.
    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let sensitive = self.sensitive.values().flatten().map(|name| name.words);
        sensitive.chain(self.harmless.values().flatten().map(|(_, words)| *words))
    }

    /// Every domain that its tables are of.
    #[cfg(test)]
    pub(super) fn domains(&self) -> std::collections::BTreeSet<&'static str> {
        self.tables.iter().map(|table| table.0).collect()
    }
}

/// The split of a domain: few as they are, they are dealt out in turn.
fn domain_split(domain: &str) -> Split {
    let domains =
        lines(include_str!("data/tables.txt")).filter_map(|(head, _)| head.strip_suffix(" persons"));
    let place = domains.take_while(|known| *known != domain).count();
    if place.is_multiple_of(2) { Split::Dev } else { Split::Test }
}

/// One of a list.
pub(super) fn chosen<'a, T>(random: &mut Random, list: &'a [T]) -> Option<&'a T> {
    list.get(usize::try_from(random.below(list.len() as u64)).unwrap_or(0))
}

/// The language's number.
pub(super) fn number(tongue: &str) -> Option<usize> {
    TONGUES.iter().position(|known| *known == tongue)
}

/// The lines of a data file: what stands before the colon and what stands behind it.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn plain(name: &str) -> String {
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }

    #[test]
    fn the_splits_share_no_name_and_no_domain() {
        let [dev, test] = [Split::Dev, Split::Test].map(Vocabulary::of);
        let names = |all: &Vocabulary| all.names().map(plain).collect::<BTreeSet<_>>();
        assert_eq!(names(&dev).intersection(&names(&test)).count(), 0);
        assert_eq!(dev.domains().intersection(&test.domains()).count(), 0);
        for all in [&dev, &test] {
            assert!(names(all).len() > 1_000, "{}", names(all).len());
            assert!(all.domains().len() >= 5, "{:?}", all.domains());
        }
    }

    #[test]
    fn every_class_has_names_in_both_splits_and_no_name_means_two_things() {
        for split in [Split::Dev, Split::Test] {
            let all = Vocabulary::of(split);
            for class in Class::ALL {
                let english = all.sensitive.get(&(class, 0)).map_or(0, Vec::len);
                assert!(english >= 2, "{split}: {class:?} has {english}");
            }
        }
        let mut meant = BTreeMap::new();
        for (head, names) in
            lines(include_str!("data/names.txt")).chain(lines(include_str!("data/harmless.txt")))
        {
            let kind = head.split_once(' ').unwrap().0;
            for name in names.split(',').map(plain) {
                let before = meant.insert(name.clone(), kind);
                assert!(before.is_none_or(|before| before == kind), "{name}: {before:?} and {kind}");
            }
        }
    }

    #[test]
    fn every_line_is_understood() {
        for (head, _) in lines(include_str!("data/names.txt")) {
            let (classes, tongue) = head.split_once(' ').unwrap();
            assert!(classes.split('|').all(|class| Class::parse(class).is_some()), "{head}");
            assert!(number(tongue).is_some(), "{head}");
        }
    }
}
