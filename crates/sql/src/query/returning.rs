//! RETURNING: the rows that were written, as they are and, from PostgreSQL 18, as they were.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use model::facts::Derivation;

use super::Scope;
use super::scope::{Inside, Table};
use super::target::Reached;
use super::walk::Walk;
use crate::gather::{Column, Flow};
use crate::parse::{Node, nodes, raw};

/// The values that were assigned, by column.
pub(super) type Assigned = BTreeMap<Arc<str>, Flow>;

impl Walk<'_, '_> {
    /// The rows that a write gives back; `scope` has the other tables in sight, and the target first.
    pub(super) fn returning(
        &mut self,
        clause: Option<&nodes::ReturningClause>,
        target: &Rc<Table>,
        mut scope: Scope<'_>,
        assigned: &Assigned,
        reached: Reached,
    ) -> Option<Vec<Column>> {
        let Some(clause) = clause else {
            // An INSERT whose rule is a SELECT gives rows back unasked.
            return reached.rows;
        };
        // A column that was just assigned holds what was assigned.
        let after = self.after(target, assigned, &reached.made);
        let shown = |table: &Rc<Table>| Rc::ptr_eq(table, target);
        for table in &mut scope.tables {
            if shown(table) {
                *table = Rc::clone(&after);
            }
        }
        for visible in &mut scope.visible {
            if let super::scope::Visible::Table(table) = visible
                && shown(table)
            {
                *table = Rc::clone(&after);
            }
        }
        let (mut old, mut new) = ("old", "new");
        for option in clause.options() {
            let name = option.value().unwrap_or_default();
            if option.option == raw::ReturningOptionKind::RETURNING_OPTION_OLD {
                old = name;
            } else {
                new = name;
            }
        }
        for (name, table) in [(old, target), (new, &after)] {
            let columns = self.columns_in(table);
            scope.tables.push(Rc::new(Table {
                name: name.into(),
                schema: None,
                at: table.at,
                aliases: Vec::new(),
                inside: Inside::Columns(columns, table.relation().cloned()),
            }));
        }
        let targets = clause.exprs().iter().filter_map(|node| match node {
            Node::ResTarget(target) => Some(target),
            _ => None,
        });
        let mut columns = self.targets(targets, &scope);
        for column in &mut columns {
            self.gather.read(&column.flow);
            if reached.by_rule {
                column.flow.set_opaque();
            }
        }
        Some(columns)
    }

    fn after(
        &mut self,
        target: &Rc<Table>,
        assigned: &Assigned,
        made: &[(Option<Arc<str>>, Flow)],
    ) -> Rc<Table> {
        if assigned.is_empty() && made.is_empty() || matches!(target.inside, Inside::Open { .. }) {
            return Rc::clone(target);
        }
        let mut columns = self.columns_in(target);
        for (index, column) in columns.iter_mut().enumerate() {
            let own = match target.relation() {
                Some(relation) => relation.columns.get(index).map(|column| &column.name),
                None => None,
            };
            let own = Arc::clone(own.unwrap_or(&column.name));
            let by_triggers = made.iter().filter(|(name, _)| name.as_ref().is_none_or(|name| *name == own));
            for flow in assigned.get(&own).into_iter().chain(by_triggers.map(|(_, flow)| flow)) {
                for (source, _) in flow.uses() {
                    column.flow.insert(source, Derivation::Derived);
                }
                if flow.is_opaque() {
                    column.flow.set_opaque();
                }
            }
        }
        Rc::new(Table {
            name: Arc::clone(&target.name),
            schema: target.schema.clone(),
            at: target.at,
            aliases: Vec::new(),
            inside: Inside::Columns(columns, target.relation().cloned()),
        })
    }
}
