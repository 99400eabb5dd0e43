//! Queries: SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE, and the expressions in them and elsewhere. What they
//! read, write and choose by, down to base columns, and where each output comes from. It judges nothing.

mod adopt;
mod append;
mod call;
mod cast;
mod choice;
mod coerce;
mod column;
mod condition;
mod constant;
mod expression;
mod filter;
mod from;
mod function;
mod group;
mod hazard;
mod insert;
mod into;
mod json;
mod keep;
mod keyed;
mod later;
mod meant;
mod merge;
mod moved;
mod name;
mod older;
mod operation;
mod planned;
mod relation;
mod returning;
mod rule;
mod scope;
mod select;
mod set;
mod standing;
mod target;
mod update;
mod view;
mod walk;
mod with;

#[cfg(test)]
mod tests;

use model::facts::{Output, Verb};

use crate::catalogue::Relation;
use crate::gather::{At, Column, Cx, Flow, Gather};
use crate::parse::Node;

pub(crate) use call::Argument;
pub(crate) use coerce::{becomes, coerce, coerce_any};
pub(crate) use later::{partition_runs, relation_runs, type_read};
pub(crate) use relation::missing;
pub(crate) use rule::left_out;
use scope::Scope;
use select::Mode;
pub(crate) use standing::stands;
pub(crate) use target::{copied, descendants};
pub(crate) use view::{Seen, refill};
use walk::Walk;

/// A SELECT, INSERT, UPDATE, DELETE or MERGE: everything that it does goes to `gather`. Returns the columns of its
/// result, `None` where it has none (DML without RETURNING). SELECT INTO is read as SELECT.
pub(crate) fn query(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<Vec<Output>> {
    let columns = columns(node, cx, gather)?;
    let outputs = columns.iter().map(|column| {
        let output = gather.output(column);
        let whole_row = output.whole_row || is_composite(column.flow.type_oid(), cx);
        Output { whole_row, ..output }
    });
    Some(outputs.collect())
}

/// Whether values of a type (0 = not known) are rows, or arrays or domains of such.
fn is_composite(oid: u32, cx: Cx<'_>) -> bool {
    let mut at = cx.catalogue.type_by_oid(oid);
    for _ in 0..8 {
        match at {
            Some(kind) if kind.relation != 0 => return true,
            Some(kind) if kind.element != 0 => at = cx.catalogue.type_by_oid(kind.element),
            Some(kind) if kind.base != 0 => at = cx.catalogue.type_by_oid(kind.base),
            _ => return false,
        }
    }
    false
}

/// [`query`], with lineage as this gather has it.
pub(crate) fn columns(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<Vec<Column>> {
    let mut walk = Walk { cx, gather };
    walk.deeper(|walk| walk.query(node, &Scope::default(), Mode::RESULT)).flatten()
}

/// An expression outside of a query: an argument of CALL, a default. What it calls and reads goes to
/// `gather`; returns where its value comes from.
pub(crate) fn expression(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut walk = Walk { cx, gather };
    let flow = walk.expression(node, &Scope::default());
    walk.gather.read(&flow);
    flow
}

/// An argument of EXECUTE, which becomes what the parameter is.
pub(crate) fn argument(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut walk = Walk { cx, gather };
    let mut flow = walk.expression(node, &Scope::default());
    walk.asked_any(&mut flow);
    walk.gather.read(&flow);
    flow
}

/// An expression in which a relation's columns are known: CHECK, index, policy and trigger conditions. The columns
/// are not an access of the statement by themselves.
pub(crate) fn expression_over(
    relation: &Relation,
    at: Option<At>,
    node: Node<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Flow {
    let mut walk = Walk { cx, gather };
    let table = walk.columns_of(relation, at);
    let scope = Scope::over(table, None);
    walk.expression(node, &scope)
}

impl Walk<'_, '_> {
    /// Any query that may stand where rows are expected.
    fn query(&mut self, node: Node<'_>, outer: &Scope<'_>, mode: Mode) -> Option<Vec<Column>> {
        match node {
            Node::SelectStmt(statement) => {
                if mode.top {
                    self.gather.verb(Verb::Select);
                }
                Some(self.select(statement, outer, mode))
            }
            Node::InsertStmt(statement) => self.insert(statement, outer),
            Node::UpdateStmt(statement) => self.update(statement, outer),
            Node::DeleteStmt(statement) => self.delete(statement, outer),
            Node::MergeStmt(statement) => self.merge(statement, outer),
            Node::RawStmt(statement) => self.query(statement.stmt(), outer, mode),
            _ => {
                self.gather.opaque("unknown statement", "a query of a kind that the gate does not know");
                None
            }
        }
    }
}
