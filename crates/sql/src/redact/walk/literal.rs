//! Literals and comments: what is inside of them, and what of them is hidden.

use super::words::begins_code;
use super::{Armed, Walk, secrets};
use crate::redact::name::{is_password, is_secret};
use crate::redact::shape::{self, Content};
use crate::redact::suspect::{Sign, hits};
use crate::redact::{LITERAL, Span};
use crate::word::inside;
use crate::{Kind, Lexer, Token};

impl Walk<'_> {
    pub(super) fn string(&mut self, token: Token, next: Option<Token>) {
        self.opaque.push((token.start, token.end));
        self.mark_impure();
        let of_row = self.row.is_some_and(|row| row.is_secret());
        let of_option = self.options.is_some_and(|(_, _, plain)| !plain);
        if self.armed != Armed::No || of_row || of_option {
            self.satisfy();
            return self.hide(token, next);
        }
        let spelled = token.of(self.text);
        let first_quote = memchr::memchr2(b'\'', b'$', spelled).unwrap_or(0);
        let content = inside(spelled, first_quote + 1);
        if is_secret(content) && content.iter().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b)) {
            let number = is_password(content);
            self.armed = Armed::Value { depth: self.depth, comma: true, number, word: false };
            return;
        }
        if self.aws && shape::is_aws_secret(content) {
            return self.hide(token, next);
        }
        if token.kind == Kind::DollarString {
            return self.dollar(token, next);
        }
        match shape::content(content) {
            Content::Secret => self.hide(token, next),
            Content::Announces if self.is_misquoted(token, next) => {
                self.spans.push(Span { start: token.start, end: self.text.len(), instead: LITERAL });
            }
            Content::Announces => self.armed = Armed::Statement,
            Content::Plain => {}
        }
    }

    /// Whether a literal that ends in `PASSWORD ` has something behind it that no text has there which is put
    /// together on purpose: then its closing quote was meant to open the password.
    pub(super) fn is_misquoted(&self, token: Token, next: Option<Token>) -> bool {
        let dangles = token.of(self.text).iter().rev().nth(1).is_some_and(u8::is_ascii_whitespace);
        let commented = self.comment == Some(token.end);
        let follows = next.is_some_and(|next| match next.kind {
            Kind::Operator => next.of(self.text) != b"||",
            Kind::Punctuation => !matches!(next.of(self.text), b"," | b")" | b"::"),
            _ => true,
        });
        dangles && (commented || follows)
    }

    /// A dollar quote is code, which is walked like the text around it, or data.
    pub(super) fn dollar(&mut self, token: Token, next: Option<Token>) {
        let spelled = token.of(self.text);
        let delimiter = memchr::memchr(b'$', spelled.get(1..).unwrap_or_default()).map_or(0, |at| at + 2);
        let end = spelled.len().saturating_sub(delimiter);
        let body = spelled.get(delimiter..end).unwrap_or_default();
        let first = Lexer::new(body).find(|token| !token.kind.is_comment());
        let code = first.is_some_and(|first| begins_code(first.of(body)));
        let within = if code { secrets(body, self.nesting + 1) } else { None };
        match within {
            Some(spans) => {
                let at = token.start + delimiter;
                let moved = spans.into_iter().map(|s| Span { start: s.start + at, end: s.end + at, ..s });
                self.spans.extend(moved);
            }
            None if code && crate::redact::suspect(body).is_none() => {}
            None if code => self.hide(token, next),
            None => match shape::content(body) {
                Content::Secret => self.hide(token, next),
                Content::Announces => self.armed = Armed::Statement,
                Content::Plain => {}
            },
        }
    }

    pub(super) fn comment(&mut self, token: Token) {
        self.opaque.push((token.start, token.end));
        if shape::content(token.of(self.text)) == Content::Secret {
            let instead: &[u8] =
                if token.kind == Kind::LineComment { b"--[redacted]" } else { b"/*[redacted]*/" };
            self.spans.push(Span { start: token.start, end: token.end, instead });
        }
    }

    /// Replaces a token. Something that sticks to it means that the quotes are not where the writer thought:
    /// then nothing behind it can be trusted.
    pub(super) fn hide(&mut self, token: Token, next: Option<Token>) {
        let sticks = next.is_some_and(|next| {
            let kind = matches!(next.kind, Kind::Word | Kind::Number | Kind::QuotedName | Kind::Other);
            next.start == token.end && (kind || next.kind.is_string())
        });
        let sticks = sticks || self.comment == Some(token.end);
        let end = if sticks { self.text.len() } else { token.end };
        self.spans.push(Span { start: token.start, end, instead: LITERAL });
    }

    /// Keys and tokens that stand bare in the text.
    pub(super) fn outside(&mut self) {
        self.opaque.sort_unstable();
        let mut opaque = self.opaque.iter().peekable();
        let mut covered = 0;
        for hit in hits(self.text) {
            while opaque.next_if(|(_, end)| *end <= hit.start).is_some() {}
            let within = opaque.peek().is_some_and(|(start, _)| *start <= hit.start);
            if hit.start < covered || within && hit.sign != Sign::PrivateKey {
                continue;
            }
            if let Some((start, end)) = shape::reveals(self.text, hit) {
                covered = end;
                if !within || self.in_line_comment(start) {
                    self.spans.push(Span { start, end, instead: LITERAL });
                }
            }
        }
    }

    /// A PEM block outside of quotes begins with what the lexer takes for a comment.
    pub(super) fn in_line_comment(&self, start: usize) -> bool {
        let begins = self.opaque.binary_search_by_key(&start, |&(from, _)| from).is_ok();
        begins && self.text.get(start..start + 2) == Some(b"--")
    }
}
