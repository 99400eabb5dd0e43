//! What a plan computes of a table that is only read: constants in expressions of indexes, checks, partitions and
//! statistics, by functions that promise not to change. What they do all the same is done then. It plans nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::facts::RiskKind;

use super::walk::Walk;
use crate::catalogue::{Catalogue, Relation, Volatility};
use crate::function::{FIRST_OWN, by_oid, is_looked_into};

/// Those functions of a relation, and of all that inherit from it.
struct Planned(Vec<u32>);

impl Walk<'_, '_> {
    /// Rows of a relation are read.
    pub(super) fn planned(&mut self, relation: &Arc<Relation>) {
        let none = relation.functions.is_empty() && relation.statistics.is_empty();
        if relation.oid < FIRST_OWN || none && relation.children.is_empty() {
            return;
        }
        let catalogue = self.cx.catalogue;
        let found = catalogue.memo().of(relation.oid, None, || Planned(functions(relation, catalogue)));
        for function in &found.0 {
            let mut inner = self.gather.inside();
            by_oid(*function, self.cx, &mut inner);
            let inner = inner.finish("");
            let facts = &inner.facts;
            // What such a function reads is in nothing that is shown. Who may make one is trusted with the session's names.
            let is_quiet = facts.verbs.iter().all(|verb| verb.is_read_only())
                && facts.risks.iter().all(|risk| risk.kind == RiskKind::NoLimit)
                && facts.opaque.is_empty();
            if self.cx.in_body || !is_quiet {
                self.gather.absorb(facts);
            }
            if inner.stale {
                self.gather.stale();
            }
        }
    }
}

fn functions(relation: &Relation, catalogue: &Catalogue) -> Vec<u32> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::from([relation.oid]));
    found.extend(relation.functions.iter().chain(&relation.statistics));
    let mut next: Vec<u32> = relation.children.clone();
    while let Some(oid) = next.pop() {
        if seen.insert(oid)
            && let Some(child) = catalogue.relation_by_oid(oid)
        {
            found.extend(child.functions.iter().chain(&child.statistics));
            next.extend(&child.children);
        }
    }
    let promises = |oid: &u32| {
        catalogue.function_by_oid(*oid).is_none_or(|one| {
            one.extension.is_none() && one.volatility != Volatility::Volatile && is_looked_into(one)
        })
    };
    found.into_iter().filter(|oid| *oid >= FIRST_OWN).filter(promises).collect()
}
