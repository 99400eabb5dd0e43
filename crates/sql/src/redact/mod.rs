//! A text as it may be recorded: secrets replaced, every other byte kept.
//!
//! Two looks. [`suspect`] is cheap and taken of every text; most end there and are recorded as they are. Only a
//! text with a suspicious word is walked token by token ([`walk`]). When in doubt a value is taken for a secret: a
//! ledger that lacks a value can be lived with, one that holds a password cannot.
//!
//! What it cannot know: a secret that nothing names and that has no shape of its own (`INSERT … VALUES ('hunter2')`).

mod name;
mod options;
mod shape;
mod suspect;
mod walk;

use std::borrow::Cow;

use crate::{Kind, Lexer, Scan};

pub(crate) use suspect::suspect;

/// What stands for a secret in the place of a literal.
const LITERAL: &[u8] = b"'[redacted]'";

/// A piece of the text that is not to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    instead: &'static [u8],
}

/// `text` with each secret replaced by `'[redacted]'`, and each comment that holds one by `/*[redacted]*/` or
/// `--[redacted]`. `scan` is the scan of this text. A text that does not come to its end in the lexer's eyes is cut
/// where the first suspicion arises. Borrowed, and free of cost, when the scan saw nothing suspicious.
#[must_use]
pub fn redact<'a>(text: &'a [u8], scan: &Scan) -> Cow<'a, [u8]> {
    let Some(suspicion) = scan.secret else { return Cow::Borrowed(text) };
    if scan.closed
        && let Some(spans) = walk::secrets(text, 0)
    {
        return replace(text, spans);
    }
    // Nothing before the first suspicion can be a secret; behind it no token can be trusted. If the suspicion is
    // inside a literal or a comment, that is where the text went wrong or where the secret is.
    let around = Lexer::new(text).find(|token| token.end > suspicion.start);
    let from = match around {
        Some(token) if token.kind != Kind::Word && token.start <= suspicion.start => token.start,
        Some(token) if !suspicion.reveals => token.end,
        _ if suspicion.reveals => suspicion.start,
        _ => suspicion.end,
    };
    let rest = text.get(from..).unwrap_or_default();
    let secret = rest.len() - rest.trim_ascii_start().len() + from;
    if secret == text.len() {
        return Cow::Borrowed(text);
    }
    replace(text, vec![Span { start: secret, end: text.len(), instead: LITERAL }])
}

fn replace(text: &[u8], mut spans: Vec<Span>) -> Cow<'_, [u8]> {
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut recorded = Vec::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            recorded.extend_from_slice(text.get(at..span.start).unwrap_or_default());
            recorded.extend_from_slice(span.instead);
        }
        at = at.max(span.end);
    }
    recorded.extend_from_slice(text.get(at..).unwrap_or_default());
    Cow::Owned(recorded)
}

#[cfg(test)]
mod tests;
