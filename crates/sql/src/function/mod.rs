//! What a called function is: harmless, of a dangerous class, or somebody's own, whose body is looked into. Every
//! candidate that a name leaves open is taken to be called. This never decides, and never runs anything.

pub(crate) mod danger;
mod harmless;
mod input;
mod sequence;
mod setting;

use std::sync::Arc;

use model::facts::{Missing, Object, ObjectKind, RiskKind, Verb};

use crate::body;
use crate::catalogue::{Function, FunctionKind, Operator, Volatility};
use crate::gather::{Cx, Flow, Gather, object_of_function};
use crate::query::Argument;

pub(crate) use danger::{relation_risk, telling_columns};
pub(crate) use input::input;
pub(crate) use setting::{chosen, plain};

/// The first OID that is not the server's own (`FirstNormalObjectId`).
pub(crate) const FIRST_OWN: u32 = 16_384;

/// They count the rows that were written as they were, as far as indexes go: so they tell whether what was written is what was there.
/// Sorted.
const COMPARED: [&str; 4] = [
    "pg_stat_get_tuples_hot_updated",
    "pg_stat_get_tuples_newpage_updated",
    "pg_stat_get_xact_tuples_hot_updated",
    "pg_stat_get_xact_tuples_newpage_updated",
];

/// What a call gives, beside what it did to the [`Gather`].
#[derive(Debug, Default)]
pub(crate) struct Called {
    /// What its body reads, of which any may be in the result; the arguments are the caller's to add.
    pub(crate) flow: Flow,
    /// An aggregate or window function may be meant.
    pub(crate) aggregate: bool,
    /// Those that do more than compute: what they are given they may keep, or tell.
    pub(crate) keeps: Vec<Object>,
}

/// A call of a function or procedure by name. `candidates`: all that the name and the number of arguments leave
/// open; none = not known.
pub(crate) fn call(
    candidates: &[Arc<Function>],
    name: &[&str],
    arguments: &[Argument<'_>],
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Called {
    let mut called = Called::default();
    let own = made_here(name, cx);
    if own {
        called.flow.add(&unseen(&written(name), ObjectKind::Function, gather));
        called.keeps.push(written(name));
    }
    if candidates.is_empty() && !own {
        gather.unknown(Missing::Function, &name.join("."));
        if let Some(last) = name.last() {
            for class in danger::classes_by_name(last) {
                gather.risk(class.risk, *last);
            }
        }
        called.flow.add(&Flow::unknown());
    }
    for function in candidates {
        called.flow.add(&one(function, Some(arguments), cx, gather));
        if let Some(text) = function.default.as_ref().filter(|_| arguments.len() < function.arguments.len()) {
            called.flow.add(&crate::query::left_out(text, cx, gather));
        }
        if keeps(function, cx, gather) {
            called.keeps.push(object_of_function(function, cx.catalogue));
        }
        called.aggregate |= matches!(function.kind, FunctionKind::Aggregate | FunctionKind::Window);
    }
    called
}

/// A use of an operator. `candidates`: all that the name leaves open; none = not known.
pub(crate) fn operator(
    candidates: &[&Arc<Operator>],
    name: &[&str],
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Called {
    let mut called = Called::default();
    if candidates.is_empty() {
        gather.unknown(Missing::Function, &name.join("."));
        called.flow.add(&Flow::unknown());
    }
    // The server's own only compute.
    for operator in candidates.iter().filter(|operator| operator.oid >= FIRST_OWN) {
        called.flow.add(&by_oid(operator.function, cx, gather).flow);
    }
    called
}

/// A call of a function that something else names: a cast, a trigger, a domain's CHECK, an aggregate's part.
pub(crate) fn by_oid(oid: u32, cx: Cx<'_>, gather: &mut Gather) -> Called {
    if oid == 0 {
        return Called::default();
    }
    let flow = match cx.catalogue.function_by_oid(oid) {
        Some(function) => one(function, None, cx, gather),
        // The catalogue need not hold the server's own ones that no name leads to.
        None if oid < FIRST_OWN => Flow::default(),
        None => {
            gather.unknown(None, &format!("function {oid}"));
            Flow::unknown()
        }
    };
    Called { flow, ..Called::default() }
}

/// One function that is called.
fn one(
    function: &Arc<Function>,
    arguments: Option<&[Argument<'_>]>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Flow {
    if is_built_in(function) {
        return built_in(function, arguments, cx, gather);
    }
    match function.extension.as_deref().and_then(|extension| of_extension(function, extension, cx, gather)) {
        Some(flow) => flow,
        None => own(function, cx, gather),
    }
}

/// Whether a function that was called just now does more than compute.
fn keeps(function: &Function, cx: Cx<'_>, gather: &Gather) -> bool {
    if is_built_in(function) {
        return &*function.name == "set_config"
            || danger::classes(None, &function.name, function.arguments.len()).next().is_some()
            || function.volatility == Volatility::Volatile
                && !is_reviewed(function)
                && &*function.name != "nextval";
    }
    let dangerous = |extension: &str| {
        danger::classes(Some(extension), &function.name, function.arguments.len()).next().is_some()
    };
    function.extension.as_deref().is_some_and(dangerous)
        // In a body, what another function does is found out by whoever called the body.
        || cx.in_body && is_looked_into(function) && function.volatility == Volatility::Volatile
        || gather.has_risk(RiskKind::UserFunction, &format!("{}.{}", function.schema, function.name))
}

/// Whether a function came with the server.
pub(crate) fn is_built_in(function: &Function) -> bool {
    function.oid < FIRST_OWN && matches!(&*function.schema, "pg_catalog" | "information_schema")
}

fn built_in(
    function: &Function,
    arguments: Option<&[Argument<'_>]>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Flow {
    if &*function.name == "set_config" {
        setting::set_config(arguments.unwrap_or_default(), gather);
        return Flow::default();
    }
    if &*function.name == "nextval" {
        sequence::advance(arguments.unwrap_or_default(), cx, gather);
        return Flow::default();
    }
    let mut flow = Flow::default();
    if within(&COMPARED, &function.name) {
        flow.add(&Flow::unknown());
    }
    let mut known = false;
    for class in danger::classes(None, &function.name, function.arguments.len()) {
        known = true;
        dangerous(class, function, cx, gather);
        if danger::gives_values(class.risk) {
            flow.add(&Flow::unknown());
        }
    }
    if !known && function.volatility == Volatility::Volatile && !is_reviewed(function) {
        gather.risk(RiskKind::SideEffect, &*function.name);
        called(function, cx, gather);
    }
    flow
}

/// Whether somebody has looked at a volatile function of the server and found it harmless.
fn is_reviewed(function: &Function) -> bool {
    // What is written in SQL computes from other functions of the server.
    harmless::is_harmless_built_in(&function.name) || &*function.schema == "information_schema"
}

fn dangerous(class: &danger::Class, function: &Function, cx: Cx<'_>, gather: &mut Gather) {
    gather.risk(class.risk, &*function.name);
    gather.call(object_of_function(function, cx.catalogue));
    if let Some(verb) = class.verb {
        gather.verb(verb);
    }
}

/// A function of an extension that is known; `None` = it is to be looked at like anybody's.
fn of_extension(function: &Function, extension: &str, cx: Cx<'_>, gather: &mut Gather) -> Option<Flow> {
    let mut known = false;
    for class in danger::classes(Some(extension), &function.name, function.arguments.len()) {
        known = true;
        dangerous(class, function, cx, gather);
    }
    if known {
        // What it gives comes from somewhere that no column here names.
        return Some(Flow::unknown());
    }
    is_harmless_extension(function, extension).then(|| {
        gather.call(object_of_function(function, cx.catalogue));
        Flow::default()
    })
}

fn is_harmless_extension(function: &Function, extension: &str) -> bool {
    let computes = match function.volatility {
        _ if is_aggregate(function) => true,
        Volatility::Immutable => true,
        // One that is written in SQL or PL/pgSQL may read tables; its body tells.
        Volatility::Stable => is_native(function),
        Volatility::Volatile => false,
    };
    computes && harmless::is_computing(extension) || harmless::is_harmless_of(extension, &function.name)
}

fn is_of_known_extension(function: &Function) -> bool {
    function.extension.as_deref().is_some_and(|extension| {
        danger::classes(Some(extension), &function.name, function.arguments.len()).next().is_some()
            || is_harmless_extension(function, extension)
    })
}

fn is_aggregate(function: &Function) -> bool {
    function.kind == FunctionKind::Aggregate
}

/// Whether what a function does is found in its body (or in that it has none that can be read).
pub(crate) fn is_looked_into(function: &Function) -> bool {
    !is_built_in(function) && !is_aggregate(function) && !is_of_known_extension(function)
}

/// Anybody's function.
fn own(function: &Arc<Function>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    if is_aggregate(function) {
        gather.call(object_of_function(function, cx.catalogue));
        if function.parts.is_empty() {
            return unseen_function(function, cx, gather);
        }
        let mut flow = Flow::default();
        for part in &function.parts {
            flow.add(&by_oid(*part, cx, gather).flow);
        }
        return flow;
    }
    body::call(function, cx, gather)
}

/// Whether its code is not in the catalogue but in a library.
pub(crate) fn is_native(function: &Function) -> bool {
    matches!(&*function.language, "c" | "internal")
}

/// A function that nobody can look into.
pub(crate) fn unseen_function(function: &Function, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    gather.risk(RiskKind::UserFunction, format!("{}.{}", function.schema, function.name));
    called(function, cx, gather);
    Flow::unknown()
}

/// It is called, and not known to be harmless.
fn called(function: &Function, cx: Cx<'_>, gather: &mut Gather) {
    gather.verb(Verb::Call);
    gather.call(object_of_function(function, cx.catalogue));
}

/// A function that this session made, changed or dropped, so that the catalogue's body is not the one that runs.
fn made_here(name: &[&str], cx: Cx<'_>) -> bool {
    let (schema, last) = match name {
        [.., schema, last] => (Some(*schema), *last),
        [last] => (None, *last),
        [] => return false,
    };
    let own_temporary = |schema: &str| schema == "pg_temp" || schema.starts_with("pg_temp_");
    cx.view.made.iter().any(|made| {
        made.kind == ObjectKind::Function
            && base_name(&made.name) == last
            && schema.is_none_or(|schema| {
                *made.schema == *schema || own_temporary(schema) && own_temporary(&made.schema)
            })
    })
}

/// The name without argument types, which an object's name has.
fn base_name(name: &str) -> &str {
    name.split_once('(').map_or(name, |(base, _)| base)
}

fn written(name: &[&str]) -> Object {
    let (schema, last) = match name {
        [.., schema, last] => (*schema, *last),
        [last] => ("", *last),
        [] => ("", ""),
    };
    Object { kind: ObjectKind::Function, schema: schema.into(), name: last.into(), oid: 0 }
}

fn unseen(object: &Object, kind: ObjectKind, gather: &mut Gather) -> Flow {
    gather.risk(RiskKind::UserFunction, object.full_name());
    gather.verb(Verb::Call);
    gather.call(Object { kind, ..object.clone() });
    Flow::unknown()
}

/// Whether a sorted list has a word.
pub(crate) fn within(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests;
