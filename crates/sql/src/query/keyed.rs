//! Columns that a key decides: who groups rows by a table's primary key gets the same groups whatever other columns of that
//! row stand beside it, so these choose nothing; nor do they sort, since the server leaves them out of the grouping
//! (`remove_useless_groupby_columns`). Where it could leave out the key instead, because another unique one is there as
//! well, and for DISTINCT, where it leaves out nothing, the order of the rows would tell: there all of them choose. Only
//! references that name one column of one table are looked at.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::ObjectKind;

use super::Scope;
use super::name::words;
use super::scope::{Inside, Table, Visible};
use crate::catalogue::Relation;
use crate::parse::Node;

/// The tables of a level of which the primary key is among the columns that rows are grouped by.
#[derive(Default)]
pub(super) struct Keyed(Vec<Rc<Table>>);

impl Keyed {
    /// For the expressions of a GROUP BY.
    pub(super) fn by<'n>(nodes: impl Iterator<Item = Node<'n>>, scope: &Scope<'_>) -> Self {
        let named: Vec<(Rc<Table>, i16)> = nodes.filter_map(|node| place(node, scope)).collect();
        let mut keyed: Vec<Rc<Table>> = Vec::new();
        for (table, _) in &named {
            let Some(relation) = unique(table) else { continue };
            let is_named =
                |number: &i16| named.iter().any(|(of, one)| Rc::ptr_eq(of, table) && one == number);
            let primary = &*relation.primary;
            // Where one of its columns may be NULL a unique index makes other groups.
            let is_never_null = |number: &i16| {
                relation.columns.iter().any(|column| column.number == *number && column.not_null)
            };
            let other =
                |key: &[i16]| key != primary && key.iter().all(is_named) && key.iter().all(is_never_null);
            let decides = !primary.is_empty()
                && primary.iter().all(is_named)
                && !relation.keys.iter().any(|key| other(key));
            if decides && !keyed.iter().any(|one| Rc::ptr_eq(one, table)) {
                keyed.push(Rc::clone(table));
            }
        }
        Self(keyed)
    }

    /// Whether a reference is to a column of such a table.
    pub(super) fn decides(&self, node: Node<'_>, scope: &Scope<'_>) -> bool {
        !self.0.is_empty()
            && place(node, scope).is_some_and(|(table, _)| self.0.iter().any(|one| Rc::ptr_eq(one, &table)))
    }
}

/// The column that a reference names at this level, when it can be no other.
fn place(node: Node<'_>, scope: &Scope<'_>) -> Option<(Rc<Table>, i16)> {
    let Node::ColumnRef(reference) = node else { return None };
    if reference.fields().iter().any(|field| matches!(field, Node::A_Star(_))) {
        return None;
    }
    let names: Vec<&str> = words(reference.fields()).collect();
    let (table, name) = match names.as_slice() {
        [name] => (alone(name, scope)?, *name),
        [table, name] => (only(None, table, scope)?, *name),
        [schema, table, name] => (only(Some(schema), table, scope)?, *name),
        _ => return None,
    };
    let number = column(&table, name)?;
    Some((table, number))
}

/// The one table of this level that has a column that is named alone.
fn alone(name: &str, scope: &Scope<'_>) -> Option<Rc<Table>> {
    let mut found: Option<Rc<Table>> = None;
    for visible in &scope.visible {
        let Visible::Table(table) = visible else { return None };
        base(table)?;
        if column(table, name).is_some() && found.replace(Rc::clone(table)).is_some() {
            return None;
        }
    }
    found
}

/// The one table of this level that has this name.
fn only(schema: Option<&str>, name: &str, scope: &Scope<'_>) -> Option<Rc<Table>> {
    let is_named = |table: &&Rc<Table>| {
        &*table.name == name && schema.is_none_or(|schema| table.schema.as_deref() == Some(schema))
    };
    let mut tables = scope.tables.iter().filter(is_named);
    tables.next().filter(|_| tables.next().is_none()).cloned()
}

fn base(table: &Table) -> Option<&Arc<Relation>> {
    match &table.inside {
        Inside::Relation(relation) => Some(relation),
        _ => None,
    }
}

/// The number of a base table's column.
fn column(table: &Table, name: &str) -> Option<i16> {
    base(table)?
        .columns
        .iter()
        .enumerate()
        .find_map(|(index, column)| (&**table.alias_or(index, &column.name) == name).then_some(column.number))
}

/// The relation behind a table, if its primary key is unique in all that a query of it reads.
fn unique(table: &Table) -> Option<&Arc<Relation>> {
    base(table).filter(|relation| {
        relation.kind == ObjectKind::Table && (relation.partitioned || relation.children.is_empty())
    })
}
