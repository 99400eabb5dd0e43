//! The lexer: PostgreSQL 18's `src/backend/parser/scan.l` with `standard_conforming_strings = on`, on bytes.
//!
//! Each byte of the text lies in exactly one token or is white space between two. It never copies, never fails,
//! never unescapes, and never looks a keyword up: that is for who reads the tokens. A text that the server's own
//! lexer refuses is still read to its end, in the way that loses least: unterminated tokens reach to the end
//! ([`Lexer::closed`]), and junk behind a number is read as PostgreSQL 14 reads it ([`Lexer::malformed`]).

mod class;
mod number;
mod quote;

pub(crate) use class::{DIGIT, OPERATOR, OPERATOR_FREE, SPACE, TAG, WORD, WORD_START, is};

/// PostgreSQL's NAMEDATALEN: an operator of this many bytes or more is refused by the server.
const OPERATOR_BYTES_MAX: usize = 63;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An unquoted identifier or a keyword.
    Word,
    /// `"…"`, quotes included.
    QuotedName,
    /// `U&"…"`. A `UESCAPE '…'` behind it is two tokens of its own.
    UnicodeName,
    /// `'…'` with all its continuations on following lines.
    String,
    /// `E'…'`.
    EscapeString,
    /// `U&'…'`. A `UESCAPE '…'` behind it is two tokens of its own.
    UnicodeString,
    /// `N'…'` (scan.l gives the `N` as a token of its own).
    NationalString,
    /// `B'…'` or `X'…'`.
    BitString,
    /// `$tag$…$tag$`.
    DollarString,
    /// An integer in any base, a decimal or a real. The sign is an operator.
    Number,
    /// `$1`.
    Parameter,
    /// One or more of ``~!@#^&|`?+-*/%<>=``.
    Operator,
    /// One of `, ( ) [ ] . ; :` or `::`, `..`, `:=`.
    Punctuation,
    /// `--` to the end of the line, the newline not included.
    LineComment,
    /// `/* … */`, nested.
    BlockComment,
    /// A byte that no PostgreSQL statement has in this place.
    Other,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// The offset of its first byte.
    pub start: usize,
    /// The offset behind its last byte.
    pub end: usize,
}

/// Gives the tokens of a text, comments included, white space left out.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    closed: bool,
    malformed: bool,
    /// Up to here each operator is one character: what `operator` has already found out, so that a long run of
    /// `+-+-` is not looked through again for each of its characters (the server's own lexer does so).
    single_until: usize,
}

impl Kind {
    /// Whether it is a value written into the text, a parameter included.
    #[inline]
    #[must_use]
    pub fn is_literal(self) -> bool {
        self.is_string() || matches!(self, Self::Number | Self::Parameter)
    }

    /// Whether it is a string constant in any of its spellings.
    #[inline]
    #[must_use]
    pub fn is_string(self) -> bool {
        matches!(
            self,
            Self::String
                | Self::EscapeString
                | Self::UnicodeString
                | Self::NationalString
                | Self::BitString
                | Self::DollarString
        )
    }

    /// Whether it is a comment.
    #[inline]
    #[must_use]
    pub fn is_comment(self) -> bool {
        matches!(self, Self::LineComment | Self::BlockComment)
    }
}

impl Token {
    /// The token's bytes in the text that it was read from; empty for any other text that is too short.
    #[inline]
    #[must_use]
    pub fn of<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl<'a> Lexer<'a> {
    /// Begins at the start of `text`.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        Self::at(text, 0)
    }

    /// Begins at `offset`, which must be outside of any quoted thing to make sense.
    #[must_use]
    pub fn at(text: &'a [u8], offset: usize) -> Self {
        Self { text, at: offset, closed: true, malformed: false, single_until: 0 }
    }

    /// Whether every quote, comment and dollar quote seen so far came to its end.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.closed
    }

    /// Whether something was seen that a server refuses for its spelling alone.
    #[must_use]
    pub fn malformed(&self) -> bool {
        self.malformed || !self.closed
    }

    /// The byte at `at`; 0 behind the end, which is no member of any set that is asked for.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    /// The first offset from `at` on whose byte is not in `sets`.
    #[inline]
    fn pass(&self, mut at: usize, sets: u8) -> usize {
        while let Some(&byte) = self.text.get(at)
            && is(byte, sets)
        {
            at += 1;
        }
        at
    }

    /// Marks what was begun as unterminated; it reaches to the end.
    #[cold]
    fn unclosed(&mut self) -> usize {
        self.closed = false;
        self.text.len()
    }

    fn word(&self, start: usize) -> (Kind, usize) {
        (Kind::Word, self.pass(start + 1, WORD))
    }

    fn line_comment(&self, start: usize) -> (Kind, usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(self.text.len(), |length| start + length);
        (Kind::LineComment, end)
    }

    /// Comments nest; the depth is a number, so hostile nesting costs no stack and no second look.
    fn block_comment(&mut self, start: usize) -> (Kind, usize) {
        let mut at = start + 2;
        let mut depth = 1_usize;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(skipped) = memchr::memchr2(b'*', b'/', rest) else {
                return (Kind::BlockComment, self.unclosed());
            };
            at += skipped;
            match (self.byte(at), self.byte(at + 1)) {
                (b'*', b'/') => {
                    at += 2;
                    depth -= 1;
                    if depth == 0 {
                        return (Kind::BlockComment, at);
                    }
                }
                (b'/', b'*') => {
                    at += 2;
                    depth += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// scan.l's rule for `operator`: as long as possible, but `/*` and `--` end it, and it ends in `+` or `-`
    /// only if it holds a character that SQL's own operators do not use.
    fn operator(&mut self, start: usize) -> (Kind, usize) {
        if start < self.single_until {
            return (Kind::Operator, start + 1);
        }
        let mut end = start;
        while is(self.byte(end), OPERATOR) {
            if matches!((self.byte(end), self.byte(end + 1)), (b'/', b'*') | (b'-', b'-')) {
                break;
            }
            end += 1;
        }
        if end > start + 1 && matches!(self.byte(end - 1), b'+' | b'-') {
            let head = self.text.get(start..end - 1).unwrap_or_default();
            let free = head.iter().any(|&byte| is(byte, OPERATOR_FREE));
            self.single_until = if free { start } else { end };
            while !free && end > start + 1 && matches!(self.byte(end - 1), b'+' | b'-') {
                end -= 1;
            }
        }
        self.malformed |= end - start > OPERATOR_BYTES_MAX;
        (Kind::Operator, end)
    }

    fn punctuation(&mut self, start: usize, byte: u8) -> (Kind, usize) {
        let pair = matches!((byte, self.byte(start + 1)), (b':', b':' | b'=') | (b'.', b'.'));
        (Kind::Punctuation, start + 1 + usize::from(pair))
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let start = self.pass(self.at, SPACE);
        let &first = self.text.get(start)?;
        let (kind, end) = match first {
            b'e' | b'E' if self.byte(start + 1) == b'\'' => self.escape_string(start),
            b'b' | b'B' | b'x' | b'X' if self.byte(start + 1) == b'\'' => self.bit_string(start),
            b'n' | b'N' if self.byte(start + 1) == b'\'' => {
                self.plain_string(Kind::NationalString, start + 1)
            }
            b'u' | b'U' if self.byte(start + 1) == b'&' => match self.byte(start + 2) {
                b'\'' => self.plain_string(Kind::UnicodeString, start + 2),
                b'"' => self.quoted_name(Kind::UnicodeName, start + 2),
                _ => self.word(start),
            },
            _ if is(first, WORD_START) => self.word(start),
            b',' | b'(' | b')' | b'[' | b']' | b';' | b':' => self.punctuation(start, first),
            b'0'..=b'9' => self.number(start),
            b'.' if is(self.byte(start + 1), DIGIT) => self.number(start),
            b'.' => self.punctuation(start, first),
            b'\'' => self.plain_string(Kind::String, start),
            b'"' => self.quoted_name(Kind::QuotedName, start),
            b'$' => self.dollar(start),
            b'-' if self.byte(start + 1) == b'-' => self.line_comment(start),
            b'/' if self.byte(start + 1) == b'*' => self.block_comment(start),
            _ if is(first, OPERATOR) => self.operator(start),
            _ => {
                self.malformed = true;
                (Kind::Other, start + 1)
            }
        };
        self.at = end;
        Some(Token { kind, start, end })
    }
}

#[cfg(test)]
mod tests;
