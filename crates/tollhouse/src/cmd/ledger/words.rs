//! An entry in words for people: one line, or in full. Everything recorded is foreign: control and direction
//! characters never reach a terminal.

use std::fmt::Write as _;

use ledger::PartName;
use ledger::leaf::{Decision, Leaf, Outcome};
use serde_json::Value;

use super::time;
use super::view::{Body, Shown};

/// How many characters of a text a line shows.
const LINE_CHARS: usize = 200;

const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const DIM: &str = "\x1b[2m";

impl Shown {
    /// The entry as one line.
    pub(in crate::cmd) fn line(&self, colour: bool) -> String {
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
        match leaf {
            Leaf::Decision(decision) => self.decision_words(decision),
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
            Leaf::PolicyLoaded(l) => {
                let files = l.files.as_deref().unwrap_or_default().len();
                let what = format!("{} by {}: {} ({files} files)", l.policy_version, l.by, l.policy);
                (YELLOW, "policy".into(), clean(&what, 160))
            }
            Leaf::PolicyRefused(l) => {
                let problems = l.problems.as_deref().unwrap_or_default().join("; ");
                let what = format!("{} by {}: everything is refused: {problems}", l.policy_version, l.by);
                (RED, "policy".into(), clean(&what, LINE_CHARS))
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

    fn decision_words(&self, decision: &Decision) -> (&'static str, String, String) {
        let colour = match decision.verdict.as_str() {
            "allow" => GREEN,
            "hold" => YELLOW,
            _ => RED,
        };
        let text = match self.parts.iter().find(|(name, _)| *name == PartName::Text) {
            Some((_, Body::Text(text))) => clean(text, LINE_CHARS),
            Some((_, Body::Erased)) => "(erased)".to_owned(),
            Some((_, Body::Elsewhere)) => format!("(prepared as {})", decision.prepared.unwrap_or_default()),
            Some((_, Body::Wrong)) => "(not what the entry commits to)".to_owned(),
            None => String::new(),
        };
        let rules = match decision.rules.as_deref() {
            Some(rules) if decision.verdict != "allow" => format!("[{}] ", clean(&rules.join(", "), 80)),
            _ => String::new(),
        };
        let shadow = match decision.shadow.as_deref() {
            Some(shadow) => format!("[in shadow: {}] ", clean(&shadow.join(", "), 80)),
            None => String::new(),
        };
        (colour, format!("{} {}", decision.verdict, decision.action), format!("{rules}{shadow}{text}"))
    }

    /// The entry in full.
    pub(in crate::cmd) fn full(&self) -> String {
        let mut text = format!("entry {}\n", self.index);
        if let Value::Object(members) = &self.raw {
            for (key, value) in members.iter().filter(|(key, _)| *key != "parts" && *key != "v") {
                let shown = match value {
                    Value::String(text) => clean(text, usize::MAX),
                    Value::Number(n) if key == "at" => n.as_u64().map_or_else(|| n.to_string(), time::show),
                    Value::Number(n) if key == "duration_us" => {
                        n.as_u64().map_or_else(|| n.to_string(), time::duration)
                    }
                    Value::Array(lines) => lines
                        .iter()
                        .map(|line| format!("\n    {}", clean(line.as_str().unwrap_or_default(), usize::MAX)))
                        .collect(),
                    other => clean(&other.to_string(), usize::MAX),
                };
                // Writing into a string does not fail.
                let _ = if shown.starts_with('\n') {
                    writeln!(text, "  {key}:{shown}")
                } else {
                    writeln!(text, "  {key:<16} {shown}")
                };
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
pub(in crate::cmd) fn clean(text: &str, chars: usize) -> String {
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
