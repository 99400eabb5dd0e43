//! Queries: SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE, and the expressions in them and elsewhere. What they
//! read, write and choose by, down to base columns, and where each output comes from. It judges nothing.

use model::facts::Output;
use crate::parse::Node;

use crate::catalogue::Relation;
use crate::gather::{Cx, Flow, Gather};

/// A SELECT, INSERT, UPDATE, DELETE or MERGE: everything that it does goes to `gather`. Returns the columns of its
/// result, `None` where it has none (DML without RETURNING).
pub(crate) fn query(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<Vec<Output>> {
    let _ = (node, cx, gather);
    None
}

/// An expression outside of a query: an argument of CALL or EXECUTE, a default. What it calls and reads goes to
/// `gather`; returns where its value comes from.
pub(crate) fn expression(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let _ = (node, cx, gather);
    Flow::default()
}

/// An expression in which a relation's columns are known: CHECK, index, policy and trigger conditions.
pub(crate) fn expression_over(
    relation: &Relation,
    node: Node<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Flow {
    let _ = (relation, node, cx, gather);
    Flow::default()
}

/// One argument of a call, for `crate::function`.
#[derive(Clone, Copy)]
pub(crate) struct Argument<'a> {
    /// Its expression.
    pub(crate) node: Node<'a>,
    /// `name => value`.
    pub(crate) name: Option<&'a str>,
    /// Its type, where it is known without inference; 0 else.
    pub(crate) type_oid: u32,
    /// Its value, when it is a literal (also cast, also with a sign).
    pub(crate) literal: Option<&'a str>,
}
