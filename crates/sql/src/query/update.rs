//! UPDATE and DELETE.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use model::facts::{RiskKind, Verb};

use super::Scope;
use super::condition::Judge;
use super::relation::Target;
use super::returning::Assigned;
use super::scope::{Inside, Piece};
use super::select::Mode;
use super::target::Reached;
use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{Column, Flow, Shape};
use crate::parse::{Node, nodes};
use pg_raw_parse::list::NodeList;

impl Walk<'_, '_> {
    pub(super) fn update(&mut self, statement: &nodes::UpdateStmt, outer: &Scope<'_>) -> Option<Vec<Column>> {
        let mut with = Scope::with(statement.with_clause(), outer);
        self.with_all(statement.with_clause(), &mut with);
        let target = self.target(statement.relation(), Verb::Update)?;
        let scope = self.written_scope(&target, statement.from_clause(), &with);
        let assigned = self.assignments(statement.target_list().iter(), &target, &scope);
        let is_whole = self.condition_of(statement.where_clause(), &scope);
        let written: BTreeSet<Arc<str>> = assigned.keys().cloned().collect();
        let reached = self.reach(&target, Verb::Update, &written);
        if is_whole {
            let (condition, with) = (statement.where_clause(), statement.with_clause());
            self.bound(&target, condition, statement.from_clause(), with, &reached);
        }
        self.returning(statement.returning_clause(), &target.table, scope, &assigned, reached)
    }

    pub(super) fn delete(&mut self, statement: &nodes::DeleteStmt, outer: &Scope<'_>) -> Option<Vec<Column>> {
        let mut with = Scope::with(statement.with_clause(), outer);
        self.with_all(statement.with_clause(), &mut with);
        let target = self.target(statement.relation(), Verb::Delete)?;
        let scope = self.written_scope(&target, statement.using_clause(), &with);
        let is_whole = self.condition_of(statement.where_clause(), &scope);
        let reached = self.reach(&target, Verb::Delete, &BTreeSet::new());
        if is_whole {
            let (condition, with) = (statement.where_clause(), statement.with_clause());
            self.bound(&target, condition, statement.using_clause(), with, &reached);
        }
        self.returning(statement.returning_clause(), &target.table, scope, &Assigned::new(), reached)
    }

    /// WHERE; `false`: it names what is not there, so that nothing runs, and which rows it means is nobody's question.
    fn condition_of(&mut self, condition: Node<'_>, scope: &Scope<'_>) -> bool {
        let missing = self.gather.missing();
        self.filter(condition, scope);
        self.gather.missing() == missing
    }

    /// The target and the tables beside it.
    fn written_scope<'s>(&mut self, target: &Target, from: &NodeList, with: &'s Scope<'s>) -> Scope<'s> {
        let mut scope = Scope::inside(with);
        // The target cannot be seen by LATERAL items, but a name that means it there is an error anyway.
        scope.add(Piece::of(Rc::clone(&target.table)));
        self.items(from, &mut scope, Mode::PART);
        scope
    }

    /// Whether every row can be meant.
    fn bound(
        &mut self,
        target: &Target,
        condition: Node<'_>,
        from: &NodeList,
        with: Option<&nodes::WithClause>,
        reached: &Reached,
    ) {
        let about = target.object.full_name();
        let kind = if matches!(condition, Node::None) {
            RiskKind::NoWhere
        } else {
            let judge =
                Judge::new(self.cx, &target.table, target.relation.as_deref(), &target.object, from, with);
            if judge.bounds(&[condition]) {
                return;
            }
            RiskKind::AlwaysTrue
        };
        self.gather.risk(kind, about);
        reached.accesses.iter().for_each(|at| self.gather.unbounded(*at));
    }

    /// SET: what each column is assigned.
    pub(super) fn assignments<'n>(
        &mut self,
        targets: impl Iterator<Item = &'n nodes::ResTarget>,
        target: &Target,
        scope: &Scope<'_>,
    ) -> Assigned {
        let mut assigned = Assigned::new();
        let mut several: Option<Flow> = None;
        for set in targets {
            let Some(name) = self.assigned_name(set, target, scope) else { continue };
            let flow = match set.val() {
                Node::MultiAssignRef(part) => {
                    if part.colno <= 1 {
                        let source = self.expression(part.source(), scope);
                        several = Some(source);
                    }
                    let at = usize::try_from(part.colno).ok().and_then(|number| number.checked_sub(1));
                    self.part_of(several.as_ref(), at.unwrap_or_default())
                }
                value => self.expression(value, scope),
            };
            let mut flow = flow;
            if !set.indirection().is_empty()
                && let Some(own) = self.column_of(&target.table, &name)
            {
                // The other parts of the column stay as they are.
                self.add(&mut flow, &own);
            }
            self.gather.read(&flow);
            let kept = self.kept(target, &name, set, &flow);
            self.flows_into(target, &name, kept.as_ref().unwrap_or(&flow));
            self.assigned_type(target, &name, flow.type_oid());
            self.key_update(target, &name, set.val());
            match assigned.get_mut(&name) {
                Some(known) => known.add(&flow),
                None => {
                    assigned.insert(name, flow);
                }
            }
        }
        assigned
    }

    /// What a column is assigned, when that is itself, or itself with more.
    fn kept(&mut self, target: &Target, name: &str, set: &nodes::ResTarget, flow: &Flow) -> Option<Flow> {
        if flow.is_bare() || flow.is_constant() || !set.indirection().is_empty() {
            return None;
        }
        let own = self.column_of(&target.table, name)?;
        if super::keep::keeps(set.val(), name) {
            return flow.kept(&own);
        }
        (flow.len() == 1 && self.appends(set.val(), name, &own, flow)).then(|| flow.clone().extended())
    }

    /// One column of a row that is assigned to several.
    fn part_of(&mut self, row: Option<&Flow>, at: usize) -> Flow {
        let Some(row) = row else { return Flow::unknown() };
        match &row.shape {
            Shape::Row(columns, _) => {
                columns.get(at).map_or_else(|| row.clone().derived(), |column| column.flow.clone())
            }
            _ => row.clone().derived(),
        }
    }

    fn key_update(&mut self, target: &Target, name: &str, value: Node<'_>) {
        let Some(relation) = &target.relation else { return };
        let Some(column) = relation.columns.iter().find(|column| &*column.name == name) else { return };
        // `id = id` moves nothing.
        if let Node::ColumnRef(reference) = value
            && super::name::words(reference.fields()).last() == Some(name)
            && !matches!(target.table.inside, Inside::Open { .. })
        {
            return;
        }
        if is_key(relation, column.number) {
            self.gather.risk(RiskKind::KeyUpdate, target.object.full_name());
        }
    }
}

/// Whether rows are known by a column: it is of the primary key, or of a unique one that other tables refer to.
fn is_key(relation: &Relation, number: i16) -> bool {
    let any = || relation.keys.iter().any(|key| key.contains(&number));
    let primary = if relation.primary.is_empty() {
        relation.keys.first().is_some_and(|key| key.contains(&number))
    } else {
        relation.primary.contains(&number)
    };
    let refers = |columns: &[i16]| if columns.is_empty() { any() } else { columns.contains(&number) };
    primary || relation.referenced_by.iter().any(|reference| refers(&reference.columns))
}
