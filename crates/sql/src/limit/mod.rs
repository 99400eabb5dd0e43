//! What a text may cost before any grammar sees it: one linear pass with named limits.
//!
//! PostgreSQL's own lexer is quadratic in places (a run of operator characters, comments that open inside of one),
//! and a grammar's tree takes a hundred bytes for a token, so both are bounded here. It never decides what a text
//! means, and never looks at a part twice.

use crate::lexer::{OPERATOR, is};
use crate::word::one_of;
use crate::{Kind, Lexer};

/// Longer texts are not analyzed: a bulk INSERT of this size is better a COPY, and its tree would take memory.
pub(crate) const TEXT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// A token becomes about a hundred bytes of tree: 30 MB at most.
pub(crate) const TOKENS_MAX: usize = 300_000;
/// People nest queries ten deep, programs thirty; every level is stack for whoever walks the tree.
pub(crate) const BRACKET_DEPTH_MAX: usize = 512;
/// Comments nest when somebody comments out a commented part; nobody does it twenty times.
pub(crate) const COMMENT_DEPTH_MAX: usize = 32;
/// Bytes that the server's lexer reads again because of runs of operator characters: a banner of stars around a
/// comment costs its own length, a run of `/*/*` its square.
pub(crate) const REREAD_BYTES_MAX: usize = 1024 * 1024;
/// A migration has hundreds of statements; each may add a name to the session that all later ones look through.
pub(crate) const STATEMENTS_MAX: usize = 2_000;
/// Arms of UNION, INTERSECT and EXCEPT in a text; generated reports have some dozens.
pub(crate) const SET_OPERATIONS_MAX: usize = 5_000;
/// JOINs in a text; the tree leans to one side by each.
pub(crate) const JOINS_MAX: usize = 2_000;

/// What a text has too much of, in words for people.
pub(crate) type Excess = &'static str;

/// Looks through the text once. `Ok` is the text as UTF-8.
pub(crate) fn check(text: &[u8]) -> Result<&str, Excess> {
    if text.len() > TEXT_BYTES_MAX {
        return Err("the text is longer than 8 MiB");
    }
    if memchr::memchr(0, text).is_some() {
        return Err("the text holds a zero byte");
    }
    let Ok(read) = std::str::from_utf8(text) else { return Err("the text is not valid UTF-8") };
    let mut reread = Reread::default();
    let (mut tokens, mut depth, mut statements, mut sets, mut joins) = (0_usize, 0_usize, 0_usize, 0, 0);
    for token in Lexer::new(text) {
        tokens += 1;
        let spelled = token.of(text);
        match token.kind {
            Kind::BlockComment
                if comment_depth(text, token.start, token.end, &mut reread) > COMMENT_DEPTH_MAX =>
            {
                return Err("comments are nested more than 32 deep");
            }
            Kind::Operator => reread.at(text, token.start),
            Kind::Punctuation => match spelled {
                b"(" | b"[" => depth += 1,
                b")" | b"]" => depth = depth.saturating_sub(1),
                b";" => statements += 1,
                _ => {}
            },
            Kind::Word if one_of(spelled, &["union", "intersect", "except"]) => sets += 1,
            Kind::Word if one_of(spelled, &["join"]) => joins += 1,
            _ => {}
        }
        if depth > BRACKET_DEPTH_MAX {
            return Err("brackets are nested more than 512 deep");
        }
        if tokens > TOKENS_MAX {
            return Err("the text has more than 300,000 words and signs");
        }
        if reread.bytes > REREAD_BYTES_MAX {
            return Err("the text has too long runs of operator characters");
        }
    }
    if statements > STATEMENTS_MAX {
        return Err("the text has more than 2,000 statements");
    }
    if sets > SET_OPERATIONS_MAX {
        return Err("the text has more than 5,000 set operations");
    }
    if joins > JOINS_MAX {
        return Err("the text has more than 2,000 joins");
    }
    Ok(read)
}

/// How much the server's lexer reads again: at each place where a rule takes a whole run of operator characters
/// and gives most of it back.
#[derive(Default)]
struct Reread {
    /// The end of the run that was looked at last.
    until: usize,
    bytes: usize,
}

impl Reread {
    fn at(&mut self, text: &[u8], at: usize) {
        if at >= self.until {
            let rest = text.get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|&&byte| is(byte, OPERATOR)).count();
            self.until = at.saturating_add(run);
        }
        self.bytes = self.bytes.saturating_add(self.until.saturating_sub(at));
    }
}

fn comment_depth(text: &[u8], start: usize, end: usize, reread: &mut Reread) -> usize {
    let (mut at, mut depth, mut deepest) = (start, 0_usize, 0_usize);
    while at < end {
        match (text.get(at), text.get(at + 1)) {
            (Some(b'/'), Some(b'*')) => {
                reread.at(text, at);
                depth += 1;
                deepest = deepest.max(depth);
                at += 2;
            }
            (Some(b'*'), Some(b'/')) => {
                depth = depth.saturating_sub(1);
                at += 2;
            }
            _ => at += 1,
        }
    }
    deepest
}

#[cfg(test)]
mod tests;
