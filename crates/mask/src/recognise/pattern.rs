//! All shapes of values in one automaton: which stand in a text, and which a whole value has.
//!
//! A shape is a regular expression over bytes and a check of what it found. The expressions of all recognisers are compiled
//! once, together; one pass over a text tries them all. This file never keeps what it was shown.

use std::ops::Range;
use std::sync::OnceLock;

use model::Class;
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind, PatternSet};

use super::ALL;
use super::find::Findings;
use super::need::Needs;
use super::place::Places;
use super::shape::{Shapes, Walker};

/// Asking a shape by itself takes as long as walking over so many bytes.
const ALONE: usize = 30;

/// One shape of a class's values.
#[derive(Debug)]
pub struct Pattern {
    /// What it is called in reasons: `us_ssn`, `github_token`.
    pub name: &'static str,
    /// The expression, over bytes (no Unicode), with its own word boundaries and without anchors.
    pub regex: &'static str,
    /// What a match must pass besides.
    pub check: fn(&[u8]) -> bool,
    /// Of values of other kinds that have this shape or nearly so, the share that passes by accident.
    pub chance: f32,
    /// Where a match counts.
    pub place: Where,
    /// The shortest match in bytes.
    pub min: usize,
    /// The longest match in bytes.
    pub max: usize,
}

/// Where a shape says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In running text, and as a whole value.
    Text,
    /// Only as the whole value of a column of which many values look so.
    Column,
}

/// A check for patterns that need none.
pub(crate) fn any(_: &[u8]) -> bool {
    true
}

/// One finding in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub class: Class,
    /// Which pattern found it.
    pub name: &'static str,
}

/// The compiled patterns of all recognisers.
#[derive(Debug)]
pub struct Patterns {
    texts: Vec<(Class, &'static Pattern)>,
    text: Regex,
    /// Which of `texts` fit at a place.
    at: Shapes,
    /// Each of `texts` alone: how far it goes there.
    alone: Vec<Regex>,
    needs: Needs,
    places: Places,
    wholes: Vec<(Class, &'static Pattern)>,
    whole: Regex,
}

/// The patterns of all recognisers, compiled at the first call.
pub fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(Patterns::compile)
}

impl Patterns {
    fn compile() -> Self {
        let wholes: Vec<_> =
            ALL.iter().flat_map(|one| one.patterns.iter().map(|pattern| (one.class, pattern))).collect();
        let texts: Vec<_> =
            wholes.iter().filter(|(_, pattern)| pattern.place == Where::Text).copied().collect();
        // Leftmost-first: of two that begin at one place the order of `ALL` decides.
        let in_text =
            build(texts.iter().map(|(_, pattern)| pattern.regex.to_owned()), MatchKind::LeftmostFirst);
        let at = Shapes::new(&texts.iter().map(|(_, pattern)| pattern.regex).collect::<Vec<_>>());
        let alone = texts
            .iter()
            .map(|(_, pattern)| build([pattern.regex.to_owned()].into_iter(), MatchKind::LeftmostFirst))
            .collect();
        let needs = Needs::new(texts.iter().map(|(_, pattern)| *pattern));
        let as_whole =
            build(wholes.iter().map(|(_, pattern)| format!(r"\A(?:{})\z", pattern.regex)), MatchKind::All);
        Self { texts, text: in_text, at, alone, needs, places: Places::new(), wholes, whole: as_whole }
    }

    /// Whether it takes no more than counting the bytes of a text to know that nothing stands in it. It is ASCII then.
    #[must_use]
    pub fn rule_out(&self, text: &[u8]) -> bool {
        !self.needs.may_be_met(text)
    }

    /// All findings in a text, from left to right.
    #[must_use]
    pub fn findings<'a>(&'a self, text: &'a [u8]) -> Findings<'a> {
        Findings::new(self, text)
    }

    /// The first finding at or after `from`, by an automaton that reads the text up to there.
    pub(super) fn find_at(&self, text: &[u8], from: usize) -> Option<Found> {
        let mut from = from;
        let mut walker = None;
        while from < text.len() {
            let found = self.text.search(&Input::new(text).range(from..))?;
            let walker = walker.get_or_insert_with(|| self.walker());
            if let (Some(found), _) = self.begins_at(text, found.start(), walker) {
                return Some(found);
            }
            // What begins inside a rejected candidate may still be one; matches are short, so this stays linear.
            from = found.start() + 1;
        }
        None
    }

    /// The finding that begins at this place: the first shape that fits, or where that does not pass its check the longest of
    /// those that do. And how many bytes it took to know.
    pub(super) fn begins_at(
        &self,
        text: &[u8],
        start: usize,
        walker: &mut Walker<'_>,
    ) -> (Option<Found>, usize) {
        if is_cut(text, start) {
            return (None, 0);
        }
        let (fitting, mut steps) = self.at.at(walker, text, start);
        // As of nearly every place.
        if fitting.is_empty() {
            return (None, steps);
        }
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let mut longest: Option<Found> = None;
        for (turn, id) in fitting.iter().enumerate() {
            let Some((class, pattern)) = self.texts.get(id.as_usize()) else { continue };
            let Some(found) = self.alone.get(id.as_usize()).and_then(|regex| regex.search(&input)) else {
                continue;
            };
            steps += ALONE + found.range().len();
            if !text.get(found.range()).is_some_and(pattern.check) {
                continue;
            }
            let found = Found { range: found.range(), class: *class, name: pattern.name };
            if turn == 0 {
                return (Some(found), steps);
            }
            if longest.as_ref().is_none_or(|longest| longest.range.len() <= found.range.len()) {
                longest = Some(found);
            }
        }
        (longest, steps)
    }

    /// What [`Patterns::begins_at`] walks with.
    pub(super) fn walker(&self) -> Walker<'_> {
        self.at.walker()
    }

    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// Every shape that `value` as a whole has and whose check it passes, given to `each`.
    pub fn whole(
        &self,
        value: &[u8],
        set: &mut PatternSet,
        mut each: impl FnMut(usize, Class, &'static Pattern),
    ) {
        set.clear();
        self.whole.which_overlapping_matches(&Input::new(value).anchored(Anchored::Yes), set);
        for id in set.iter() {
            if let Some((class, pattern)) = self.wholes.get(id.as_usize())
                && (pattern.check)(value)
            {
                each(id.as_usize(), *class, pattern);
            }
        }
    }

    /// How many patterns [`Patterns::whole`] tells apart, which number them from 0.
    #[must_use]
    pub fn count(&self) -> usize {
        self.wholes.len()
    }

    /// The pattern that [`Patterns::whole`] gave this number.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Option<(Class, &'static Pattern)> {
        self.wholes.get(number).copied()
    }
}

/// Whether what begins here is the rest of a longer word or number: what was rejected as a whole is no finding in part.
#[inline]
pub(super) fn is_cut(text: &[u8], start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|before| text.get(before));
    let joined = |byte: &u8| byte.is_ascii_alphanumeric();
    before.is_some_and(joined) && text.get(start).is_some_and(joined)
}

#[expect(
    clippy::expect_used,
    reason = "the expressions are constants of this room, and a test compiles every one of them"
)]
pub(super) fn build(expressions: impl Iterator<Item = String>, kind: MatchKind) -> Regex {
    let expressions: Vec<String> = expressions.collect();
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Regex::config().utf8_empty(false).match_kind(kind).nfa_size_limit(None))
        .build_many(&expressions)
        .expect("the expressions are valid")
}
