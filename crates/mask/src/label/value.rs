//! What values say: the shares of different values that have each shape and pass its check, and whether they are running
//! text. Values are looked at and never kept.

use model::Class;
use regex_automata::PatternSet;

use super::evidence::Samples;
use crate::recognise::{GivenNames, Pattern, patterns};

/// What was found of one shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) class: Class,
    pub(super) pattern: &'static Pattern,
    pub(super) matching: u32,
    pub(super) seen: u32,
}

/// What values say together.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// The shapes that some have, the most common first.
    pub(super) shapes: Vec<Shape>,
    /// Different values that were looked at.
    pub(super) seen: u32,
    /// They are running text, or something of a class stands in the middle of some.
    pub(super) is_prose: bool,
    /// So many hold a given name, of how many, when that is no accident.
    pub(super) given: Option<(u32, u32)>,
}

/// The most values that are looked at: shares of a few hundred are as good as of thousands.
const VALUES_MAX: usize = 200;
/// The longest value that is looked at as a whole, in bytes.
const WHOLE_MAX: usize = 512;
/// Words that most values of running text have at least.
const PROSE_WORDS: usize = 5;

impl Shape {
    pub(super) fn share(&self) -> f32 {
        if self.seen == 0 { 0.0 } else { self.matching as f32 / self.seen as f32 }
    }

    /// Whether so many look so that it is no accident. Three that pass a check which one in ten passes by accident are one
    /// in a thousand.
    pub(super) fn is_telling(&self) -> bool {
        let chance = self.pattern.chance;
        let accident = chance.powi(i32::try_from(self.matching).unwrap_or(i32::MAX));
        self.share() >= 0.7 && accident < 0.01 && (chance < 0.3 && self.matching >= 2 || chance < 0.02)
    }
}

/// Looks at values; those of an array one by one.
pub(super) fn look(samples: &Samples, is_array: bool) -> Values {
    let patterns = patterns();
    let mut set = PatternSet::new(patterns.count());
    let mut counts = vec![0_u32; patterns.count()];
    let mut values = Values::default();
    let (mut prose, mut holding) = (0_u32, 0_u32);
    let mut names = GivenNames::default();
    let texts = samples.values.iter().map(|value| &*value.text);
    let each: Vec<&str> = if is_array { texts.flat_map(elements).collect() } else { texts.collect() };
    for text in each.into_iter().map(str::trim).filter(|text| !is_nothing(text)).take(VALUES_MAX) {
        values.seen = values.seen.saturating_add(1);
        if text.len() <= WHOLE_MAX {
            patterns.whole(text.as_bytes(), &mut set, |number, _, _| {
                if let Some(count) = counts.get_mut(number) {
                    *count = count.saturating_add(1);
                }
            });
        }
        names.look(text);
        if text.split_whitespace().take(PROSE_WORDS).count() >= PROSE_WORDS {
            prose = prose.saturating_add(1);
        }
        let inside = patterns.findings(text.as_bytes()).next().filter(|found| found.range.len() < text.len());
        holding = holding.saturating_add(u32::from(inside.is_some()));
    }
    for (number, matching) in counts.into_iter().enumerate().filter(|(_, matching)| *matching > 0) {
        if let Some((class, pattern)) = patterns.numbered(number) {
            values.shapes.push(Shape { class, pattern, matching, seen: values.seen });
        }
    }
    values.shapes.sort_by(|a, b| {
        let weight = |shape: &Shape| (shape.share(), -shape.pattern.chance);
        weight(b).partial_cmp(&weight(a)).unwrap_or(std::cmp::Ordering::Equal)
    });
    values.given = names.telling(values.seen);
    values.is_prose = values.seen > 0 && (prose.saturating_mul(2) > values.seen || holding > 0);
    values
}

/// What people put where they know nothing.
fn is_nothing(text: &str) -> bool {
    const NOTHING: &str =
        "n/a|na|-|--|?|.|null|none|nil|unknown|unbekannt|xxx|x|test|tbd|empty|keine|geen|brak|desconocido";
    text.is_empty() || NOTHING.split('|').any(|nothing| nothing.eq_ignore_ascii_case(text))
}

/// The elements of an array as the server prints it.
fn elements(array: &str) -> impl Iterator<Item = &str> {
    array.split(['{', '}', ',']).map(|element| element.trim_matches('"')).filter(|element| *element != "NULL")
}
