//! Which columns a database has, by their names. Of two that a name could mean it takes neither.

use std::collections::HashMap;

use model::facts::ObjectKind;
use sql::catalogue::{Catalogue, Relation};

use crate::config::printable;

/// Schemas of the server's own, in which nothing is looked for without their name.
const OWN: [&str; 2] = ["pg_catalog", "information_schema"];
/// How many columns of a table a message names.
const SHOWN: usize = 12;

/// One column, by its numbers, and its name for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) relation: u32,
    pub(super) column: i16,
    pub(super) name: String,
}

/// One table.
struct Table {
    oid: u32,
    schema: String,
    /// Whether it keeps rows of its own: what others show is traced to these.
    is_stored: bool,
    columns: HashMap<String, i16>,
}

/// All columns of a database.
pub(super) struct Columns {
    database: String,
    by_table: HashMap<String, Vec<Table>>,
}

impl Columns {
    /// Those of a catalogue.
    pub(super) fn of(catalogue: &Catalogue, database: &str) -> Self {
        let mut all = Self { database: database.to_owned(), by_table: HashMap::new() };
        for relation in catalogue.relations() {
            all.add(relation);
        }
        all
    }

    fn add(&mut self, relation: &Relation) {
        let columns =
            relation.columns.iter().map(|column| (column.name.to_string(), column.number)).collect();
        let kinds = [ObjectKind::Table, ObjectKind::MaterializedView, ObjectKind::ForeignTable];
        let is_stored = kinds.contains(&relation.kind);
        let table = Table { oid: relation.oid, schema: relation.schema.to_string(), is_stored, columns };
        self.by_table.entry(relation.name.to_string()).or_default().push(table);
    }

    /// The column that is written `schema.table.column`, whatever dots there are in the names.
    ///
    /// # Errors
    /// When there is none, or none that holds anything itself.
    pub(super) fn by_full_name(&self, text: &str) -> Result<Found, String> {
        let all =
            self.by_table.iter().flat_map(|(name, tables)| tables.iter().map(move |table| (name, table)));
        let mut found = all.filter_map(|(name, table)| {
            let rest = text.strip_prefix(table.schema.as_str())?.strip_prefix('.')?;
            let column = rest.strip_prefix(name.as_str())?.strip_prefix('.')?;
            table.columns.contains_key(column).then_some((name, table, column))
        });
        match found.next() {
            Some((name, table, column)) => column_of(name, table, column),
            None => Err(format!("there is no column `{}` in `{}`", printable(text), self.database)),
        }
    }

    /// The column of the first of these tables that there is.
    ///
    /// # Errors
    /// What there is not, or that a name could mean two tables.
    pub(super) fn find(&self, tables: &[(Option<String>, String)], column: &str) -> Result<Found, String> {
        for (schema, name) in tables {
            let named = self.by_table.get(name).map_or(&[][..], Vec::as_slice);
            let fits = |table: &&Table| match schema {
                Some(schema) => table.schema == *schema,
                None => !OWN.contains(&table.schema.as_str()),
            };
            let mut fitting = named.iter().filter(fits);
            let Some(table) = fitting.next() else { continue };
            if let Some(other) = fitting.next() {
                let (one, other, name) = (&table.schema, &other.schema, printable(name));
                return Err(format!("`{name}` could be in schema `{one}` or `{other}`; say which"));
            }
            return column_of(name, table, column);
        }
        let (schema, name) = tables.first().map_or((None, ""), |(schema, name)| (schema.as_deref(), name));
        let full = schema.map_or_else(|| name.to_owned(), |schema| format!("{schema}.{name}"));
        let (full, database) = (printable(&full), &self.database);
        Err(format!("there is no table `{full}` in `{database}`; names are compared exactly, case included"))
    }
}

fn column_of(name: &str, table: &Table, column: &str) -> Result<Found, String> {
    let full = format!("{}.{name}", table.schema);
    if !table.is_stored {
        return Err(format!("`{full}` shows columns of others; say it of the tables that it is made of"));
    }
    match table.columns.get(column) {
        Some(number) => Ok(Found { relation: table.oid, column: *number, name: format!("{full}.{column}") }),
        None => {
            let mut known: Vec<&str> = table.columns.keys().map(String::as_str).collect();
            known.sort_unstable();
            let more = if known.len() > SHOWN { ", …" } else { "" };
            known.truncate(SHOWN);
            let column = printable(column);
            Err(format!("`{full}` has no column `{column}`; it has {}{more}", known.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        let mut all = Columns { database: "shop".to_owned(), by_table: HashMap::new() };
        for (oid, schema, name) in [
            (1, "a", "t"),
            (2, "b", "t"),
            (3, "pg_catalog", "u"),
            (4, "a", "u"),
            (5, "a.b", "c"),
            (6, "a", "view"),
        ] {
            let table = Table {
                oid,
                schema: schema.to_owned(),
                is_stored: oid != 6,
                columns: HashMap::from([("id".to_owned(), 1), ("x.y".to_owned(), 2)]),
            };
            all.by_table.entry(name.to_owned()).or_default().push(table);
        }
        all
    }

    fn find(tables: &[(Option<&str>, &str)], column: &str) -> Result<u32, String> {
        let tables: Vec<_> = tables.iter().map(|(s, t)| (s.map(str::to_owned), (*t).to_owned())).collect();
        columns().find(&tables, column).map(|found| found.relation)
    }

    #[test]
    fn the_first_table_that_is_there_is_taken() {
        assert_eq!(find(&[(Some("b"), "t")], "id"), Ok(2));
        assert_eq!(find(&[(Some("x"), "t"), (None, "absent"), (Some("a"), "t")], "id"), Ok(1));
        assert_eq!(find(&[(None, "u")], "id"), Ok(4), "not the server's own");
        assert_eq!(find(&[(Some("pg_catalog"), "u")], "id"), Ok(3));
    }

    #[test]
    fn what_could_mean_two_or_none_is_told() {
        assert!(find(&[(None, "t")], "id").unwrap_err().contains("schema `a` or `b`"));
        assert!(find(&[(Some("x"), "t")], "id").unwrap_err().contains("no table `x.t` in `shop`"));
        assert!(find(&[(Some("a"), "t")], "ID").unwrap_err().contains("no column `ID`; it has id, x.y"));
        assert!(find(&[(Some("a"), "view")], "id").unwrap_err().contains("made of"));
    }

    #[test]
    fn full_names_may_have_dots_in_them() {
        let found =
            |text: &str| columns().by_full_name(text).ok().map(|found| (found.relation, found.column));
        assert_eq!(found("a.t.x.y"), Some((1, 2)));
        assert_eq!(found("a.b.c.id"), Some((5, 1)));
        assert_eq!(found("a.t"), None);
        assert_eq!(found("a.t.none"), None);
    }
}
