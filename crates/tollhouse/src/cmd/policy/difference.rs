//! Decisions that other rules would make otherwise, put together: alike ones are one kind with a count.

use std::collections::HashMap;

use policy::Decision;

/// One decision that would differ.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// The entry's index.
    pub(super) index: u64,
    /// The principal, and for whom it acts.
    pub(super) who: String,
    /// The target.
    pub(super) target: String,
    /// The verdict then.
    pub(super) before: String,
    /// The rules that determined it then.
    pub(super) rules: Vec<String>,
    /// The decision now.
    pub(super) decision: Decision,
    /// The statement, or that it is a session.
    pub(super) text: String,
    /// What alike statements share; the text when it has none.
    pub(super) alike: String,
    /// What it does.
    pub(super) facts: Vec<String>,
}

/// All that would differ.
#[derive(Default)]
pub(super) struct Differences {
    /// The first of each kind, in the order of the ledger, and how many there are.
    kinds: Vec<(Difference, u64)>,
    by_key: HashMap<Key, usize>,
}

/// Who, where, verdict then, verdict now, the rules now, the kind of statement.
type Key = (String, String, String, &'static str, Vec<String>, String);

impl Differences {
    /// Adds one.
    pub(super) fn add(&mut self, difference: Difference) {
        let rules = difference.decision.rules().iter().map(ToString::to_string).collect();
        let key = (
            difference.who.clone(),
            difference.target.clone(),
            difference.before.clone(),
            difference.decision.verdict().as_str(),
            rules,
            difference.alike.clone(),
        );
        match self.by_key.get(&key).and_then(|at| self.kinds.get_mut(*at)) {
            Some((_, count)) => *count += 1,
            None => {
                self.by_key.insert(key, self.kinds.len());
                self.kinds.push((difference, 1));
            }
        }
    }

    /// The kinds, the most frequent first; of equals the earlier one.
    pub(super) fn by_count(&self) -> Vec<(&Difference, u64)> {
        let mut kinds: Vec<_> = self.kinds.iter().map(|(first, count)| (first, *count)).collect();
        kinds.sort_by_key(|(first, count)| (std::cmp::Reverse(*count), first.index));
        kinds
    }
}
