//! Finding and covering what stands in free text: everything whose shape alone tells. It never keeps a text.

use std::ops::Range;

use crate::recognise::{fold, patterns};

/// The longest text that is looked through: a longer one is hidden whole, since nobody reads it and looking through it would
/// hold up the session's other rows.
pub const TEXT_MAX: usize = 16 << 20;

/// What stands in place of a finding.
const COVER: &[u8] = b"***";

/// Looks through texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scanner(());

impl Scanner {
    /// With the shapes of all recognisers that are telling in running text.
    #[must_use]
    pub fn new() -> Self {
        // Compiled now rather than in somebody's first row.
        let _ = patterns();
        Self(())
    }

    /// Whether a text can be looked through and nothing is found in it.
    #[must_use]
    pub fn finds_nothing(&self, text: &[u8]) -> bool {
        let is_nothing = |text: &[u8]| patterns().findings(text).next().is_none();
        patterns().rule_out(text)
            || is_readable(text)
                && is_nothing(text)
                && fold(text).is_none_or(|folded| is_nothing(folded.text()))
    }

    /// Appends `text` with `***` in place of each finding, and says how many there were; where nothing is found nothing is
    /// appended. `None`: the text cannot be looked through, and nothing of it may be shown.
    pub fn scrub(&self, text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
        if patterns().rule_out(text) {
            return Some(0);
        }
        if !is_readable(text) {
            return None;
        }
        let found = patterns().findings(text).map(|found| found.range);
        let Some(folded) = fold(text) else { return cover(text, found, out) };
        // As it is written, and as it is read.
        let read = patterns().findings(folded.text()).map(|found| folded.written(text, found.range));
        let mut both: Vec<Range<usize>> = found.chain(read).collect();
        both.sort_unstable_by_key(|range| range.start);
        both.dedup_by(|next, before| {
            let meets = next.start < before.end;
            if meets {
                before.end = before.end.max(next.end);
            }
            meets
        });
        cover(text, both.into_iter(), out)
    }
}

/// Appends a text with `***` in place of each range, if there is any.
fn cover(text: &[u8], ranges: impl Iterator<Item = Range<usize>>, out: &mut Vec<u8>) -> Option<usize> {
    let (mut count, mut from) = (0_usize, 0);
    for range in ranges {
        out.extend_from_slice(text.get(from..range.start)?);
        out.extend_from_slice(COVER);
        from = range.end;
        count = count.saturating_add(1);
    }
    if count > 0 {
        out.extend_from_slice(text.get(from..)?);
    }
    Some(count)
}

fn is_readable(text: &[u8]) -> bool {
    text.len() <= TEXT_MAX && std::str::from_utf8(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_by_its_shape_is_covered_and_the_rest_stays() {
        let scanner = Scanner::new();
        for (text, shown, count) in [
            ("write to alice@example.com, or call +49 30 1234567", "write to ***, or call ***", 2),
            ("card 4242 4242 4242 4242 expires", "card *** expires", 1),
            ("SSN 123-45-6789.", "SSN ***.", 1),
            ("a ES5969042620397400264654 y no a la tarjeta", "a *** y no a la tarjeta", 1),
            ("to BE68 5390 0754 7034 or GB82 WEST 1234 5698 7654 32 by May", "to *** or *** by May", 2),
            ("ES59 6904 2620 3974 0026 4654 para mi", "*** para mi", 1),
            ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "***", 1),
            ("pay 4242\u{a0}4242\u{a0}4242\u{a0}4242 now", "pay *** now", 1),
            ("pay 4242\t4242\t4242\t4242\tnow, 4242  4242  4242  4242", "pay ***\tnow, ***", 2),
            ("ruf +49\u{a0}30\u{202f}1234567 an", "ruf *** an", 1),
            ("ruf +49\t30\t1234567 an, größer", "ruf *** an, größer", 1),
            ("ssn 536\u{2011}90\u{2011}4399, 536–90–4399", "ssn ***, ***", 2),
            (
                "_536-90-4399_ and __536-90-4399__ in ssn_536-90-4399.pdf",
                "_***_ and __***__ in ssn_***.pdf",
                3,
            ),
            ("SSN 536 90 4399, SSN: 536904399, 536 90 4399", "***, ***, 536 90 4399", 2),
            ("_alice@example.com_", "_***_", 1),
            ("５３６-９０-４３９９ für", "*** für", 1),
            ("an alice@münchen.de und jürgen.groß@example.com!", "an *** und ***!", 2),
            ("DE89\t3704\t0044\t0532\t0130\t00 an", "*** an", 1),
            ("DE89\u{a0}3704\u{a0}0044\u{a0}0532\u{a0}0130\u{a0}00 an 123-45-6789", "*** an ***", 2),
            ("AT61 1904 3002 3457 3201\t1500 EUR", "***\t1500 EUR", 1),
            ("4242 4242 4242 4242\t1500", "***\t1500", 1),
            ("tel +49 30 1234567\t1500", "tel ***\t1500", 1),
            ("am 17.–18. Mai, 12\u{202f}000 €, Nr._7, file_2024_05_17, größer", "", 0),
            ("order 20240517-1001 of 2024-05-17 10:20:30", "", 0),
            ("", "", 0),
        ] {
            let mut out = Vec::new();
            assert_eq!(scanner.scrub(text.as_bytes(), &mut out), Some(count), "{text}");
            assert_eq!(scanner.finds_nothing(text.as_bytes()), count == 0, "{text}");
            assert_eq!(String::from_utf8(out).unwrap(), shown);
        }
        assert_eq!(scanner.scrub(b"\xff", &mut Vec::new()), None);
        assert!(!scanner.finds_nothing(b"\xff"));
    }
}
