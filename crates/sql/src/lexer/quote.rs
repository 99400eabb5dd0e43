//! Quoted things: strings in all spellings with their continuations, quoted names, dollar quotes, parameters.

use super::{DIGIT, Kind, Lexer, SPACE, TAG, WORD_START, is};

impl Lexer<'_> {
    /// `'…'` whose opening quote is at `quote`: a doubled quote is a quote, a backslash is a backslash.
    pub(super) fn plain_string(&mut self, kind: Kind, quote: usize) -> (Kind, usize) {
        let mut at = quote + 1;
        loop {
            let Some(end) = self.seek(at, b'\'') else { return (kind, self.unclosed()) };
            at = end + 1;
            if self.byte(at) == b'\'' {
                at += 1;
                continue;
            }
            match self.continuation(at) {
                Some(inside) => at = inside,
                None => return (kind, at),
            }
        }
    }

    /// `E'…'`: a backslash takes the next byte with it, whatever that is.
    pub(super) fn escape_string(&mut self, start: usize) -> (Kind, usize) {
        let kind = Kind::EscapeString;
        let mut at = start + 2;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(skipped) = memchr::memchr2(b'\'', b'\\', rest) else { return (kind, self.unclosed()) };
            at += skipped;
            if self.byte(at) == b'\\' {
                at += 2;
                continue;
            }
            at += 1;
            if self.byte(at) == b'\'' {
                at += 1;
                continue;
            }
            match self.continuation(at) {
                Some(inside) => at = inside,
                None => return (kind, at),
            }
        }
    }

    /// `B'…'`, `X'…'`: no doubling; two quotes in a row are the end of one string and the start of another.
    pub(super) fn bit_string(&mut self, start: usize) -> (Kind, usize) {
        let kind = Kind::BitString;
        let mut at = start + 2;
        loop {
            let Some(end) = self.seek(at, b'\'') else { return (kind, self.unclosed()) };
            match self.continuation(end + 1) {
                Some(inside) => at = inside,
                None => return (kind, end + 1),
            }
        }
    }

    /// `"…"` whose opening quote is at `quote`.
    pub(super) fn quoted_name(&mut self, kind: Kind, quote: usize) -> (Kind, usize) {
        let mut at = quote + 1;
        loop {
            let Some(end) = self.seek(at, b'"') else { return (kind, self.unclosed()) };
            at = end + 1;
            if self.byte(at) != b'"' {
                // The server has no name of zero length.
                self.malformed |= end == quote + 1;
                return (kind, at);
            }
            at += 1;
        }
    }

    /// What a dollar begins: a parameter, a dollar quote, or nothing.
    pub(super) fn dollar(&mut self, start: usize) -> (Kind, usize) {
        let next = self.byte(start + 1);
        if is(next, DIGIT) {
            let end = self.pass(start + 1, DIGIT);
            self.malformed |= is(self.byte(end), WORD_START);
            return (Kind::Parameter, end);
        }
        let tag_end = if is(next, WORD_START) { self.pass(start + 1, TAG) } else { start + 1 };
        if self.byte(tag_end) != b'$' {
            self.malformed = true;
            return (Kind::Other, start + 1);
        }
        // scan.l compares at each dollar of the body and gives the last dollar of a false end back, so the end is
        // the first occurrence of the delimiter.
        let inside = tag_end + 1;
        let delimiter = self.text.get(start..inside).unwrap_or_default();
        let body = self.text.get(inside..).unwrap_or_default();
        match memchr::memmem::find(body, delimiter) {
            Some(length) => (Kind::DollarString, inside + length + delimiter.len()),
            None => (Kind::DollarString, self.unclosed()),
        }
    }

    /// scan.l's `quotecontinue`: white space with a newline in it, line comments allowed, then a quote goes on
    /// with the string. Gives the offset behind that quote.
    fn continuation(&self, after_quote: usize) -> Option<usize> {
        let mut at = after_quote;
        let mut newline = false;
        loop {
            let byte = self.byte(at);
            if is(byte, SPACE) {
                newline |= matches!(byte, b'\n' | b'\r');
                at += 1;
            } else if byte == b'-' && self.byte(at + 1) == b'-' {
                at = self.line_comment(at).1;
            } else {
                return (newline && byte == b'\'').then_some(at + 1);
            }
        }
    }

    fn seek(&self, from: usize, byte: u8) -> Option<usize> {
        memchr::memchr(byte, self.text.get(from..)?).map(|length| from + length)
    }
}
