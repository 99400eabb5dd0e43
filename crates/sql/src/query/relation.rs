//! A relation by its name: what it stands for, how it is accessed, and its columns. Views are looked through.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::{ColumnId, Derivation, Missing, Object, ObjectKind, Verb};

use super::Scope;
use super::name::words;
use super::scope::{Inside, Table};
use super::walk::Walk;
use crate::catalogue::{Named, Relation};
use crate::gather::{At, Column, Flow, Shape, object_of};
use crate::parse::nodes;
use crate::view::View;

/// A relation that a statement writes to.
pub(super) struct Target {
    pub(super) table: Rc<Table>,
    pub(super) relation: Option<Arc<Relation>>,
    pub(super) object: Object,
    pub(super) rows: Option<u64>,
    /// Whether its children are meant too.
    pub(super) with_children: bool,
}

impl Walk<'_, '_> {
    /// A relation that rows are read from: a WITH query, a table, a view.
    pub(super) fn range(&mut self, range: &nodes::RangeVar, scope: &Scope<'_>) -> Rc<Table> {
        let name = range.relname().unwrap_or_default();
        let (alias, aliases) = aliased(range.alias());
        if range.schemaname().is_none()
            && let Some(columns) = self.cte_named(name, scope)
        {
            return Rc::new(Table {
                name: alias.unwrap_or(name).into(),
                schema: None,
                at: None,
                aliases,
                inside: Inside::Columns(columns, None),
            });
        }
        let (object, rows, relation, inside) = self.resolve(range, Verb::Select);
        let at = self.gather.access(Verb::Select, object.clone(), rows);
        if let Some(risk) = crate::function::relation_risk(&object.schema, &object.name)
            // Else it is told when all is known that is read of it.
            && crate::function::telling_columns(&object.schema, &object.name).is_none()
        {
            self.gather.risk(risk, object.full_name());
        }
        if let Some(relation) = relation.as_ref().filter(|relation| relation.row_security) {
            self.policies(relation);
        }
        if let Some(relation) = &relation {
            self.planned(relation);
        }
        let inside = match (inside, &relation) {
            (Some(inside), _) => inside,
            (None, Some(relation)) if looks_through(relation) => {
                Inside::Columns(self.view(relation, at), Some(Arc::clone(relation)))
            }
            (None, Some(relation)) => Inside::Relation(Arc::clone(relation)),
            (None, None) => unknown_inside(),
        };
        Rc::new(Table {
            name: alias.map_or_else(|| Arc::clone(&object.name), Arc::from),
            schema: alias.is_none().then(|| Arc::clone(&object.schema)),
            at: Some(at),
            aliases,
            inside,
        })
    }

    /// Reading a table runs the functions of its row-level policies. Those of its triggers' conditions are among them,
    /// which costs nothing to those whose functions only compute.
    fn policies(&mut self, relation: &Relation) {
        if self.gather.first_time(relation.oid, Verb::Select) {
            for function in &relation.conditions {
                crate::function::by_oid(*function, self.cx, self.gather);
            }
        }
    }

    /// A relation that is written to. WITH queries cannot be meant.
    pub(super) fn target(&mut self, range: Option<&nodes::RangeVar>, verb: Verb) -> Option<Target> {
        let Some(range) = range else {
            self.gather.opaque("unknown statement", "it writes to a relation without a name");
            return None;
        };
        let (object, rows, relation, inside) = self.resolve(range, verb);
        let at = self.gather.access(verb, object.clone(), rows);
        let inside = match (inside, &relation) {
            (Some(inside), _) => inside,
            (None, Some(relation)) if looks_through(relation) => {
                Inside::Columns(self.view(relation, at), Some(Arc::clone(relation)))
            }
            (None, Some(relation)) => Inside::Relation(Arc::clone(relation)),
            (None, None) => unknown_inside(),
        };
        let (alias, aliases) = aliased(range.alias());
        let table = Rc::new(Table {
            name: alias.map_or_else(|| Arc::clone(&object.name), Arc::from),
            schema: alias.is_none().then(|| Arc::clone(&object.schema)),
            at: Some(at),
            aliases,
            inside,
        });
        Some(Target { table, relation, object, rows, with_children: range.inh })
    }

    fn resolve(
        &mut self,
        range: &nodes::RangeVar,
        verb: Verb,
    ) -> (Object, Option<u64>, Option<Arc<Relation>>, Option<Inside>) {
        let name = range.relname().unwrap_or_default();
        match self.cx.catalogue.relation(self.cx.view, range.schemaname(), name) {
            Named::Known(relation) => (object_of(&relation), relation.rows, Some(relation), None),
            Named::Changed(relation) => {
                let of = self.gather.full_name(&relation);
                let at = self.gather.relation(verb, &relation);
                let mut any = Flow::default();
                let mut columns = Vec::new();
                if looks_through(&relation) {
                    // What it is made of now, nobody knows.
                    any.set_opaque();
                } else {
                    for index in 0..relation.columns.len() {
                        let flow = self.base_column(&relation, index, Some(at));
                        let name = relation.columns.get(index).map(|column| Arc::clone(&column.name));
                        columns.push(Column::new(name.unwrap_or_default(), flow));
                    }
                }
                let inside = Inside::Open { columns, any, of, relation: Some(Arc::clone(&relation)) };
                (object_of(&relation), relation.rows, Some(relation), Some(inside))
            }
            Named::Made { schema, kind, columns } => {
                let object = Object { kind, schema, name: name.into(), oid: 0 };
                let at = self.gather.access(verb, object.clone(), None);
                let inside = self.made(&object, columns.as_deref(), at);
                (object, None, None, Some(inside))
            }
            Named::Unknown => {
                let full = match range.schemaname() {
                    Some(schema) => format!("{schema}.{name}"),
                    None => name.to_owned(),
                };
                self.gather.unknown(missing(self.cx.view, name), &full);
                let object = Object {
                    kind: ObjectKind::Table,
                    schema: range.schemaname().unwrap_or_default().into(),
                    name: name.into(),
                    oid: 0,
                };
                (object, None, None, None)
            }
        }
    }

    /// What this session made and the catalogue does not know: named columns, or any.
    fn made(&mut self, object: &Object, columns: Option<&[Arc<str>]>, at: At) -> Inside {
        let of: Arc<str> = object.full_name().into();
        // What a view of this session is made of was not kept.
        let hidden = matches!(object.kind, ObjectKind::View | ObjectKind::MaterializedView);
        let mut any = Flow::default();
        if hidden {
            any.set_opaque();
        }
        let Some(columns) = columns else {
            return Inside::Open { columns: Vec::new(), any, of, relation: None };
        };
        let mut known = Vec::with_capacity(columns.len());
        for (index, name) in columns.iter().enumerate() {
            let number = i16::try_from(index.saturating_add(1)).unwrap_or(0);
            let id = ColumnId { relation: 0, number, of: Arc::clone(&of), name: Arc::clone(name) };
            let mut flow = any.clone();
            flow.insert(self.gather.column(Some(at), id, true), Derivation::Copy);
            flow.shape = Shape::Open;
            known.push(Column { name: Arc::clone(name), flow });
        }
        Inside::Columns(known, None)
    }
}

/// What is not there when a relation is not found; nobody can tell where a temporary one and another may be meant.
pub(crate) fn missing(view: &View, name: &str) -> Option<Missing> {
    let is_made = view.made.iter().any(|made| &*made.name == name);
    (!is_made).then_some(Missing::Relation)
}

/// Whether reading a relation means reading what its definition reads. The server's own views are named by the rules
/// themselves, and their definitions say little that rules could use.
pub(super) fn looks_through(relation: &Relation) -> bool {
    relation.kind == ObjectKind::View
        && relation.query.is_some()
        && !matches!(&*relation.schema, "pg_catalog" | "information_schema")
}

fn unknown_inside() -> Inside {
    let mut any = Flow::default();
    any.set_opaque();
    Inside::Open { columns: Vec::new(), any, of: "".into(), relation: None }
}

/// An alias and its column aliases.
pub(super) fn aliased(alias: Option<&nodes::Alias>) -> (Option<&str>, Vec<Arc<str>>) {
    match alias {
        None => (None, Vec::new()),
        Some(alias) => (alias.aliasname(), words(alias.colnames()).map(Arc::from).collect()),
    }
}
