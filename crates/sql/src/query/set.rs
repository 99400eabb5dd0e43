//! UNION, INTERSECT and EXCEPT: columns by position. Long chains lean to the left, so the left side is walked in a
//! loop.

use super::Scope;
use super::adopt::Beside;
use super::select::Mode;
use super::walk::Walk;
use crate::gather::Column;
use crate::parse::{Node, nodes, raw};

/// The most arms of one chain.
const ARMS_MAX: usize = 10_000;

impl Walk<'_, '_> {
    /// The columns of a set operation. Whoever called marks them as read.
    pub(super) fn set_operation(
        &mut self,
        select: &nodes::SelectStmt,
        scope: &Scope<'_>,
        mode: Mode,
    ) -> Vec<Column> {
        let limited = !matches!(select.limit_count(), Node::None);
        let arm_mode = Mode { counts: mode.counts && !limited, locks: mode.locks, ..Mode::VIEW };
        let mut arms = Vec::new();
        let mut at = select;
        let first = loop {
            let (Some(left), Some(right)) = (at.larg(), at.rarg()) else { break at };
            if arms.len() >= ARMS_MAX {
                self.gather.opaque("limit", format!("it has more than {ARMS_MAX} arms of a set operation"));
                break left;
            }
            arms.push((at.op, at.all, right));
            if left.op == raw::SetOperation::SETOP_NONE || has_own_clauses(left) {
                break left;
            }
            at = left;
        };
        let mut columns = self.select(first, scope, arm_mode);
        // What the arms before the last comparison gave is compared in it.
        let mut comparisons = arms.iter().filter(|(op, all, _)| compares(*op, *all)).count();
        for (op, all, arm) in arms.into_iter().rev() {
            let right = self.select(arm, scope, arm_mode);
            if compares(op, all) {
                comparisons = comparisons.saturating_sub(1);
                if comparisons == 0 {
                    columns.iter().for_each(|column| self.gather.predicate(&column.flow));
                }
                right.iter().for_each(|column| self.gather.predicate(&column.flow));
            }
            if op == raw::SetOperation::SETOP_EXCEPT {
                continue;
            }
            for (column, more) in columns.iter_mut().zip(&right) {
                let types = [column.flow.type_oid(), more.flow.type_oid()];
                self.unified(&mut column.flow, &types);
                let parts = [(types[0], column.flow.clone()), (types[1], more.flow.clone())];
                self.becoming(&parts, if types[0] == types[1] { types[0] } else { 0 });
                self.adopt(&mut column.flow, Beside::of(types));
                if column.flow.type_oid() != more.flow.type_oid() {
                    column.flow.shape = crate::gather::Shape::Unknown;
                }
                self.add(&mut column.flow, &more.flow);
            }
        }
        columns
    }
}

/// Whether rows are compared with one another by all of their columns.
fn compares(op: raw::SetOperation::Type, all: bool) -> bool {
    op != raw::SetOperation::SETOP_UNION || !all
}

fn has_own_clauses(select: &nodes::SelectStmt) -> bool {
    select.with_clause().is_some()
        || !select.sort_clause().is_empty()
        || !matches!(select.limit_count(), Node::None)
        || !matches!(select.limit_offset(), Node::None)
        || !select.locking_clause().is_empty()
}
