//! What a text must have at least before any shape can stand in it: so many digits, an `@`, a long word. Counting is much
//! quicker than looking, and rules out nearly every short text. It never says that something does stand in a text.
//!
//! What a shape needs follows from its expression by itself, so that a new one cannot be forgotten here.

use regex_automata::util::syntax;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

use super::find::without_padding;
use super::pattern::Pattern;
use super::place::{LONG, PART, is_word};

/// The longest text that is counted: a longer one has enough of everything too often, and its counts may fit no lane.
const TEXT_MAX: usize = 127;

/// Kinds of bytes that are counted, each in a lane of its own.
const LANES: usize = 16;

/// The lane of digits.
const DIGITS: usize = 0;
/// The lane of letters, digits and `_`.
const WORDS: usize = 1;
/// The lane that no byte counts in: whether there is a part of [`PART`] bytes in a row, all of which [`WORDS`] counts.
const LONG_WORD: usize = 2;

/// The lane of plus signs.
const PLUS: usize = 3;

/// What a check asks for that no expression says: the shape, the lane, and how many at least.
type Checked = (&'static str, usize, fn(&Counts) -> u8);
const CHECKED: [Checked; 6] = [
    ("phone_international", DIGITS, |counts| if counts.0[PLUS] > 0 { 8 } else { 10 }),
    ("phone_spread", DIGITS, |_| 8),
    ("iban", WORDS, |_| 15),
    ("iban_before_words", WORDS, |_| 15),
    ("iban_spread", WORDS, |_| 15),
    ("iban_spread_before_words", WORDS, |_| 15),
];

/// Of more ways than these to fit one shape, what all of them need is kept.
const WAYS_MAX: usize = 32;

/// No way is told by more than so many of one kind.
const MOST: usize = 31;

/// What every shape needs: the least of all ways to fit one, at most as many as a number has bits.
#[derive(Debug)]
pub(super) struct Needs {
    /// By byte: its own counts, all lanes in one number, so that one addition counts it.
    kinds: Box<[u128; 256]>,
    /// By lane and count: the ways that need no more of it, a bit each.
    met: Box<[[u64; MOST + 1]; LANES]>,
}

/// How many bytes of each kind there are in a text, or at least in whatever fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counts([u8; LANES]);

/// What one way to fit an expression needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    counts: Counts,
    run: Run,
}

/// The bytes of words that whatever fits has at least in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// It is made of nothing else.
    is_whole: bool,
    /// At its beginning.
    head: u8,
    /// Anywhere.
    best: u8,
    /// At its end.
    tail: u8,
}

impl Needs {
    /// Of these shapes.
    pub(super) fn new<'a>(shapes: impl IntoIterator<Item = &'a Pattern>) -> Self {
        let kinds = Box::new(std::array::from_fn(|byte| u128::from_le_bytes(Counts::of(byte as u8).0)));
        let mut ways = least(shapes.into_iter().flat_map(of_shape).collect(), Counts::is_within);
        // What all of the rest need, should there ever be so many.
        if let Some(rest) = ways.get(u64::BITS as usize - 1..) {
            let rest = rest.iter().copied().reduce(|one, other| one.each(other, u8::min));
            ways.truncate(u64::BITS as usize - 1);
            ways.extend(rest);
        }
        let enough = |lane: usize, count: usize| {
            let is_met =
                |way: &Counts| way.0.get(lane).is_none_or(|need| usize::from(*need).min(MOST) <= count);
            ways.iter().enumerate().map(|(bit, way)| u64::from(is_met(way)) << bit).sum()
        };
        let met = std::array::from_fn(|lane| std::array::from_fn(|count| enough(lane, count)));
        Self { kinds, met: Box::new(met) }
    }

    /// Whether something may stand in this text, as far as counts say. A text that is long, or not ASCII, may have anything.
    #[inline]
    pub(super) fn may_be_met(&self, text: &[u8]) -> bool {
        let text = without_padding(text);
        if text.len() > TEXT_MAX {
            return true;
        }
        // No lane overflows into the next one: no text here is that long.
        let (mut all, mut bits) = (0_u128, 0);
        for byte in text {
            all = all.wrapping_add(self.kinds.get(usize::from(*byte)).copied().unwrap_or_default());
            bits |= byte;
        }
        if !bits.is_ascii() {
            return true;
        }
        let mut has = Counts(all.to_le_bytes());
        // A long word is only looked for where there are letters enough for one and nothing else is missing.
        let may_be_long = usize::from(has.0[WORDS]) >= LONG;
        has.0[LONG_WORD] = u8::from(may_be_long);
        match (self.is_any_met(has), may_be_long) {
            (true, true) => {}
            (met, _) => return met,
        }
        // It has a part whole, wherever it stands.
        let is_whole = |part: &[u8; PART]| part.iter().all(|byte| is_word(*byte));
        has.0[LONG_WORD] = u8::from(text.as_chunks().0.iter().any(is_whole));
        self.is_any_met(has)
    }

    /// Whether a way needs no more of anything than there is.
    #[inline]
    fn is_any_met(&self, has: Counts) -> bool {
        let met = |(met, count): (&[u64; MOST + 1], u8)| met.get(usize::from(count).min(MOST)).copied();
        self.met.iter().zip(has.0).map(met).fold(u64::MAX, |all, met| all & met.unwrap_or(u64::MAX)) != 0
    }
}

impl Counts {
    const NONE: Self = Self([0; LANES]);

    /// A byte's own.
    fn of(byte: u8) -> Self {
        let kinds = [
            byte.is_ascii_digit(),
            is_word(byte),
            false,
            byte == b'+',
            byte.is_ascii_uppercase(),
            byte != b' ',
            byte == b'.',
            byte == b':',
            byte == b'-',
            byte == b'@',
            byte == b'_',
            byte == b'$',
            byte == b'=',
            byte == b'{',
            // Letters that words seldom have and prefixes of keys do.
            byte == b'k',
            byte == b'v',
        ];
        Self(kinds.map(u8::from))
    }

    fn each(self, other: Self, of: impl Fn(u8, u8) -> u8) -> Self {
        let mut lanes = self.0;
        lanes.iter_mut().zip(other.0).for_each(|(lane, other)| *lane = of(*lane, other));
        Self(lanes)
    }

    /// Of one text behind the other.
    #[inline]
    fn and(self, other: Self) -> Self {
        self.each(other, u8::saturating_add)
    }

    #[inline]
    fn is_within(&self, has: &Self) -> bool {
        self.0.iter().zip(has.0).fold(true, |all, (needs, has)| all & (*needs <= has))
    }
}

impl Run {
    const EMPTY: Self = Self { is_whole: true, head: 0, best: 0, tail: 0 };
    const UNKNOWN: Self = Self { is_whole: false, ..Self::EMPTY };

    fn of(byte: u8) -> Self {
        if is_word(byte) { Self { is_whole: true, head: 1, best: 1, tail: 1 } } else { Self::UNKNOWN }
    }

    fn and(self, other: Self) -> Self {
        Self {
            is_whole: self.is_whole && other.is_whole,
            head: if self.is_whole { self.best.saturating_add(other.head) } else { self.head },
            best: self.best.max(other.best).max(self.tail.saturating_add(other.head)),
            tail: if other.is_whole { self.tail.saturating_add(other.best) } else { other.tail },
        }
    }

    fn common(self, other: Self) -> Self {
        Self {
            is_whole: self.is_whole && other.is_whole,
            head: self.head.min(other.head),
            best: self.best.min(other.best),
            tail: self.tail.min(other.tail),
        }
    }
}

impl Way {
    const EMPTY: Self = Self { counts: Counts::NONE, run: Run::EMPTY };
    const UNKNOWN: Self = Self { counts: Counts::NONE, run: Run::UNKNOWN };

    fn of(byte: u8) -> Self {
        Self { counts: Counts::of(byte), run: Run::of(byte) }
    }

    fn and(self, other: Self) -> Self {
        Self { counts: self.counts.and(other.counts), run: self.run.and(other.run) }
    }

    /// What both need.
    fn common(self, other: Self) -> Self {
        Self { counts: self.counts.each(other.counts, u8::min), run: self.run.common(other.run) }
    }

    /// Whether the other one is of no use beside this one.
    fn is_within(&self, other: &Self) -> bool {
        self.counts.is_within(&other.counts) && self.run.common(other.run) == self.run
    }
}

/// What each way to fit a shape needs.
fn of_shape(shape: &Pattern) -> Vec<Counts> {
    let config = syntax::Config::new().unicode(false).utf8(false);
    // What cannot be read needs nothing, so it rules nothing out; a test compiles every one of them.
    let ways = syntax::parse_with(shape.regex, &config).map_or(vec![Way::UNKNOWN], |hir| ways(&hir));
    let needs = |way: Way| {
        let mut counts = way.counts;
        for (_, lane, least) in CHECKED.iter().filter(|(name, ..)| *name == shape.name) {
            let least = least(&counts);
            if let Some(count) = counts.0.get_mut(*lane) {
                *count = least.max(*count);
            }
        }
        counts.0[LONG_WORD] = u8::from(usize::from(way.run.best) >= LONG);
        counts
    };
    ways.into_iter().map(needs).collect()
}

/// What each way to fit an expression needs.
fn ways(expression: &Hir) -> Vec<Way> {
    let all = match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![Way::EMPTY],
        HirKind::Literal(literal) => {
            vec![literal.0.iter().fold(Way::EMPTY, |way, byte| way.and(Way::of(*byte)))]
        }
        HirKind::Class(class) => {
            let bytes = match class {
                Class::Bytes(class) => Some(class.clone()),
                Class::Unicode(class) => class.to_byte_class(),
            };
            let ranges = bytes.iter().flat_map(|class| class.ranges());
            let each = ranges.flat_map(|range| range.start()..=range.end()).map(Way::of);
            // Of what is not of bytes nothing is known.
            vec![each.reduce(Way::common).unwrap_or(Way::UNKNOWN)]
        }
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Capture(capture) => ways(&capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(vec![Way::EMPTY], |all, part| both(&all, &ways(part))),
        HirKind::Alternation(parts) => parts.iter().flat_map(ways).collect(),
    };
    few(all)
}

fn repeated(repetition: &Repetition) -> Vec<Way> {
    let once = ways(&repetition.sub);
    let least = (0..repetition.min).fold(vec![Way::EMPTY], |all, _| both(&all, &once));
    if repetition.max == Some(repetition.min) {
        return least;
    }
    // More of it, or none.
    let is_whole = once.iter().all(|way| way.run.is_whole);
    both(&least, &[Way { counts: Counts::NONE, run: Run { is_whole, ..Run::EMPTY } }])
}

fn both(first: &[Way], second: &[Way]) -> Vec<Way> {
    few(first.iter().flat_map(|one| second.iter().map(|other| one.and(*other))).collect())
}

fn few(all: Vec<Way>) -> Vec<Way> {
    let all = least(all, Way::is_within);
    if all.len() <= WAYS_MAX { all } else { all.into_iter().reduce(Way::common).into_iter().collect() }
}

/// Without those that need all that another one needs.
fn least<T>(all: Vec<T>, is_within: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut least: Vec<T> = Vec::new();
    for one in all {
        if !least.iter().any(|other| is_within(other, &one)) {
            least.retain(|other| !is_within(&one, other));
            least.push(one);
        }
    }
    least
}

#[cfg(test)]
mod tests;
