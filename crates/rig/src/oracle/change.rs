//! What a statement assigns, and the values that it takes.

use super::entry::{named, relation};
use super::scope::{Scope, Walk};
use super::tree::Tree;

impl Walk {
    /// What an INSERT, UPDATE, DELETE or MERGE changes, and the values that it takes.
    pub(super) fn changes(&mut self, scope: Scope<'_>) {
        let query = scope.query;
        let command = query.number("commandType");
        let target = query.number("resultRelation");
        if !(2..=5).contains(&command) || target == 0 {
            return;
        }
        let relation = scope.entry(target).map_or(0, relation);
        self.targets.insert((relation, command));
        if command != 5 {
            let before = self.writes.clone();
            self.assign(scope, relation, query.at("targetList"));
            if let Some(named) =
                scope.entry(target).filter(|_| command == 3).and_then(|entry| named(query, entry))
            {
                // The rewriter adds what has a default; nobody asked for that.
                self.writes.retain(|column| {
                    before.contains(column) || named.is_empty() || named.contains(&i64::from(column.1))
                });
            }
        }
        let conflict = query.at("onConflict");
        self.assign(scope, relation, conflict.at("onConflictSet"));
        let chosen = self.uses(conflict.at("onConflictWhere"), scope, &mut Vec::new(), 0);
        self.predicates.extend(chosen);
        for action in query.at("mergeActionList").items() {
            let chosen = self.uses(action.at("qual"), scope, &mut Vec::new(), 0);
            self.predicates.extend(chosen);
            self.assign(scope, relation, action.at("targetList"));
        }
    }

    fn assign(&mut self, scope: Scope<'_>, relation: u32, targets: &Tree) {
        for target in targets.items() {
            let columns = self.uses(target.at("expr"), scope, &mut Vec::new(), 0);
            self.reads.extend(columns);
            if target.word("resjunk") != "true" {
                self.writes.insert((relation, i16::try_from(target.number("resno")).unwrap_or(0)));
            }
        }
    }
}
