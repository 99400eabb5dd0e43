//! Casts that hold for all values, and those that fail or not by the column's type alone.

use super::{NUMBERS, NUMERIC, SHOWN_AS, TEXT, Verdict, is_literal, small};
use crate::gather::Flow;
use crate::parse::Node;
use crate::query::walk::Walk;

/// Casts that lose nothing, or no more than a part of a day.
const WIDENING: [(u32, u32); 12] = [
    (16, 23),
    (21, 20),
    (21, 23),
    (21, 1700),
    (21, 700),
    (21, 701),
    (23, 20),
    (23, 1700),
    (23, 701),
    (20, 1700),
    (20, 701),
    (700, 701),
];

/// Casts that hold for what columns of that type hold, but not for all that an expression may choose from.
const WIDENING_BARE: [(u32, u32); 7] =
    [(1082, 1114), (1082, 1184), (1114, 1082), (1184, 1082), (1184, 1114), (1114, 1184), (114, 3802)];

const INT2: u32 = 21;
/// `numeric`, `float8`, `int8`
const LARGEST: [u32; 3] = [NUMERIC, 701, 20];
/// Types that a number of any size goes into, as far as anybody has such numbers: `bool`, `bit`, `varbit`, those of texts, `numeric`,
/// `float4`, `float8`.
const TAKES_NUMBERS: [u32; 10] = [16, 1560, 1562, TEXT, 1043, 1042, 19, NUMERIC, 700, 701];

impl Walk<'_, '_> {
    /// A cast of a value to a type.
    pub(in crate::query) fn cast_hazard(&mut self, argument: Node<'_>, value: &Flow, to: u32, limited: bool) {
        let from = self.base(value.type_oid());
        let holds = SHOWN_AS.contains(&to)
            || !limited && (from != 0 && from == to || WIDENING.contains(&(from, to)))
            || !limited && value.is_bare() && WIDENING_BARE.contains(&(from, to))
            || is_literal(argument)
            || matches!(argument, Node::ParamRef(_) | Node::SQLValueFunction(_));
        if holds {
            return;
        }
        let fits = !limited
            && !value.is_decided()
            && (small::is_small(argument) && to != INT2 && NUMBERS.contains(&to)
                || small::is_of_columns(argument) && LARGEST.contains(&to));
        let holds = fits || value.is_bare() && !self.narrows(from, to, limited);
        self.hazard(if holds { Verdict::Given } else { Verdict::Partial }, value);
    }

    /// Whether numbers of one type fit into another one, or do not, by how large they are: that tells it.
    fn narrows(&self, from: u32, to: u32, limited: bool) -> bool {
        let single = |oid: u32| {
            let element = self.cx.catalogue.type_by_oid(oid).map_or(0, |kind| kind.element);
            self.base(if element == 0 { oid } else { element })
        };
        let (from, to) = (single(from), single(to));
        let is_number = NUMBERS.contains(&from);
        let is_sized = limited && to == NUMERIC && (is_number || SHOWN_AS.contains(&from));
        is_sized || is_number && !TAKES_NUMBERS.contains(&to) && !WIDENING.contains(&(from, to))
    }
}
