//! What a person or a program reads at the end: tables in Markdown, or one JSON object.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::case::{Case, Hides, Metric};
use super::contender::Kind;
use super::results::Results;
use super::target::{Bound, Target};

/// What the report says about the run besides its numbers.
pub(super) struct Frame {
    /// The machine, the server, the rounds: one line each.
    pub(super) facts: Vec<String>,
    /// The regimes in their order: word, description. The first one decides whether a target is met.
    pub(super) regimes: Vec<(&'static str, String)>,
    /// Why there is no pinned regime, if there is none.
    pub(super) unpinned_only: Option<String>,
}

/// The tables: targets first, then each case in each regime.
pub(super) fn markdown(frame: &Frame, results: &Results) -> String {
    let mut text = String::from("# What a statement pays at the gate\n\n");
    for fact in &frame.facts {
        let _ = writeln!(text, "- {fact}");
    }
    if let Some(why) = &frame.unpinned_only {
        let _ = writeln!(text, "- the pinned regime is not available here: {why}");
    }
    for (kind, why) in results.absent() {
        let _ = writeln!(text, "- `{kind}` is absent: {why}");
    }
    for (regime, case, kind, why) in results.failures() {
        let _ = writeln!(text, "- `{kind}` failed at {case} ({regime}): {why}");
    }
    let _ = write!(text, "\n## Targets\n\n{}", targets(frame, results));
    for (regime, description) in &frame.regimes {
        let _ = write!(text, "\n## {description}\n");
        for case in Case::all() {
            if let Some(table) = case_table(regime, case, results) {
                let _ = write!(text, "\n{table}");
            }
        }
    }
    text
}

/// One object: figures by kind of work and contender, from the regime that decides. What was not measured is null.
pub(super) fn object(frame: &Frame, results: &Results) -> Value {
    let regime = frame.regimes.first().map_or("", |(regime, _)| regime);
    let row = |case, metric| {
        let figure = |kind| match results.median(regime, case, kind, metric) {
            Some(value) => json!(rounded(value)),
            // Where there is no proxy, it uses nothing.
            None if kind == Kind::Direct && case == Case::Idle => json!(0.0),
            None => Value::Null,
        };
        let contenders = [Kind::Direct, Kind::Relay, Kind::Pgbouncer, Kind::Tollhouse];
        Value::Object(
            contenders.iter().map(|kind| (kind.name().to_owned(), figure(*kind))).collect::<Map<_, _>>(),
        )
    };
    let select = |prepared| row(Case::Select { prepared, clients: 1 }, Metric::ProxyUs);
    json!({
        "cpu_per_query": {
            "simple": select(false),
            "repeated": row(Case::Repeated, Metric::ProxyUs),
            "prepared": select(true),
        },
        "stream_mb_s": row(Case::Stream, Metric::MbPerSecond),
        "masked_mb_s": {
            "none": row(Case::Wide(Hides::Nothing), Metric::MbPerSecond),
            "unlabelled": row(Case::Wide(Hides::Unlabelled), Metric::MbPerSecond),
            "one": row(Case::Wide(Hides::One), Metric::MbPerSecond),
            "three": row(Case::Wide(Hides::Three), Metric::MbPerSecond),
            "scanned": row(Case::Wide(Hides::Findings), Metric::MbPerSecond),
        },
        "labels_s": row(Case::Labels, Metric::Seconds),
        "copy_mb_s": row(Case::Copy, Metric::MbPerSecond),
        "connects_s": row(Case::Connects, Metric::PerSecond),
        "idle_session_kib": row(Case::Idle, Metric::SessionKib),
    })
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn targets(frame: &Frame, results: &Results) -> String {
    let mut head = vec!["tollhouse".to_owned(), "target".to_owned()];
    head.extend(frame.regimes.iter().map(|(regime, _)| (*regime).to_owned()));
    head.push("met".to_owned());
    let mut rows = vec![head];
    for target in Target::all() {
        let (sign, limit) = match target.bound {
            Bound::AtMost(limit) => ('≤', limit),
            Bound::AtLeast(limit) => ('≥', limit),
        };
        let values: Vec<_> =
            frame.regimes.iter().map(|(regime, _)| target.measured(results, regime)).collect();
        if values.iter().all(Option::is_none) {
            continue;
        }
        let mut row = vec![target.text.clone(), format!("{sign} {}", target.show(limit))];
        row.extend(values.iter().map(|value| value.map_or("–".into(), |value| target.show(value))));
        row.push(match values.iter().flatten().next() {
            Some(value) if target.bound.holds(*value) => "yes".into(),
            _ => "**no**".into(),
        });
        rows.push(row);
    }
    if rows.len() == 1 { "none of them was measured\n".into() } else { table(&rows) }
}

fn case_table(regime: &str, case: Case, results: &Results) -> Option<String> {
    let kinds = results.kinds(regime, case);
    if kinds.is_empty() {
        return None;
    }
    let compares = |metric: Metric| kinds.len() > 1 && metric.is_compared();
    let mut head = vec![case.to_string()];
    for metric in case.metrics() {
        head.push(metric.head().to_owned());
        if compares(*metric) {
            head.push("× relay".to_owned());
        }
    }
    let mut rows = vec![head];
    for kind in &kinds {
        let mut row = vec![kind.name().to_owned()];
        for metric in case.metrics() {
            row.push(results.median(regime, case, *kind, *metric).map_or("–".into(), number));
            if compares(*metric) {
                let ratio = results.ratio(regime, *metric, (case, *kind), (case, Kind::Relay));
                row.push(
                    ratio.filter(|ratio| *ratio > 0.0).map_or("–".into(), |ratio| format!("{ratio:.2}")),
                );
            }
        }
        rows.push(row);
    }
    Some(table(&rows))
}

/// Three digits that count.
fn number(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A Markdown table whose columns line up in a terminal too: the first one to the left, numbers to the right.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell: &String| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).max(3)).collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if column == 0 {
                write!(text, "| {cell:<width$} ")
            } else {
                write!(text, "| {cell:>width$} ")
            };
        }
        text.push_str("|\n");
        if at == 0 {
            for (column, width) in widths.iter().enumerate() {
                let _ = if column == 0 {
                    write!(text, "| {:-<width$} ", "")
                } else {
                    write!(text, "| {:-<width$}: ", "", width = width - 1)
                };
            }
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Case = Case::Select { prepared: false, clients: 1 };

    fn frame() -> Frame {
        Frame {
            facts: vec!["two cores".into()],
            regimes: vec![("pinned", "pinned: one core".into()), ("unpinned", "unpinned".into())],
            unpinned_only: None,
        }
    }

    fn sample(p50: f64, cpu: f64) -> Vec<(Metric, f64)> {
        vec![
            (Metric::P50Us, p50),
            (Metric::P99Us, 2.0 * p50),
            (Metric::PerSecond, 1e6 / p50),
            (Metric::ProxyUs, cpu),
        ]
    }

    #[test]
    fn tables_line_up() {
        let rows = [vec!["µ".to_owned(), "number".to_owned()], vec!["longer".to_owned(), "1".to_owned()]];
        assert_eq!(table(&rows), "| µ      | number |\n| ------ | -----: |\n| longer |      1 |\n");
    }

    #[test]
    fn a_missed_target_is_said_by_the_first_regime() {
        let mut results = Results::default();
        results.add("pinned", ONE, Kind::Relay, 1, sample(40.0, 16.0));
        results.add("pinned", ONE, Kind::Tollhouse, 1, sample(42.0, 26.0));
        results.add("unpinned", ONE, Kind::Relay, 1, sample(40.0, 16.0));
        results.add("unpinned", ONE, Kind::Tollhouse, 1, sample(80.0, 16.0));
        let text = markdown(&frame(), &results);
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
        assert!(line("| CPU per query, simple").ends_with("| 1.625 × |  1.000 × | **no** |"), "{text}");
        assert!(line("| p50, simple, 1 client").ends_with("| 1.050 × |  2.000 × |    yes |"), "{text}");
        assert!(!text.contains("COPY out"), "{text}");
    }

    #[test]
    fn the_object_has_all_keys_even_when_nothing_was_measured() {
        let object = object(&frame(), &Results::default());
        let keys: std::collections::BTreeSet<_> = object.as_object().unwrap().keys().cloned().collect();
        let all = ["connects_s", "copy_mb_s", "cpu_per_query", "idle_session_kib", "labels_s", "masked_mb_s"];
        assert_eq!(keys, all.into_iter().chain(["stream_mb_s"]).map(str::to_owned).collect());
        assert_eq!(object["cpu_per_query"]["simple"]["tollhouse"], Value::Null);
        assert_eq!(object["idle_session_kib"]["direct"], json!(0.0));
    }

    #[test]
    fn the_object_takes_the_regime_that_decides() {
        let mut results = Results::default();
        results.add("unpinned", ONE, Kind::Relay, 1, sample(80.0, 30.0));
        results.add("pinned", ONE, Kind::Relay, 1, sample(40.0, 16.12345));
        assert_eq!(object(&frame(), &results)["cpu_per_query"]["simple"]["relay"], json!(16.123));
    }
}
