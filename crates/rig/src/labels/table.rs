//! Tables made of names and values, with what each column truly holds.
//!
//! The same seed makes the same tables everywhere. It never looks at how they are judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mask::label::{ColumnEvidence, Sampled, Samples, TableEvidence};
use model::Class;

use super::column::{Cell, Column, Group, Truth};
use super::land::Land;
use super::style::{meaningless, spell};
use super::value::{Form, forms, harmless, write};
use super::vocabulary::{About, Split, TONGUES, Vocabulary, chosen};
use crate::sample::random::Random;

/// Rows that evidence is taken from: as many values as the gate looks at, and some more.
const ROWS: usize = 120;
/// Values of a column that are looked at (`VALUES_MAX` of the gate).
const SEEN: usize = 100;
/// Letters of a value that are looked at (`LETTERS_MAX` of the gate).
const LETTERS: usize = 256;
/// Cells of each column that are counted one by one: others than those that it is judged by.
const CELLS: usize = 12;

/// Types whose values the gate looks at.
const LOOKED_AT: [&str; 18] = [
    "text",
    "character varying",
    "character",
    "public.citext",
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "double precision",
    "date",
    "timestamp with time zone",
    "timestamp without time zone",
    "inet",
    "macaddr",
    "uuid",
    "point",
    "jsonb",
    "json",
];

/// A table, and the truth about its columns in their order.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) evidence: TableEvidence,
    pub(super) columns: Vec<Column>,
}

/// Makes the tables of a split.
#[derive(Debug)]
pub(super) struct Maker {
    random: Random,
    vocabulary: Vocabulary,
    lands: Vec<Land>,
    deck: Vec<Class>,
}

impl Maker {
    /// A maker whose tables the split and the seed decide.
    pub(super) fn new(split: Split, seed: u64) -> Self {
        Self {
            random: Random::new(split.seed().wrapping_add(seed.wrapping_mul(0x9e37_79b9))),
            vocabulary: Vocabulary::of(split),
            lands: (0..TONGUES.len()).map(|tongue| Land::new(tongue, split)).collect(),
            deck: Vec::new(),
        }
    }

    /// The next class: each as often as any other.
    fn class(&mut self) -> Class {
        if self.deck.is_empty() {
            self.deck = Class::ALL.to_vec();
            for place in (1..self.deck.len()).rev() {
                let other = usize::try_from(self.random.below(place as u64 + 1)).unwrap_or(0);
                self.deck.swap(place, other);
            }
        }
        self.deck.pop().unwrap_or(Class::FreeText)
    }

    /// The next table.
    pub(super) fn table(&mut self) -> Table {
        let about = match self.random.below(20) {
            0..=9 => About::Persons,
            10..=14 => About::Things,
            _ => About::Events,
        };
        let tongue = usize::try_from(self.random.below(TONGUES.len() as u64)).unwrap_or(0);
        let name = self.vocabulary.table(&mut self.random, about);
        let is_empty = self.random.chance(20);
        let has_statistics = self.random.chance(60);
        let count = self.random.between(5, 25);
        let mut columns: BTreeMap<String, Column> = BTreeMap::new();
        let mut samples = Vec::new();
        for _ in 0..count {
            let Some((column, values)) = self.column(about, tongue, name, is_empty) else { continue };
            if columns.contains_key(&column.name) {
                continue;
            }
            samples.push((column.name.clone(), values));
            columns.insert(column.name.clone(), column);
        }
        let mut evidence = Vec::new();
        let mut truths = Vec::new();
        for (name, values) in samples {
            let Some(column) = columns.remove(&name) else { continue };
            evidence.push(self.evidence(&column, values, has_statistics));
            truths.push(column);
        }
        let prefix = self.random.pick(&["", "", "", "tbl_", "t_", "app_"]);
        let evidence = TableEvidence {
            schema: Arc::from("public"),
            name: format!("{prefix}{name}").into(),
            comment: None,
            columns: evidence,
        };
        Table { evidence, columns: truths }
    }

    /// A column and the values of its rows.
    fn column(
        &mut self,
        about: About,
        tongue: usize,
        table: &str,
        is_empty: bool,
    ) -> Option<(Column, Vec<Option<String>>)> {
        let sensitive = match about {
            About::Persons => 55,
            About::Events => 30,
            About::Things => 10,
        };
        let rows = if is_empty { 0 } else { ROWS };
        if self.random.chance(4) {
            return self.document(tongue, rows);
        }
        if self.random.chance(sensitive) {
            let class = self.class();
            return self.sensitive(class, tongue, table, rows);
        }
        let (kind, words) = self.vocabulary.harmless(&mut self.random, tongue)?;
        let form = *chosen(&mut self.random, &harmless(kind))?;
        let says_nothing = rows > 0 && self.random.chance(20);
        let (name, group) = if says_nothing {
            (meaningless(&mut self.random), Group::Meaningless)
        } else {
            (spell(&mut self.random, words, table), Group::Named)
        };
        // A template is text that somebody wrote: seen as such it is no mistake.
        let truth = Truth {
            classes: Vec::new(),
            also_right: if kind == "template" { vec![Class::FreeText] } else { Vec::new() },
        };
        self.filled(name, group, truth, form, tongue, rows)
    }

    fn sensitive(
        &mut self,
        class: Class,
        tongue: usize,
        table: &str,
        rows: usize,
    ) -> Option<(Column, Vec<Option<String>>)> {
        let all = forms(class, tongue);
        let telling: Vec<Form> = all.iter().copied().filter(|form| form.tells && form.is_text()).collect();
        let dice = self.random.below(100);
        if rows > 0 && dice < 30 && !telling.is_empty() {
            let form = *chosen(&mut self.random, &telling)?;
            let truth = Truth::of(&[class], form.also);
            let (name, group) = if dice < 20 {
                (meaningless(&mut self.random), Group::Meaningless)
            } else {
                (self.misleading(tongue, table)?, Group::Hostile)
            };
            return self.filled(name, group, truth, form, tongue, rows);
        }
        let form = *chosen(&mut self.random, &all)?;
        let name = self.vocabulary.sensitive(&mut self.random, class, tongue)?.clone();
        let truth = Truth::of(&name.classes, form.also);
        let name = spell(&mut self.random, name.words, table);
        self.filled(name, Group::Named, truth, form, tongue, rows)
    }

    /// A name that says something harmless.
    fn misleading(&mut self, tongue: usize, table: &str) -> Option<String> {
        const KINDS: [&str; 7] =
            ["order_number", "status", "kind", "product_code", "technical", "invoice_number", "file"];
        for _ in 0..200 {
            let (kind, words) = self.vocabulary.harmless(&mut self.random, tongue)?;
            if KINDS.contains(&kind) {
                return Some(spell(&mut self.random, words, table));
            }
        }
        None
    }

    fn filled(
        &mut self,
        name: String,
        group: Group,
        truth: Truth,
        form: Form,
        tongue: usize,
        rows: usize,
    ) -> Option<(Column, Vec<Option<String>>)> {
        let land = self.lands.get(tongue)?;
        let random = &mut self.random;
        let nulls = random.pick(&[0, 0, 5, 30, 80]);
        let dirt = if form.is_text() { random.pick(&[0, 0, 4, 12]) } else { 0 };
        // What is given by hand in few ways in a column is the same person's habit: as it was made.
        let mut values = Vec::with_capacity(rows);
        for _ in 0..rows {
            values.push(match random.below(100) {
                dice if dice < nulls => None,
                _ if random.chance(dirt) => Some(nothing(random).to_owned()),
                _ if dirt > 0 && random.chance(3) => Some(format!("  {} ", (form.make)(random, land))),
                _ => Some((form.make)(random, land)),
            });
        }
        let prose = truth.classes.first() == Some(&Class::FreeText);
        let cells = (0..CELLS)
            .map(|_| match prose {
                true => {
                    let planted = write(random, land);
                    Cell { text: planted.text, planted: planted.found }
                }
                false => Cell { text: (form.make)(random, land), planted: Vec::new() },
            })
            .collect();
        let length = match form.type_name {
            "character varying" => Some(random.pick(&[64, 100, 150, 255])),
            "character" => values
                .iter()
                .flatten()
                .map(|value| value.chars().count())
                .max()
                .and_then(|most| u32::try_from(most).ok()),
            _ => None,
        };
        let column =
            Column { name, type_name: form.type_name, length, group, truth, keys: Vec::new(), cells };
        Some((column, values))
    }

    /// A column of JSON whose keys hold this and that.
    fn document(&mut self, tongue: usize, rows: usize) -> Option<(Column, Vec<Option<String>>)> {
        let mut keys: Vec<(String, Truth, Form)> = Vec::new();
        let mut used = BTreeSet::new();
        for _ in 0..self.random.between(3, 7) {
            let (words, truth, form) = if self.random.chance(55) {
                let class = self.class();
                let all: Vec<Form> = forms(class, tongue).into_iter().filter(Form::is_text).collect();
                let Some(form) = chosen(&mut self.random, &all).copied() else { continue };
                let name = self.vocabulary.sensitive(&mut self.random, class, tongue)?.clone();
                (name.words, Truth::of(&name.classes, form.also), form)
            } else {
                let (kind, words) = self.vocabulary.harmless(&mut self.random, tongue)?;
                let all: Vec<Form> = harmless(kind).into_iter().filter(Form::is_text).collect();
                let Some(form) = chosen(&mut self.random, &all).copied() else { continue };
                let also_right = if kind == "template" { vec![Class::FreeText] } else { Vec::new() };
                (words, Truth { classes: Vec::new(), also_right }, form)
            };
            let key = words.replace(' ', "_");
            if used.insert(key.clone()) {
                keys.push((key, truth, form));
            }
        }
        let land = self.lands.get(tongue)?;
        let random = &mut self.random;
        let values = (0..rows)
            .map(|_| {
                let mut fields = serde_json::Map::new();
                for (key, _, form) in &keys {
                    if random.chance(90) {
                        fields.insert(key.clone(), serde_json::Value::String((form.make)(random, land)));
                    }
                }
                Some(serde_json::Value::Object(fields).to_string())
            })
            .collect();
        let name = random.pick(&[
            "data",
            "payload",
            "attributes",
            "raw",
            "doc",
            "meta",
            "extra",
            "details",
            "properties",
        ]);
        let column = Column {
            name: name.to_owned(),
            type_name: random.pick(&["jsonb", "jsonb", "json"]),
            length: None,
            group: Group::Json,
            truth: Truth::default(),
            keys: keys.into_iter().map(|(key, truth, _)| (key, truth)).collect(),
            cells: Vec::new(),
        };
        Some((column, values))
    }

    /// What the gate would know of the column.
    fn evidence(
        &mut self,
        column: &Column,
        values: Vec<Option<String>>,
        has_statistics: bool,
    ) -> ColumnEvidence {
        let rows = values.len();
        let some = values.iter().flatten().count();
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for value in values.into_iter().flatten() {
            *counted.entry(value).or_default() += 1;
        }
        let unique = rows > 0 && counted.len() == rows;
        let mut samples = Samples::default();
        if rows > 0 && LOOKED_AT.contains(&column.type_name) {
            samples.nulls = Some(part(rows - some, rows));
            samples.distinct = Some(-part(counted.len(), some.max(1)));
            samples.values = counted
                .into_iter()
                .take(SEEN)
                .map(|(value, times)| Sampled {
                    text: if column.keys.is_empty() {
                        value.chars().take(LETTERS).collect()
                    } else {
                        value.into()
                    },
                    // Statistics tell the share of what is frequent only.
                    share: (!has_statistics || times > 1).then(|| part(times, rows)),
                })
                .collect();
        }
        ColumnEvidence {
            name: column.name.as_str().into(),
            type_name: column.type_name.into(),
            domain: None,
            comment: None,
            length: column.length,
            unique: unique && self.random.chance(30),
            key: false,
            samples,
            rows: Some(rows as u64 * 50),
        }
    }
}

fn part(part: usize, all: usize) -> f32 {
    let short = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
    short(part) / short(all).max(1.0)
}

/// What people put where nothing is known.
fn nothing(random: &mut Random) -> &'static str {
    random.pick(&["", " ", "N/A", "n/a", "-", "unknown", "NULL", "xxx", "test", "none", "?"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(table: &Table) -> String {
        let columns = table.evidence.columns.iter().map(|column| {
            let values: Vec<&str> = column.samples.values.iter().map(|value| &*value.text).collect();
            format!("{} {} {values:?}", column.name, column.type_name)
        });
        columns.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_seed_makes_the_same_tables_and_another_makes_others() {
        let made = |split, seed| {
            let mut maker = Maker::new(split, seed);
            (0..5).map(|_| text(&maker.table())).collect::<Vec<_>>()
        };
        assert_eq!(made(Split::Dev, 1), made(Split::Dev, 1));
        assert_ne!(made(Split::Dev, 1), made(Split::Dev, 2));
        assert_ne!(made(Split::Dev, 1), made(Split::Test, 1));
    }

    #[test]
    fn every_class_is_met_and_truths_stand_beside_their_columns() {
        let mut maker = Maker::new(Split::Dev, 1);
        let mut met = BTreeSet::new();
        for _ in 0..60 {
            let table = maker.table();
            assert_eq!(table.evidence.columns.len(), table.columns.len());
            for (evidence, column) in table.evidence.columns.iter().zip(&table.columns) {
                assert_eq!(*evidence.name, *column.name);
                met.extend(column.truth.classes.first().copied());
            }
        }
        assert!(met.len() >= 30, "{met:?}");
    }
}
