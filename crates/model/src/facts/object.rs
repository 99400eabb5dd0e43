//! What a statement touches.

use std::sync::Arc;

use super::Columns;
use super::verb::Verb;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A table, also a partitioned one.
    Table,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A foreign table.
    ForeignTable,
    /// A sequence.
    Sequence,
    /// An index.
    Index,
    /// A composite type's relation, or any other type.
    Type,
    /// A function, procedure, aggregate or operator.
    Function,
    /// A schema.
    Schema,
    /// A database, role, tablespace, extension, publication or anything else that is not inside of a schema; also
    /// what kinds do not matter for, such as triggers and policies, which stand for their table.
    Other,
}

/// One object, as the server would find it. `schema` is empty for what lives in none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Object {
    /// What it is.
    pub kind: ObjectKind,
    /// Its schema, folded as the server folds it; `pg_temp` for the session's own temporary one.
    pub schema: Arc<str>,
    /// Its name; a function's with its argument types: `f(integer, text)`.
    pub name: Arc<str>,
    /// Its OID in the catalogue; 0 for what does not exist there yet.
    pub oid: u32,
}

/// One object that is touched in one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Access {
    /// How.
    pub verb: Verb,
    /// What.
    pub object: Object,
    /// Which columns are read, written, or only used to choose, join, group or sort.
    pub columns: Columns,
    /// UPDATE, DELETE: every row can be meant (no WHERE, or one that is true for each row).
    pub unbounded: bool,
    /// How many rows the catalogue estimates it to have; `None` when it does not know.
    pub rows: Option<u64>,
}

impl ObjectKind {
    /// The word in rules and ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::ForeignTable => "foreign table",
            Self::Sequence => "sequence",
            Self::Index => "index",
            Self::Type => "type",
            Self::Function => "function",
            Self::Schema => "schema",
            Self::Other => "other",
        }
    }
}

impl Object {
    /// Whether it belongs to the server itself.
    #[must_use]
    pub fn is_system(&self) -> bool {
        matches!(&*self.schema, "pg_catalog" | "information_schema" | "pg_toast")
    }

    /// Whether it is the session's own and vanishes with it.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        &*self.schema == "pg_temp"
    }

    /// `schema.name`, or the name alone for what lives in no schema.
    #[must_use]
    pub fn full_name(&self) -> String {
        if self.schema.is_empty() { self.name.to_string() } else { format!("{}.{}", self.schema, self.name) }
    }
}
