//! INSERT, with ON CONFLICT.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use model::facts::{Missing, RiskKind, Verb};

use super::Scope;
use super::condition::Judge;
use super::relation::Target;
use super::returning::Assigned;
use super::scope::{Inside, Table};
use super::select::Mode;
use super::target::Reached;
use super::walk::Walk;
use crate::gather::{Column, Flow};
use crate::parse::{Node, nodes, raw};

impl Walk<'_, '_> {
    pub(super) fn insert(&mut self, statement: &nodes::InsertStmt, outer: &Scope<'_>) -> Option<Vec<Column>> {
        let mut with = Scope::with(statement.with_clause(), outer);
        self.with_all(statement.with_clause(), &mut with);
        let target = self.target(statement.relation(), Verb::Insert)?;

        let source = match statement.select_stmt() {
            Node::None => Vec::new(),
            node => self.query(node, &with, Mode::PART).unwrap_or_default(),
        };
        let names: Vec<Arc<str>> = if statement.cols().is_empty() {
            let all = self.columns_in(&target.table);
            all.into_iter().map(|column| column.name).take(source.len()).collect()
        } else {
            let targets = statement.cols().iter().filter_map(|node| match node {
                Node::ResTarget(target) => Some(target),
                _ => None,
            });
            targets.filter_map(|column| self.assigned_name(column, &target, &with)).collect()
        };
        // What goes into columns that nobody knows goes anywhere into it.
        let open = matches!(target.table.inside, Inside::Open { .. }) && statement.cols().is_empty();
        for column in source.iter().skip(if open { 0 } else { names.len() }) {
            self.gather.flows(&target.object, &"".into(), 0, &column.flow);
        }
        let mut assigned = Assigned::new();
        for (name, column) in names.iter().zip(source) {
            self.assigned_type(&target, name, column.flow.type_oid());
            self.flows_into(&target, name, &column.flow);
            assigned.insert(Arc::clone(name), column.flow);
        }
        let written: BTreeSet<Arc<str>> = names.into_iter().collect();
        let mut reached = self.reach(&target, Verb::Insert, &written);
        if let Some(conflict) = statement.on_conflict_clause() {
            let more = self.on_conflict(statement, conflict, &target, &with, &mut assigned);
            reached.join(more);
        }
        let scope = Scope::over(Rc::clone(&target.table), Some(&with));
        self.returning(statement.returning_clause(), &target.table, scope, &assigned, reached)
    }

    /// The column that is assigned, with what chooses its part. `None`, and opaque, for one that is not known.
    pub(super) fn assigned_name(
        &mut self,
        column: &nodes::ResTarget,
        target: &Target,
        scope: &Scope<'_>,
    ) -> Option<Arc<str>> {
        for step in column.indirection() {
            if let Node::A_Indices(_) = step {
                let flow = self.expression(step, scope);
                self.gather.read(&flow);
            }
        }
        let name = column.name()?;
        if let Some(relation) = target.relation.as_ref()
            && !matches!(target.table.inside, Inside::Open { .. })
            && !relation.columns.iter().any(|column| &*column.name == name)
        {
            let of = &relation.name;
            self.gather.unknown(Missing::Column, &format!("{of}.{name}"));
        }
        Some(name.into())
    }

    /// Assigning to a column reads the value into its type.
    pub(super) fn assigned_type(&mut self, target: &Target, name: &str, given: u32) {
        let Some(relation) = &target.relation else { return };
        if let Some(column) = relation.columns.iter().find(|column| &*column.name == name) {
            crate::function::input(column.type_oid, self.cx, self.gather);
            super::coerce::coerce(&[(given, column.type_oid)], self.cx, self.gather);
        }
    }

    /// ON CONFLICT; returns what it reaches.
    fn on_conflict(
        &mut self,
        statement: &nodes::InsertStmt,
        conflict: &nodes::OnConflictClause,
        target: &Target,
        with: &Scope<'_>,
        assigned: &mut Assigned,
    ) -> Reached {
        let mut scope = Scope::over(Rc::clone(&target.table), Some(with));
        let mut named = false;
        if let Some(infer) = conflict.infer() {
            for element in infer.index_elems() {
                if let Node::IndexElem(element) = element {
                    named = true;
                    match element.name() {
                        Some(name) => self.conflicts(name, target, (assigned, given(statement))),
                        None => self.condition(element.expr(), &scope),
                    }
                }
            }
            self.condition(infer.where_clause(), &scope);
        }
        if !named && let Some(relation) = &target.relation {
            // Any of its keys is meant, or one by its name.
            let is_key = |number: i16| relation.keys.iter().any(|key| key.contains(&number));
            for column in relation.columns.iter().filter(|column| is_key(column.number)) {
                if assigned.contains_key(&column.name) {
                    self.conflicts(&column.name, target, (assigned, given(statement)));
                }
            }
        }
        if conflict.action != raw::OnConflictAction::ONCONFLICT_UPDATE {
            return Reached::default();
        }
        let excluded = self.excluded(target, assigned);
        scope.tables.push(excluded);
        let changed = self.assignments(conflict.target_list().iter(), target, &scope);
        self.filter(conflict.where_clause(), &scope);
        let written: BTreeSet<Arc<str>> = changed.keys().cloned().collect();
        for (name, flow) in changed {
            let known: &mut Flow = assigned.entry(name).or_default();
            known.add(&flow);
        }
        let reached = self.reach_in_place(target, &written);
        let judge = Judge::on_conflict(self.cx, &target.table, target.relation.as_deref(), &target.object);
        if !judge.bounds_conflict(statement, conflict) {
            let has_condition = !matches!(conflict.where_clause(), Node::None);
            let kind = if has_condition { RiskKind::AlwaysTrue } else { RiskKind::NoWhere };
            self.gather.risk(kind, target.object.full_name());
            reached.accesses.iter().for_each(|at| self.gather.unbounded(*at));
        }
        reached
    }

    /// Rows that have the value already are told from others: for values that stand in the statement, looked up.
    fn conflicts(&mut self, name: &str, target: &Target, (assigned, rows): (&Assigned, Option<u32>)) {
        let Some(flow) = self.column_of(&target.table, name) else { return };
        if let Some(rows) = rows.filter(|_| assigned.get(name).is_none_or(Flow::is_constant)) {
            self.gather.lookup(&flow, rows, &[]);
        } else {
            self.gather.predicate(&flow);
        }
    }

    /// The row that was to be inserted. To look at its columns the server asks for the right to read the table's.
    fn excluded(&mut self, target: &Target, assigned: &Assigned) -> Rc<Table> {
        let mut columns = self.columns_in(&target.table);
        for column in &mut columns {
            if let Some(flow) = assigned.get(&column.name) {
                column.flow.add(flow);
            }
        }
        Rc::new(Table {
            name: "excluded".into(),
            schema: None,
            at: target.table.at,
            aliases: Vec::new(),
            inside: Inside::Columns(columns, target.relation.clone()),
        })
    }
}

/// How many rows stand in the statement. `None`: they come from a query, which may try a whole range.
fn given(statement: &nodes::InsertStmt) -> Option<u32> {
    match statement.select_stmt() {
        Node::None => Some(1),
        Node::SelectStmt(select) if !select.values_lists().is_empty() => {
            u32::try_from(select.values_lists().len()).ok()
        }
        _ => None,
    }
}
