//! From a catalogue and a server's answers to the evidence that columns are judged by, and to the ways on which labels
//! travel between them.

use std::collections::HashMap;
use std::sync::Arc;

use mask::label::{ColumnEvidence, Link, Place, TableEvidence};
use sql::catalogue::{Catalogue, Relation};

use super::answer::Details;

/// The evidence about a table. Its samples move into it, and vanish with it.
pub(super) fn table(catalogue: &Catalogue, relation: &Relation, details: &mut Details) -> TableEvidence {
    let columns = relation.columns.iter().map(|column| {
        let detail = details.columns.remove(&(relation.oid, column.number)).unwrap_or_default();
        let alone = |key: &[i16]| key == [column.number];
        ColumnEvidence {
            name: Arc::clone(&column.name),
            type_name: type_name(catalogue, column.type_oid),
            domain: domain(catalogue, column.type_oid),
            comment: detail.comment,
            length: detail.length,
            unique: relation.keys.iter().any(|key| alone(key)),
            key: relation.keys.first().is_some_and(|key| key.contains(&column.number)),
            samples: detail.samples,
            rows: relation.rows,
        }
    });
    let columns = columns.collect();
    TableEvidence {
        schema: Arc::clone(&relation.schema),
        name: Arc::clone(&relation.name),
        comment: details.tables.get(&relation.oid).and_then(|table| table.comment.clone()),
        columns,
    }
}

/// A type's name as labels read it: of a domain its base, of an array its element with brackets, `enum` for lists of words.
pub(super) fn type_name(catalogue: &Catalogue, oid: u32) -> Arc<str> {
    let mut oid = oid;
    let mut brackets = "";
    // A domain of arrays of domains ends somewhere; a snapshot that says otherwise does not hold us up.
    for _ in 0..16 {
        let Some(found) = catalogue.type_by_oid(oid) else { return "unknown".into() };
        match (found.base, found.element) {
            (0, 0) if found.kind == b'e' => return format!("enum{brackets}").into(),
            (0, 0) => return format!("{}{brackets}", found.name).into(),
            (0, element) => (oid, brackets) = (element, "[]"),
            (base, _) => oid = base,
        }
    }
    "unknown".into()
}

fn domain(catalogue: &Catalogue, oid: u32) -> Option<Arc<str>> {
    catalogue.type_by_oid(oid).filter(|found| found.base != 0).map(|found| Arc::clone(&found.name))
}

/// Foreign keys, inheritance and generated columns between these tables, by their places in the list.
pub(super) fn links(tables: &[&Arc<Relation>], details: &Details) -> Vec<(Place, Place, Link)> {
    let at: HashMap<u32, usize> = tables.iter().enumerate().map(|(at, table)| (table.oid, at)).collect();
    let place = |(relation, number): (u32, i16)| {
        let table = *at.get(&relation)?;
        let column = tables.get(table)?.columns.iter().position(|column| column.number == number)?;
        Some((table, column))
    };
    let mut links = Vec::new();
    for (from, to) in &details.references {
        links.extend(place(*from).zip(place(*to)).map(|(from, to)| (from, to, Link::ForeignKey)));
    }
    for (here, table) in tables.iter().enumerate() {
        for parent in table.parents.iter().filter_map(|parent| at.get(parent)) {
            for (number, column) in
                tables.get(*parent).into_iter().flat_map(|parent| parent.columns.iter().enumerate())
            {
                let same = table.columns.iter().position(|mine| mine.name == column.name);
                links.extend(same.map(|mine| ((*parent, number), (here, mine), Link::Inherits)));
            }
        }
        for (mine, column) in table.columns.iter().enumerate().filter(|(_, column)| column.generated) {
            let made_of = column.default.as_deref().unwrap_or_default();
            let named = |name: &str| {
                made_of
                    .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .any(|word| word == name)
                    || made_of.contains(&format!("\"{}\"", name.replace('"', "\"\"")))
            };
            let sources = table
                .columns
                .iter()
                .enumerate()
                .filter(|(_, source)| !source.generated && named(&source.name));
            links.extend(sources.map(|(source, _)| ((here, source), (here, mine), Link::Generated)));
        }
    }
    links
}
