//! Values of types that somebody made: the server casts them by itself in more places than any list would name (to text in
//! XML, to JSON wherever it makes some, to what a default or a bound is for), so what casts from such a type run counts
//! wherever a value of it stands. It decides nothing.

use std::collections::HashSet;
use std::sync::Arc;

use super::hazard::Verdict;
use super::walk::Walk;
use crate::catalogue::Function;
use crate::function::{FIRST_OWN, by_oid};
use crate::gather::{Column, Cx, Flow, Gather, Shape};

impl Walk<'_, '_> {
    /// A value stands here. What those casts read may be in it.
    pub(super) fn stands(&mut self, flow: &mut Flow) {
        if !self.cx.catalogue.has_casts_from_own() {
            return;
        }
        let mut kinds = vec![flow.type_oid()];
        if let Shape::Row(columns, _) = &flow.shape {
            kinds.extend(columns.iter().map(|column| column.flow.type_oid()));
        }
        for kind in kinds {
            self.stands_as(kind, flow);
        }
    }

    fn stands_as(&mut self, kind: u32, flow: &mut Flow) {
        let (own, is_idle) = cast_from(kind, self.cx, self.gather);
        if !is_idle {
            self.hazard(Verdict::Partial, flow);
        }
        flow.add(&own);
    }

    /// The same for each column of `*`.
    pub(super) fn stand(&mut self, mut columns: Vec<Column>) -> Vec<Column> {
        if self.cx.catalogue.has_casts_from_own() {
            columns.iter_mut().for_each(|column| self.stands(&mut column.flow));
        }
        columns
    }

    /// What is given to functions, and what they give: whatever a call turns out to mean.
    pub(super) fn signatures(&mut self, candidates: &[impl AsRef<Function>], flow: &mut Flow) {
        if !self.cx.catalogue.has_casts_from_own() {
            return;
        }
        for function in candidates {
            let function: &Function = function.as_ref();
            for kind in function.arguments.iter().chain(&function.outputs).chain([&function.returns]) {
                self.stands_as(*kind, flow);
            }
        }
    }
}

/// A value of this type (0 = not known) stands somewhere. Returns what casts from it read.
pub(crate) fn stands(kind: u32, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    if cx.catalogue.has_casts_from_own() { cast_from(kind, cx, gather).0 } else { Flow::default() }
}

/// What the casts run that a value of a type, or a part of it, may go through; and whether they do nothing but compute.
fn cast_from(kind: u32, cx: Cx<'_>, gather: &mut Gather) -> (Flow, bool) {
    if kind < FIRST_OWN {
        return (Flow::default(), true);
    }
    if let Some(known) = gather.stood(kind) {
        return known;
    }
    let mut functions: Vec<u32> =
        parts(kind, cx).into_iter().flat_map(|part| cx.catalogue.casts_from(part).iter().copied()).collect();
    // In a body, whoever called it finds out.
    functions.retain(|function| cx.in_body || !computes(*function, cx, gather));
    let mut flow = Flow::default();
    for function in &functions {
        flow.add(&by_oid(*function, cx, gather).flow);
    }
    let found = (flow, functions.is_empty() || cx.in_body);
    gather.stands(kind, found.clone());
    found
}

/// Whether a function is seen to do nothing but compute.
fn computes(function: u32, cx: Cx<'_>, gather: &Gather) -> bool {
    let mut inner = gather.inside();
    by_oid(function, cx, &mut inner);
    let inner = inner.finish("");
    let facts = &inner.facts;
    facts.verbs.is_empty()
        && facts.accesses.is_empty()
        && facts.risks.is_empty()
        && facts.opaque.is_empty()
        && inner.effects.is_empty()
}

/// A type, and those that values of it are made of: of a domain, an array, a row.
fn parts(kind: u32, cx: Cx<'_>) -> HashSet<u32> {
    let mut found = HashSet::new();
    let mut next = vec![kind];
    while let Some(oid) = next.pop() {
        // What is the server's own is made of nothing else.
        if oid < FIRST_OWN || !found.insert(oid) {
            continue;
        }
        let Some(one) = cx.catalogue.type_by_oid(oid).map(Arc::as_ref) else { continue };
        next.extend([one.base, one.element]);
        if let Some(relation) = cx.catalogue.relation_by_oid(one.relation) {
            next.extend(relation.columns.iter().map(|column| column.type_oid));
        }
    }
    found
}
