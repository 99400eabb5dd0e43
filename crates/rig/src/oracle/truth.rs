//! From the server's tree to columns: what each output depends on, what is read, what chooses rows, what is written.

use std::collections::BTreeSet;

use super::Tree;
use super::scope::Walk;

/// Base columns: relation's OID and `attnum`. A whole row is attnum 0.
pub type Columns = BTreeSet<(u32, i16)>;

/// What a statement does with columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// `None` when it returns no rows.
    pub outputs: Option<Vec<Columns>>,
    /// Their values flow somewhere: into the result, a table, a function.
    pub reads: Columns,
    /// They choose, join, group or sort rows.
    pub predicates: Columns,
    /// They are assigned.
    pub writes: Columns,
    /// Relations that are written, with the command's number (2 = update, 3 = insert, 4 = delete, 5 = merge).
    pub targets: BTreeSet<(u32, i64)>,
}

impl Truth {
    /// Reads what was logged for one statement: a list of queries, more than one where a rule adds some.
    #[must_use]
    pub fn read(logged: &Tree) -> Self {
        let mut walk = Walk::default();
        let mut truth = Self::default();
        for query in logged.items().iter().filter(|item| item.name() == "QUERY") {
            let outputs = walk.statement(query);
            // Of several, the one that answers is the original (`canSetTag`) or the rule's that stands for it.
            if truth.outputs.is_none() {
                truth.outputs = outputs;
            }
        }
        truth.reads = walk.reads;
        truth.predicates = walk.predicates;
        truth.writes = walk.writes;
        truth.targets = walk.targets;
        truth
    }
}
