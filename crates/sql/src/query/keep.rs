//! A column that is assigned itself or something given: `COALESCE($1, email)`, `CASE id WHEN 7 THEN 'x' ELSE email END`, an
//! upsert's `COALESCE(EXCLUDED.email, t.email)`. It only looks at how that is written; where it comes from a flow tells.

use super::append::is_given;
use super::name::words;
use crate::parse::{Node, nodes, raw};

/// Whether a value is the column of this name as it is, or something else that none of its values is part of.
pub(super) fn keeps(value: Node<'_>, name: &str) -> bool {
    match value {
        Node::CoalesceExpr(either) => either.args().iter().all(|part| is_kept(part, name)),
        Node::CaseExpr(case) => {
            let results = case.args().iter().filter_map(|when| match when {
                Node::CaseWhen(when) => Some(when.result()),
                _ => None,
            });
            results.chain([case.defresult()]).all(|part| is_kept(part, name))
        }
        _ => false,
    }
}

fn is_kept(node: Node<'_>, name: &str) -> bool {
    let is_own =
        matches!(node, Node::ColumnRef(reference) if words(reference.fields()).next_back() == Some(name));
    is_own || matches!(node, Node::None) || is_free(node) || keeps(node, name)
}

/// Whether it is made of what is given, and of what an upsert would have inserted.
fn is_free(node: Node<'_>) -> bool {
    match node {
        Node::ColumnRef(reference) => is_proposed(reference),
        Node::TypeCast(cast) => is_free(cast.arg()),
        Node::FuncCall(call) => call.args().iter().all(is_free),
        Node::CoalesceExpr(either) => either.args().iter().all(is_free),
        Node::A_Expr(expr) if expr.kind == raw::A_Expr_Kind::AEXPR_NULLIF => {
            is_free(expr.lexpr()) && is_free(expr.rexpr())
        }
        _ => is_given(node),
    }
}

fn is_proposed(reference: &nodes::ColumnRef) -> bool {
    let mut names = words(reference.fields());
    names.next() == Some("excluded") && names.count() == 1
}
