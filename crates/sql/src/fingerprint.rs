//! The fingerprint: 64 bits that are equal for statements that differ only in their values, their white space,
//! their comments and the case of their keywords. For grouping only: it is no cryptographic hash, and two texts
//! that are made to collide do.
//!
//! Definition, version 1 (stable; `tests::vectors` hold it):
//! 1. White space and comments are dropped. `;` counts only between two tokens of different statements.
//! 2. Every string, number and parameter is the literal `?`; a `+` or `-` directly before a number, at the start
//!    or behind an operator, `(`, `[` or `,`, belongs to the literal. A run of literals with commas between counts
//!    as one. Behind `(?)`, each further `,(?)` is dropped.
//! 3. A token's bytes are: an unquoted word in small ASCII letters; a quoted name, an operator, a punctuation mark
//!    or any other byte as it stands. A mark follows: 0xf8 word, 0xf9 quoted name, 0xfa literal (which has no
//!    other bytes), 0xfb all others. Zeros fill up to a multiple of eight bytes.
//! 4. Each eight bytes, read little-endian as `w`, change the state, at first 0x746f_6c6c_686f_7573:
//!    `h = (rotate_left(h, 5) ^ w) * 0x517c_c1b7_2722_0a95` modulo 2^64.
//! 5. At the end: `h ^= h >> 33; h *= 0xff51_afd7_ed55_8ccd; h ^= h >> 33; h *= 0xc4ce_b9fe_1a85_ec53; h ^= h >> 33`.

use model::Fingerprint;

use crate::word::{fold, pack};
use crate::{Kind, Token};

const SEED: u64 = 0x746f_6c6c_686f_7573;
const WORD: u8 = 0xf8;
const QUOTED: u8 = 0xf9;
const LITERAL: u8 = 0xfa;
const OTHER: u8 = 0xfb;

/// Takes tokens one by one, in order, comments left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hasher {
    state: u64,
    run: Run,
    /// A literal's sign may stand behind the last token.
    sign: bool,
    /// A `;` that counts only if a token follows.
    semicolon: bool,
}

/// How much of a list of literals has been seen and not yet hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    /// Nothing is withheld.
    Outside,
    /// `(` was hashed last.
    Open,
    /// `?` was hashed last; `true` if `(` was before it.
    Literal(bool),
    /// The same, and `,` is withheld.
    Comma(bool),
    /// `(?)` was hashed last.
    Tuple,
    /// `(?)`, and `,` is withheld.
    TupleComma,
    /// `(?)`, and `,(` is withheld.
    TupleOpen,
    /// `(?)`, and `,(?` is withheld.
    TupleLiteral,
    /// `(?)`, and `,(?,` is withheld.
    TupleLiteralComma,
}

impl Hasher {
    pub(crate) fn new() -> Self {
        Self { state: SEED, run: Run::Outside, sign: true, semicolon: false }
    }

    /// Takes a token. `next` is the byte behind it, which tells a literal's sign from an operator.
    #[inline]
    pub(crate) fn token(&mut self, text: &[u8], token: Token, next: u8) {
        match token.kind {
            Kind::Word => {
                self.settle();
                self.sign = false;
                self.word(token.of(text));
            }
            kind if kind.is_literal() => {
                self.literal();
                self.sign = false;
            }
            kind => self.mark(kind, token.of(text), next),
        }
    }

    /// Takes the end of a statement.
    pub(crate) fn semicolon(&mut self) {
        if self.semicolon {
            return;
        }
        self.settle();
        // Before the first token there is nothing to set apart.
        self.semicolon = self.state != SEED;
        self.sign = true;
    }

    pub(crate) fn finish(mut self) -> Fingerprint {
        self.semicolon = false;
        self.settle();
        let mut hash = self.state;
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Fingerprint(hash ^ hash >> 33)
    }

    fn literal(&mut self) {
        let settled = match self.run {
            Run::Literal(opened) | Run::Comma(opened) => Run::Literal(opened),
            Run::TupleOpen | Run::TupleLiteral | Run::TupleLiteralComma => Run::TupleLiteral,
            run => {
                self.settle();
                self.single(LITERAL, None);
                Run::Literal(run == Run::Open)
            }
        };
        self.run = settled;
    }

    /// Quoted names, operators, punctuation and bytes that are nothing.
    fn mark(&mut self, kind: Kind, bytes: &[u8], next: u8) {
        if kind == Kind::Operator
            && self.sign
            && matches!(bytes, b"+" | b"-")
            && matches!(next, b'0'..=b'9' | b'.')
        {
            return;
        }
        self.sign = kind == Kind::Operator || matches!(bytes, b"(" | b"[" | b",");
        let held = match (self.run, bytes) {
            (Run::Literal(opened), b",") => Some(Run::Comma(opened)),
            (Run::Tuple, b",") => Some(Run::TupleComma),
            (Run::TupleComma, b"(") => Some(Run::TupleOpen),
            (Run::TupleLiteral, b",") => Some(Run::TupleLiteralComma),
            (Run::TupleLiteral, b")") => Some(Run::Tuple),
            _ => None,
        };
        if let Some(run) = held {
            self.run = run;
            return;
        }
        let run = match (self.run, bytes) {
            (Run::Literal(true), b")") => Run::Tuple,
            (_, b"(") => Run::Open,
            _ => Run::Outside,
        };
        self.settle();
        let mark = if matches!(kind, Kind::QuotedName | Kind::UnicodeName) { QUOTED } else { OTHER };
        match bytes {
            [byte] => self.single(mark, Some(*byte)),
            _ => self.bytes(bytes, mark, |packed| packed),
        }
        self.run = run;
    }

    /// Hashes what is withheld.
    #[inline]
    fn settle(&mut self) {
        if self.semicolon {
            self.semicolon = false;
            self.single(OTHER, Some(b';'));
        }
        let withheld: &[u8] = match std::mem::replace(&mut self.run, Run::Outside) {
            Run::Outside | Run::Open | Run::Literal(_) | Run::Tuple => return,
            Run::Comma(_) | Run::TupleComma => b",",
            Run::TupleOpen => b",(",
            Run::TupleLiteral => b",(?",
            Run::TupleLiteralComma => b",(?,",
        };
        for &byte in withheld {
            match byte {
                b'?' => self.single(LITERAL, None),
                _ => self.single(OTHER, Some(byte)),
            }
        }
    }

    #[inline]
    fn word(&mut self, bytes: &[u8]) {
        self.bytes(bytes, WORD, fold);
    }

    #[inline]
    fn bytes(&mut self, bytes: &[u8], mark: u8, change: impl Fn(u64) -> u64) {
        let mut rest = bytes;
        while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
            self.mix(change(u64::from_le_bytes(*chunk)));
            rest = behind;
        }
        self.mix(change(pack(rest)) | u64::from(mark) << (8 * (rest.len() & 7)));
    }

    #[inline]
    fn single(&mut self, mark: u8, byte: Option<u8>) {
        match byte {
            Some(byte) => self.mix(u64::from(byte) | u64::from(mark) << 8),
            None => self.mix(u64::from(mark)),
        }
    }

    #[inline]
    fn mix(&mut self, word: u64) {
        self.state = (self.state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

#[cfg(test)]
mod tests;
