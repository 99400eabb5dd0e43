//! An entry with what lies beside it, read in order, and as one JSON object for programs; its words for people
//! are in `words`.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};

use ledger::body::{self, Stored};
use ledger::leaf::Leaf;
use ledger::{Entry, PartName, commit};
use serde_json::{Value, json};

use super::time;

/// How many texts of prepared statements are remembered; the statements of one busy application.
const TEXTS_MAX: usize = 20_000;

/// An entry with what lies beside it.
pub(in crate::cmd) struct Shown {
    pub(in crate::cmd) index: u64,
    /// `None` when it is of a version or kind that this program does not know.
    pub(in crate::cmd) leaf: Option<Leaf>,
    pub(in crate::cmd) raw: Value,
    pub(in crate::cmd) parts: Vec<(PartName, Body)>,
}

/// A part as far as it can be shown.
pub(in crate::cmd) enum Body {
    /// Its bytes, as text.
    Text(String),
    /// It was erased.
    Erased,
    /// It is stored with an earlier entry that was not looked at.
    Elsewhere,
    /// What is stored is not what the entry commits to.
    Wrong,
}

/// Reads entries in order and remembers texts that later ones refer to.
#[derive(Default)]
pub(in crate::cmd) struct Opener {
    texts: HashMap<String, String>,
}

impl Opener {
    /// Reads one entry.
    pub(in crate::cmd) fn open(&mut self, entry: &Entry) -> Shown {
        let leaf = Leaf::read(&entry.leaf).ok();
        let raw = serde_json::from_slice(&entry.leaf)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&entry.leaf).into_owned()));
        let stored =
            entry.body.as_deref().and_then(|record| body::read_record(record).ok()).unwrap_or_default();
        let mut parts = Vec::new();
        for (name, part) in leaf.iter().flat_map(Leaf::parts) {
            let found = stored.iter().find(|(other, _)| *other == name).map(|(_, stored)| *stored);
            let shown = match found {
                Some(Stored::Clear { salt, bytes }) if part.commitment() == Ok(commit(name, salt, bytes)) => {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    if self.texts.len() < TEXTS_MAX {
                        self.texts.insert(part.commitment.clone(), text.clone());
                    }
                    Body::Text(text)
                }
                Some(Stored::Clear { .. }) => Body::Wrong,
                Some(Stored::Erased) => Body::Erased,
                None if part.known => {
                    self.texts.get(&part.commitment).cloned().map_or(Body::Elsewhere, Body::Text)
                }
                None => Body::Wrong,
            };
            parts.push((name, shown));
        }
        Shown { index: entry.index, leaf, raw, parts }
    }
}

impl Shown {
    /// A part's text.
    pub(in crate::cmd) fn text(&self, name: PartName) -> Option<&str> {
        self.parts.iter().find_map(|(other, body)| match body {
            Body::Text(text) if *other == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// The entry as one JSON object: the leaf's members, `index`, `time`, and `body` with the parts.
    pub(in crate::cmd) fn json(&self) -> Value {
        let mut value = match &self.raw {
            Value::Object(members) => Value::Object(members.clone()),
            other => json!({ "leaf": other }),
        };
        let mut bodies = serde_json::Map::new();
        for (name, body) in &self.parts {
            let shown = match body {
                Body::Text(text) if *name == PartName::Text => Value::String(text.clone()),
                Body::Text(text) => {
                    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
                }
                Body::Erased => json!({ "erased": true }),
                Body::Elsewhere => json!({ "elsewhere": true }),
                Body::Wrong => json!({ "wrong": true }),
            };
            bodies.insert(name.as_str().to_owned(), shown);
        }
        if let Value::Object(members) = &mut value {
            members.insert("index".to_owned(), self.index.into());
            if let Some(leaf) = &self.leaf {
                members.insert("time".to_owned(), time::show(leaf.at()).into());
            }
            if !bodies.is_empty() {
                members.insert("body".to_owned(), bodies.into());
            }
        }
        value
    }
}

/// Prints entries as lines or JSON.
pub(in crate::cmd) struct Printer {
    json: bool,
    colour: bool,
}

impl Printer {
    pub(in crate::cmd) fn new(json: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { json, colour: !plain && io::stdout().is_terminal() }
    }

    pub(in crate::cmd) fn print(&self, out: &mut impl Write, shown: &Shown) -> io::Result<()> {
        if self.json {
            writeln!(out, "{}", shown.json())
        } else {
            writeln!(out, "{}", shown.line(self.colour))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::entry::{Action, Decision};
    use ledger::{Draft, Part, Salt};
    use model::{SessionId, StatementId, Timestamp, Verdict};

    pub(in crate::cmd) fn entry(index: u64, part: Part<'_>) -> Entry {
        let mut draft = Draft::new();
        let decision = Decision {
            at: Timestamp(1_767_225_600_000_000),
            id: StatementId { session: SessionId(7), number: 1 },
            action: Action::Query,
            principal: "support-bot",
            on_behalf_of: Some("alice"),
            target: "shop",
            verdict: Verdict::Refuse,
            rules: &["read-only"],
            shadow: &[],
            facts: &[],
            policy: None,
            policy_version: 0,
            prepared: None,
            fingerprint: None,
            text: Some(part),
            parameters: None,
            asserted: None,
        };
        draft.set(&decision).unwrap();
        Entry { index, leaf: draft.leaf().to_vec(), body: Some(draft.body().to_vec()) }
    }

    #[test]
    fn a_hostile_text_does_not_reach_the_terminal() {
        let part =
            Part::store(PartName::Text, Salt([1; 16]), "select 1 \u{1b}[2J\u{202e}\n\u{7}x".as_bytes());
        let shown = Opener::default().open(&entry(3, part));
        let line = shown.line(false);
        assert!(line.ends_with(r"[read-only] select 1 \u{1b}[2J\u{202e} \u{7}x"), "{line}");
        assert!(line.contains("support-bot for alice"));
        assert!(!shown.full().contains(['\u{1b}', '\u{202e}', '\u{7}']));
        assert_eq!(shown.json()["body"]["text"], "select 1 \u{1b}[2J\u{202e}\n\u{7}x");
        assert!(!shown.json().to_string().contains('\u{1b}'));
    }

    #[test]
    fn a_known_text_is_found_with_the_entry_that_stored_it() {
        let part = Part::store(PartName::Text, Salt([1; 16]), b"select 1");
        let mut opener = Opener::default();
        let alone = Opener::default().open(&entry(4, part.to_known()));
        assert!(matches!(alone.parts[0].1, Body::Elsewhere));
        opener.open(&entry(3, part));
        assert_eq!(opener.open(&entry(4, part.to_known())).text(PartName::Text), Some("select 1"));
    }
}
