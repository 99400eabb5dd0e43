//! MERGE: its arms are inserts, updates and deletes of their own.

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
use crate::gather::Column;
use crate::parse::{Node, nodes, raw};

impl Walk<'_, '_> {
    pub(super) fn merge(&mut self, statement: &nodes::MergeStmt, outer: &Scope<'_>) -> Option<Vec<Column>> {
        let mut with = Scope::with(statement.with_clause(), outer);
        self.with_all(statement.with_clause(), &mut with);
        let target = self.target(statement.relation(), Verb::Merge)?;
        let source = self.item(statement.source_relation(), &with, Some(&with), Mode::PART);
        let mut scope = Scope::inside(&with);
        scope.add(source);
        scope.add(Piece::of(Rc::clone(&target.table)));
        self.filter(statement.join_condition(), &scope);

        let mut assigned = Assigned::new();
        let mut all = Reached::default();
        for arm in statement.merge_when_clauses() {
            let reached = self.arm(arm, statement, &target, &scope, &mut assigned);
            all.join(reached);
        }
        self.returning(statement.returning_clause(), &target.table, scope, &assigned, all)
    }

    fn arm(
        &mut self,
        arm: &nodes::MergeWhenClause,
        statement: &nodes::MergeStmt,
        target: &Target,
        scope: &Scope<'_>,
        assigned: &mut Assigned,
    ) -> Reached {
        self.filter(arm.condition(), scope);
        let targets = arm.target_list().iter().filter_map(|node| match node {
            Node::ResTarget(target) => Some(target),
            _ => None,
        });
        match arm.command_type {
            raw::CmdType::CMD_INSERT => {
                let mut names: Vec<Arc<str>> =
                    targets.filter_map(|column| self.assigned_name(column, target, scope)).collect();
                if names.is_empty() {
                    let all = self.columns_in(&target.table);
                    names = all.into_iter().map(|column| column.name).take(arm.values().len()).collect();
                }
                for (index, value) in arm.values().iter().enumerate() {
                    let flow = self.expression(value, scope);
                    self.gather.read(&flow);
                    if names.len() <= index || matches!(target.table.inside, Inside::Open { .. }) {
                        self.gather.flows(&target.object, &"".into(), 0, &flow);
                    }
                    if let Some(name) = names.get(index) {
                        self.assigned_type(target, name, flow.type_oid());
                        self.flows_into(target, name, &flow);
                        assigned.entry(Arc::clone(name)).or_default().add(&flow);
                    }
                }
                let written: BTreeSet<Arc<str>> = names.into_iter().collect();
                self.reach(target, Verb::Insert, &written)
            }
            raw::CmdType::CMD_UPDATE => {
                let changed = self.assignments(targets, target, scope);
                let written: BTreeSet<Arc<str>> = changed.keys().cloned().collect();
                for (name, flow) in changed {
                    assigned.entry(name).or_default().add(&flow);
                }
                let reached = self.reach(target, Verb::Update, &written);
                self.arm_bound(arm, statement, target, &reached);
                reached
            }
            raw::CmdType::CMD_DELETE => {
                let reached = self.reach(target, Verb::Delete, &BTreeSet::new());
                self.arm_bound(arm, statement, target, &reached);
                reached
            }
            raw::CmdType::CMD_NOTHING => Reached::default(),
            _ => {
                self.gather.opaque("unknown statement", "an arm of MERGE that the gate does not know");
                Reached::default()
            }
        }
    }

    /// Whether an arm can mean every row of the target.
    fn arm_bound(
        &mut self,
        arm: &nodes::MergeWhenClause,
        statement: &nodes::MergeStmt,
        target: &Target,
        reached: &Reached,
    ) {
        let judge = Judge::of_merge(
            self.cx,
            &target.table,
            target.relation.as_deref(),
            &target.object,
            statement.source_relation(),
            statement.with_clause(),
        );
        let unmatched = arm.match_kind == raw::MergeMatchKind::MERGE_WHEN_NOT_MATCHED_BY_SOURCE;
        let kind = if unmatched && matches!(arm.condition(), Node::None) {
            RiskKind::NoWhere
        } else {
            // The join's condition does not choose among rows that it did not match.
            let join = if unmatched { Node::None } else { statement.join_condition() };
            // Nothing but that it has a row in another table: of most tables, each row has.
            let any_row = arm.command_type == raw::CmdType::CMD_DELETE
                && matches!(arm.condition(), Node::None)
                && is_table(statement)
                && !matches!(join, Node::BoolExpr(_));
            if !any_row && judge.bounds(&[join, arm.condition()]) {
                return;
            }
            RiskKind::AlwaysTrue
        };
        self.gather.risk(kind, target.object.full_name());
        reached.accesses.iter().for_each(|at| self.gather.unbounded(*at));
    }
}

/// Whether the source is a table by its name, with all of its rows.
fn is_table(statement: &nodes::MergeStmt) -> bool {
    let Node::RangeVar(range) = statement.source_relation() else { return false };
    let mut with = statement.with_clause().into_iter().flat_map(|with| with.ctes().iter());
    range.schemaname().is_some() || !with.any(|query| query.ctename() == range.relname())
}
