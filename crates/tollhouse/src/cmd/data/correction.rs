//! What is said of columns, as the configuration keeps it: one `[[label]]` section each. Changes the sections of the columns
//! that it is given, and no other.

use std::collections::HashMap;

use anyhow::{Context, bail};
use model::Name;
use toml_edit::{ArrayOfTables, Item, Table, value};

use super::find::Found;
use crate::config::edit::set_text;

/// One column and what it holds.
#[derive(Clone, Debug)]
pub(super) struct Correction {
    pub(super) found: Found,
    /// A class or `none`.
    pub(super) class: &'static str,
    pub(super) reason: String,
}

/// What a correction was to the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    New,
    Changed,
    Same,
}

impl State {
    /// Its word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// Puts corrections of one database into the sections.
///
/// # Errors
/// When the sections are not what this program writes.
pub(super) fn put(
    labels: &mut ArrayOfTables,
    target: &Name,
    database: Option<&str>,
    corrections: &[Correction],
) -> anyhow::Result<Vec<State>> {
    let text = |table: &Table, key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let number = |table: &Table, key: &str| table.get(key).and_then(Item::as_integer);
    let mut places: HashMap<(i64, i64), usize> = HashMap::new();
    for (place, table) in labels.iter().enumerate() {
        let own = text(table, "target").as_deref() == Some(target.as_str());
        if own
            && text(table, "database").as_deref() == database
            && let (Some(relation), Some(column)) = (number(table, "relation"), number(table, "column"))
        {
            places.entry((relation, column)).or_insert(place);
        }
    }
    let mut states = Vec::with_capacity(corrections.len());
    for one in corrections {
        let key = (i64::from(one.found.relation), i64::from(one.found.column));
        let known = places.get(&key).copied();
        let place = known.unwrap_or(labels.len());
        if known.is_none() {
            let mut table = Table::new();
            set_text(&mut table, "target", target.as_str());
            if let Some(database) = database {
                set_text(&mut table, "database", database);
            }
            table.insert("relation", value(key.0));
            table.insert("column", value(key.1));
            labels.push(table);
            places.insert(key, place);
        }
        let table = labels.get_mut(place).context("nothing was changed")?;
        let new = [("name", one.found.name.as_str()), ("class", one.class), ("reason", &one.reason)];
        let same = new.iter().all(|(key, new)| text(table, key).as_deref() == Some(*new));
        states.push(match (known.is_some(), same) {
            (false, _) => State::New,
            (true, false) => State::Changed,
            (true, true) => State::Same,
        });
        for (key, new) in new {
            set_text(table, key, new);
        }
    }
    if states.len() != corrections.len() {
        bail!("nothing was changed");
    }
    Ok(states)
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;

    fn correction(relation: u32, column: i16, class: &'static str) -> Correction {
        let found = Found { relation, column, name: format!("s.t.c{column}") };
        Correction { found, class, reason: "why".to_owned() }
    }

    #[test]
    fn sections_are_added_and_changed_and_others_stay() {
        let before = "# mine\n[[label]]\ntarget = \"a\"\nrelation = 7\ncolumn = 1\nname = \"s.t.c1\"\nclass = \"email\" # ours\nreason = \"why\"\n\n[[label]]\ntarget = \"a\"\ndatabase = \"other\"\nrelation = 7\ncolumn = 2\nname = \"x\"\nclass = \"phone\"\nreason = \"y\"\n";
        let mut document: DocumentMut = before.parse().unwrap();
        let target: Name = Name::new("a").unwrap();
        let all = [correction(7, 1, "none"), correction(7, 2, "salary"), correction(7, 3, "phone")];
        let mut put = |all: &[Correction]| {
            let labels = document["label"].as_array_of_tables_mut().unwrap();
            super::put(labels, &target, None, all).unwrap()
        };
        assert_eq!(put(&all), [State::Changed, State::New, State::New]);
        assert_eq!(put(&all), [State::Same; 3]);
        let text = document.to_string();
        assert!(
            text.contains("class = \"none\" # ours") && text.contains("class = \"phone\"\nreason = \"y\""),
            "{text}"
        );
        assert_eq!(text.matches("[[label]]").count(), 4);
    }
}
