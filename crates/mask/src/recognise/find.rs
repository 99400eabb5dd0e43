//! All findings of a text, one after the other. It looks only where [`super::place`] says that something may begin, and
//! where that is nearly everywhere it lets the automaton read the text instead: then no text is slow to look through.

use std::fmt;

use super::pattern::{Found, Patterns};
use super::place::{BACK, STEP};
use super::shape::Walker;

/// Places are sought in so many bytes at once.
const BLOCK: usize = 4_096;
const _: () = assert!(BLOCK.is_multiple_of(STEP) && BLOCK > BACK);

/// Reading a byte by the automaton of all shapes takes as long as walking over so many bytes from places.
const READING: usize = 6;
/// Asking about a place takes as long as walking over so many bytes.
const ASKING: usize = 8;
/// Of a short text nobody can tell what pays.
const UNTOLD: usize = 2_000;

/// Findings from left to right, none in another.
pub struct Findings<'a> {
    patterns: &'a Patterns,
    text: &'a [u8],
    /// Nothing begins behind this.
    end: usize,
    /// The end of the last finding.
    from: usize,
    /// Marks were sought up to here.
    sought: usize,
    /// Below this all places are known.
    known: usize,
    /// Places in order, of which the first `next` were looked at.
    places: Vec<usize>,
    next: usize,
    /// Bytes walked over from places.
    walked: usize,
    walker: Option<Walker<'a>>,
    is_dense: bool,
}

impl<'a> Findings<'a> {
    pub(super) fn new(patterns: &'a Patterns, text: &'a [u8]) -> Self {
        Self {
            patterns,
            text,
            end: without_padding(text).len(),
            from: 0,
            sought: 0,
            known: 0,
            places: Vec::new(),
            next: 0,
            walked: 0,
            walker: None,
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
            let walker = self.walker.get_or_insert_with(|| self.patterns.walker());
            let (found, walked) = self.patterns.begins_at(self.text, place, walker);
            self.walked += ASKING + walked;
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Seeks places in the next block.
    fn seek(&mut self) {
        self.places.drain(..self.next);
        self.next = 0;
        let end = self.end.min(self.sought + BLOCK);
        self.patterns.places().collect(self.text, self.sought..end, &mut self.places);
        self.places.sort_unstable();
        self.places.dedup();
        self.sought = end;
        self.known = if end == self.end { end } else { end.saturating_sub(BACK) };
    }
}

/// A text without most of the blanks at its end, of which columns of a fixed length are full.
pub(super) fn without_padding(mut text: &[u8]) -> &[u8] {
    while let Some((rest, last)) = text.split_last_chunk::<16>()
        && *last == [b' '; 16]
    {
        text = rest;
    }
    text
}

impl fmt::Debug for Findings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Findings(…)")
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
            if self.is_dense || self.sought == self.end {
                return None;
            }
            if self.walked > UNTOLD + READING * self.sought {
                self.is_dense = true;
                // Another walker may be wanted by the automaton's own findings.
                self.walker = None;
                self.from = self.from.max(self.known);
            } else {
                self.seek();
            }
        }
    }
}

#[cfg(test)]
mod tests;
