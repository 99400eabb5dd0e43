//! What reading a value into a type runs: the CHECKs of a domain, the input function of a type that somebody made.
//! A type of the server's own runs nothing.

use std::collections::HashSet;

use crate::gather::{Cx, Flow, Gather};

use super::{FIRST_OWN, by_oid};

/// A cast to a type, an assignment to a column of it, a parameter of it. Returns what its functions may read.
pub(crate) fn input(type_oid: u32, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut flow = Flow::default();
    let mut seen = HashSet::new();
    let mut next = vec![type_oid];
    while let Some(oid) = next.pop() {
        if oid == 0 || !seen.insert(oid) {
            continue;
        }
        // An array of a domain is somebody's type as well, so what is built in holds built-in types only.
        let Some(one) = cx.catalogue.type_by_oid(oid).filter(|one| one.oid >= FIRST_OWN) else { continue };
        for function in &one.functions {
            flow.add(&by_oid(*function, cx, gather).flow);
        }
        next.extend([one.base, one.element]);
        if let Some(relation) = cx.catalogue.relation_by_oid(one.relation) {
            next.extend(relation.columns.iter().map(|column| column.type_oid));
        }
    }
    flow
}
