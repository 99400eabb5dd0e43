//! Casts, also those that are written nowhere: what somebody made to turn a value of one type into another runs where
//! an argument, an operand, an assigned value or a result is not of the type that is asked for.

use std::sync::Arc;

use super::hazard::Verdict;
use super::name::{qualified, type_words};
use super::walk::Walk;
use super::{Argument, Scope};
use crate::catalogue::{Function, Type};
use crate::function::{FIRST_OWN, by_oid, is_looked_into};
use crate::gather::{Cx, Flow, Gather};
use crate::parse::{Node, nodes};

pub(super) const BOOL: u32 = 16;
pub(super) const INT8: u32 = 20;
pub(super) const INT4: u32 = 23;
pub(super) const TEXT: u32 = 25;
/// What the offsets of RANGE are: `int8`, `int2`, `int4`, `float8`, `interval`, `numeric`.
const OFFSETS: [u32; 6] = [INT8, 21, INT4, 701, 1186, 1700];

/// The deepest nesting of domains and arrays.
const DEPTH_MAX: usize = 16;

/// Runs the casts that somebody made and that values may go through: each pair is the type that a value has (0 = not
/// known) and the one that is asked for. Returns what they may read.
pub(crate) fn coerce(pairs: &[(u32, u32)], cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut flow = Flow::default();
    for function in casts(pairs, cx) {
        flow.add(&by_oid(function, cx, gather).flow);
    }
    flow
}

/// The functions of those casts.
fn casts(pairs: &[(u32, u32)], cx: Cx<'_>) -> Vec<u32> {
    let mut found = Vec::new();
    for (from, to, function) in cx.catalogue.own_casts() {
        // What somebody's value goes through counts where it stands, wherever that is.
        let is_counted = cx.catalogue.casts_from(from).contains(&function);
        let goes = |(given, asked): &(u32, u32)| {
            given != asked
                && within(*asked, cx).contains(&to)
                && if *given == 0 { !is_counted } else { within(*given, cx).contains(&from) }
        };
        if is_anybodys(function, cx) && pairs.iter().any(goes) {
            found.push(function);
        }
    }
    found
}

/// Whether a cast's function is one that is looked into, as any that is called.
fn is_anybodys(function: u32, cx: Cx<'_>) -> bool {
    function >= FIRST_OWN && cx.catalogue.function_by_oid(function).is_none_or(|one| is_looked_into(one))
}

/// A column is made of this type: whatever is put into it later becomes one of it, and no catalogue tells by then.
pub(crate) fn becomes(kind: u32, cx: Cx<'_>, gather: &mut Gather) {
    if kind >= FIRST_OWN {
        coerce(&[(0, kind)], cx, gather);
    }
}

/// [`coerce`] for values that become nobody knows what.
pub(crate) fn coerce_any(cx: Cx<'_>, gather: &mut Gather) {
    for (_, to, _) in cx.catalogue.own_casts() {
        coerce(&[(0, to)], cx, gather);
    }
}

impl Walk<'_, '_> {
    /// A value stands where one of these types is asked for. A literal is read into it, not cast.
    pub(super) fn asked(&mut self, node: Node<'_>, flow: &mut Flow, types: &[u32]) {
        if !self.cx.catalogue.has_own_casts() || is_given(node) {
            return;
        }
        let given = match node {
            Node::A_Expr(expr) if types == [BOOL] && self.tells_truth(expr) => return,
            _ => flow.type_oid(),
        };
        let pairs: Vec<(u32, u32)> = types.iter().map(|asked| (given, *asked)).collect();
        let own = self.coerced(&pairs, flow);
        flow.add(&own);
    }

    /// A value becomes nobody knows what.
    pub(super) fn asked_any(&mut self, flow: &mut Flow) {
        if self.cx.catalogue.has_own_casts() && flow.type_oid() != 0 {
            let given = flow.type_oid();
            let all: Vec<(u32, u32)> = self.cx.catalogue.own_casts().map(|(_, to, _)| (given, to)).collect();
            let own = self.coerced(&all, flow);
            flow.add(&own);
        }
    }

    /// [`coerce`], with the values that those functions are given: they can fail by them, or keep them.
    pub(super) fn coerced(&mut self, pairs: &[(u32, u32)], values: &Flow) -> Flow {
        let mut flow = Flow::default();
        for function in casts(pairs, self.cx) {
            flow.add(&self.cast_by(function, values));
        }
        flow
    }

    /// A cast by this function.
    pub(super) fn cast_by(&mut self, function: u32, values: &Flow) -> Flow {
        if is_anybodys(function, self.cx) {
            self.hazard(Verdict::Partial, values);
        }
        by_oid(function, self.cx, self.gather).flow
    }

    /// Values of these types (0 = not known) are to become one of one type.
    pub(super) fn unified(&mut self, flow: &mut Flow, types: &[u32]) {
        if !self.cx.catalogue.has_own_casts() || types.iter().all(|one| Some(one) == types.first()) {
            return;
        }
        let own: Vec<u32> = self.cx.catalogue.own_casts().map(|(_, to, _)| to).collect();
        for given in types {
            let asked = if types.contains(&0) { &own } else { types };
            let pairs: Vec<(u32, u32)> = asked.iter().map(|asked| (*given, *asked)).collect();
            let own = self.coerced(&pairs, flow);
            flow.add(&own);
        }
    }

    /// The offset of a window's frame, which becomes what its rows are counted or measured in.
    pub(super) fn offset(&mut self, node: Node<'_>, scope: &Scope<'_>) {
        if matches!(node, Node::None) {
            return;
        }
        let mut flow = self.expression(node, scope);
        if self.cx.catalogue.has_own_casts() {
            let given = flow.type_oid();
            let own = |to: &u32| OFFSETS.contains(to) || given == 0 || given >= FIRST_OWN;
            let asked: Vec<u32> = self.cx.catalogue.own_casts().map(|(_, to, _)| to).filter(own).collect();
            self.asked(node, &mut flow, &asked);
        }
        self.gather.predicate(&flow);
    }

    /// Whether it is an operator that gives true or false, whoever made it.
    fn tells_truth(&self, expr: &nodes::A_Expr) -> bool {
        const NAMES: [&str; 10] = ["=", "<>", "!=", "<", ">", "<=", ">=", "~~", "~", "@>"];
        let (schema, name) = super::name::qualified(super::name::words(expr.name()));
        let catalogue = self.cx.catalogue;
        let gives =
            |function: u32| catalogue.function_by_oid(function).is_some_and(|one| one.returns == BOOL);
        NAMES.contains(&name)
            && catalogue
                .operators(self.cx.view, schema, name)
                .all(|one| one.oid < FIRST_OWN || gives(one.function))
    }

    /// Adds to the types of several values for [`Walk::unified`], unless it becomes what is asked for by being read.
    pub(super) fn note(&self, types: &mut Vec<u32>, node: Node<'_>, oid: u32) {
        if self.cx.catalogue.has_own_casts() && (oid != 0 || !is_given(node)) {
            types.push(oid);
        }
    }

    /// The type of RETURNING, or those that the server takes without.
    pub(super) fn returned(&self, output: Option<&nodes::JsonOutput>) -> Vec<u32> {
        const JSONB: u32 = 3802;
        let name = output.and_then(nodes::JsonOutput::type_name);
        match name.map(|name| qualified(type_words(name))) {
            Some((schema, last)) => {
                let found = self.cx.catalogue.type_named(self.cx.view, schema, last);
                vec![found.map_or(0, |found| found.oid)]
            }
            None => vec![TEXT, JSONB],
        }
    }
}

/// A literal, a parameter of no type yet, or nothing.
pub(super) fn is_given(node: Node<'_>) -> bool {
    matches!(node, Node::A_Const(_) | Node::ParamRef(_) | Node::SetToDefault(_) | Node::None)
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
