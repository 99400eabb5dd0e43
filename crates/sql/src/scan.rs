//! The pass that every text takes before anything else happens to it.

use model::Fingerprint;

use crate::comment::{Assertion, collect};
use crate::fingerprint::Hasher;
use crate::redact::suspect;
use crate::split::{Place, Splitter};
use crate::touch::{SessionTouch, read};
use crate::{Kind, Lexer};

/// What one pass over a text found out. The vectors allocate only for texts that fill them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The text with its literals lifted out, for grouping.
    pub fingerprint: Fingerprint,
    /// How many statements, empty ones left out: so many that the server would answer.
    pub statements: u32,
    /// Whether every quote and comment came to its end. If not, the server refuses the whole text.
    pub closed: bool,
    /// Whether a server refuses the whole text for its spelling: unterminated things, junk behind numbers, stray
    /// bytes, empty quoted names, operators of 64 bytes and more.
    pub malformed: bool,
    /// `None`: nothing in the text can be a secret. `Some`: [`redact`](crate::redact()) must look.
    pub secret: Option<Suspicion>,
    /// What its comments assert.
    pub asserted: Vec<Assertion>,
    /// Which names of the session its statements touch, in order.
    pub touches: Vec<SessionTouch>,
}

/// That a text may hold a secret, and from where on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// The offset of the first byte of what raised it.
    pub(crate) start: usize,
    /// The offset behind it.
    pub(crate) end: usize,
    /// Whether it is part of the secret, not only a word before one.
    pub(crate) reveals: bool,
}

impl Scan {
    /// The value that the text's comments assert for `key`; the last if it is there more than once, since what
    /// instruments a client appends.
    #[must_use]
    pub fn asserted(&self, key: &str) -> Option<&str> {
        self.asserted.iter().rev().find(|pair| pair.key == key).map(|pair| &*pair.value)
    }
}

/// Reads `text` once and says what is in it. Total over all bytes; linear in time.
#[must_use]
pub fn scan(text: &[u8]) -> Scan {
    let mut hasher = Hasher::new();
    let mut splitter = Splitter::default();
    let mut statements = 0_u32;
    let mut asserted = Vec::new();
    let mut touches = Vec::new();
    let mut lexer = Lexer::new(text);
    for token in lexer.by_ref() {
        if token.kind.is_comment() {
            if token.kind == Kind::BlockComment {
                collect(token.of(text), &mut asserted);
            }
            continue;
        }
        match splitter.place(text, token) {
            Place::End => {
                hasher.semicolon();
                continue;
            }
            Place::First => {
                if let Some(touch) = read(text, token) {
                    touches.push(SessionTouch { statement: statements, touch });
                }
                statements = statements.saturating_add(1);
            }
            Place::Within => {}
        }
        hasher.token(text, token, text.get(token.end).copied().unwrap_or(0));
    }
    Scan {
        fingerprint: hasher.finish(),
        statements,
        closed: lexer.closed(),
        malformed: lexer.malformed(),
        secret: suspect(text),
        asserted,
        touches,
    }
}

#[cfg(test)]
mod tests;
