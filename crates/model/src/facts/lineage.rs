//! Which columns a statement uses, how, and where each column of its result comes from.

use std::sync::Arc;

use super::Object;

/// A column of a base relation. A whole row is all of its columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId {
    /// The relation's OID; 0 for one that is not in the catalogue yet.
    pub relation: u32,
    /// `pg_attribute.attnum`: 1 … for columns, below 0 for system columns; 0 where the number is not known.
    pub number: i16,
    /// `schema.relation`, for people and rules.
    pub of: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
}

/// The columns of one object that an access uses, by name, each list sorted and without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Columns {
    /// Their values flow into the result, into another table, or into a function.
    pub read: Vec<Arc<str>>,
    /// They are assigned.
    pub written: Vec<Arc<str>>,
    /// They choose rows or their order and groups: WHERE, ON, USING, HAVING, GROUP BY, ORDER BY, DISTINCT,
    /// PARTITION BY, the right arm of EXCEPT, and both arms of INTERSECT.
    pub predicate: Vec<Arc<str>>,
    /// Those of `predicate` that are only looked up: compared as a whole with constants or parameters (`=`, IN,
    /// `= ANY`, IS NULL) in a WHERE or ON; or that choose only inside of a view's own definition, which whoever asks
    /// cannot change. All others of `predicate` are free probes: patterns, ranges, parts, joins, groups, order.
    pub lookup: Vec<Arc<str>>,
    /// With how many values each of them is compared, in the same order: each value is a guess.
    pub guesses: Vec<u32>,
    /// Those of `lookup` that are compared with the members of a list which comes as a parameter, and its number: how
    /// many guesses that are is known when it is bound. Sorted.
    pub lists: Vec<(Arc<str>, u16)>,
    /// Those of `predicate` that stand in a GROUP BY beside the primary key of their own table, and nowhere else: the key
    /// alone makes the same groups, so nothing is chosen by them.
    pub beside: Vec<Arc<str>>,
    /// Whether the statement fails may depend on their values: they flow, beyond a mere cast of the column, into
    /// something that is not known to hold for all values, or decide whether such a thing is computed at all.
    pub partial: Vec<Arc<str>>,
    /// How many rows there are depends on their values: they are given to a function that returns any number of rows.
    pub counted: Vec<Arc<str>>,
}

impl Columns {
    /// The same for a statement that is run by another one's name for it: its parameters are not those that are bound, so
    /// that nobody counts what is in their lists.
    pub(super) fn unlisted(&mut self) {
        let lists = std::mem::take(&mut self.lists);
        let guesses = std::mem::take(&mut self.guesses).into_iter();
        let known = std::mem::take(&mut self.lookup).into_iter().zip(guesses);
        let kept = known.filter(|(column, _)| !lists.iter().any(|(name, _)| name == column));
        (self.lookup, self.guesses) = kept.unzip();
    }

    /// The columns that are used to choose by more than a look-up: those of `predicate` that are neither in `lookup` nor in
    /// `beside`.
    pub fn probed(&self) -> impl Iterator<Item = &Arc<str>> {
        let chooses = |column: &&Arc<str>| {
            [&self.lookup, &self.beside].iter().all(|list| list.binary_search(column).is_err())
        };
        self.predicate.iter().filter(chooses)
    }
}

/// How a value was made from a base column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derivation {
    /// The column itself, unchanged.
    Copy,
    /// The column itself, with something known put to it: a line before or behind a text, keys of a document.
    Extended,
    /// Computed from it: a cast, a function, an operator, an aggregate, a CASE on it.
    Derived,
}

/// One base column that a value depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Use {
    /// Which.
    pub column: ColumnId,
    /// How.
    pub derivation: Derivation,
}

/// A column of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Output {
    /// Its name, as the server would report it.
    pub name: Arc<str>,
    /// The base columns (views looked through) that its value depends on, sorted. Empty = constants only.
    pub uses: Vec<Use>,
    /// It may depend on more than `uses` tells: a function that could not be looked into.
    pub opaque: bool,
    /// It is a row as one value (a record or a composite), so that its text holds all fields.
    pub whole_row: bool,
}

/// Values that a statement puts somewhere: from base columns into a column, or into something that keeps or tells
/// them. Literals and parameters are none. One flow may go on in another of the same statement (a rule's).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flow {
    /// Where to: a relation, also one that the statement makes (OID 0); or a function that does more than compute
    /// with what it is given.
    pub into: Object,
    /// The column; empty for a function's argument, and for a relation when any of its columns may be meant.
    pub column: Arc<str>,
    /// `pg_attribute.attnum`; the place in a relation that is made; 0 where it is not known, and for functions.
    pub number: i16,
    /// The base columns (views looked through) that the value depends on, sorted.
    pub uses: Vec<Use>,
    /// It may depend on more.
    pub opaque: bool,
}
