//! Finding and covering what stands in free text. It never keeps a text.

use regex_automata::meta::Regex;

/// The longest text that is looked through: a longer one is hidden whole, since nobody reads it and looking through it would
/// hold up the session's other rows.
pub const TEXT_MAX: usize = 16 << 20;

/// Looks through texts.
pub struct Scanner {
    found: Option<Regex>,
}

impl Scanner {
    /// With the patterns of the classes that can be told by shape alone.
    #[must_use]
    pub fn new() -> Self {
        let patterns = [
            r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
            r"\b(?:[0-9][ -]?){13,19}\b",
            r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b",
        ];
        Self { found: Regex::new_many(&patterns).ok() }
    }

    /// Appends `text` with `***` in place of each finding, and says how many there were. `None`: the text cannot be looked
    /// through, and nothing of it may be shown.
    pub fn scrub(&self, text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
        if text.len() > TEXT_MAX || std::str::from_utf8(text).is_err() {
            return None;
        }
        let (mut count, mut from) = (0, 0);
        for found in self.found.as_ref()?.find_iter(text) {
            out.extend_from_slice(text.get(from..found.start())?);
            out.extend_from_slice(b"***");
            from = found.end();
            count += 1;
        }
        out.extend_from_slice(text.get(from..)?);
        Some(count)
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}
