//! UPDATEs that send rows to other partitions: the server deletes them in one and puts them into another, whose triggers
//! fire. It says where that may happen, never that it will.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::facts::Verb;

use super::target::{Reached, descendants, fires};
use super::walk::Walk;
use crate::catalogue::{Relation, Trigger};

impl Walk<'_, '_> {
    /// These relations are updated in these columns; none = nobody knows in which.
    pub(super) fn moves(
        &mut self,
        updated: &[Arc<Relation>],
        columns: &BTreeSet<Arc<str>>,
        reached: &mut Reached,
    ) {
        let divided: Vec<&Arc<Relation>> = updated.iter().filter(|one| one.partitioned).collect();
        if divided.is_empty() {
            return;
        }
        let by_triggers = self.set_by_triggers(updated);
        let mut moved: Vec<Arc<Relation>> = Vec::new();
        for one in divided {
            let decides = |name: &Arc<str>| is_of_key(one, name);
            let any = columns.is_empty() || one.partition_by.is_empty();
            let by_trigger = by_triggers.as_ref().is_none_or(|names| names.iter().any(decides));
            if any || by_trigger || columns.iter().any(decides) {
                for part in descendants(one, self.cx, self.gather) {
                    if !moved.iter().any(|known| known.oid == part.oid) {
                        moved.push(part);
                    }
                }
            }
        }
        let mut fired: BTreeSet<u32> = BTreeSet::new();
        for part in &moved {
            for verb in [Verb::Delete, Verb::Insert] {
                let at = self.gather.relation(verb, part);
                reached.accesses.push(at);
                if verb == Verb::Insert {
                    columns.iter().for_each(|column| self.gather.writes(at, column));
                }
                let of_verb = part.triggers.iter().filter(|trigger| fires(trigger, verb));
                fired.extend(of_verb.map(|trigger| trigger.function));
                self.makes(part, verb, reached);
            }
        }
        for function in fired {
            crate::function::by_oid(function, self.cx, self.gather);
        }
    }

    /// The columns that triggers set in rows that are updated; `None` = any. What triggers do in bodies is not followed
    /// twice.
    fn set_by_triggers(&mut self, updated: &[Arc<Relation>]) -> Option<BTreeSet<Arc<str>>> {
        let mut names = BTreeSet::new();
        if self.cx.in_body {
            return Some(names);
        }
        let sets = |trigger: &&Trigger| trigger.before && trigger.update;
        let functions: BTreeSet<u32> = updated
            .iter()
            .flat_map(|one| one.triggers.iter().filter(sets).map(|trigger| trigger.function))
            .collect();
        for function in functions {
            let Some((sets, _)) = crate::body::sets(function, self.cx, self.gather) else { continue };
            if sets.all {
                return None;
            }
            names.extend(sets.columns.iter().map(|name| Arc::from(name.as_str())));
        }
        Some(names)
    }
}

/// Whether a column says which partition a row goes to.
fn is_of_key(relation: &Relation, name: &Arc<str>) -> bool {
    let number = relation.columns.iter().find(|column| column.name == *name).map(|column| column.number);
    number.is_some_and(|number| relation.partition_by.contains(&number))
}
