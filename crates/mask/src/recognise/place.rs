//! Where in a text a finding may begin: places that one quick look at the bytes cannot rule out. Nobody has to look for
//! anything at the others. It never says that something does begin at a place.
//!
//! Whatever is found has a mark near its beginning: a digit, an `@`, a word that is longer than words are, the first letters
//! of an issuer's keys. [`MARKS`] says which, as an expression; a test proves that no shape of [`super::ALL`] does without.

use std::ops::Range;

use regex_automata::util::prefilter::Prefilter;
use regex_automata::{MatchKind, Span};

use super::pattern::is_cut;

/// The most bytes between a place and its mark: the longest local part of an e-mail address, and its `@`.
pub(super) const BACK: usize = 65;

/// A word of so many letters, digits and underscores is looked at whatever it is made of: the shortest shape that has no
/// other mark, a machine-readable line of a passport without `<`, is as long.
pub(super) const LONG: usize = 15;

/// Bytes that are looked at in one step, and in one part of it: a word of [`LONG`] bytes has a part whole, wherever it stands.
pub(super) const STEP: usize = 32;
pub(super) const PART: usize = 8;
const _: () = assert!(2 * PART - 1 <= LONG && STEP.is_multiple_of(PART));

/// What the rest of the shapes begin with.
const HEADS: [&str; 26] = [
    "-----BEGIN ",
    "glpat-",
    "gldt-",
    "glrt-",
    "glcbt-",
    "glptt-",
    "glsoat-",
    "glft-",
    "xox",
    "xapp-",
    "hooks.slack.com/",
    "AIza",
    "GOCSPX-",
    "sk-",
    "pypi-AgE",
    "SG.",
    "key-",
    "EAAA",
    "hvs.",
    "hvb.",
    "hvr.",
    "glsa_",
    "glc_",
    "eyJ",
    "ya29.",
    "sq0",
];

/// The longest of them.
const HEAD_BYTES: usize = 16;

/// What stands at each place that [`Places::collect`] does not rule out: one of these begins there.
#[cfg(test)]
pub(super) const MARKS: [&str; 12] = [
    r"[A-Za-z0-9_&<]{0,9}[0-9]",
    r"(?:\+|\(-?|-)[0-9]",
    r"[A-Z]{2,3}(?:[ :-]|: )[0-9]",
    r"[A-Za-z0-9._%+'-]{1,64}@",
    r"[${]",
    r"[A-Za-z0-9_-]{1,13}\$",
    r"[A-Za-z]{3,15}=",
    r"[0-9A-Fa-f]{1,4}:|[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.",
    r"[a-z][a-z0-9+.-]{1,20}://",
    r"[A-Za-z0-9_]{15}",
    r"[A-Z<]{0,43}<",
    r"-----BEGIN |gl(?:pat|dt|rt|cbt|ptt|soat|ft)-|xox|xapp-|hooks\.slack\.com/|AIza|GOCSPX-|sk-|pypi-AgE|SG\.|key-|EAAA|hv[sbr]\.|glsa_|glc_|eyJ|ya29\.|sq0",
];

/// Finds them.
#[derive(Debug)]
pub(super) struct Places {
    heads: Prefilter,
}

impl Places {
    #[expect(clippy::expect_used, reason = "a constant list of texts can always be looked for")]
    pub(super) fn new() -> Self {
        Self { heads: Prefilter::new(MatchKind::LeftmostFirst, &HEADS).expect("the heads can be looked for") }
    }

    /// Appends the places whose marks stand in this range, which begins at a multiple of [`STEP`]; in no order, and some of
    /// them twice. A place is at most [`BACK`] bytes before its mark, and never inside a word.
    pub(super) fn collect(&self, text: &[u8], range: Range<usize>, out: &mut Vec<usize>) {
        let mut at = range.start;
        let (steps, rest) = text.get(range.clone()).unwrap_or_default().as_chunks::<STEP>();
        for bytes in steps {
            step(text, at, bytes, out);
            at += STEP;
        }
        let mut bytes = [0; STEP];
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        step(text, at, &bytes, out);
        let end = text.len().min(range.end + HEAD_BYTES);
        let mut from = range.start;
        while let Some(head) = self.heads.find(text, Span { start: from, end }) {
            if head.start >= range.end {
                break;
            }
            push(text, head.start, out);
            from = head.start + 1;
        }
    }
}

/// Looks at the bytes of one step all at once and without a jump, so that the compiler makes vectors of it. Most steps have
/// nothing to look at more closely.
fn step(text: &[u8], at: usize, bytes: &[u8; STEP], out: &mut Vec<usize>) {
    let mut marks = [0_u8; STEP];
    let mut words = [0_u8; STEP];
    for ((mark, word), byte) in marks.iter_mut().zip(&mut words).zip(bytes) {
        *mark = u8::from(is_mark(*byte));
        *word = u8::from(is_word(*byte));
    }
    if marks != [0; STEP] {
        for (number, part) in marks.as_chunks::<PART>().0.iter().enumerate() {
            let mut left = u64::from_le_bytes(*part);
            while left != 0 {
                mark(text, at + number * PART + left.trailing_zeros() as usize / 8, out);
                left &= left - 1;
            }
        }
    }
    for (number, part) in words.as_chunks::<PART>().0.iter().enumerate() {
        if *part == [1; PART] {
            long_word(text, at + number * PART, out);
        }
    }
}

/// Bytes that marks are, or end with.
#[inline]
fn is_mark(byte: u8) -> bool {
    // From the hyphen to `=` are the digits, and `/` and `;` besides, which are passed over later.
    (b'-'..=b'=').contains(&byte) | (byte == b'@') | (byte == b'$') | (byte == b'{')
}

#[inline(never)]
fn mark(text: &[u8], at: usize, out: &mut Vec<usize>) {
    let hex = |byte: u8| byte.is_ascii_hexdigit();
    let behind = |offset: usize| text.get(at + offset).copied().unwrap_or_default();
    match behind(0) {
        b'0'..=b'9' => digit(text, at, out),
        b'@' => back(text, at, 64, |byte| byte.is_ascii_alphanumeric() || b"._%+'-".contains(&byte), out),
        b'$' => {
            push(text, at, out);
            back(text, at, 13, |byte| is_word(byte) || byte == b'-', out);
        }
        b'{' => push(text, at, out),
        b'=' => back(text, at, 15, |byte| byte.is_ascii_alphabetic(), out),
        b':' => {
            back(text, at, 4, hex, out);
            if behind(1) == b'/' && behind(2) == b'/' {
                let scheme = |byte: u8| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'+' | b'.' | b'-')
                };
                back(text, at, 21, scheme, out);
            }
        }
        b'-' if behind(3) == b'-' => back(text, at, 2, hex, out),
        b'.' if behind(5) == b'.' => back(text, at, 4, hex, out),
        b'<' => {
            push(text, at, out);
            back(text, at, 43, |byte| byte.is_ascii_uppercase() || byte == b'<', out);
        }
        _ => {}
    }
}

/// The places before a digit; of several in a row the first is the mark.
fn digit(text: &[u8], at: usize, out: &mut Vec<usize>) {
    let before =
        |offset: usize| at.checked_sub(offset).and_then(|at| text.get(at)).copied().unwrap_or_default();
    let last = before(1);
    if last.is_ascii_digit() {
        return;
    }
    push(text, at, out);
    match last {
        b'+' | b'(' => push(text, at - 1, out),
        b'-' => {
            push(text, at - 1, out);
            if before(2) == b'(' {
                push(text, at - 2, out);
            }
        }
        _ => back(text, at, 9, |byte| is_word(byte) || byte == b'&' || byte == b'<', out),
    }
    if matches!(last, b' ' | b':' | b'-') {
        let mark = at - 1 - usize::from(last == b' ' && before(2) == b':');
        back(text, mark, 3, |byte| byte.is_ascii_uppercase(), out);
    }
}

/// Places in a word of [`LONG`] bytes or more that has the part at `at` whole, as each such word has one.
fn long_word(text: &[u8], at: usize, out: &mut Vec<usize>) {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let ahead = behind.iter().take(LONG).take_while(|byte| is_word(**byte)).count();
    let before = before.iter().rev().take(PART - 1).take_while(|byte| is_word(**byte)).count();
    // From each place on the word must still be long enough.
    if let Some(last) = (at + ahead).checked_sub(LONG) {
        (at - before..=last).for_each(|place| push(text, place, out));
    }
}

/// The places in up to `most` bytes before `at`, as long as they are of a kind.
#[inline]
fn back(text: &[u8], at: usize, most: usize, is_of: impl Fn(u8) -> bool, out: &mut Vec<usize>) {
    let before = text.get(at.saturating_sub(most)..at).unwrap_or_default();
    let places = before.iter().rev().take_while(|byte| is_of(**byte)).zip((0..at).rev());
    places.for_each(|(_, place)| push(text, place, out));
}

#[inline]
fn push(text: &[u8], place: usize, out: &mut Vec<usize>) {
    let begins = |byte: &u8| byte.is_ascii_alphanumeric() || b"+(-${&<".contains(byte);
    if text.get(place).is_some_and(begins) && !is_cut(text, place) {
        out.push(place);
    }
}

#[inline]
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests;
