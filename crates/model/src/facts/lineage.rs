//! Which columns a statement uses, how, and where each column of its result comes from.

use std::sync::Arc;

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
}

/// How a value was made from a base column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derivation {
    /// The column itself, unchanged.
    Copy,
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
    /// `Some` when it may depend on more than `uses` tells: a function that could not be looked into.
    pub opaque: bool,
}
