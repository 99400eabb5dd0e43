//! What a write outside of INSERT, UPDATE and DELETE sets off: triggers, and the tables below the one that is named.

use model::facts::Verb;

use super::name::Found;
use crate::gather::{Cx, Gather, object_of};

/// The functions of the triggers that fire.
pub(super) fn triggers(verb: Verb, found: &Found, cx: Cx<'_>, gather: &mut Gather) {
    let Some(relation) = &found.relation else { return };
    for trigger in &relation.triggers {
        let fires = match verb {
            Verb::Insert => trigger.insert,
            Verb::Update => trigger.update,
            Verb::Delete => trigger.delete,
            Verb::Truncate => trigger.truncate,
            _ => false,
        };
        if !fires {
            continue;
        }
        crate::function::by_oid(trigger.function, cx, gather);
    }
}

/// Every table that inherits from this one, or is a partition of it, is written to as well.
pub(super) fn children(verb: Verb, found: &Found, cx: Cx<'_>, gather: &mut Gather) {
    let Some(relation) = &found.relation else { return };
    let mut seen = vec![relation.oid];
    let mut next = relation.children.clone();
    while let Some(oid) = next.pop() {
        if seen.contains(&oid) {
            continue;
        }
        seen.push(oid);
        if let Some(child) = cx.catalogue.relation_by_oid(oid) {
            let at = gather.access(verb, object_of(child), child.rows);
            gather.unbounded(at);
            next.extend(child.children.iter().copied());
        }
    }
}
