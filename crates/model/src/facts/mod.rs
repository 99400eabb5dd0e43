//! What analysis found out about a statement, in words that no grammar owns. `sql` makes these values, `policy`
//! judges them, the ledger writes them down. They say what a statement would do, never who asks.

mod lineage;
mod lines;
mod object;
mod risk;
mod verb;

pub use lineage::{ColumnId, Columns, Derivation, Flow, Output, Use};
pub use object::{Access, Object, ObjectKind};
pub use risk::{Risk, RiskKind};
pub use verb::Verb;

use std::sync::Arc;

/// What was found out about one statement. Values that differ only in their literals have equal facts, unless a
/// literal is itself a fact (a limit, a setting, a name in a string).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The command at the top, in the words of its command tag without counts: `SELECT`, `CREATE TABLE`, `COPY`.
    pub command: &'static str,
    /// Everything that the statement does, also inside CTEs, EXPLAIN ANALYZE, PREPARE, rules and known function
    /// bodies. In the order of [`Verb::ALL`], without repetition. Empty only for an empty statement.
    pub verbs: Vec<Verb>,
    /// What it touches, one line per object and verb, sorted, without repetition.
    pub accesses: Vec<Access>,
    /// The columns of its result; `None` when it returns no rows, or nobody can tell (then `opaque` says so).
    pub outputs: Option<Arc<[Output]>>,
    /// What it copies where, sorted, one line for each column that values go into.
    pub flows: Vec<Flow>,
    /// It chooses rows, or fails or not, by a value of which nobody can tell where it comes from.
    pub blind: bool,
    /// Functions, procedures and operators that it may call, beyond the built-in ones that are harmless:
    /// `schema.name(argument types)`, sorted. Of overloaded ones all that the call could mean.
    pub calls: Vec<Object>,
    /// What makes it dangerous, sorted.
    pub risks: Vec<Risk>,
    /// Why it is not understood; empty = fully understood. Sorted.
    pub opaque: Vec<Opaque>,
    /// The most rows that its own LIMIT or FETCH lets through, when that is a literal.
    pub limit: Option<u64>,
    /// The highest number of a parameter (`$3` = 3).
    pub parameters: u16,
}

/// Why a statement, or a part of it, is not understood. What is opaque the default rules refuse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opaque {
    /// One of a fixed set of words, for rules: `syntax`, `limit`, `unknown object`, `unknown statement`, `state`,
    /// `encoding`, `body`.
    pub kind: &'static str,
    /// One phrase for people, without a secret: "`ordrs` is not known to the gate yet".
    pub reason: String,
    /// What it is that is not there, when that is all.
    pub missing: Option<Missing>,
}

/// What a name was to stand for that stands for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// A table, view or sequence.
    Relation,
    /// A schema to make something in.
    Schema,
    /// A column.
    Column,
    /// A function or operator.
    Function,
    /// A type.
    Type,
}

impl Facts {
    /// Facts of a statement that nobody understood.
    #[must_use]
    pub fn opaque(kind: &'static str, reason: impl Into<String>) -> Self {
        Self {
            command: "UNKNOWN",
            verbs: vec![Verb::Opaque],
            opaque: vec![Opaque { kind, reason: reason.into(), missing: None }],
            ..Self::default()
        }
    }

    /// The same, run by a name with arguments that nobody counts: what is compared with lists in them is no look-up.
    #[must_use]
    pub fn unlisted(mut self: Arc<Self>) -> Arc<Self> {
        if self.accesses.iter().any(|access| !access.columns.lists.is_empty()) {
            let facts = Arc::make_mut(&mut self);
            facts.accesses.iter_mut().for_each(|access| access.columns.unlisted());
        }
        self
    }

    /// The parameters whose members are guesses at columns, each once.
    #[must_use]
    pub fn lists(&self) -> Vec<u16> {
        let all = self.accesses.iter().flat_map(|access| &access.columns.lists);
        let mut lists: Vec<u16> = all.map(|(_, list)| *list).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// Whether it changes nothing, as far as its verbs tell: risks (a function with side effects) may say more.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.verbs.iter().all(|verb| verb.is_read_only())
    }
}
