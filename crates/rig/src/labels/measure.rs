//! Asking: every table is judged as the gate judges it, every cell shown as the gate would show it, and all of it counted.
//!
//! What is asked comes from elsewhere; nothing here knows how recognisers work.

use std::collections::BTreeMap;

use mask::label::{Finding, JsonPath, Step, judge};
use mask::scan::Scanner;
use model::Class;

use super::column::{Cell, Column, Group, Truth};
use super::score::{Scores, Tally};
use super::table::{Maker, Table};
use super::vocabulary::Split;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Measured {
    /// Columns, by what they ask.
    pub(super) groups: BTreeMap<Group, Scores>,
    /// Cells of columns: hidden because of their column's label, or found by looking through it.
    pub(super) cells: Scores,
    /// What was planted in texts, by class.
    pub(super) planted: BTreeMap<Class, Tally>,
    /// Texts in which nothing was planted, and how many of them something was found in.
    pub(super) clean: Tally,
    /// Cells without a column: which the shape alone tells, by class.
    pub(super) alone: Scores,
    /// Tables and columns.
    pub(super) tables: u64,
    pub(super) columns: u64,
    /// Mistakes, when they are asked for.
    pub(super) mistakes: Vec<Mistake>,
}

/// A wrong answer.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) group: Group,
    /// Table, column, type.
    pub(super) place: String,
    pub(super) truth: Option<Class>,
    pub(super) said: Option<Class>,
    /// Why, in words that hold no value.
    pub(super) why: String,
}

/// Judges so many tables of a split.
pub(super) fn generated(split: Split, seed: u64, tables: u32, keep: bool) -> Measured {
    let mut maker = Maker::new(split, seed);
    let mut measured = Measured::default();
    let scanner = Scanner::new();
    for _ in 0..tables {
        measured.table(maker.table(), &scanner, keep);
    }
    measured
}

impl Measured {
    fn table(&mut self, table: Table, scanner: &Scanner, keep: bool) {
        self.tables += 1;
        let findings = judge(&table.evidence);
        for (column, finding) in table.columns.iter().zip(&findings) {
            self.columns += 1;
            if column.keys.is_empty() {
                self.column(&table.evidence.name, column, finding, keep);
                self.show(column, finding, scanner);
            } else {
                self.document(&table.evidence.name, column, finding, keep);
            }
        }
    }

    fn column(&mut self, table: &str, column: &Column, finding: &Finding, keep: bool) {
        let scores = self.groups.entry(column.group).or_default();
        let said = class(finding);
        scores.precautions += u64::from(finding.is_precaution());
        scores.count(&column.truth, said);
        if keep && is_mistake(&column.truth, said) {
            self.mistakes.push(Mistake {
                group: column.group,
                place: format!("{table}.{} {}", column.name, column.type_name),
                truth: column.truth.classes.first().copied(),
                said,
                why: why(finding),
            });
        }
    }

    /// Counts a column of a real schema.
    pub(super) fn real(&mut self, place: &str, truth: &Truth, finding: &Finding, keep: bool) {
        self.columns += 1;
        let scores = self.groups.entry(Group::Real).or_default();
        let said = class(finding);
        scores.precautions += u64::from(finding.is_precaution());
        scores.count(truth, said);
        if keep && is_mistake(truth, said) {
            self.mistakes.push(Mistake {
                group: Group::Real,
                place: place.to_owned(),
                truth: truth.classes.first().copied(),
                said,
                why: why(finding),
            });
        }
    }

    fn document(&mut self, table: &str, column: &Column, finding: &Finding, keep: bool) {
        let scores = self.groups.entry(Group::Json).or_default();
        // Documents that nobody has seen are hidden whole; there are no keys to judge.
        if finding.is_precaution() {
            scores.precautions += 1;
            return;
        }
        for (key, truth) in &column.keys {
            let path = JsonPath(vec![Step::Key(key.as_str().into())]);
            let said = match finding {
                Finding::Paths { paths, .. } => {
                    paths.iter().find(|(known, _)| *known == path).map(|(_, label)| label.class)
                }
                other => class(other),
            };
            scores.count(truth, said);
            if keep && is_mistake(truth, said) {
                self.mistakes.push(Mistake {
                    group: Group::Json,
                    place: format!("{table}.{}.{key} json", column.name),
                    truth: truth.classes.first().copied(),
                    said,
                    why: why(finding),
                });
            }
        }
    }

    /// Shows the column's cells as the gate does to somebody who may see none: by the label, or looked through.
    fn show(&mut self, column: &Column, finding: &Finding, scanner: &Scanner) {
        let said = class(finding);
        for cell in &column.cells {
            if column.truth.classes.first() == Some(&Class::FreeText) {
                self.text(cell, finding, scanner);
            } else {
                // In a column of free text a value counts as hidden when nothing of it is left as it was.
                let said = match said {
                    Some(Class::FreeText) => {
                        let scrubbed = scrub(scanner, &cell.text);
                        (scrubbed != cell.text)
                            .then(|| column.truth.classes.first().copied().unwrap_or(Class::FreeText))
                    }
                    other => other,
                };
                self.cells.count(&column.truth, said);
            }
            if column.type_name == "text" && column.truth.classes.first() != Some(&Class::FreeText) {
                let is_found = scrub(scanner, &cell.text) != cell.text;
                let said = is_found.then(|| column.truth.classes.first().copied().unwrap_or(Class::FreeText));
                self.alone.count(&Truth { also_right: Vec::new(), ..column.truth.clone() }, said);
            }
        }
    }

    fn text(&mut self, cell: &Cell, finding: &Finding, scanner: &Scanner) {
        let shown = match finding {
            // Unjudged: hidden whole.
            Finding::Unsure(_) => String::new(),
            Finding::Labelled(label) if label.class != Class::FreeText => String::new(),
            Finding::Clear { .. } => cell.text.clone(),
            _ => scrub(scanner, &cell.text),
        };
        for (class, planted) in &cell.planted {
            let tally = self.planted.entry(*class).or_default();
            match shown.contains(planted.as_str()) {
                true => tally.missed += 1,
                false => tally.found += 1,
            }
        }
        if cell.planted.is_empty() {
            match shown == cell.text {
                true => self.clean.found += 1,
                false => self.clean.wrong += 1,
            }
        }
    }
}

fn scrub(scanner: &Scanner, text: &str) -> String {
    let mut out = Vec::new();
    match scanner.scrub(text.as_bytes(), &mut out) {
        Some(0) => text.to_owned(),
        Some(_) => String::from_utf8(out).unwrap_or_default(),
        None => String::new(),
    }
}

/// What a column was taken for. A precaution is no answer.
fn class(finding: &Finding) -> Option<Class> {
    finding.label().filter(|_| !finding.is_precaution()).map(|label| label.class)
}

fn is_mistake(truth: &Truth, said: Option<Class>) -> bool {
    match said {
        Some(said) => !truth.classes.contains(&said) && !truth.also_right.contains(&said),
        None => !truth.classes.is_empty(),
    }
}

fn why(finding: &Finding) -> String {
    let why = match finding {
        Finding::Clear { why } => why,
        other => match other.label() {
            Some(label) => &label.why,
            None => return String::new(),
        },
    };
    why.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Floors below what was measured: whoever makes recognisers worse is told. Not the targets: see docs/labels.md.
    #[test]
    fn judgement_does_not_get_worse() {
        let measured = generated(Split::Dev, 1, 24, false);
        for (group, precision, recall) in [
            (Group::Named, 0.94, 0.94),
            (Group::Meaningless, 0.85, 0.80),
            (Group::Hostile, 0.80, 0.75),
            (Group::Json, 0.90, 0.90),
        ] {
            let tally = measured.groups[&group].micro();
            assert!(tally.precision().unwrap().value > precision, "{group}: {tally:?}");
            assert!(tally.recall().unwrap().value > recall, "{group}: {tally:?}");
        }
    }

    #[test]
    fn every_group_is_asked() {
        let measured = generated(Split::Test, 2, 24, true);
        for group in Group::MADE {
            assert!(measured.groups.get(&group).is_some_and(|scores| scores.sensitive > 2), "{group}");
        }
        assert!(measured.mistakes.iter().all(|mistake| !mistake.why.is_empty()));
        assert!(!measured.planted.is_empty() && measured.clean.found > 0);
    }
}
