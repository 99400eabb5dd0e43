//! The parts of a condition: which columns are in it, what it is made of, whether two are the same.

use super::super::constant::bare;
use super::super::name::words;
use crate::parse::{ConstValue, Node, nodes, raw};
use pg_raw_parse::list::NodeList;

const DEPTH_MAX: u16 = 100;
/// The most references to columns that are looked at in one comparison.
const COLUMNS_MAX: usize = 32;

/// What is in an expression.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) columns: Vec<&'a nodes::ColumnRef>,
    /// A sub-select.
    pub(super) query: bool,
    pub(super) links: Vec<&'a nodes::SubLink>,
    pub(super) calls: Vec<&'a nodes::FuncCall>,
    /// CASE, multiplication and the like, which can make one value of all.
    pub(super) levels: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn of(node: Node<'a>) -> Self {
        let mut parts = Self::default();
        parts.walk(node, 0);
        parts
    }

    fn list(&mut self, list: &'a NodeList, depth: u16) {
        list.iter().for_each(|node| self.walk(node, depth));
    }

    fn walk(&mut self, node: Node<'a>, depth: u16) {
        if depth > DEPTH_MAX {
            self.levels = true;
            return;
        }
        let deeper = depth.saturating_add(1);
        match node {
            Node::ColumnRef(_) if self.columns.len() >= COLUMNS_MAX => self.levels = true,
            Node::ColumnRef(reference) => self.columns.push(reference),
            Node::A_Expr(expr) => {
                let name = words(expr.name()).last().unwrap_or_default();
                self.levels |= matches!(name, "*" | "/" | "%" | "&" | "|" | "#" | "<<" | ">>" | "^")
                    || matches!(name, "=" | "<>" | "<" | ">" | "<=" | ">=" | "~" | "!~" | "~~" | "!~~")
                    || expr.kind == raw::A_Expr_Kind::AEXPR_NULLIF;
                self.walk(expr.lexpr(), deeper);
                self.walk(expr.rexpr(), deeper);
            }
            Node::BoolExpr(expr) => {
                self.levels = true;
                self.list(expr.args(), deeper);
            }
            Node::FuncCall(call) => {
                self.calls.push(call);
                self.list(call.args(), deeper);
            }
            Node::TypeCast(cast) => self.walk(cast.arg(), deeper),
            Node::CollateClause(collate) => self.walk(collate.arg(), deeper),
            Node::CoalesceExpr(expr) => self.list(expr.args(), deeper),
            Node::MinMaxExpr(expr) => {
                self.levels = true;
                self.list(expr.args(), deeper);
            }
            Node::RowExpr(row) => self.list(row.args(), deeper),
            Node::A_ArrayExpr(array) => self.list(array.elements(), deeper),
            Node::NodeList(list) => self.list(list, deeper),
            Node::NamedArgExpr(argument) => self.walk(argument.arg(), deeper),
            Node::A_Indirection(indirection) => self.walk(indirection.arg(), deeper),
            Node::SubLink(link) => {
                self.query = true;
                self.links.push(link);
            }
            Node::None | Node::A_Const(_) | Node::ParamRef(_) | Node::SQLValueFunction(_) => {}
            Node::NullTest(test) => {
                self.levels = true;
                self.walk(test.arg(), deeper);
            }
            Node::BooleanTest(test) => {
                self.levels = true;
                self.walk(test.arg(), deeper);
            }
            Node::CaseExpr(case) => {
                self.levels = true;
                self.walk(case.arg(), deeper);
                self.walk(case.defresult(), deeper);
                for when in case.args() {
                    if let Node::CaseWhen(when) = when {
                        self.walk(when.expr(), deeper);
                        self.walk(when.result(), deeper);
                    }
                }
            }
            _ => self.levels = true,
        }
    }
}

/// A condition without the NOTs before it.
pub(super) fn without_not(mut node: Node<'_>, mut negated: bool) -> (Node<'_>, bool) {
    while let Node::BoolExpr(expr) = node
        && expr.boolop == raw::BoolExprType::NOT_EXPR
        && let Some(inner) = expr.args().first()
    {
        node = inner;
        negated = !negated;
    }
    (node, negated)
}

/// Whether two conditions on the same two things are such that one of them always holds: `=` and `<>`, `<` and `>=`,
/// IS NULL and IS NOT NULL; also `>` and `<` with anything between.
pub(super) fn opposite(left: Node<'_>, left_not: bool, right: Node<'_>, right_not: bool) -> bool {
    match (left, right) {
        (Node::NullTest(a), Node::NullTest(b)) => {
            let differ = (a.nulltesttype == b.nulltesttype) == (left_not != right_not);
            differ && same(a.arg(), b.arg(), 0)
        }
        (Node::A_Expr(a), Node::A_Expr(b)) => {
            let (a_name, b_name) = (words(a.name()).last(), words(b.name()).last());
            let (Some(a_name), Some(b_name)) = (a_name, b_name) else { return false };
            let equal = |name: &str, not: bool| match name {
                "=" => Some(!not),
                "<>" => Some(not),
                _ => None,
            };
            let above = |name: &str, not: bool| match name {
                ">" | ">=" => Some(!not),
                "<" | "<=" => Some(not),
                _ => None,
            };
            if !same(a.lexpr(), b.lexpr(), 0) {
                return false;
            }
            match (equal(a_name, left_not), equal(b_name, right_not)) {
                (Some(a_is), Some(b_is)) if a_is != b_is => return same(a.rexpr(), b.rexpr(), 0),
                // Two that exclude different values leave nothing out.
                (Some(false), Some(false)) => return true,
                _ => {}
            }
            matches!(
                (above(a_name, left_not), above(b_name, right_not)),
                (Some(a_is), Some(b_is)) if a_is != b_is
            )
        }
        _ => false,
    }
}

/// Whether two expressions are written alike.
pub(super) fn same(left: Node<'_>, right: Node<'_>, depth: u16) -> bool {
    if depth > DEPTH_MAX {
        return false;
    }
    let deeper = depth.saturating_add(1);
    let lists = |a: &NodeList, b: &NodeList| {
        a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b, deeper))
    };
    match (bare(left), bare(right)) {
        (Node::ColumnRef(a), Node::ColumnRef(b)) => {
            // `id` and `t.id` are taken to be the same.
            words(a.fields()).last() == words(b.fields()).last()
        }
        (Node::A_Const(_), Node::A_Const(_)) => equal_constants(left, right).unwrap_or(false),
        (Node::ParamRef(a), Node::ParamRef(b)) => a.number == b.number,
        (Node::A_Expr(a), Node::A_Expr(b)) => {
            a.kind == b.kind
                && words(a.name()).eq(words(b.name()))
                && same(a.lexpr(), b.lexpr(), deeper)
                && same(a.rexpr(), b.rexpr(), deeper)
        }
        (Node::BoolExpr(a), Node::BoolExpr(b)) => a.boolop == b.boolop && lists(a.args(), b.args()),
        (Node::FuncCall(a), Node::FuncCall(b)) => {
            words(a.funcname()).eq(words(b.funcname())) && lists(a.args(), b.args())
        }
        (Node::NodeList(a), Node::NodeList(b)) => lists(a, b),
        (Node::RowExpr(a), Node::RowExpr(b)) => lists(a.args(), b.args()),
        (Node::NullTest(a), Node::NullTest(b)) => {
            a.nulltesttype == b.nulltesttype && same(a.arg(), b.arg(), deeper)
        }
        (Node::BooleanTest(a), Node::BooleanTest(b)) => {
            a.booltesttype == b.booltesttype && same(a.arg(), b.arg(), deeper)
        }
        (Node::None, Node::None) => true,
        _ => false,
    }
}

/// Whether two literals are equal, as far as their spelling tells.
pub(super) fn equal_constants(left: Node<'_>, right: Node<'_>) -> Option<bool> {
    let (Node::A_Const(a), Node::A_Const(b)) = (bare(left), bare(right)) else { return None };
    match (a.val()?, b.val()?) {
        (ConstValue::Integer(a), ConstValue::Integer(b)) => Some(a == b),
        (ConstValue::Boolean(a), ConstValue::Boolean(b)) => Some(a == b),
        (ConstValue::String(a), ConstValue::String(b)) => Some(a == b),
        (ConstValue::Float(a), ConstValue::Float(b)) => Some(a == b),
        _ => None,
    }
}
