//! JSON as it is written: values at given paths are replaced, strings elsewhere looked through, and every other byte stays
//! as it came. What is no JSON, or nested beyond reason, is not shown at all.

use std::cell::Cell;

use crate::label::{Tells, Told};

use super::json::{Path, Step};
use super::key::Kit;
use super::mark::FULL;
use super::{Cover, Format, Shown};

/// Appends a JSON value with what stands at the paths covered, and its other strings looked through. `None`: it is no JSON.
pub(super) fn cover(
    paths: &[(Path, Cover)],
    kit: &Kit,
    format: Format,
    value: &[u8],
    out: &mut Vec<u8>,
) -> Option<Shown> {
    let start = out.len();
    // `jsonb` in binary is a version and the text (`jsonb_send`); `json` never begins with that byte.
    let text = match (format, value.split_first()) {
        (Format::Binary, Some((1, rest))) => {
            out.push(1);
            rest
        }
        _ => value,
    };
    let mut covered = false;
    let mut scratch = Vec::new();
    rewrite(text, out, &mut |place, raw, is_key| {
        let plain = plain(raw)?;
        let path = (!is_key).then(|| on_path(paths, place)).flatten();
        scratch.clear();
        let shown = match path {
            // The kind of value stays: text for text, a number for a number.
            Some((_, cover)) if raw.starts_with(b"\"") => match cover.cell(&plain, &mut scratch) {
                Shown::Same => return Some(Instead::Same),
                Shown::Null => b"null".to_vec(),
                Shown::Cell => quoted(&scratch)?,
            },
            Some(_) if raw.starts_with(b"n") => return Some(Instead::Same),
            Some(_) if raw.starts_with(b"t") || raw.starts_with(b"f") => b"null".to_vec(),
            Some(_) => b"0".to_vec(),
            // A place that nobody has looked at yet may say by its name what it holds.
            None if !is_key && is_told(tells(kit, place), raw) => hidden(raw),
            None if kit.scanner().scrub(&plain, &mut scratch)? == 0 => return Some(Instead::Same),
            // A number that looks like a card's.
            None if !raw.starts_with(b"\"") => b"0".to_vec(),
            None => quoted(&scratch)?,
        };
        covered = true;
        Some(Instead::With(shown))
    })?;
    if !covered {
        out.truncate(start);
        return Some(Shown::Same);
    }
    Some(Shown::Cell)
}

/// Whether a text may be a document: it begins and ends as one that keys can tell of.
#[inline]
pub(super) fn may_be(text: &[u8]) -> bool {
    // Of a text that is padded nobody wants to see all blanks.
    let first = text.iter().take(BLANKS_MAX).find(|byte| !byte.is_ascii_whitespace());
    let closes = match first {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        _ => return false,
    };
    text.trim_ascii_end().last() == Some(&closes)
}

/// The first of the paths that a place is on: sought once for each key and each array, whatever stands there.
fn on_path<'p>(paths: &'p [(Path, Cover)], place: &[At]) -> Option<&'p (Path, Cover)> {
    let seek = || paths.iter().position(|(path, _)| is_on(path.way(), place));
    let found = match place.last() {
        Some(at) => at.path.get().unwrap_or_else(|| {
            let found = seek();
            at.path.set(Some(found));
            found
        }),
        None => seek(),
    };
    paths.get(found?)
}

/// What the keys on the way to a place tell, each of them asked once.
fn tells(kit: &Kit, place: &[At]) -> Tells {
    if let Some((_, tells)) = place.last().and_then(|at| at.told.get()) {
        return tells;
    }
    let mut above: Option<(&[u8], (Told, Tells))> = None;
    for at in place {
        let key = at.key.as_deref().or(above.map(|(key, _)| key));
        let Some(key) = key else { continue };
        let known = at.told.get().unwrap_or_else(|| match (&at.key, above) {
            (None, Some((_, known))) => known,
            _ => {
                let told = kit.told(key, above.map(|(key, _)| key));
                (told, told.under(above.map(|(_, known)| known)))
            }
        });
        at.told.set(Some(known));
        above = Some((key, known));
    }
    above.map(|(_, (_, tells))| tells).unwrap_or_default()
}

/// Whether keys say what a text or a number is.
fn is_told(tells: Tells, raw: &[u8]) -> bool {
    match raw.first() {
        Some(b't' | b'f' | b'n') | None => false,
        Some(b'"') => tells.text && raw != b"\"\"",
        Some(_) => tells.number,
    }
}

fn hidden(raw: &[u8]) -> Vec<u8> {
    if raw.starts_with(b"\"") { [b"\"", FULL, b"\""].concat() } else { b"0".to_vec() }
}

/// Blanks in front of a text that may be a document.
const BLANKS_MAX: usize = 16;

/// Arrays and objects inside each other. The server itself bounds them by its stack.
const DEPTH_MAX: usize = 256;

/// What becomes of one scalar.
pub(super) enum Instead {
    /// It stays.
    Same,
    /// This JSON stands in its place.
    With(Vec<u8>),
}

/// One step on the way to a value.
#[derive(Default)]
pub(super) struct At {
    /// Into an object; `None`: into an array, whichever element.
    key: Option<Vec<u8>>,
    /// The number of the path that it is on, if any, once that was sought.
    path: Cell<Option<Option<usize>>>,
    /// What the last key says, and what all on the way to it tell, once they were asked.
    told: Cell<Option<(Told, Tells)>>,
}

/// Whether a place is that of a path, or below it.
pub(super) fn is_on(steps: &[Step], place: &[At]) -> bool {
    place.len() >= steps.len()
        && steps.iter().zip(place).all(|(step, at)| match (step, &at.key) {
            (Step::Any, _) => true,
            (Step::Key(key), Some(found)) => key.as_bytes() == found,
            (Step::Key(_), None) => false,
        })
}

/// Appends `text` with scalars, and keys, replaced as `each` says; it is given the place, the raw scalar, and whether it is a
/// key. `None`: it is no JSON.
pub(super) fn rewrite(
    text: &[u8],
    out: &mut Vec<u8>,
    each: &mut impl FnMut(&[At], &[u8], bool) -> Option<Instead>,
) -> Option<()> {
    let mut walk = Walk { text, at: 0, out, place: Vec::new(), each };
    walk.blank();
    walk.value()?;
    walk.blank();
    (walk.at == text.len()).then_some(())
}

struct Walk<'a, F> {
    text: &'a [u8],
    at: usize,
    out: &'a mut Vec<u8>,
    place: Vec<At>,
    each: &'a mut F,
}

impl<F: FnMut(&[At], &[u8], bool) -> Option<Instead>> Walk<'_, F> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn copy(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.out.push(byte);
        self.at = self.at.checked_add(1)?;
        Some(byte)
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            let _ = self.copy();
        }
    }

    fn value(&mut self) -> Option<()> {
        if self.place.len() > DEPTH_MAX {
            return None;
        }
        match self.peek()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.scalar(false).map(drop),
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => self.scalar(false).map(drop),
            _ => None,
        }
    }

    fn object(&mut self) -> Option<()> {
        self.copy()?;
        self.blank();
        if self.peek()? == b'}' {
            return self.copy().map(drop);
        }
        loop {
            self.blank();
            (self.peek()? == b'"').then_some(())?;
            let key = self.scalar(true)?;
            self.blank();
            (self.copy()? == b':').then_some(())?;
            self.blank();
            self.place.push(At { key: Some(key), ..At::default() });
            self.value()?;
            self.place.pop();
            self.blank();
            match self.copy()? {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }

    fn array(&mut self) -> Option<()> {
        self.copy()?;
        self.blank();
        if self.peek()? == b']' {
            return self.copy().map(drop);
        }
        self.place.push(At::default());
        loop {
            self.blank();
            self.value()?;
            self.blank();
            match self.copy()? {
                b',' => {}
                b']' => {
                    self.place.pop();
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// A string, number or word; its plain text when it is a string.
    fn scalar(&mut self, is_key: bool) -> Option<Vec<u8>> {
        let from = self.at;
        let rest = self.text.get(from..)?;
        let length = if rest.first() == Some(&b'"') {
            let mut escaped = false;
            let end = rest.iter().skip(1).position(|byte| {
                let closes = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                closes
            })?;
            end.checked_add(2)?
        } else {
            rest.iter().position(|byte| b",]} \t\r\n".contains(byte)).unwrap_or(rest.len())
        };
        let raw = rest.get(..length)?;
        self.at = from.checked_add(length)?;
        match (self.each)(&self.place, raw, is_key)? {
            Instead::Same => self.out.extend_from_slice(raw),
            Instead::With(shown) => self.out.extend_from_slice(&shown),
        }
        plain(raw)
    }
}

/// The text of a JSON string, or the scalar as it is written. `None`: it is no JSON.
pub(super) fn plain(raw: &[u8]) -> Option<Vec<u8>> {
    match raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) {
        Some(inner) if !inner.contains(&b'\\') => Some(inner.to_vec()),
        Some(_) => serde_json::from_slice::<String>(raw).ok().map(String::into_bytes),
        // How large a number may be is the server's business.
        None => {
            let is_number = raw.iter().all(|byte| b"+-.eE0123456789".contains(byte)) && !raw.is_empty();
            (is_number || matches!(raw, b"true" | b"false" | b"null")).then(|| raw.to_vec())
        }
    }
}

/// A text as a JSON string.
pub(super) fn quoted(text: &[u8]) -> Option<Vec<u8>> {
    serde_json::to_vec(std::str::from_utf8(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let mut out = Vec::new();
        rewrite(text.as_bytes(), &mut out, &mut |place, raw, is_key| {
            let hides = is_on(&[Step::Key("a".into()), Step::Any], place) && !is_key;
            Some(if hides { Instead::With(b"0".to_vec()) } else { Instead::Same })
                .filter(|_| plain(raw).is_some())
        })?;
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn what_is_not_hidden_stays_byte_by_byte() {
        assert_eq!(
            shown(r#"{"a": {"x": 1.10, "y":[1,"b"]}, "b" : 1e400}"#).unwrap(),
            r#"{"a": {"x": 0, "y":[0,0]}, "b" : 1e400}"#
        );
        assert_eq!(shown(r#" [true, null, "\"", {}] "#).unwrap(), r#" [true, null, "\"", {}] "#);
        assert_eq!(shown(r#"{"\u0061": {"x": "secret"}}"#).unwrap(), r#"{"\u0061": {"x": 0}}"#);
    }

    #[test]
    fn what_is_no_json_is_not_shown() {
        for text in ["", "{", "[1", r#"{"a"}"#, "[1] x", "nul", r#""a"#, r#"{"a": {"x": }}"#] {
            assert_eq!(shown(text), None, "{text}");
        }
        assert_eq!(shown(&"[".repeat(10_000)), None);
    }
}
