//! All findings of a text, one after the other. It looks only where [`super::place`] says that something may begin, and
//! where that is nearly everywhere it lets the automaton read the text instead: then no text is slow to look through.

use regex_automata::PatternSet;

use super::pattern::{Found, Patterns};
use super::place::{BACK, STEP};

/// Places are sought in so many bytes at once.
const BLOCK: usize = 4_096;
const _: () = assert!(BLOCK.is_multiple_of(STEP) && BLOCK > BACK);

/// One place in so many bytes at which nothing is found is more than looking place by place is worth.
const SPARSE: usize = 24;
/// Of a short text nobody can tell.
const TRIES: usize = 32;

/// Findings from left to right, none in another.
#[derive(Debug)]
pub struct Findings<'a> {
    patterns: &'a Patterns,
    text: &'a [u8],
    /// The end of the last finding.
    from: usize,
    /// Marks were sought up to here.
    sought: usize,
    /// Below this all places are known.
    known: usize,
    /// Places in order, of which the first `next` were looked at.
    places: Vec<usize>,
    next: usize,
    /// Places at which nothing was found.
    vain: usize,
    set: Option<PatternSet>,
    is_dense: bool,
}

impl<'a> Findings<'a> {
    pub(super) fn new(patterns: &'a Patterns, text: &'a [u8]) -> Self {
        Self {
            patterns,
            text,
            from: 0,
            sought: 0,
            known: 0,
            places: Vec::new(),
            next: 0,
            vain: 0,
            set: None,
            is_dense: false,
        }
    }

    /// Looks at the places that are known.
    fn look(&mut self) -> Option<Found> {
        while let Some(place) = self.places.get(self.next).copied().filter(|place| *place < self.known) {
            self.next += 1;
            if place < self.from {
                continue;
            }
            let set = self.set.get_or_insert_with(|| self.patterns.set());
            let found = self.patterns.begins_at(self.text, place, set);
            if found.is_some() {
                return found;
            }
            self.vain += 1;
        }
        None
    }

    /// Seeks places in the next block.
    fn seek(&mut self) {
        self.places.drain(..self.next);
        self.next = 0;
        let end = self.text.len().min(self.sought + BLOCK);
        self.patterns.places().collect(self.text, self.sought..end, &mut self.places);
        self.places.sort_unstable();
        self.places.dedup();
        self.sought = end;
        self.known = if end == self.text.len() { end } else { end.saturating_sub(BACK) };
    }
}

impl Iterator for Findings<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = if self.is_dense { self.patterns.find_at(self.text, self.from) } else { self.look() };
            if let Some(found) = found {
                self.from = found.range.end;
                return Some(found);
            }
            if self.is_dense || self.sought == self.text.len() {
                return None;
            }
            if self.vain > TRIES && self.vain * SPARSE > self.sought {
                self.is_dense = true;
                self.from = self.from.max(self.known);
            } else {
                self.seek();
            }
        }
    }
}

#[cfg(test)]
mod tests;
