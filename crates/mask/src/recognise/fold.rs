//! Texts as they are read where that is not as they are written: blanks and hyphens that programs for writing put in, digits of
//! other scripts, letters beyond ASCII in addresses, underscores round a number. It finds nothing, and of a text in which none of
//! these stands at something that tells it makes nothing.

use std::ops::Range;

/// A text as it is read, and where its bytes come from.
#[derive(Debug)]
pub(crate) struct Folded {
    text: Vec<u8>,
    /// From which byte on, and which byte of the text as it was written that is.
    shifts: Vec<(usize, usize)>,
}

/// How a character is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    As(u8),
    /// Nobody sees it.
    Not,
}

/// So many digits in so many bytes beside an underscore are a number that may tell.
const DIGITS: usize = 7;
const DIGITS_IN: usize = 24;
/// Underscores in a row.
const LINE_MAX: usize = 16;
/// The longest local part of an address, and the longest domain.
const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 254;

/// `None`: it is read as it is written, or is no text.
pub(crate) fn fold(text: &[u8]) -> Option<Folded> {
    let is_ascii = text.is_ascii();
    // As nearly every text.
    if is_ascii && !text.contains(&b'_') {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let addresses = if is_ascii { Vec::new() } else { addresses(text) };
    (!addresses.is_empty() || matters(text)).then(|| Folded::of(text, &addresses))
}

impl Folded {
    /// The text as it is read.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where these bytes stand in the text as it was written, whole characters of it.
    pub(crate) fn written(&self, text: &[u8], range: Range<usize>) -> Range<usize> {
        let from = self.place(range.start);
        let last = self.place(range.end.saturating_sub(1)).max(from);
        let is_inside = |byte: &&u8| (0x80..0xc0).contains(*byte);
        let more = text.get(last + 1..).unwrap_or_default().iter().take_while(is_inside).count();
        from..last + 1 + more
    }

    fn place(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(from, _)| *from <= at);
        let shift = next.checked_sub(1).and_then(|shift| self.shifts.get(shift));
        shift.map_or(at, |(from, place)| place + (at - from))
    }

    fn of(text: &str, addresses: &[Range<usize>]) -> Self {
        let mut folded = Self { text: Vec::with_capacity(text.len()), shifts: Vec::new() };
        let mut ahead = addresses.iter().peekable();
        for (at, char) in text.char_indices() {
            while ahead.next_if(|address| address.end <= at).is_some() {}
            let in_address = ahead.peek().is_some_and(|address| address.contains(&at));
            let read = match char {
                '_' if !stands_alone(text.as_bytes(), at) => None,
                '\u{300}'..='\u{36f}' if in_address => Some(Read::Not),
                _ if char.is_ascii() && char != '_' => None,
                _ => read(char).or((in_address && char.is_alphabetic()).then_some(Read::As(b'x'))),
            };
            let length = char.len_utf8();
            match read {
                None => {
                    folded.text.extend_from_slice(text.as_bytes().get(at..at + length).unwrap_or_default())
                }
                Some(Read::As(byte)) => folded.text.push(byte),
                Some(Read::Not) => {}
            }
            if read.is_some() && length > 1 {
                folded.shifts.push((folded.text.len(), at + length));
            }
        }
        folded
    }
}

fn read(char: char) -> Option<Read> {
    let digit = |first: char| u8::try_from(u32::from(char) - u32::from(first)).ok().map(|digit| b'0' + digit);
    Some(match char {
        '_' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Read::As(b' ')
        }
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Read::As(b'-'),
        '\u{ff01}'..='\u{ff5e}' => Read::As(u8::try_from(u32::from(char) - 0xfee0).ok()?),
        '\u{660}'..='\u{669}' => Read::As(digit('\u{660}')?),
        '\u{6f0}'..='\u{6f9}' => Read::As(digit('\u{6f0}')?),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => Read::Not,
        _ => return None,
    })
}

/// Whether anything in a text is read otherwise at a place where something may tell.
fn matters(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'_' => stands_alone(bytes, at),
        // What the characters that are read otherwise begin with.
        0xc2 | 0xd9 | 0xdb | 0xe1..=0xe3 | 0xef => {
            let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
            match read(char) {
                Some(Read::As(b'0'..=b'9' | b'@' | b'+')) => true,
                Some(Read::As(b' ' | b'-') | Read::Not) => {
                    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                    is_digit(before) || is_digit(bytes.get(at + char.len_utf8()))
                }
                _ => false,
            }
        }
        _ => false,
    })
}

/// Whether an underscore stands at the edge of a number or an address, and is no part of a word.
fn stands_alone(text: &[u8], at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    // Of a longer line of them the end is an edge.
    let is_other = |byte: &&u8| **byte != b'_';
    let left = before.iter().rev().take(LINE_MAX).find(is_other);
    let right = behind.iter().take(LINE_MAX).find(is_other);
    let is = |byte: Option<&u8>, of: fn(&u8) -> bool| byte.is_some_and(of);
    let differ = is(left, u8::is_ascii_digit) != is(right, u8::is_ascii_digit);
    let is_edge = !is(left, u8::is_ascii_alphanumeric) || !is(right, u8::is_ascii_alphanumeric);
    if !differ && !is_edge {
        return false;
    }
    let tail = |most: usize| before.get(before.len().saturating_sub(most)..).unwrap_or_default();
    let digits = |bytes: &[u8]| bytes.iter().filter(|byte| byte.is_ascii_digit()).count() >= DIGITS;
    let head = |most: usize| behind.get(..most.min(behind.len())).unwrap_or_default();
    digits(head(DIGITS_IN))
        || digits(tail(DIGITS_IN))
        || is_edge && is(left, u8::is_ascii_alphabetic) && tail(DOMAIN_MAX).contains(&b'@')
        || is_edge && is(right, u8::is_ascii_alphabetic) && head(LOCAL_MAX).contains(&b'@')
}

/// Addresses in which there is a letter that is not ASCII.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let (Some(before), Some(behind)) = (text.get(..at), text.get(at + 1..)) else { continue };
        // Where words have no blanks between them, what stands before an address and behind it is none of it.
        let is_spaced = |char: char| char < '\u{e00}' || ('\u{1e00}'..'\u{2000}').contains(&char);
        let is_letter = |char: char| char.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&char);
        let local = |char: &char| is_letter(*char) && is_spaced(*char) || "._%+'-".contains(*char);
        let glued = behind.chars().next().is_some_and(|first| !is_spaced(first));
        let domain = |char: &char| is_letter(*char) && (glued || is_spaced(*char)) || ".-".contains(*char);
        let length = |chars: &mut dyn Iterator<Item = char>| chars.map(char::len_utf8).sum::<usize>();
        let from = at - length(&mut before.chars().rev().take(LOCAL_MAX).take_while(local));
        let to = at + 1 + length(&mut behind.chars().take(DOMAIN_MAX).take_while(domain));
        let is_new = text.get(from..to).is_some_and(|address| !address.is_ascii());
        if is_new && all.last().is_none_or(|last| last.end <= from) {
            all.push(from..to);
        } else if let Some(last) = all.last_mut().filter(|_| is_new) {
            last.end = to;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        fold(text.as_bytes()).map(|folded| String::from_utf8(folded.text).unwrap())
    }

    #[test]
    fn what_is_written_otherwise_is_read_alike() {
        for (text, read) in [
            ("4242\u{a0}4242\u{202f}4242\u{2009}4242", "4242 4242 4242 4242"),
            ("536\u{2011}90\u{2013}4399 \u{2212} ü", "536-90-4399 - ü"),
            ("\u{202a}+49 30\u{200b} 12\u{ad}34567\u{202c}", "+49 30 1234567"),
            ("５３６－９０－４３９９", "536-90-4399"),
            ("٥٣٦-۹۰-4399", "536-90-4399"),
            ("a _536-90-4399_ b", "a  536-90-4399  b"),
            ("ssn_536904399.pdf", "ssn 536904399.pdf"),
            ("__alice@example.de__", "  alice@example.de  "),
            ("jürgen.o'neil@münchen.de und", "jxrgen.o'neil@mxnchen.de und"),
            ("mu\u{308}ller@x.de", "muller@x.de"),
            ("иван@почта.рф", "xxxx@xxxxx.xx"),
            ("a@例子.公司", "a@xx.xx"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
        }
        for same in [
            "",
            "plain",
            "snake_case_1",
            "a_1_2",
            "2024_05_17",
            "_emphasis_",
            "12345678_12345678",
            "Straße – Preis",
            "\u{a0}\u{a0}",
            "“quoted” … text",
            "谢谢",
            "联系alice@example.com谢谢",
            "naïve café",
            "x_@_y",
        ] {
            assert_eq!(shown(same), None, "{same}");
        }
        assert!(fold(b"\xff 536_").is_none());
    }

    #[test]
    fn places_are_those_of_whole_characters() {
        let text = "ü\u{202a}５３６\u{2011}90\u{200b}-4399\u{202c}\u{a0}ü";
        let folded = fold(text.as_bytes()).unwrap();
        assert_eq!(folded.text(), "ü536-90-4399 ü".as_bytes());
        let written = |range: Range<usize>| &text[folded.written(text.as_bytes(), range)];
        assert_eq!(written(2..13), "５３６\u{2011}90\u{200b}-4399");
        assert_eq!(written(0..2), "ü");
        assert_eq!(written(2..3), "５");
        assert_eq!(written(13..14), "\u{a0}");
        assert_eq!(written(14..16), "ü");
        for from in 0..folded.text().len() {
            for to in from + 1..=folded.text().len() {
                let range = folded.written(text.as_bytes(), from..to);
                assert!(range.end <= text.len() && text.is_char_boundary(range.end), "{from}..{to}");
            }
        }
    }
}
