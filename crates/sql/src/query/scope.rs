//! Which names are visible at a place in a query, level by level, as the server's name spaces are. It looks names
//! up; it does not know what an expression does with them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{At, Column, Flow, Shape};
use crate::parse::nodes;

/// One level of names. An outer level is looked into when an inner one does not know a name.
#[derive(Default)]
pub(super) struct Scope<'s> {
    pub(super) outer: Option<&'s Scope<'s>>,
    /// Tables that can be named, as `t.c`, `t.*`, `t`.
    pub(super) tables: Vec<Rc<Table>>,
    /// Columns that can be named alone, in the order of `*`.
    pub(super) visible: Vec<Visible>,
    /// The queries of this level's WITH.
    pub(super) with: Vec<Rc<Cte<'s>>>,
}

/// Something with columns that a name stands for.
pub(super) struct Table {
    /// Its alias, or its own name; empty when it cannot be named.
    pub(super) name: Arc<str>,
    /// Its schema, when `schema.name` can name it too.
    pub(super) schema: Option<Arc<str>>,
    pub(super) at: Option<At>,
    /// New names of its first columns.
    pub(super) aliases: Vec<Arc<str>>,
    pub(super) inside: Inside,
}

/// What a table's columns are.
pub(super) enum Inside {
    /// A base relation's.
    Relation(Arc<Relation>),
    /// A base relation's, without what they are generated from (to read a generation expression itself).
    Plain(Arc<Relation>),
    /// These, and for a relation that the statement can name the relation as well.
    Columns(Vec<Column>, Option<Arc<Relation>>),
    /// These, and any other, each from the flow and from `of`, when that is not empty.
    Open { columns: Vec<Column>, any: Flow, of: Arc<str>, relation: Option<Arc<Relation>> },
}

/// What stands in `*` and can be named without a table.
pub(super) enum Visible {
    Table(Rc<Table>),
    Columns(Vec<Column>),
    Open(Flow),
}

/// A query of a WITH.
pub(super) struct Cte<'s> {
    pub(super) name: Arc<str>,
    pub(super) node: &'s nodes::CommonTableExpr,
    pub(super) state: RefCell<CteState>,
}

/// How far the analysis of a WITH query is.
#[derive(Clone)]
pub(super) enum CteState {
    Waiting,
    /// It is being analysed; these are the columns that a reference to itself sees.
    Within(Vec<Column>),
    Done(Vec<Column>),
}

/// The columns of a FROM item, under construction.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) tables: Vec<Rc<Table>>,
    pub(super) visible: Vec<Visible>,
}

impl Piece {
    pub(super) fn of(table: Rc<Table>) -> Self {
        Self { tables: vec![Rc::clone(&table)], visible: vec![Visible::Table(table)] }
    }
}

impl<'s> Scope<'s> {
    /// A new level inside of another.
    pub(super) fn inside(outer: &'s Scope<'s>) -> Self {
        Self { outer: Some(outer), ..Self::default() }
    }

    /// A level with one table.
    pub(super) fn over(table: Rc<Table>, outer: Option<&'s Scope<'s>>) -> Self {
        let mut scope = Self { outer, ..Self::default() };
        scope.add(Piece::of(table));
        scope
    }

    pub(super) fn add(&mut self, piece: Piece) {
        self.tables.extend(piece.tables);
        self.visible.extend(piece.visible);
    }

    /// This level and those around it, from the inside out.
    pub(super) fn levels(&self) -> impl Iterator<Item = &Scope<'s>> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let level = next?;
            next = level.outer;
            Some(level)
        })
    }

    /// The table of this name, innermost first.
    pub(super) fn table(&self, schema: Option<&str>, name: &str) -> Option<&Rc<Table>> {
        self.levels().find_map(|level| {
            level.tables.iter().find(|table| {
                &*table.name == name && schema.is_none_or(|schema| table.schema.as_deref() == Some(schema))
            })
        })
    }
}

impl Table {
    /// The relation of the catalogue that it is, if it is one.
    pub(super) fn relation(&self) -> Option<&Arc<Relation>> {
        match &self.inside {
            Inside::Relation(relation) | Inside::Plain(relation) => Some(relation),
            Inside::Columns(_, relation) => relation.as_ref(),
            Inside::Open { relation, .. } => relation.as_ref(),
        }
    }

    /// How many columns are known of it.
    fn width(&self) -> usize {
        match &self.inside {
            Inside::Relation(relation) | Inside::Plain(relation) => relation.columns.len(),
            Inside::Columns(columns, _) | Inside::Open { columns, .. } => columns.len(),
        }
    }

    /// Whether it only may have a column of this name.
    pub(super) fn is_guess(&self, name: &str) -> bool {
        let Inside::Open { columns, .. } = &self.inside else { return false };
        !columns.iter().enumerate().any(|(index, column)| &**self.alias_or(index, &column.name) == name)
    }

    pub(super) fn alias_or<'n>(&'n self, index: usize, own: &'n Arc<str>) -> &'n Arc<str> {
        self.aliases.get(index).unwrap_or(own)
    }
}

impl Walk<'_, '_> {
    /// A table's column by name; what several of the same name have in common is that each may be meant.
    pub(super) fn column_of(&mut self, table: &Table, name: &str) -> Option<Flow> {
        let mut found: Option<Flow> = None;
        if !self.gather.work(table.width() / 8) {
            return Some(Flow::unknown());
        }
        match &table.inside {
            Inside::Relation(relation) | Inside::Plain(relation) => {
                for (index, column) in relation.columns.iter().enumerate() {
                    if &**table.alias_or(index, &column.name) == name {
                        found = Some(match &table.inside {
                            Inside::Plain(_) => self.plain_column(relation, index, table.at),
                            _ => self.base_column(relation, index, table.at),
                        });
                        break;
                    }
                }
                if found.is_none() {
                    found = self.system_column(relation, name, table.at);
                }
            }
            Inside::Columns(columns, relation) => {
                for (index, column) in columns.iter().enumerate() {
                    if &**table.alias_or(index, &column.name) == name {
                        self.meet(&mut found, &column.flow);
                    }
                }
                if found.is_none()
                    && let Some(relation) = relation
                {
                    found = self.system_column(relation, name, table.at);
                }
            }
            Inside::Open { columns, any, of, relation } => {
                for (index, column) in columns.iter().enumerate() {
                    if &**table.alias_or(index, &column.name) == name {
                        self.meet(&mut found, &column.flow);
                    }
                }
                if found.is_none() {
                    found = Some(self.any_column(table.at, of, relation.as_ref(), name, any));
                }
            }
        }
        found
    }

    fn meet(&mut self, found: &mut Option<Flow>, flow: &Flow) {
        match found {
            None => *found = Some(flow.clone()),
            Some(known) => {
                self.add(known, flow);
                known.shape = Shape::Unknown;
            }
        }
    }

    /// All columns of a table, in order. An open one ends with a nameless column that stands for the rest.
    pub(super) fn columns_in(&mut self, table: &Table) -> Vec<Column> {
        if !self.gather.work(table.width()) {
            return Vec::new();
        }
        match &table.inside {
            Inside::Relation(relation) | Inside::Plain(relation) => {
                let mut all = Vec::with_capacity(relation.columns.len());
                for (index, column) in relation.columns.iter().enumerate() {
                    let name = Arc::clone(table.alias_or(index, &column.name));
                    all.push(Column { name, flow: self.base_column(relation, index, table.at) });
                }
                all
            }
            Inside::Columns(columns, _) => renamed(table, columns),
            Inside::Open { columns, any, of, relation } => {
                let mut all = renamed(table, columns);
                let mut flow = self.any_column(table.at, of, relation.as_ref(), "*", any);
                flow.set_opaque();
                all.push(Column::new("*", flow));
                all
            }
        }
    }

    /// All columns of a level, in the order of `*`.
    pub(super) fn columns_at(&mut self, scope: &Scope<'_>) -> Vec<Column> {
        let mut all = Vec::new();
        for visible in &scope.visible {
            match visible {
                Visible::Table(table) => all.extend(self.columns_in(table)),
                Visible::Columns(columns) => all.extend(columns.iter().cloned()),
                Visible::Open(flow) => {
                    let mut flow = flow.clone();
                    flow.set_opaque();
                    all.push(Column::new("*", flow));
                }
            }
        }
        all
    }

    /// A column that is named alone, at this level only. The flag: only a table that may have any column has it.
    pub(super) fn column_at(&mut self, scope: &Scope<'_>, name: &str) -> Option<(Flow, bool)> {
        let mut found: Option<Flow> = None;
        let mut open: Option<Flow> = None;
        for visible in &scope.visible {
            match visible {
                Visible::Table(table) => {
                    let is_open = table.is_guess(name);
                    if let Some(flow) = self.column_of(table, name) {
                        self.meet(if is_open { &mut open } else { &mut found }, &flow);
                    }
                }
                Visible::Columns(columns) => {
                    for column in columns.iter().filter(|column| &*column.name == name) {
                        self.meet(&mut found, &column.flow);
                    }
                }
                Visible::Open(flow) => self.meet(&mut open, flow),
            }
        }
        match (found, open) {
            (Some(found), _) => Some((found, false)),
            (None, Some(open)) => Some((open, true)),
            (None, None) => None,
        }
    }
}

fn renamed(table: &Table, columns: &[Column]) -> Vec<Column> {
    let mut all = columns.to_vec();
    for (column, alias) in all.iter_mut().zip(&table.aliases) {
        column.name = Arc::clone(alias);
    }
    all
}
