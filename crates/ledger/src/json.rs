//! Canonical JSON (the subset of RFC 8785 that leaves use), written straight into bytes.
//!
//! Members come in ascending order of their keys, without spaces; values are strings, integers below
//! 2^53, booleans, arrays of strings and objects. Nothing here parses, and nothing here allocates beyond
//! the growth of the output. A wrong order of keys is a bug of the caller and is asserted in debug builds.

/// The greatest integer that every JSON reader holds exactly (RFC 8785 section 3.2.2.3): 2^53 - 1.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;

/// The most bytes of a text member that a client chose, such as the principal it claims to be. What is
/// longer is cut at a character and ends in `…`: such a text must not be able to push an entry over its limit.
pub const CLAIM_BYTES_MAX: usize = 256;

/// The most items of a list member, such as the tags of an outcome. Item 64 of a longer list says how many more.
pub const LIST_ITEMS_MAX: usize = 64;

/// The most bytes of one line that the gate itself worded, such as a fact. Longer than [`CLAIM_BYTES_MAX`], since
/// it may name many columns.
pub const LINE_BYTES_MAX: usize = 1024;

/// The most bytes that a list of lines takes in a leaf, escapes included. It leaves most of the leaf to others.
pub const LINES_BYTES_MAX: usize = 16 << 10;

/// The most bytes that any other list takes in a leaf, escapes included.
pub const LIST_BYTES_MAX: usize = 10 << 10;

/// An object that is being written. Dropping it without [`Object::close`] leaves it open.
pub(crate) struct Object<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
    #[cfg(debug_assertions)]
    last: &'static str,
}

impl<'a> Object<'a> {
    /// Begins an object.
    pub(crate) fn open(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self {
            out,
            empty: true,
            #[cfg(debug_assertions)]
            last: "",
        }
    }

    /// Ends the object.
    pub(crate) fn close(self) {
        self.out.push(b'}');
    }

    fn key(&mut self, key: &'static str) {
        #[cfg(debug_assertions)]
        {
            assert!(self.last < key, "canonical JSON wants sorted keys: {} before {key}", self.last);
            self.last = key;
        }
        self.out.extend_from_slice(if self.empty { b"\"" } else { b",\"" });
        self.empty = false;
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    /// A string.
    pub(crate) fn text(&mut self, key: &'static str, value: &str) {
        self.key(key);
        string(self.out, value);
    }

    /// A string, if there is one.
    pub(crate) fn text_if(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    /// A string that a client chose, cut to [`CLAIM_BYTES_MAX`].
    pub(crate) fn claim(&mut self, key: &'static str, value: &str) {
        self.key(key);
        cut(self.out, value, CLAIM_BYTES_MAX);
    }

    /// An integer; what is above [`INTEGER_MAX`] is written as that.
    pub(crate) fn number(&mut self, key: &'static str, value: u64) {
        self.key(key);
        number(self.out, value);
    }

    /// An integer, if there is one.
    pub(crate) fn number_if(&mut self, key: &'static str, value: Option<u64>) {
        if let Some(value) = value {
            self.number(key, value);
        }
    }

    /// A boolean, written only when it is true.
    pub(crate) fn flag_if(&mut self, key: &'static str, value: bool) {
        if value {
            self.key(key);
            self.out.extend_from_slice(b"true");
        }
    }

    /// Bytes as a string of lower-case hexadecimal digits.
    pub(crate) fn hex(&mut self, key: &'static str, value: &[u8]) {
        self.key(key);
        self.out.push(b'"');
        hex(self.out, value);
        self.out.push(b'"');
    }

    /// A list of strings, each cut as a claim, and the list cut to [`LIST_ITEMS_MAX`] and [`LIST_BYTES_MAX`].
    /// Not written when empty.
    pub(crate) fn list<S: AsRef<str>>(&mut self, key: &'static str, values: &[S]) {
        self.cut_list(key, values, CLAIM_BYTES_MAX, LIST_BYTES_MAX);
    }

    /// A list of lines that the gate worded, each cut to [`LINE_BYTES_MAX`] and the list to [`LIST_ITEMS_MAX`] and
    /// [`LINES_BYTES_MAX`]. Not written when empty.
    pub(crate) fn lines<S: AsRef<str>>(&mut self, key: &'static str, values: &[S]) {
        self.cut_list(key, values, LINE_BYTES_MAX, LINES_BYTES_MAX);
    }

    fn cut_list<S: AsRef<str>>(&mut self, key: &'static str, values: &[S], each: usize, all: usize) {
        if values.is_empty() {
            return;
        }
        self.key(key);
        self.out.push(b'[');
        let begin = self.out.len();
        let most = if values.len() <= LIST_ITEMS_MAX { values.len() } else { LIST_ITEMS_MAX - 1 };
        let mut shown = 0;
        for value in values.iter().take(most) {
            let before = self.out.len();
            if shown > 0 {
                self.out.push(b',');
            }
            cut(self.out, value.as_ref(), each);
            if self.out.len() - begin > all {
                self.out.truncate(before);
                break;
            }
            shown += 1;
        }
        if shown < values.len() {
            self.out.extend_from_slice(if shown > 0 { b",\"and " } else { b"\"and " });
            number(self.out, (values.len() - shown) as u64);
            self.out.extend_from_slice(b" more\"");
        }
        self.out.push(b']');
    }

    /// An object within.
    pub(crate) fn object(&mut self, key: &'static str, write: impl FnOnce(&mut Object<'_>)) {
        self.key(key);
        let mut inner = Object::open(self.out);
        write(&mut inner);
        inner.close();
    }
}

/// Writes a string of at most `bytes_max` bytes, cut at a character and ending in `…` when it was longer.
fn cut(out: &mut Vec<u8>, value: &str, bytes_max: usize) {
    if value.len() <= bytes_max {
        return string(out, value);
    }
    let end = value.floor_char_boundary(bytes_max - '…'.len_utf8());
    out.push(b'"');
    escape(out, value.get(..end).unwrap_or_default());
    out.extend_from_slice("…\"".as_bytes());
}

/// Writes a string with RFC 8785's escapes: the short ones where they exist, `\u00xx` for other controls.
pub(crate) fn string(out: &mut Vec<u8>, value: &str) {
    out.push(b'"');
    escape(out, value);
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, value: &str) {
    // Names, words and hexadecimal digits are what leaves are made of: the loop below is for the rest.
    if !value.bytes().any(|b| b < 0x20 || b == b'"' || b == b'\\') {
        return out.extend_from_slice(value.as_bytes());
    }
    for byte in value.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            0x0c => out.extend_from_slice(b"\\f"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0..0x20 => {
                out.extend_from_slice(b"\\u00");
                hex(out, &[byte]);
            }
            _ => out.push(byte),
        }
    }
}

/// Writes an integer in decimal; what is above [`INTEGER_MAX`] is written as that.
pub(crate) fn number(out: &mut Vec<u8>, value: u64) {
    let mut digits = [0u8; 20];
    let mut rest = value.min(INTEGER_MAX);
    let mut used = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        used += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len() - used..).unwrap_or_default());
}

/// Writes bytes as lower-case hexadecimal digits.
pub(crate) fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    fn digit(nibble: u8) -> u8 {
        if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
    }
    out.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
}

/// Writes a parsed value canonically: how a reader checks that a leaf is the one spelling of its content.
///
/// `None` when the value holds what leaves never hold: null, fractions, integers out of range.
pub(crate) fn canonical(value: &serde_json::Value, out: &mut Vec<u8>) -> Option<()> {
    use serde_json::Value;
    match value {
        Value::Null => return None,
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(n) => number(out, n.as_u64().filter(|n| *n <= INTEGER_MAX)?),
        Value::String(text) => string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                canonical(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            // RFC 8785 sorts by UTF-16 code units, this by UTF-8 bytes; keys of leaves are ASCII. Whether the map itself
            // is sorted depends on what else is in the build.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push(b'{');
            for (at, (key, item)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                string(out, key);
                out.push(b':');
                canonical(item, out)?;
            }
            out.push(b'}');
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_canonical() {
        let mut out = Vec::new();
        let mut object = Object::open(&mut out);
        object.number("a", u64::MAX);
        object.text("b", "q\"\\\n\u{1}é");
        object.list("c", &["x", "y"]);
        object.object("d", |inner| inner.hex("h", &[0, 0xff]));
        object.flag_if("e", true);
        object.flag_if("f", false);
        object.close();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "{\"a\":9007199254740991,\"b\":\"q\\\"\\\\\\n\\u0001é\",\"c\":[\"x\",\"y\"],\"d\":{\"h\":\"00ff\"},\"e\":true}"
        );
        let mut again = Vec::new();
        canonical(&serde_json::from_str(&text).unwrap(), &mut again).unwrap();
        assert_eq!(again, text.as_bytes());
    }

    #[test]
    fn claims_and_lists_are_cut() {
        let mut out = Vec::new();
        cut(&mut out, &"é".repeat(200), CLAIM_BYTES_MAX);
        let text: String = serde_json::from_slice(&out).unwrap();
        assert!(text.len() <= CLAIM_BYTES_MAX && text.ends_with("é…"), "{text}");
        let mut out = Vec::new();
        let mut object = Object::open(&mut out);
        object.list("l", &vec!["x"; 100]);
        object.close();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let list = value["l"].as_array().unwrap();
        assert_eq!(list.len(), LIST_ITEMS_MAX);
        assert_eq!(list.last().unwrap(), "and 37 more");
    }

    #[test]
    fn a_list_is_cut_by_its_bytes_as_they_are_written() {
        let mut out = Vec::new();
        let mut object = Object::open(&mut out);
        object.lines("l", &vec!["\u{1}".repeat(LINE_BYTES_MAX); 20]);
        object.close();
        assert!(out.len() < LINES_BYTES_MAX + 100, "{}", out.len());
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let list = value["l"].as_array().unwrap();
        assert_eq!((list.len(), list.last().unwrap()), (3, &"and 18 more".into()));
    }

    #[test]
    fn small_numbers_have_no_leading_zeroes() {
        for n in [0, 1, 9, 10, 1_000_000] {
            let mut out = Vec::new();
            number(&mut out, n);
            assert_eq!(out, n.to_string().as_bytes());
        }
    }

    #[test]
    fn a_duplicate_key_or_another_spelling_is_not_canonical() {
        for text in ["{ \"a\":1}", "{\"b\":1,\"a\":1}", "{\"a\":1,\"a\":1}", "{\"a\":\"\\u0041\"}"] {
            let mut out = Vec::new();
            canonical(&serde_json::from_str(text).unwrap(), &mut out).unwrap();
            assert_ne!(out, text.as_bytes(), "{text}");
        }
        for text in ["{\"a\":null}", "{\"a\":1.5}", "{\"a\":-1}", "{\"a\":9007199254740992}"] {
            assert!(canonical(&serde_json::from_str(text).unwrap(), &mut Vec::new()).is_none(), "{text}");
        }
    }
}
