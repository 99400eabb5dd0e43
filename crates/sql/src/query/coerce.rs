//! Casts, also those that are written nowhere: what somebody made to turn a value of one type into another runs where
//! an argument, an operand, an assigned value or a result is not of the type that is asked for.

use std::sync::Arc;

use super::Argument;
use crate::catalogue::{Function, Type};
use crate::function::{FIRST_OWN, by_oid, is_looked_into};
use crate::gather::{Cx, Flow, Gather};

/// The deepest nesting of domains and arrays.
const DEPTH_MAX: usize = 16;

/// Runs the casts that somebody made and that values may go through: each pair is the type that a value has (0 = not
/// known) and the one that is asked for. Returns what they may read.
pub(crate) fn coerce(pairs: &[(u32, u32)], cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut flow = Flow::default();
    for (from, to, function) in cx.catalogue.own_casts() {
        let goes = |(given, asked): &(u32, u32)| {
            (*given == 0 || given != asked)
                && within(*asked, cx).contains(&to)
                && (*given == 0 || within(*given, cx).contains(&from))
        };
        let looked_into = cx.catalogue.function_by_oid(function).is_none_or(|one| is_looked_into(one));
        if looked_into && pairs.iter().any(goes) {
            flow.add(&by_oid(function, cx, gather).flow);
        }
    }
    flow
}

/// The same for values that become nobody knows what.
pub(crate) fn coerce_any(cx: Cx<'_>, gather: &mut Gather) {
    for (_, to, _) in cx.catalogue.own_casts() {
        coerce(&[(0, to)], cx, gather);
    }
}

/// Whether a value of a type (0 = not known) may be taken for another: nothing of the server's own becomes
/// somebody's type without a cast between them. Arrays do when their elements do.
pub(super) fn may_become(given: u32, declared: u32, cx: Cx<'_>) -> bool {
    let made = |oid: u32| oid >= FIRST_OWN;
    let (mut given, mut declared) = (given, declared);
    for _ in 0..DEPTH_MAX {
        if given == 0
            || made(given)
            || !made(declared)
            || cx.catalogue.cast(given, declared).is_some()
            || cx.catalogue.type_by_oid(declared).is_none_or(|kind| kind.base != 0 || kind.kind == b'p')
        {
            return true;
        }
        match (element(given, cx), element(declared, cx)) {
            (Some(one), Some(other)) => (given, declared) = (one, other),
            _ => return false,
        }
    }
    true
}

/// The type of an array's elements.
pub(super) fn element(oid: u32, cx: Cx<'_>) -> Option<u32> {
    cx.catalogue.type_by_oid(oid).map(|kind| kind.element).filter(|element| *element != 0)
}

/// What the arguments of a call are, and what each candidate asks for.
pub(super) fn pairs(candidates: &[Arc<Function>], arguments: &[Argument<'_>]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for function in candidates {
        for (index, argument) in arguments.iter().enumerate() {
            // A literal is read into the type, not cast.
            if argument.literal.is_some() && argument.type_oid == 0 {
                continue;
            }
            if argument.name.is_some() {
                pairs.extend(function.arguments.iter().map(|declared| (argument.type_oid, *declared)));
            } else if let Some(declared) = function.arguments.get(index).or(function.arguments.last()) {
                pairs.push((argument.type_oid, *declared));
            }
        }
    }
    pairs
}

/// A type, what it is a domain over, and what it is an array of.
fn within(oid: u32, cx: Cx<'_>) -> Vec<u32> {
    let mut all = vec![oid];
    let mut at = 0;
    while let Some(oid) = all.get(at).copied()
        && all.len() < DEPTH_MAX
    {
        at += 1;
        let inside = |kind: &Arc<Type>| [kind.base, kind.element];
        let next = cx.catalogue.type_by_oid(oid).map(inside).unwrap_or_default();
        all.extend(next.into_iter().filter(|one| *one != 0));
    }
    all
}
