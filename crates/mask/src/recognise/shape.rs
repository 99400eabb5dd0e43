//! Which shapes fit at one place of a text: one automaton of all of them, walked by hand, so that asking about a place that
//! leads nowhere costs a few bytes' steps and nothing else. What a finding is does not follow from it alone.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};

/// Bytes for the states that one thread has met.
const CACHE_BYTES: usize = 8 << 20;

/// The automaton, and what threads have learned of it.
pub(super) struct Shapes {
    automaton: DFA,
    count: usize,
    known: Pool<Known, Make>,
}

type Make = Box<dyn Fn() -> Known + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What walks need, and leave behind for the next ones.
pub(super) type Walker<'a> = PoolGuard<'a, Known, Make>;

/// States that were met, and the answer.
#[derive(Debug)]
pub(super) struct Known {
    cache: Cache,
    fitting: PatternSet,
}

impl Shapes {
    #[expect(
        clippy::expect_used,
        reason = "the expressions are constants of this room, and a test compiles every one of them"
    )]
    pub(super) fn new(expressions: &[&str]) -> Self {
        let room = DFA::config()
            .match_kind(MatchKind::All)
            .cache_capacity(CACHE_BYTES)
            .skip_cache_capacity_check(true);
        let automaton = DFA::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .configure(room)
            .build_many(expressions)
            .expect("the expressions are valid");
        let (of, count) = (automaton.clone(), expressions.len());
        let make = move || Known { cache: of.create_cache(), fitting: PatternSet::new(count) };
        Self { automaton, count, known: Pool::new(Box::new(make)) }
    }

    pub(super) fn walker(&self) -> Walker<'_> {
        self.known.get()
    }

    /// The shapes that fit at this place, and how many bytes it took to know.
    pub(super) fn at<'w>(
        &self,
        walker: &'w mut Walker<'_>,
        text: &[u8],
        start: usize,
    ) -> (&'w PatternSet, usize) {
        let Known { cache, fitting } = &mut **walker;
        if !fitting.is_empty() {
            fitting.clear();
        }
        let steps = self.walk(cache, fitting, text, start).unwrap_or_else(|| {
            // An automaton that gives up says nothing: then any of them may fit.
            (0..self.count).filter_map(|id| PatternID::new(id).ok()).for_each(|id| _ = fitting.insert(id));
            text.len() - start
        });
        (fitting, steps)
    }

    fn walk(&self, cache: &mut Cache, fitting: &mut PatternSet, text: &[u8], start: usize) -> Option<usize> {
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let mut state = self.automaton.start_state_forward(cache, &input).ok()?;
        for (step, byte) in text.get(start..)?.iter().enumerate() {
            state = self.automaton.next_state(cache, state, *byte).ok()?;
            if state.is_tagged() {
                if state.is_match() {
                    for index in 0..self.automaton.match_len(cache, state) {
                        fitting.insert(self.automaton.match_pattern(cache, state, index));
                    }
                } else if state.is_dead() {
                    return Some(step);
                } else if state.is_quit() {
                    return None;
                }
            }
        }
        state = self.automaton.next_eoi_state(cache, state).ok()?;
        if state.is_match() {
            for index in 0..self.automaton.match_len(cache, state) {
                fitting.insert(self.automaton.match_pattern(cache, state, index));
            }
        }
        Some(text.len() - start)
    }
}

impl fmt::Debug for Shapes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shapes({})", self.count)
    }
}
