//! What TRUNCATE and DROP set off beyond the table that is named: triggers, and the tables below it.

use std::collections::HashSet;

use model::facts::Verb;

use super::name::Found;
use crate::catalogue::Relation;
use crate::gather::{Cx, Gather, object_of};

/// The functions of the triggers that TRUNCATE fires.
pub(super) fn truncates(relation: &Relation, cx: Cx<'_>, gather: &mut Gather) {
    for trigger in relation.triggers.iter().filter(|trigger| trigger.truncate) {
        crate::function::by_oid(trigger.function, cx, gather);
    }
}

/// Every table that inherits from this one, or is a partition of it, is meant as well; with `references` also every
/// table that refers to one of them.
pub(super) fn children(verb: Verb, found: &Found, references: bool, cx: Cx<'_>, gather: &mut Gather) {
    let Some(relation) = &found.relation else { return };
    let mut seen = HashSet::from([relation.oid]);
    let mut next = below(relation, references);
    while let Some(oid) = next.pop() {
        if !seen.insert(oid) {
            continue;
        }
        if let Some(child) = cx.catalogue.relation_by_oid(oid) {
            let at = gather.access(verb, object_of(child), child.rows);
            if verb == Verb::Truncate {
                gather.unbounded(at);
                truncates(child, cx, gather);
            }
            next.extend(below(child, references));
        }
    }
}

fn below(relation: &Relation, references: bool) -> Vec<u32> {
    let referring = relation.referenced_by.iter().filter(|_| references).map(|reference| reference.relation);
    relation.children.iter().copied().chain(referring).collect()
}
