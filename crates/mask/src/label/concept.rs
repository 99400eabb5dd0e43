//! Ideas that names are made of, in eight languages, and which ideas together mean a class in whatever order: `stato civile`,
//! `numero de la tarjeta`, `kod bezpieczeństwa karty`. The recognisers' own lists name phrases; this puts plain words together.

use std::collections::HashMap;
use std::sync::OnceLock;

use model::Class;

use super::token::{expand, folded};

/// The ideas and the rules.
const TEXT: &str = include_str!("concept.txt");

/// Which ideas a word stands for, and which of them mean what.
#[derive(Default)]
struct Concepts {
    names: Vec<&'static str>,
    words: HashMap<String, u128>,
    rules: Vec<(Vec<usize>, Class)>,
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXT.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

fn concepts() -> &'static Concepts {
    static CONCEPTS: OnceLock<Concepts> = OnceLock::new();
    CONCEPTS.get_or_init(|| {
        let mut all = Concepts::default();
        for (head, rest) in lines() {
            if let Some(class) = head.strip_prefix("= ").and_then(Class::parse) {
                let ideas =
                    rest.split(' ').filter_map(|idea| all.names.iter().position(|name| *name == idea));
                all.rules.push((ideas.collect(), class));
                continue;
            }
            let bit = u32::try_from(all.names.len()).ok().and_then(|place| 1_u128.checked_shl(place));
            for word in rest.split(' ') {
                *all.words.entry(expand(&folded(word))).or_default() |= bit.unwrap_or_default();
            }
            all.names.push(head);
        }
        all
    })
}

/// Whether a word stands for somebody, in any of the languages.
pub(super) fn is_person(word: &str) -> bool {
    let all = concepts();
    let person = all.names.iter().position(|name| *name == "person");
    person.is_some_and(|bit| all.words.get(word).is_some_and(|ideas| ideas & (1 << bit) != 0))
}

/// All plain words.
pub(super) fn plain_words() -> impl Iterator<Item = &'static str> {
    lines().filter(|(head, _)| !head.starts_with('=')).map(|(_, words)| words)
}

/// The classes that some words of a name mean together, and which words, from the first to the last.
pub(super) fn meant(words: &[String]) -> Vec<(Class, Vec<usize>)> {
    let all = concepts();
    let ideas: Vec<u128> =
        words.iter().map(|word| all.words.get(word).copied().unwrap_or_default()).collect();
    let fitting = all.rules.iter().filter_map(|(rule, class)| {
        let mut used = Vec::with_capacity(rule.len());
        fit(rule, &ideas, &mut used).then(|| {
            used.sort_unstable();
            (*class, used)
        })
    });
    fitting.collect()
}

/// Whether each idea has a word of its own.
fn fit(rule: &[usize], ideas: &[u128], used: &mut Vec<usize>) -> bool {
    let Some((first, rest)) = rule.split_first() else { return true };
    for (place, idea) in ideas.iter().enumerate() {
        if idea & (1 << first) != 0 && !used.contains(&place) {
            used.push(place);
            if fit(rest, ideas, used) {
                return true;
            }
            used.pop();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Vec<Class> {
        let words: Vec<String> = name.split(' ').map(|word| expand(&folded(word))).collect();
        meant(&words).into_iter().map(|(class, _)| class).collect()
    }

    #[test]
    fn ideas_together_mean_a_class_in_any_order() {
        assert_eq!(first("stato civile"), [Class::MaritalStatus]);
        assert!(first("kod bezpieczeństwa karty").contains(&Class::CardCode));
        assert_eq!(first("numero tarjeta"), [Class::CardNumber]);
        assert_eq!(first("adresse ethereum"), [Class::CryptoWallet]);
        assert!(first("product name").is_empty());
        assert!(first("data").is_empty());
    }

    #[test]
    fn every_rule_is_of_known_ideas_and_each_has_its_bit() {
        let all = concepts();
        assert!(all.names.len() <= 128, "{}", all.names.len());
        assert_eq!(all.rules.len(), lines().filter(|(head, _)| head.starts_with('=')).count());
        for (head, rest) in lines().filter(|(head, _)| head.starts_with('=')) {
            assert!(rest.split(' ').all(|idea| all.names.contains(&idea)), "{head}: {rest}");
        }
    }
}
