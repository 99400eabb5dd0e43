//! References to columns: `c`, `t.c`, `s.t.c`, whole rows, `ssn(c)`, `(c).ssn`, system columns, and the variables
//! of a function's body behind them all.

use std::sync::Arc;

use model::facts::{ColumnId, Derivation, Missing};

use super::scope::{Inside, Scope, Table};
use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{At, Column, Flow, Shape, VariableKind};
use crate::parse::{Node, nodes};

/// The columns that each table has without their being declared (`heap.h`).
const SYSTEM: [(&str, i16); 6] =
    [("ctid", -1), ("xmin", -2), ("cmin", -3), ("xmax", -4), ("cmax", -5), ("tableoid", -6)];

impl Walk<'_, '_> {
    /// A reference as it stands in an expression.
    pub(super) fn column_reference(&mut self, reference: &nodes::ColumnRef, scope: &Scope<'_>) -> Flow {
        let mut names: Vec<&str> = Vec::with_capacity(4);
        let mut star = false;
        for field in reference.fields() {
            match field {
                Node::A_Star(_) => star = true,
                other => names.extend(other.as_str()),
            }
        }
        if star {
            // `count(t.*)`, `row(t.*)`: the row itself.
            let columns = self.star(&names, scope);
            return self.row(columns, 0);
        }
        match names.as_slice() {
            [name] => self.column_named(name, scope),
            [table, name] => self.column_in_table(None, table, name, scope),
            [schema, table, name] => self.column_in_table(Some(schema), table, name, scope),
            [_, schema, table, name] => self.column_in_table(Some(schema), table, name, scope),
            _ => {
                self.gather.opaque("unknown object", "a column name of a form that the gate does not know");
                Flow::unknown()
            }
        }
    }

    fn column_named(&mut self, name: &str, scope: &Scope<'_>) -> Flow {
        let mut open: Option<Flow> = None;
        for level in scope.levels() {
            if let Some((mut flow, any)) = self.column_at(level, name) {
                if !any {
                    if let Some(open) = &open {
                        self.add(&mut flow, open);
                    }
                    return flow;
                }
                match &mut open {
                    None => open = Some(flow),
                    Some(known) => self.add(known, &flow),
                }
            }
        }
        if let Some(mut flow) = open {
            if let Some(more) = self.variable(name) {
                self.add(&mut flow, &more);
            }
            return flow;
        }
        if let Some(table) = scope.table(None, name).cloned() {
            return self.whole_row(&table);
        }
        if let Some(flow) = self.variable(name) {
            return flow;
        }
        self.gather.unknown(Missing::Column, name);
        Flow::unknown()
    }

    fn column_in_table(&mut self, schema: Option<&str>, table: &str, name: &str, scope: &Scope<'_>) -> Flow {
        if let Some(found) = scope.table(schema, table).cloned() {
            if let Some(mut flow) = self.column_of(&found, name) {
                if found.is_guess(name) && self.may_call(name) {
                    // Or `name(table)`, for all that is known.
                    let row = self.whole_row(&found);
                    if let Some(called) = self.call_by_field(name, &row) {
                        self.add(&mut flow, &called);
                    }
                }
                return flow;
            }
            // `t.f` is `f(t)` when `t` has no such column.
            let row = self.whole_row(&found);
            if let Some(flow) = self.call_by_field(name, &row) {
                return flow;
            }
            self.gather.unknown(Missing::Column, &format!("{table}.{name}"));
            return Flow::unknown();
        }
        if schema.is_none()
            && let Some(row) = self.variable(table)
        {
            return self.field_or_call(&row, name);
        }
        // `function.parameter` in a body, or `block.variable`.
        if let Some(flow) = self.variable(name) {
            return flow;
        }
        self.gather.unknown(Missing::Relation, &format!("{table}.{name}"));
        Flow::unknown()
    }

    /// Whether there is a function or a type of this name.
    fn may_call(&self, name: &str) -> bool {
        !self.cx.catalogue.functions(self.cx.view, None, name).is_empty()
            || self.cx.catalogue.type_named(self.cx.view, None, name).is_some()
    }

    /// `*`, `t.*`, `s.t.*` as columns.
    pub(super) fn star(&mut self, names: &[&str], scope: &Scope<'_>) -> Vec<Column> {
        let (schema, name) = match names {
            [] => {
                let columns = self.columns_at(scope);
                return self.stand(columns);
            }
            [name] => (None, *name),
            [schema, name] | [_, schema, name] => (Some(*schema), *name),
            _ => (None, ""),
        };
        if let Some(table) = scope.table(schema, name).cloned() {
            let columns = self.columns_in(&table);
            return self.stand(columns);
        }
        if schema.is_none()
            && let Some(row) = self.variable(name)
        {
            let columns = self.fields(&row, name);
            return self.stand(columns);
        }
        self.gather.unknown(Missing::Relation, name);
        vec![Column::new("*", Flow::unknown())]
    }

    /// The whole row of a table, as one value.
    pub(super) fn whole_row(&mut self, table: &Table) -> Flow {
        let type_oid = table.relation().map_or(0, |relation| self.row_type(relation));
        let columns = self.columns_in(table);
        if matches!(table.inside, Inside::Open { .. }) {
            let flow = self.row(columns, 0);
            return flow.shaped(Shape::Open);
        }
        self.row(columns, type_oid)
    }

    fn row_type(&self, relation: &Arc<Relation>) -> u32 {
        self.cx
            .catalogue
            .type_named(self.cx.view, Some(&relation.schema), &relation.name)
            .filter(|found| found.relation == relation.oid)
            .map_or(0, |found| found.oid)
    }

    /// A field of a value: `(c).ssn`.
    pub(super) fn field(&mut self, value: &Flow, name: &str) -> Flow {
        match &value.shape {
            Shape::Row(columns, _) => {
                let mut found: Option<Flow> = None;
                for column in columns.iter().filter(|column| &*column.name == name) {
                    match &mut found {
                        None => found = Some(column.flow.clone()),
                        Some(known) => self.add(known, &column.flow),
                    }
                }
                found.unwrap_or_else(|| value.clone().derived())
            }
            Shape::Type(oid) => {
                let field = self.composite(*oid).and_then(|relation| {
                    relation.columns.iter().find(|column| &*column.name == name).map(|column| column.type_oid)
                });
                let shape = field.map_or(Shape::Unknown, Shape::Type);
                value.clone().derived().shaped(shape)
            }
            Shape::Open => value.clone().derived().shaped(Shape::Open),
            Shape::Unknown => value.clone().derived(),
        }
    }

    /// All fields of a value: `(c).*`. What cannot be spread out makes the result opaque.
    pub(super) fn fields(&mut self, value: &Flow, name: &str) -> Vec<Column> {
        match &value.shape {
            Shape::Row(columns, _) => columns.to_vec(),
            Shape::Type(oid) if let Some(relation) = self.composite(*oid) => relation
                .columns
                .iter()
                .map(|column| Column {
                    name: Arc::clone(&column.name),
                    flow: value.clone().derived().shaped(Shape::Type(column.type_oid)),
                })
                .collect(),
            _ => {
                self.gather.opaque("unknown object", format!("the columns of `{name}.*` are not known"));
                let mut flow = value.clone().derived();
                flow.set_opaque();
                vec![Column::new("*", flow)]
            }
        }
    }

    /// The relation whose rows a type is made of, also through domains.
    pub(super) fn composite(&self, oid: u32) -> Option<Arc<Relation>> {
        let mut at = self.cx.catalogue.type_by_oid(oid)?;
        for _ in 0..8 {
            if at.relation != 0 {
                return self.cx.catalogue.relation_by_oid(at.relation).cloned();
            }
            if at.base == 0 {
                return None;
            }
            at = self.cx.catalogue.type_by_oid(at.base)?;
        }
        None
    }

    /// A parameter or variable of the body that this is.
    fn variable(&mut self, name: &str) -> Option<Flow> {
        let found = self.cx.variables.iter().rev().find(|variable| &*variable.name == name)?;
        Some(match &found.kind {
            VariableKind::Type(oid) => Flow::of_type(*oid),
            VariableKind::Row(relation) => {
                let columns = relation
                    .columns
                    .iter()
                    .map(|column| Column {
                        name: Arc::clone(&column.name),
                        flow: Flow::of_type(column.type_oid),
                    })
                    .collect();
                self.row(columns, 0)
            }
            VariableKind::Open => Flow::default().shaped(Shape::Open),
        })
    }

    /// `ctid`, `tableoid` …
    pub(super) fn system_column(
        &mut self,
        relation: &Arc<Relation>,
        name: &str,
        at: Option<At>,
    ) -> Option<Flow> {
        let (name, number) = SYSTEM.iter().find(|(known, _)| *known == name)?;
        let id = ColumnId {
            relation: relation.oid,
            number: *number,
            of: self.gather.full_name(relation),
            name: (*name).into(),
        };
        let source = self.gather.column(at, id, true);
        Some(Flow::copy(source, Shape::Unknown))
    }

    /// A base column as itself, whatever it is generated from.
    pub(super) fn plain_column(&mut self, relation: &Arc<Relation>, index: usize, at: Option<At>) -> Flow {
        let Some(column) = relation.columns.get(index) else { return Flow::unknown() };
        let id = ColumnId {
            relation: relation.oid,
            number: column.number,
            of: self.gather.full_name(relation),
            name: Arc::clone(&column.name),
        };
        Flow::copy(self.gather.column(at, id, true), Shape::Type(column.type_oid))
    }

    /// A column of a table that may have any: by this name, and from all that the table comes from.
    pub(super) fn any_column(
        &mut self,
        at: Option<At>,
        of: &Arc<str>,
        relation: Option<&Arc<Relation>>,
        name: &str,
        any: &Flow,
    ) -> Flow {
        let mut flow = any.clone().derived().shaped(Shape::Open);
        if !of.is_empty() {
            let id = ColumnId {
                relation: relation.map_or(0, |relation| relation.oid),
                number: 0,
                of: Arc::clone(of),
                name: name.into(),
            };
            flow.insert(self.gather.column(at, id, true), Derivation::Copy);
        }
        flow
    }
}
