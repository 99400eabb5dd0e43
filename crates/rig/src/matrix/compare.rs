//! Two transcripts of one client, step by step: what is the same, what differs, what may differ and why.
//!
//! It never forgives by itself: only a line of `clients/known-differences.txt` does.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Error, Result};

/// How much of a line is shown before its first difference, and after it.
const SHOWN: (usize, usize) = (80, 300);

/// The steps that may differ, each with its reason.
pub(super) struct Known(BTreeMap<String, String>);

/// What became of the steps of one client.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The same on both sides.
    pub(super) same: Vec<String>,
    /// They differ: step, direct, through the gate.
    pub(super) different: Vec<(String, String, String)>,
    /// They differ and may: step and reason.
    pub(super) known: Vec<(String, String)>,
    /// Expected to differ, but the same.
    pub(super) stale: Vec<String>,
}

impl Known {
    /// Reads `step: reason` lines; `#` begins a comment.
    ///
    /// # Errors
    /// When a line has no reason.
    pub(super) fn parse(text: &str) -> Result<Self> {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| match line.split_once(": ") {
                Some((step, reason)) if !reason.trim().is_empty() => {
                    Ok((step.to_owned(), reason.trim().to_owned()))
                }
                _ => Err(Error::new(format!("a known difference is `step: reason`, not `{line}`"))),
            })
            .collect::<Result<_>>()
            .map(Self)
    }
}

/// Compares what a client printed directly and through the gate.
pub(super) fn compare(direct: &str, gate: &str, known: &Known) -> Verdict {
    let (left, order) = steps(direct);
    let (right, more) = steps(gate);
    let missing = "(no line: the client did not come to this step)".to_owned();
    let mut verdict = Verdict::default();
    let mut seen = BTreeSet::new();
    for step in order.into_iter().chain(more) {
        if !seen.insert(step.clone()) {
            continue;
        }
        let (one, other) = (left.get(&step), right.get(&step));
        match (one == other, known.0.get(&step)) {
            (true, None) => verdict.same.push(step),
            (true, Some(_)) => {
                verdict.stale.push(step.clone());
                verdict.same.push(step);
            }
            (false, Some(reason)) if one.is_some() && other.is_some() => {
                verdict.known.push((step, reason.clone()))
            }
            (false, _) => {
                let (one, other) = (one.unwrap_or(&missing), other.unwrap_or(&missing));
                let (one, other) = around(one, other);
                verdict.different.push((step, one, other));
            }
        }
    }
    verdict
}

/// `step: result` lines by step, and the steps in their order. A step told twice keeps both lines.
fn steps(transcript: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut order = Vec::new();
    for line in transcript.lines() {
        let (step, result) = line.split_once(": ").unwrap_or(("(a line that is no step)", line));
        match lines.get_mut(step) {
            Some(known) => {
                known.push_str("\\n");
                known.push_str(result);
            }
            None => {
                lines.insert(step.to_owned(), result.to_owned());
                order.push(step.to_owned());
            }
        }
    }
    (lines, order)
}

/// Both lines from shortly before their first difference on.
fn around(one: &str, other: &str) -> (String, String) {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let cut = |line: &str| {
        let from = common.saturating_sub(SHOWN.0);
        let start = if from > 0 { "…" } else { "" };
        let shown: String = line.chars().skip(from).take(SHOWN.0 + SHOWN.1).collect();
        let end = if line.chars().count() > from + SHOWN.0 + SHOWN.1 { "…" } else { "" };
        format!("{start}{shown}{end}")
    };
    (cut(one), cut(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Known {
        Known::parse(text).unwrap()
    }

    #[test]
    fn a_difference_fails_unless_it_is_known_with_a_reason() {
        let verdict = compare(
            "c a: 1\nc b: 2\nc c: 3\n",
            "c a: 1\nc b: x\nc c: y\n",
            &known("# why\nc c: refused\nc a: stale\n"),
        );
        assert_eq!(verdict.same, ["c a"]);
        assert_eq!(verdict.stale, ["c a"]);
        assert_eq!(verdict.different, [("c b".to_owned(), "2".to_owned(), "x".to_owned())]);
        assert_eq!(verdict.known, [("c c".to_owned(), "refused".to_owned())]);
        assert!(Known::parse("c c").is_err());
    }

    #[test]
    fn a_step_that_is_missing_fails_even_when_it_is_known() {
        let verdict = compare("c a: 1\nc b: 2", "c a: 1", &known("c b: refused"));
        assert_eq!(verdict.different.len(), 1);
        let verdict = compare("c a: 1", "c a: 1\nTraceback\nc a: 1", &known(""));
        assert_eq!(verdict.different.len(), 2);
    }

    #[test]
    fn long_lines_are_shown_where_they_differ() {
        let (one, other) = around(&format!("{}é1", "x".repeat(500)), &format!("{}é2", "x".repeat(500)));
        assert!(one.starts_with('…') && one.ends_with("xé1") && other.ends_with("xé2"), "{one}");
        assert!(one.chars().count() < 100);
    }
}
