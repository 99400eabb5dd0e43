//! What was found out about a database's columns before, as a text and back. It holds classes and places, never a value, and
//! it touches no file.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::Arc;

use mask::label::{Finding, JsonPath, Label, Reason, Step};
use model::Class;
use sha2::{Digest, Sha256};

use super::Known;
use crate::session::hex;

/// The first line: which form the rest has.
const FORM: &str = "tollhouse labels 1";

/// What was found, by relation and column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Past(BTreeMap<u32, BTreeMap<i16, Finding>>);

impl Past {
    /// What is worth keeping of what was found out about tables.
    pub(super) fn of(found: &HashMap<u32, Known>) -> Self {
        let columns = |known: &Known| -> BTreeMap<i16, Finding> {
            let pairs = known.numbers.iter().copied().zip(&known.findings);
            let told = pairs.filter(|(_, finding)| finding.label().is_some() && !finding.is_precaution());
            told.map(|(number, finding)| (number, bare(finding))).collect()
        };
        let tables = found.iter().map(|(oid, known)| (*oid, columns(known)));
        Self(tables.filter(|(_, columns)| !columns.is_empty()).collect())
    }

    /// What was found of a column.
    pub(super) fn column(&self, relation: u32, number: i16) -> Option<&Finding> {
        self.0.get(&relation)?.get(&number)
    }

    /// Adds what another one has of columns that are still there, and that outlives what this one has.
    pub(super) fn join(&mut self, older: &Self, is_there: impl Fn(u32, i16) -> bool) {
        let all = older
            .0
            .iter()
            .flat_map(|(oid, columns)| columns.iter().map(move |(number, of)| (*oid, *number, of)));
        for (oid, number, before) in all.filter(|(oid, number, _)| is_there(*oid, *number)) {
            let columns = self.0.entry(oid).or_default();
            let joined = match columns.remove(&number) {
                Some(now) => now.after(before),
                None => before.clone(),
            };
            columns.insert(number, joined);
        }
    }

    /// The same without places in JSON: such a column is hidden as a whole, and takes less room.
    pub(super) fn without_places(mut self) -> Self {
        for finding in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            if let Finding::Paths { whole, .. } = finding {
                *finding = Finding::Labelled(whole.clone());
            }
        }
        self
    }

    /// As a text that says whose it is, and that no part of it is missing.
    pub(super) fn to_text(&self, of: &str) -> String {
        let mut text = format!("{FORM}\nof {of}\n");
        for (oid, columns) in &self.0 {
            let _ = writeln!(text, "table {oid}");
            for (number, finding) in columns {
                let (word, places) = match finding {
                    Finding::Clear { .. } => continue,
                    Finding::Labelled(_) => ("labelled", &[][..]),
                    Finding::Unsure(_) => ("unsure", &[][..]),
                    Finding::Paths { paths, .. } => ("paths", &paths[..]),
                };
                if let Some(label) = finding.label() {
                    let _ = writeln!(text, "{number} {word} {} {}", label.class.as_str(), label.confidence);
                }
                for (path, label) in places {
                    let _ = write!(text, "place {} {}", label.class.as_str(), label.confidence);
                    path.0.iter().for_each(|step| text.push_str(&step_text(step)));
                    text.push('\n');
                }
            }
        }
        let _ = writeln!(text, "sha256 {}", digest(&text));
        text
    }

    /// Reads it back. `None`: it is damaged, or another database's.
    pub(super) fn from_text(text: &str, of: &str) -> Option<Self> {
        let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let body = text.get(..body.len().saturating_add(1))?;
        (end.strip_prefix("sha256 ")? == digest(body)).then_some(())?;
        let mut lines = body.lines();
        (lines.next()? == FORM && lines.next()?.strip_prefix("of ")? == of).then_some(())?;
        let mut past = Self::default();
        let mut table: Option<&mut BTreeMap<i16, Finding>> = None;
        let mut last: Option<i16> = None;
        for line in lines {
            if let Some(oid) = line.strip_prefix("table ") {
                table = Some(past.0.entry(oid.parse().ok()?).or_default());
                last = None;
                continue;
            }
            let columns = table.as_deref_mut()?;
            let mut words = line.split(' ');
            let first = words.next()?;
            if first == "place" {
                let label = label(&mut words)?;
                let Finding::Paths { paths, .. } = columns.get_mut(&last?)? else { return None };
                paths.push((JsonPath(words.map(step).collect::<Option<_>>()?), label));
                continue;
            }
            let number = first.parse().ok()?;
            let word = words.next()?;
            let label = label(&mut words)?;
            let finding = match word {
                "labelled" => Finding::Labelled(label),
                "unsure" => Finding::Unsure(label),
                "paths" => Finding::Paths { whole: label, paths: Vec::new() },
                _ => return None,
            };
            (words.next().is_none() && columns.insert(number, finding).is_none()).then_some(())?;
            last = Some(number);
        }
        Some(past)
    }
}

#[cfg(test)]
impl FromIterator<(u32, i16, Finding)> for Past {
    fn from_iter<T: IntoIterator<Item = (u32, i16, Finding)>>(all: T) -> Self {
        let mut past = Self::default();
        for (oid, number, finding) in all {
            past.0.entry(oid).or_default().insert(number, finding);
        }
        past
    }
}

/// A finding without what spoke for it, which may not be so any more.
fn bare(finding: &Finding) -> Finding {
    let bare = |label: &Label| Label { why: vec![Reason::Before], ..label.clone() };
    match finding {
        Finding::Clear { .. } => Finding::Clear { why: Vec::new() },
        Finding::Labelled(label) => Finding::Labelled(bare(label)),
        Finding::Unsure(label) => Finding::Unsure(bare(label)),
        Finding::Paths { whole, paths } => Finding::Paths {
            whole: bare(whole),
            paths: paths.iter().map(|(path, label)| (path.clone(), bare(label))).collect(),
        },
    }
}

fn label<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Label> {
    let class = Class::parse(words.next()?)?;
    let confidence = words.next()?.parse().ok().filter(|percent| *percent <= 100)?;
    Some(Label { class, confidence, why: vec![Reason::Before] })
}

/// A step, with a blank before it. Of a key letters and digits stand as they are.
fn step_text(step: &Step) -> String {
    let key = match step {
        Step::Any => return " *".to_owned(),
        Step::Element => return " +".to_owned(),
        Step::Key(key) => key,
    };
    let mut text = " .".to_owned();
    for byte in key.bytes() {
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => write!(text, "{}", char::from(byte)),
            other => write!(text, "%{other:02x}"),
        };
    }
    text
}

fn step(word: &str) -> Option<Step> {
    let key = match word {
        "*" => return Some(Step::Any),
        "+" => return Some(Step::Element),
        key => key.strip_prefix('.')?,
    };
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key;
    while let Some(c) = rest.chars().next() {
        let (byte, used) = match c {
            '%' => (u8::from_str_radix(rest.get(1..3)?, 16).ok()?, 3),
            c => (u8::try_from(c).ok()?, c.len_utf8()),
        };
        bytes.push(byte);
        rest = rest.get(used..)?;
    }
    String::from_utf8(bytes).ok().map(|key| Step::Key(Arc::from(key)))
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests;
