//! Operators that hold for all values, and those that do so beside certain constants. It never looks at names of
//! schemas: the server's own operators are meant, others can always fail.

use super::SHOWN_AS;
use super::chosen::INTS;
use super::fits::is_pattern;
use super::small::is_small;
use super::{Verdict, is_literal, may_not_fit, text};
use crate::gather::Flow;
use crate::parse::{ConstValue, Node, raw};
use crate::query::append::is_an_object;
use crate::query::coerce::is_given;
use crate::query::walk::Walk;

const INT8: u32 = 20;
const FLOAT8: u32 = 701;
const NUMERIC: u32 = 1700;
const JSONB: u32 = 3802;
/// `int2`, `int4`, `int8`, `numeric`.
const EXACT: [u32; 4] = [21, 23, INT8, NUMERIC];
const DATE: u32 = 1082;
/// `date`, `timestamp`, `timestamptz`.
/// What has as many values below zero as above: `numeric`, `float4`, `float8`.
const SIGNED: [u32; 3] = [NUMERIC, 700, FLOAT8];
/// Of which some are too large to be compared: `point`, `lseg`, `path`, `box`, `polygon`, `line`, `circle`.
const FIGURES: [u32; 7] = [600, 601, 602, 603, 604, 628, 718];
const MOMENTS: [u32; 3] = [DATE, 1114, 1184];
/// Comparisons, and looks into JSON, arrays, ranges and texts; sorted.
const TOTAL: &[&str] = &[
    "!~~", "!~~*", "#>", "#>>", "&&", "->", "->>", "<", "<=", "<>", "<@", "=", ">", ">=", "?", "?&", "?|",
    "@>", "@?", "@@", "^@", "~~", "~~*",
];

/// One use of an operator.
#[derive(Clone, Copy)]
pub(in crate::query) struct Operation<'a> {
    pub(in crate::query) kind: raw::A_Expr_Kind::Type,
    pub(in crate::query) name: &'a str,
    /// `None`: it stands before its operand. No flow: the left side is computed by another operator.
    pub(in crate::query) left: Option<(Node<'a>, Option<&'a Flow>)>,
    pub(in crate::query) right: (Node<'a>, &'a Flow),
    /// None of somebody's own may be meant.
    pub(in crate::query) built_in: bool,
}

impl Walk<'_, '_> {
    /// Whether an operator holds for all values.
    pub(in crate::query) fn judge_operation(&self, operation: &Operation<'_>) -> Verdict {
        use raw::A_Expr_Kind as Kind;
        let Operation { kind, name, left, right, built_in } = *operation;
        if !built_in {
            return Verdict::Partial;
        }
        if left.is_none_or(|(node, _)| is_literal(node)) && is_literal(right.0) {
            return Verdict::Total;
        }
        let left_flow = left.and_then(|(_, flow)| flow);
        // Rows that stand there side by side are compared member by member.
        let is_whole = |node: Node<'_>, flow: Option<&Flow>| {
            flow.is_some_and(|flow| self.has_rows(flow)) && !matches!(node, Node::RowExpr(_))
        };
        if left.is_some_and(|(node, flow)| is_whole(node, flow)) || is_whole(right.0, Some(right.1)) {
            return Verdict::Partial;
        }
        let beside = |one: Option<&Flow>, node: Node<'_>, other: Option<&Flow>| {
            let kind = |flow: Option<&Flow>| self.base(flow.map_or(0, Flow::type_oid));
            one.is_some_and(Flow::is_decided) && !adapts(node) && may_not_fit(kind(one), kind(other))
        };
        if let Some((node, _)) = left
            && (beside(left_flow, right.0, Some(right.1)) || beside(Some(right.1), node, left_flow))
        {
            return Verdict::Partial;
        }
        let is_chosen = left.is_some() && left_flow.is_none_or(Flow::is_chosen);
        match kind {
            Kind::AEXPR_SIMILAR if is_chosen => return Verdict::Partial,
            Kind::AEXPR_SIMILAR => return Verdict::Given,
            Kind::AEXPR_OP
            | Kind::AEXPR_OP_ANY
            | Kind::AEXPR_OP_ALL
            | Kind::AEXPR_LIKE
            | Kind::AEXPR_ILIKE => {}
            _ => return Verdict::Total,
        }
        let left_type = self.base(left_flow.map_or(0, Flow::type_oid));
        let right_type = self.base(right.1.type_oid());
        match name {
            // A pattern that ends in the middle of an escape fails when the text is that long.
            "~~" | "~~*" | "!~~" | "!~~*" => match text(right.0) {
                Some(pattern) if !pattern.ends_with('\\') => Verdict::Total,
                _ => Verdict::Partial,
            },
            "~" | "~*" | "!~" | "!~*" if left.is_some() => match text(right.0) {
                Some(pattern) if is_chosen && !is_pattern(pattern) => Verdict::Partial,
                Some(_) => Verdict::Given,
                None => Verdict::Partial,
            },
            // A long text is no document to be searched.
            "@@" if is_chosen && SHOWN_AS.contains(&left_type) => Verdict::Partial,
            _ if TOTAL.binary_search(&name).is_ok() => {
                let is_large = |kind: u32, flow: Option<&Flow>| {
                    FIGURES.contains(&kind) && flow.is_none_or(Flow::is_chosen)
                };
                if is_large(left_type, left_flow) || is_large(right_type, Some(right.1)) {
                    Verdict::Partial
                } else {
                    Verdict::Total
                }
            }
            // A document takes keys whatever it is.
            "||" if left_type == JSONB
                && text(super::super::constant::bare(right.0)).is_some_and(is_an_object) =>
            {
                Verdict::Total
            }
            "||" => {
                let differs = |oid: u32| oid == JSONB || self.is_array(oid);
                if differs(left_type) || differs(right_type) { Verdict::Partial } else { Verdict::Total }
            }
            // Of the least number there is no other side.
            "-" | "@" if left.is_none() && right.1.is_chosen() && !SIGNED.contains(&right_type) => {
                Verdict::Partial
            }
            "-" | "+" | "@" if left.is_none() => Verdict::Total,
            "-" if MOMENTS.contains(&left_type)
                && MOMENTS.contains(&right_type)
                && !right.1.is_chosen()
                && left_flow.is_some_and(|flow| !flow.is_chosen()) =>
            {
                Verdict::Total
            }
            "+" | "-" | "*" if left.is_some_and(|(node, _)| is_small(node)) && is_small(right.0) => {
                Verdict::Total
            }
            // Days and years that people write keep what columns hold within the calendar.
            "+" | "-" if MOMENTS.contains(&left_type) && is_short_while(right.0, right_type) => {
                if left_flow.is_some_and(Flow::is_bare) { Verdict::Given } else { Verdict::Partial }
            }
            "+" | "-" | "*" | "/" | "%" => {
                let Some((left_node, Some(left_flow))) = left else { return Verdict::Partial };
                let small =
                    |number: Node<'_>, other: &Flow, kind: u32| other.is_bare() && holds(name, kind, number);
                let turns = matches!(name, "+" | "*");
                if small(right.0, left_flow, left_type) || turns && small(left_node, right.1, right_type) {
                    Verdict::Total
                } else {
                    Verdict::Partial
                }
            }
            _ => Verdict::Partial,
        }
    }
}

/// Whether what stands there becomes what it is compared with.
fn adapts(node: Node<'_>) -> bool {
    match node {
        Node::NodeList(list) => list.iter().all(adapts),
        Node::A_Const(constant) => !matches!(constant.val(), Some(ConstValue::Float(_))),
        _ => is_given(node),
    }
}

/// Whether an interval of a few digits stands there.
fn is_short_while(node: Node<'_>, kind: u32) -> bool {
    const INTERVAL: u32 = 1186;
    let Node::TypeCast(cast) = node else { return false };
    kind == INTERVAL
        && text(cast.arg()).is_some_and(|text| {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            digits <= 4 && !text.contains("in")
        })
}

/// Whether computing with a column of this type and a number that stands there keeps within the type for all values
/// that such columns hold.
fn holds(name: &str, column: u32, node: Node<'_>) -> bool {
    let Node::A_Const(constant) = node else { return false };
    let digits = match constant.val() {
        Some(ConstValue::Integer(number)) => number.unsigned_abs().to_string(),
        Some(ConstValue::Float(text)) if !text.contains(['e', 'E', '_', 'x', 'o', 'b']) => text.to_owned(),
        _ => return false,
    };
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    match name {
        "/" => EXACT.contains(&column) && !is_zero,
        "%" => EXACT.contains(&column) && !is_zero,
        "*" => {
            (column == NUMERIC || column == FLOAT8) && digits.len() <= 12
                || column == INT8 && digits.len() <= 4
                // The product is `numeric`.
                || INTS.contains(&column) && digits.contains('.') && digits.len() <= 12
        }
        _ => {
            (column == NUMERIC || column == FLOAT8) && digits.len() <= 12
                || (column == INT8 || column == 23) && digits.len() <= 4
                // Days.
                || column == DATE && digits.len() <= 4 && !digits.contains('.')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(TOTAL.is_sorted());
    }
}
