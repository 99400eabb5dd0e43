//! Where assigned values go: into the column that is named, and behind a view into the table's. Which values those are
//! is for others to say.

use std::sync::Arc;

use super::relation::{Target, looks_through};
use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{Flow, object_of};

/// The deepest nesting of views that are written through.
const VIEWS_MAX: usize = 100;

impl Walk<'_, '_> {
    /// A value is assigned to a column of what is written to.
    pub(super) fn flows_into(&mut self, target: &Target, name: &Arc<str>, flow: &Flow) {
        if flow.is_constant() {
            return;
        }
        let relation = target.relation.clone();
        let number = relation.as_ref().map_or(0, |relation| number(relation, name));
        self.gather.flows(&target.object, name, number, flow);
        if let Some(relation) = relation {
            self.flows_behind(&relation, name, flow, 0);
        }
    }

    fn flows_behind(&mut self, view: &Arc<Relation>, name: &Arc<str>, flow: &Flow, depth: usize) {
        if depth >= VIEWS_MAX || !looks_through(view) {
            return;
        }
        let Some(seen) = self.seen(view) else { return };
        let Some(base) = seen.beneath.and_then(|oid| self.cx.catalogue.relation_by_oid(oid).cloned()) else {
            return;
        };
        for column in seen.behind(name, base.oid) {
            self.gather.flows(&object_of(&base), column, number(&base, column), flow);
            let _ = self.deeper(|walk| walk.flows_behind(&base, column, flow, depth.saturating_add(1)));
        }
    }
}

fn number(relation: &Relation, name: &str) -> i16 {
    relation.columns.iter().find(|column| &*column.name == name).map_or(0, |column| column.number)
}
