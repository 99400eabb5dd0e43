//! Literals: their values where those are facts, and their types. Everything else about them is nobody's business.

use crate::gather::Flow;
use crate::parse::{ConstValue, Node, nodes, raw};

const BOOL: u32 = 16;
const INT4: u32 = 23;
const NUMERIC: u32 = 1700;

/// A literal's type, where its spelling tells.
pub(super) fn shape(constant: &nodes::A_Const) -> Flow {
    match constant.val() {
        Some(ConstValue::Integer(_)) => Flow::of_type(INT4),
        Some(ConstValue::Float(_)) => Flow::of_type(NUMERIC),
        Some(ConstValue::Boolean(_)) => Flow::of_type(BOOL),
        _ => Flow::default(),
    }
}

/// The type of what the server tells: the time, or who asks.
pub(super) fn told(value: &nodes::SQLValueFunction) -> u32 {
    use raw::SQLValueFunctionOp as Op;
    match value.op {
        Op::SVFOP_CURRENT_DATE => 1082,
        Op::SVFOP_CURRENT_TIME | Op::SVFOP_CURRENT_TIME_N => 1266,
        Op::SVFOP_CURRENT_TIMESTAMP | Op::SVFOP_CURRENT_TIMESTAMP_N => 1184,
        Op::SVFOP_LOCALTIME | Op::SVFOP_LOCALTIME_N => 1083,
        Op::SVFOP_LOCALTIMESTAMP | Op::SVFOP_LOCALTIMESTAMP_N => 1114,
        // `name`
        _ => 19,
    }
}

/// A whole number that stands there, not below zero.
pub(super) fn whole_number(node: Node<'_>) -> Option<u64> {
    let Node::A_Const(constant) = bare(node) else { return None };
    match constant.val()? {
        ConstValue::Integer(number) => u64::try_from(number).ok(),
        ConstValue::Float(text) | ConstValue::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The text of a literal, also of one that is cast or collated.
pub(crate) fn literal(node: Node<'_>) -> Option<&str> {
    let Node::A_Const(constant) = bare(node) else { return None };
    match constant.val()? {
        ConstValue::String(text) | ConstValue::Float(text) | ConstValue::BitString(text) => Some(text),
        ConstValue::Boolean(true) => Some("true"),
        ConstValue::Boolean(false) => Some("false"),
        _ => None,
    }
}

/// What stands inside of casts and collations.
pub(super) fn bare(mut node: Node<'_>) -> Node<'_> {
    loop {
        node = match node {
            Node::TypeCast(cast) => cast.arg(),
            Node::CollateClause(collate) => collate.arg(),
            other => return other,
        };
    }
}
