//! What was counted, as tables for people and as one object for programs. It counts nothing itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use model::Class;
use serde_json::{Value, json};

use super::column::Group;
use super::measure::{Measured, Mistake};
use super::score::{Scores, Share, Tally};

/// What is wanted of a group: at least this precision, recall, F1.
struct Target {
    group: Group,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
}

const TARGETS: [Target; 3] = [
    Target { group: Group::Named, precision: Some(0.95), recall: Some(0.97), f1: None },
    Target { group: Group::Meaningless, precision: None, recall: Some(0.90), f1: None },
    Target { group: Group::Real, precision: None, recall: None, f1: Some(0.92) },
];

/// The tables of a split, or of the real schemas.
pub(super) fn tables(title: &str, measured: &Measured) -> String {
    let mut out = format!("## {title}: {} tables, {} columns\n\n", measured.tables, measured.columns);
    out.push_str("| columns | asked | sensitive | precision | recall | F1 | macro F1 | hidden at all: precision | recall |\n");
    out.push_str("| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n");
    for (group, scores) in &measured.groups {
        line(&mut out, &group.to_string(), scores);
    }
    if measured.cells.asked > 0 {
        line(&mut out, "cells, by their columns", &measured.cells);
        line(&mut out, "text cells by themselves", &measured.alone);
    }
    out.push('\n');
    for target in &TARGETS {
        if let Some(scores) = measured.groups.get(&target.group) {
            out.push_str(&met(target, scores));
        }
    }
    for (group, scores) in &measured.groups {
        if scores.precautions > 0 {
            let _ = writeln!(
                out,
                "- {group}: {} more are hidden as a precaution, since nothing is known of them",
                scores.precautions
            );
        }
        by_class(&mut out, &group.to_string(), scores);
    }
    if measured.cells.asked > 0 {
        by_class(&mut out, "cells, by their columns", &measured.cells);
        texts(&mut out, measured);
    }
    out
}

fn line(out: &mut String, name: &str, scores: &Scores) {
    let (micro, hidden) = (scores.micro(), scores.hidden);
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
        scores.asked,
        scores.sensitive,
        share(micro.precision()),
        share(micro.recall()),
        number(micro.f1()),
        number(scores.macros().map(|(_, _, f1)| f1)),
        share(hidden.precision()),
        share(hidden.recall()),
    );
}

fn met(target: &Target, scores: &Scores) -> String {
    let micro = scores.micro();
    let measured = [
        ("precision", target.precision, micro.precision().map(|share| share.value)),
        ("recall", target.recall, micro.recall().map(|share| share.value)),
        ("F1", target.f1, micro.f1()),
    ];
    let mut out = String::new();
    for (word, wanted, value) in measured {
        let (Some(wanted), Some(value)) = (wanted, value) else { continue };
        let verdict = if value >= wanted { "met" } else { "NOT met" };
        let _ = writeln!(out, "- target {word} >= {wanted:.2} ({}): {value:.3}, {verdict}", target.group);
    }
    out
}

fn by_class(out: &mut String, name: &str, scores: &Scores) {
    let _ = write!(
        out,
        "\n### {name}, by class\n\n| class | sensitive | precision | recall | F1 |\n| --- | --: | --: | --: | --: |\n"
    );
    for (class, tally) in &scores.classes {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            class.as_str(),
            tally.found + tally.missed,
            share(tally.precision()),
            share(tally.recall()),
            number(tally.f1())
        );
    }
}

fn texts(out: &mut String, measured: &Measured) {
    out.push_str("\n### what was planted in texts\n\n| class | planted | hidden |\n| --- | --: | --: |\n");
    for (class, tally) in &measured.planted {
        let _ = writeln!(
            out,
            "| {} | {} | {} |",
            class.as_str(),
            tally.found + tally.missed,
            share(tally.recall())
        );
    }
    let clean = measured.clean;
    let _ = writeln!(
        out,
        "\n{} texts had nothing planted; in {} something was hidden",
        clean.found + clean.wrong,
        clean.wrong
    );
}

/// What was wrong how: where, what it is, what it was taken for.
type Wrong = (Group, Option<Class>, Option<Class>);

/// Wrong answers, most frequent kinds first, with examples of names.
pub(super) fn mistakes(mistakes: &[Mistake]) -> String {
    let mut kinds: BTreeMap<Wrong, Vec<&Mistake>> = BTreeMap::new();
    for mistake in mistakes {
        kinds.entry((mistake.group, mistake.truth, mistake.said)).or_default().push(mistake);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
    let word = |class: Option<Class>| class.map_or("nothing", Class::as_str);
    let mut out = String::new();
    for ((group, truth, said), list) in kinds {
        let _ = writeln!(out, "{} × {group}: {} taken for {}", list.len(), word(truth), word(said));
        for mistake in list.iter().take(40) {
            let _ = writeln!(out, "    {}: {}", mistake.place, mistake.why);
        }
    }
    out
}

/// Everything as one object.
pub(super) fn object(parts: &[(String, Measured)]) -> Value {
    let parts = parts.iter().map(|(name, measured)| {
        let groups = measured.groups.iter().map(|(group, scores)| (group.to_string(), scored(scores)));
        let planted =
            measured.planted.iter().map(|(class, tally)| (class.as_str().to_owned(), tallied(*tally)));
        let value = json!({
            "tables": measured.tables,
            "columns": measured.columns,
            "groups": groups.collect::<serde_json::Map<_, _>>(),
            "cells": scored(&measured.cells),
            "cells_alone": scored(&measured.alone),
            "planted": planted.collect::<serde_json::Map<_, _>>(),
            "clean_texts": { "shown": measured.clean.found, "changed": measured.clean.wrong },
        });
        (name.clone(), value)
    });
    Value::Object(parts.collect())
}

fn scored(scores: &Scores) -> Value {
    let classes = scores.classes.iter().map(|(class, tally)| (class.as_str().to_owned(), tallied(*tally)));
    let macros = scores.macros();
    json!({
        "asked": scores.asked,
        "sensitive": scores.sensitive,
        "precautions": scores.precautions,
        "micro": tallied(scores.micro()),
        "macro": macros.map(|(precision, recall, f1)| json!({"precision": precision, "recall": recall, "f1": f1})),
        "hidden": tallied(scores.hidden),
        "classes": classes.collect::<serde_json::Map<_, _>>(),
    })
}

fn tallied(tally: Tally) -> Value {
    let interval = |share: Option<Share>| share.map(|share| json!([share.value, share.low, share.high]));
    json!({
        "found": tally.found,
        "missed": tally.missed,
        "wrong": tally.wrong,
        "precision": interval(tally.precision()),
        "recall": interval(tally.recall()),
        "f1": tally.f1(),
    })
}

fn share(share: Option<Share>) -> String {
    share.map_or_else(
        || "-".to_owned(),
        |share| format!("{:.3} ({:.3}–{:.3})", share.value, share.low, share.high),
    )
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"))
}

#[cfg(test)]
mod tests {
    use super::super::column::Truth;
    use super::*;

    fn measured(found: u64, missed: u64) -> Measured {
        let mut measured = Measured::default();
        let scores = measured.groups.entry(Group::Meaningless).or_default();
        let truth = Truth::of(&[Class::Iban], &[]);
        (0..found).for_each(|_| scores.count(&truth, Some(Class::Iban)));
        (0..missed).for_each(|_| scores.count(&truth, None));
        measured
    }

    #[test]
    fn a_missed_target_is_said() {
        let text = tables("x", &measured(89, 11));
        assert!(text.contains("recall >= 0.90 (meaningless names): 0.890, NOT met"), "{text}");
        assert!(
            text.contains("| iban | 100 | 1.000 (0.959–1.000) | 0.890 (0.814–0.937) | 0.942 |"),
            "{text}"
        );
        assert!(tables("x", &measured(90, 10)).contains("0.900, met"));
    }

    #[test]
    fn the_object_has_what_the_tables_have() {
        let value = object(&[("dev".to_owned(), measured(3, 1))]);
        assert_eq!(value["dev"]["groups"]["meaningless names"]["micro"]["recall"][0], 0.75);
        assert_eq!(value["dev"]["groups"]["meaningless names"]["classes"]["iban"]["found"], 3);
    }
}
