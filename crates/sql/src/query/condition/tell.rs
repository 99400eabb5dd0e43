//! Bounds that most values of a column lie within, whatever it holds, and functions that are conditions by themselves. What
//! is in doubt does not choose.

use super::super::constant::{bare, literal};
use super::super::name::{qualified, words};
use super::leaf::{bound, end};
use super::part::Parts;
use super::{End, Judge, Told};
use crate::function::is_built_in;
use crate::parse::{Node, nodes};

/// Beyond this there is nothing that is counted …
const MANY: f64 = 999_999.0;
/// … but there are moments, in seconds.
const SECONDS: std::ops::Range<f64> = 1.0e9..2.0e9;
/// The server's functions that hold for few values of a column.
const CHOOSING: [&str; 5] =
    ["jsonb_path_exists", "jsonb_path_match", "regexp_like", "starts_with", "xpath_exists"];
/// Those that hold for few ranges, unless they are negated.
const OF_RANGES: [&str; 3] = ["isempty", "lower_inf", "upper_inf"];

impl Judge<'_> {
    /// A function that is a condition.
    pub(super) fn call(&self, call: &nodes::FuncCall, negated: bool, depth: u16) -> Told {
        let (schema, name) = qualified(words(call.funcname()));
        let all = self.cx.catalogue.functions(self.cx.view, schema, name);
        if all.is_empty() || !all.iter().all(|function| is_built_in(function)) {
            return Told::Nothing;
        }
        let mut arguments = call.args().iter();
        let (first, second) = (arguments.next().unwrap_or(Node::None), arguments.next());
        if let (Some(second), None) = (second, arguments.next())
            && let Some(operator) = self.cx.catalogue.operator_by(&all)
        {
            return self.compare(operator, first, second, negated, depth);
        }
        if OF_RANGES.contains(&name) {
            let column = self.plain(first).filter(|_| !negated && second.is_none());
            return column.map_or(Told::Nothing, |column| bound(column.who));
        }
        let value = |node: Node<'_>| {
            let parts = Parts::of(node);
            parts.columns.is_empty() && !parts.query && literal(node).is_none_or(|text| !text.is_empty())
        };
        let parts = Parts::of(first);
        let owner = self.owner(&parts).filter(|_| !parts.levels && !parts.query);
        match owner {
            Some(owner) if CHOOSING.contains(&name) && !negated && call.args().iter().skip(1).all(value) => {
                bound(owner)
            }
            _ => Told::Nothing,
        }
    }
}

/// Whether a bound lets every value be meant that a column is likely to have: none that comes with the statement does.
pub(super) fn tells_nothing(name: &str, value: Node<'_>) -> bool {
    match end(value) {
        End::Open => false,
        End::Literal(None) => true,
        End::Literal(Some(number)) => match name {
            ">" => number <= 0.0,
            ">=" => number <= 1.0,
            _ => number >= MANY && !SECONDS.contains(&number),
        },
    }
}

pub(super) fn is_number(node: Node<'_>) -> bool {
    is_literal(node) && literal(node).is_none_or(|text| text.parse::<f64>().is_ok())
}

fn is_literal(node: Node<'_>) -> bool {
    match bare(node) {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::A_Expr(expr) => matches!(expr.lexpr(), Node::None) && is_literal(expr.rexpr()),
        _ => false,
    }
}
