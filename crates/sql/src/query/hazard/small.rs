//! Numbers that functions of the server make of whatever columns hold, by the functions' names: how large they can be.

use crate::parse::{Node, nodes};
use crate::query::constant::whole_number;
use crate::query::name::words;

/// Counts and parts of dates: they fit into any type of numbers but the smallest, and so do their sums.
const SMALL: [&str; 12] = [
    "array_length",
    "ascii",
    "bit_length",
    "cardinality",
    "char_length",
    "character_length",
    "date_part",
    "extract",
    "length",
    "octet_length",
    "position",
    "strpos",
];
/// What keeps a number about as large as it is.
const KEEPING: [&str; 6] = ["abs", "ceil", "ceiling", "floor", "round", "trunc"];
/// What is made of all numbers of a column.
const OF_MANY: [&str; 9] =
    ["avg", "count", "stddev", "stddev_pop", "stddev_samp", "sum", "var_pop", "var_samp", "variance"];

/// Whether it is a number of no more than some ten digits, whatever stands in the columns.
pub(super) fn is_small(node: Node<'_>) -> bool {
    match node {
        Node::FuncCall(call) if is_of(call, &KEEPING) => call.args().first().is_some_and(is_small),
        Node::FuncCall(call) => is_of(call, &SMALL) && !is_epoch(call),
        _ => whole_number(node).is_some_and(|number| number < 10_000),
    }
}

/// Whether it is made of numbers as columns hold them: none is out of the range of the largest types.
pub(super) fn is_of_columns(node: Node<'_>) -> bool {
    match node {
        Node::FuncCall(call) if is_of(call, &OF_MANY) => {
            call.args().iter().all(|arg| matches!(arg, Node::ColumnRef(_)))
        }
        Node::FuncCall(call) if is_of(call, &KEEPING) => call.args().first().is_some_and(is_of_columns),
        _ => false,
    }
}

fn is_of(call: &nodes::FuncCall, names: &[&str]) -> bool {
    words(call.funcname()).next_back().is_some_and(|name| names.contains(&name))
}

/// Seconds are many.
fn is_epoch(call: &nodes::FuncCall) -> bool {
    let field = call.args().first().and_then(super::text);
    let counts = ["extract", "date_part"];
    is_of(call, &counts)
        && !field.is_some_and(|field| {
            matches!(
                field,
                "year"
                    | "month"
                    | "day"
                    | "hour"
                    | "minute"
                    | "second"
                    | "week"
                    | "quarter"
                    | "dow"
                    | "doy"
                    | "isodow"
                    | "isoyear"
                    | "decade"
                    | "century"
            )
        })
}
