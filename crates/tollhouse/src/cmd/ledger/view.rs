//! An entry for people (one line, or in full) and for programs (one JSON object). Everything recorded is foreign:
//! control and direction characters never reach a terminal.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use ledger::body::{self, Stored};
use ledger::leaf::{Decision, Leaf, Outcome};
use ledger::{Entry, PartName, commit};
use serde_json::{Value, json};

use super::time;

/// How many texts of prepared statements are remembered; the statements of one busy application.
const TEXTS_MAX: usize = 20_000;

/// How many characters of a text a line shows.
const LINE_CHARS: usize = 200;

/// An entry with what lies beside it.
pub(super) struct Shown {
    pub(super) index: u64,
    /// `None` when it is of a version or kind that this program does not know.
    pub(super) leaf: Option<Leaf>,
    raw: Value,
    pub(super) parts: Vec<(PartName, Body)>,
}

/// A part as far as it can be shown.
pub(super) enum Body {
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
pub(super) struct Opener {
    texts: HashMap<String, String>,
}

impl Opener {
    /// Reads one entry.
    pub(super) fn open(&mut self, entry: &Entry) -> Shown {
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
    pub(super) fn text(&self, name: PartName) -> Option<&str> {
        self.parts.iter().find_map(|(other, body)| match body {
            Body::Text(text) if *other == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// The entry as one JSON object: the leaf's members, `index`, `time`, and `body` with the parts.
    pub(super) fn json(&self) -> Value {
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

    /// The entry as one line.
    pub(super) fn line(&self, colour: bool) -> String {
        let Some(leaf) = &self.leaf else {
            return format!("{:>8}  an entry of a kind that this program does not know", self.index);
        };
        let (mark, word, detail) = self.words(leaf);
        let time = time::show(leaf.at());
        let who = match leaf {
            Leaf::Decision(Decision { on_behalf_of: Some(human), principal, .. }) => {
                format!("{principal} for {human}")
            }
            _ => leaf.principal().unwrap_or("-").to_owned(),
        };
        let target = leaf.target().unwrap_or("-");
        let (on, off) = if colour { (mark, "\x1b[0m") } else { ("", "") };
        let who = clean(&who, 40);
        let target = clean(target, 40);
        let line =
            format!("{:>8}  {time}  {who:<22}  {target:<10}  {on}{word:<14}{off}  {detail}", self.index);
        line.trim_end().to_owned()
    }

    /// The colour, the word and the rest of a line.
    fn words(&self, leaf: &Leaf) -> (&'static str, String, String) {
        const GREEN: &str = "\x1b[32m";
        const RED: &str = "\x1b[31m";
        const YELLOW: &str = "\x1b[33m";
        const DIM: &str = "\x1b[2m";
        match leaf {
            Leaf::Decision(decision) => {
                let colour = if decision.verdict == "allow" { GREEN } else { RED };
                let text = match self.parts.iter().find(|(name, _)| *name == PartName::Text) {
                    Some((_, Body::Text(text))) => clean(text, LINE_CHARS),
                    Some((_, Body::Erased)) => "(erased)".to_owned(),
                    Some((_, Body::Elsewhere)) => {
                        format!("(prepared as {})", decision.prepared.unwrap_or_default())
                    }
                    Some((_, Body::Wrong)) => "(not what the entry commits to)".to_owned(),
                    None => String::new(),
                };
                let rules = match decision.rules.as_deref() {
                    Some(rules) if decision.verdict != "allow" => {
                        format!("[{}] ", clean(&rules.join(", "), 80))
                    }
                    _ => String::new(),
                };
                (colour, format!("{} {}", decision.verdict, decision.action), format!("{rules}{text}"))
            }
            Leaf::Outcome(outcome) => {
                let colour = match outcome.result.as_str() {
                    "ok" => DIM,
                    "unknown" => YELLOW,
                    _ => RED,
                };
                (colour, outcome.result.clone(), outcome_words(outcome))
            }
            Leaf::SessionOpened(l) => (
                DIM,
                "opened".into(),
                clean(&format!("{} by {} from {}", l.session, l.method, l.address), 120),
            ),
            Leaf::SessionClosed(l) => (
                DIM,
                "closed".into(),
                clean(&format!("{}: {}, {} statements", l.session, l.reason, l.statements), 120),
            ),
            Leaf::SessionRefused(l) => {
                let times = if l.count > 1 { format!(" ({} times)", l.count) } else { String::new() };
                (
                    RED,
                    "refused".into(),
                    clean(&format!("from {}: {} {}{times}", l.address, l.code, l.reason), 160),
                )
            }
            Leaf::ConfigChanged(l) => {
                let changes = l.changes.as_deref().unwrap_or_default().join("; ");
                (YELLOW, "config".into(), clean(&format!("by {}: {} {changes}", l.by, l.hash), LINE_CHARS))
            }
            Leaf::PrincipalChanged(l) => {
                (YELLOW, "principal".into(), clean(&format!("{} by {}", l.change, l.by), 160))
            }
            Leaf::TokenChanged(l) => {
                (YELLOW, "token".into(), clean(&format!("{} {} by {}", l.name, l.change, l.by), 160))
            }
            Leaf::LedgerOpened(l) => (
                DIM,
                "ledger".into(),
                clean(&format!("opened by version {} at {} entries", l.version, l.size), 120),
            ),
            Leaf::LedgerRecovered(l) => (
                YELLOW,
                "recovered".into(),
                format!("{} statements unknown, {} bytes cut off", l.unknown, l.truncated_bytes),
            ),
        }
    }

    /// The entry in full.
    pub(super) fn full(&self) -> String {
        let mut text = format!("entry {}\n", self.index);
        if let Value::Object(members) = &self.raw {
            for (key, value) in members.iter().filter(|(key, _)| *key != "parts" && *key != "v") {
                let shown = match value {
                    Value::String(text) => clean(text, usize::MAX),
                    Value::Number(n) if key == "at" => n.as_u64().map_or_else(|| n.to_string(), time::show),
                    Value::Number(n) if key == "duration_us" => {
                        n.as_u64().map_or_else(|| n.to_string(), time::duration)
                    }
                    other => clean(&other.to_string(), usize::MAX),
                };
                // Writing into a string does not fail.
                let _ = writeln!(text, "  {key:<16} {shown}");
            }
        }
        for (name, body) in &self.parts {
            let shown = match body {
                Body::Text(body) => {
                    body.lines().map(|line| format!("\n    {}", clean(line, usize::MAX))).collect()
                }
                Body::Erased => " erased".to_owned(),
                Body::Elsewhere => " stored with an earlier entry".to_owned(),
                Body::Wrong => {
                    " missing, or not what the entry commits to; run `tollhouse ledger verify`".to_owned()
                }
            };
            let _ = writeln!(text, "  {}:{shown}", name.as_str());
        }
        text
    }
}

fn outcome_words(outcome: &Outcome) -> String {
    let tags = outcome.tags.as_deref().unwrap_or_default().join(", ");
    let code = outcome.sqlstate.as_deref().unwrap_or_default();
    let words =
        [code, tags.as_str(), &format!("{} rows, {}", outcome.rows, time::duration(outcome.duration_us))];
    clean(&words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join("  "), LINE_CHARS)
}

/// Makes a recorded text safe for a terminal: control characters and those that change the direction of writing
/// become `\u{…}`, tabs and line ends one space; cut after `chars` characters.
pub(super) fn clean(text: &str, chars: usize) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        if at >= chars {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            // Bidirectional controls and isolates (UAX #9), invisible joiners, tags, the byte order mark.
            '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Prints entries as lines or JSON.
pub(super) struct Printer {
    json: bool,
    colour: bool,
}

impl Printer {
    pub(super) fn new(json: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { json, colour: !plain && io::stdout().is_terminal() }
    }

    pub(super) fn print(&self, out: &mut impl Write, shown: &Shown) -> io::Result<()> {
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

    pub(super) fn entry(index: u64, part: Part<'_>) -> Entry {
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
