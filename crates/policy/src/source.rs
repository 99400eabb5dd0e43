//! Rule files as texts: the shipped guard packs, where each rule in a file begins, and the hash of a set. It reads
//! no files; whoever loads them hands over texts.

use sha2::{Digest, Sha256};

/// One rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name, for people and problems.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// Whether it is a shipped guard pack, whose forbids an operator's permit can lift.
    pub pack: bool,
}

macro_rules! packs {
    ($($name:literal),* $(,)?) => {
        /// The shipped guard packs: name of the file, text.
        const PACKS: &[(&str, &str)] = &[
            $((concat!($name, ".cedar"), include_str!(concat!("../../../policies/", $name, ".cedar")))),*
        ];
    };
}

packs!(
    "baseline",
    "code",
    "data",
    "destructive",
    "dynamic-sql",
    "limits",
    "migration",
    "multi-statement",
    "opaque",
    "privilege",
    "reach",
    "session",
    "side-effect",
    "statistics",
    "system",
    "unbounded",
);

/// The shipped packs as sources, sorted by name.
pub(crate) fn packs() -> Vec<Source> {
    let source =
        |&(name, text): &(&str, &str)| Source { name: name.to_owned(), text: text.to_owned(), pack: true };
    PACKS.iter().map(source).collect()
}

/// The hash of a set: of all names, kinds and texts in the order of the names, each with its length before it, so
/// that no two different sets have the same bytes.
pub(crate) fn hash(sources: &[Source]) -> [u8; 32] {
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort_by(|a, b| (&a.name, a.pack, &a.text).cmp(&(&b.name, b.pack, &b.text)));
    let mut hasher = Sha256::new();
    for source in sorted {
        for part in [&source.name, &source.text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update([u8::from(source.pack)]);
    }
    hasher.finalize().into()
}

/// The rules of a text: the byte where each begins, and its text up to and with its `;`. In Cedar a `;` outside of
/// strings and comments ends a rule and nothing else.
pub(crate) fn split(text: &str) -> Vec<(usize, &str)> {
    let mut rules = Vec::new();
    let mut start = None;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let from = at;
        at += 1;
        match byte {
            b'/' if bytes.get(at) == Some(&b'/') => {
                at = end_of_line(bytes, at);
                continue;
            }
            b'"' => at = end_of_string(bytes, at),
            b';' => {
                let begin = start.take().unwrap_or(from);
                rules.push((begin, text.get(begin..at).unwrap_or_default()));
                continue;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => {}
        }
        start = start.or(Some(from));
    }
    if let Some(begin) = start {
        rules.push((begin, text.get(begin..).unwrap_or_default()));
    }
    rules
}

/// The end of the line at `at`, where a comment ends.
pub(crate) fn end_of_line(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| byte != b'\n' && byte != b'\r') {
        at += 1;
    }
    at
}

/// The end of the string whose opening quote is before `at`.
pub(crate) fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return at + 1,
            _ => 1,
        };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_end_at_their_semicolon() {
        let text = "// a; \"\n@id(\"x;\\\";\") permit(principal, action, resource);\n forbid ; // rest";
        let rules: Vec<&str> = split(text).into_iter().map(|(_, rule)| rule).collect();
        assert_eq!(rules, ["@id(\"x;\\\";\") permit(principal, action, resource);", "forbid ;"]);
        assert_eq!(split("  permit(")[0], (2, "permit("));
        assert_eq!(split(" // only a comment\n"), []);
        assert_eq!(split("\"open; \\"), [(0, "\"open; \\")]);
        assert_eq!(split(";")[0], (0, ";"));
    }

    #[test]
    fn the_hash_says_which_text_is_in_which_file() {
        let source = |name: &str, text: &str, pack| Source { name: name.into(), text: text.into(), pack };
        let one = hash(&[source("a", "bc", false), source("d", "", false)]);
        assert_eq!(one, hash(&[source("d", "", false), source("a", "bc", false)]), "order does not matter");
        for other in [
            vec![source("ab", "c", false), source("d", "", false)],
            vec![source("a", "bc", true), source("d", "", false)],
            vec![source("a", "bc", false)],
        ] {
            assert_ne!(one, hash(&other));
        }
    }

    #[test]
    fn packs_are_sorted_and_named_after_files() {
        let names: Vec<String> = packs().into_iter().map(|pack| pack.name).collect();
        assert!(names.is_sorted() && names.iter().all(|name| name.ends_with(".cedar")), "{names:?}");
    }
}
