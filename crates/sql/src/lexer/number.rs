//! Numbers: scan.l's `decinteger`, `hexinteger`, `octinteger`, `bininteger`, `numeric`, `real` and their junk.

use super::{DIGIT, Kind, Lexer, WORD, WORD_START, is};

impl Lexer<'_> {
    /// The number at `start`, which has a digit there, or a point and a digit behind it.
    pub(super) fn number(&mut self, start: usize) -> (Kind, usize) {
        let end = match self.byte(start) {
            b'0' => self.radix_integer(start),
            _ => None,
        };
        let (end, sound) = end.unwrap_or_else(|| self.decimal(start));
        if sound {
            return (Kind::Number, end);
        }
        // 15 and later refuse the whole text. 14 reads on behind the longest number that it knows, without
        // underscores and radixes; following it, the tokens are right for every server that runs the text.
        self.malformed = true;
        (Kind::Number, self.decimal_of_14(start))
    }

    /// `0x…`, `0o…`, `0b…`; `None` when the text has no such prefix.
    fn radix_integer(&self, start: usize) -> Option<(usize, bool)> {
        let digit: fn(&u8) -> bool = match self.byte(start + 1) {
            b'x' | b'X' => u8::is_ascii_hexdigit,
            b'o' | b'O' => |byte| matches!(byte, b'0'..=b'7'),
            b'b' | b'B' => |byte| matches!(byte, b'0' | b'1'),
            _ => return None,
        };
        let mut end = start + 2;
        loop {
            let at = end + usize::from(self.byte(end) == b'_');
            if !digit(&self.byte(at)) {
                break;
            }
            end = at + 1;
        }
        // Anything that could go on an identifier makes scan.l's `integer_junk` the longer match.
        Some((end, end > start + 2 && !is(self.byte(end), WORD)))
    }

    fn decimal(&self, start: usize) -> (usize, bool) {
        let mut end = self.digits(start, true);
        if self.byte(end) == b'.' && (end == start || self.byte(end + 1) != b'.') {
            end += 1;
            if is(self.byte(end), DIGIT) {
                end = self.digits(end, true);
            }
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let at = end + 1 + usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            if !is(self.byte(at), DIGIT) {
                return (end, false);
            }
            end = self.digits(at, true);
        }
        (end, !is(self.byte(end), WORD_START) && !self.is_longer_as_junk(start, end))
    }

    /// Whether a `$` behind the number makes junk the longer match: `1_0$` is also `1` and the identifier `_0$`,
    /// and `1e5$` is also `1` and `e5$`.
    fn is_longer_as_junk(&self, start: usize, end: usize) -> bool {
        let number = self.text.get(start..end).unwrap_or_default();
        let mut tail = number.iter().rev().take_while(|byte| is(**byte, WORD));
        self.byte(end) == b'$' && tail.any(|&byte| is(byte, WORD_START))
    }

    fn decimal_of_14(&self, start: usize) -> usize {
        let mut end = self.digits(start, false);
        if self.byte(end) == b'.' && (end == start || self.byte(end + 1) != b'.') {
            end = self.digits(end + 1, false);
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let at = end + 1 + usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            if is(self.byte(at), DIGIT) {
                end = self.digits(at, false);
            }
        }
        end
    }

    /// `{decdigit}(_?{decdigit})*`, or none at all.
    fn digits(&self, start: usize, underscores: bool) -> usize {
        let mut end = self.pass(start, DIGIT);
        while underscores && end > start && self.byte(end) == b'_' && is(self.byte(end + 1), DIGIT) {
            end = self.pass(end + 1, DIGIT);
        }
        end
    }
}
