//! Schemas of real programs, labelled by hand: names and types of their columns, and what each means.
//!
//! How they were labelled is in docs/labels.md. No values, no code: only what a program calls its columns.

use std::collections::BTreeMap;

use mask::label::{ColumnEvidence, TableEvidence, judge};
use model::Class;

use super::column::Truth;
use super::measure::Measured;
use super::programs::{COUNTED, DEVELOPED, Programs};
use super::vocabulary::Split;

/// A column of a real schema.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    table: &'static str,
    column: &'static str,
    type_name: &'static str,
    /// `None`: people differ about it, and it is not counted.
    truth: Option<Truth>,
}

/// Judges the schemas of a split, each by itself, those of a list, and all together under "all". Only those of `dev` keep their
/// mistakes.
pub(super) fn measure(split: Split) -> Vec<(String, Measured)> {
    let (lists, keep): (&[(&str, &Programs)], bool) = match split {
        Split::Dev => (&DEVELOPED, true),
        Split::Test => (&[("counted", &COUNTED)], false),
    };
    let mut all = Measured::default();
    let mut each = Vec::new();
    for (list, files) in lists {
        let mut together = Measured::default();
        for (name, text) in *files {
            let mut one = Measured::default();
            schema(text, &mut one, false);
            schema(text, &mut together, false);
            schema(text, &mut all, keep);
            each.push(((*name).to_owned(), one));
        }
        each.push((format!("all of the {list}"), together));
    }
    each.push(("all".to_owned(), all));
    each
}

fn schema(text: &'static str, measured: &mut Measured, keep: bool) {
    let mut tables: BTreeMap<&str, Vec<Line>> = BTreeMap::new();
    for line in read(text) {
        tables.entry(line.table).or_default().push(line);
    }
    for (name, lines) in tables {
        measured.tables += 1;
        let columns = lines.iter().map(|line| ColumnEvidence {
            name: line.column.into(),
            type_name: line.type_name.into(),
            ..ColumnEvidence::default()
        });
        let table = TableEvidence {
            schema: "public".into(),
            name: name.into(),
            comment: None,
            columns: columns.collect(),
        };
        for (line, finding) in lines.iter().zip(judge(&table)) {
            if let Some(truth) = &line.truth {
                measured.real(&format!("{name}.{} {}", line.column, line.type_name), truth, &finding, keep);
            }
        }
    }
}

/// Reads `table.column type class`, where the class is `-` for nothing sensitive, `?` for what is not counted, or several with
/// `|` between them.
fn read(text: &'static str) -> impl Iterator<Item = Line> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).filter_map(|line| {
        let (place, rest) = line.split_once(' ')?;
        let (table, column) = place.split_once('.')?;
        let (type_name, word) = rest.rsplit_once(' ')?;
        let truth = match word {
            "?" => None,
            "-" => Some(Truth::default()),
            classes => {
                let classes: Option<Vec<Class>> = classes.split('|').map(Class::parse).collect();
                Some(Truth { classes: classes?, also_right: Vec::new() })
            }
        };
        Some(Line { table, column, type_name, truth })
    })
}

#[cfg(test)]
mod tests {
    use super::super::column::Group;
    use super::*;

    fn developed() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
        DEVELOPED.into_iter().flat_map(|(_, files)| files)
    }

    #[test]
    fn lines_are_read() {
        let text = "# a comment\n\nuser.mail character varying email\nuser.x timestamp with time zone -\nuser.y text ?\n";
        let lines: Vec<Line> = read(text).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0].truth, Some(Truth::of(&[Class::Email], &[])));
        assert_eq!(
            (lines[1].type_name, &lines[1].truth),
            ("timestamp with time zone", &Some(Truth::default()))
        );
        assert_eq!(lines[2].truth, None);
    }

    /// A floor below what was measured; the target is higher: see docs/labels.md.
    #[test]
    fn real_schemas_are_not_labelled_worse() {
        for (split, floor) in [(Split::Test, 0.80), (Split::Dev, 0.93)] {
            let all = measure(split).into_iter().find(|(name, _)| name == "all").unwrap().1;
            let tally = all.groups[&Group::Real].micro();
            assert!(tally.f1().unwrap() > floor, "{split}: {tally:?}");
        }
    }

    #[test]
    fn every_line_of_every_file_is_understood() {
        for (name, text) in COUNTED.iter().chain(developed()) {
            let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
            assert_eq!(read(text).count(), lines, "{name}");
        }
        let texts = [COUNTED.iter().collect::<Vec<_>>(), developed().collect()];
        for (files, columns, of_persons) in
            texts.iter().zip([(1_300, 250), (10_000, 1_900)]).map(|(f, (c, p))| (f, c, p))
        {
            let lines = files.iter().flat_map(|(_, text)| read(text));
            let counted: Vec<Truth> = lines.filter_map(|line| line.truth).collect();
            let sensitive = counted.iter().filter(|truth| !truth.classes.is_empty()).count();
            assert!(counted.len() > columns && sensitive > of_persons, "{} {sensitive}", counted.len());
        }
    }

    #[test]
    fn no_program_is_counted_and_developed_with() {
        assert!(COUNTED.iter().all(|(name, _)| developed().all(|(other, _)| name != other)));
        assert!(measure(Split::Test).iter().all(|(_, one)| one.mistakes.is_empty()));
    }
}
