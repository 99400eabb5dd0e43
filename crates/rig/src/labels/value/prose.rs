//! What people write, in which sometimes something stands that tells.

use model::Class;

use super::{machine, reach, scheme};
use crate::labels::land::Land;
use crate::sample::check_digit::card;
use crate::sample::random::Random;

/// A text, and what was planted in it.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    /// The text.
    pub(crate) text: String,
    /// What stands in it.
    pub(crate) found: Vec<(Class, String)>,
}

/// A text of the language.
pub(crate) fn write(random: &mut Random, land: &Land) -> Planted {
    let mut text = land.word(random, "prose").to_owned();
    let mut found = Vec::new();
    for (mark, class) in [
        ("{phone}", Class::Phone),
        ("{name}", Class::PersonName),
        ("{iban}", Class::Iban),
        ("{card}", Class::CardNumber),
        ("{email}", Class::Email),
        ("{ip}", Class::IpAddress),
    ] {
        if !text.contains(mark) {
            continue;
        }
        let value = match class {
            Class::Phone => land.phone(random),
            Class::PersonName => land.somebody(random).family.to_owned(),
            Class::Iban => scheme::iban(random, land.tongue),
            Class::CardNumber => card(random).1,
            Class::Email => reach::email(random, land),
            _ => machine::ip(random, land),
        };
        text = text.replace(mark, &value);
        found.push((class, value));
    }
    if random.chance(30) {
        // What stands in texts and tells nothing of anybody.
        let reference = random.pick(&["(#20######)", "v3.#.1#", "2026-03-1# 1#:2#"]);
        text = format!("{text} {}", random.fill(reference));
    }
    Planted { text, found }
}
