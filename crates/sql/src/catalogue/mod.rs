//! A database's catalogue as one immutable snapshot: what names stand for. It comes from lines of text, which are what
//! [`load_script`] makes a server say, what a catalogue file holds, and what is built in. This room never asks a server.

mod build;
mod builtin;
mod cast;
mod layer;
mod line;
mod memo;
mod path;
mod sketch;
mod snapshot;
#[cfg(test)]
mod tests;
mod text;

pub use build::Unreadable;
pub use builtin::{builtin, sample};
pub use path::split_path;
pub use snapshot::{Catalogue, Named, System};
pub use text::{Part, load_script};

use std::sync::Arc;

use model::facts::ObjectKind;

/// A table, view, index, sequence or composite type (`pg_class`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// `pg_class.oid`
    pub oid: u32,
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What it is. Composite types are [`ObjectKind::Type`].
    pub kind: ObjectKind,
    /// Its columns that are not dropped, in order of their numbers; system columns are not in it.
    pub columns: Arc<[Column]>,
    /// `reltuples` when it was ever counted.
    pub rows: Option<u64>,
    /// The columns of each unique index, the primary key first.
    pub keys: Vec<Box<[i16]>>,
    /// The columns of the primary key, when it is checked at once; none else.
    pub primary: Box<[i16]>,
    /// Tables that it inherits from or is a partition of.
    pub parents: Vec<u32>,
    /// Tables that inherit from it, and its partitions.
    pub children: Vec<u32>,
    /// Whether its children are partitions, which rows put into it go to.
    pub partitioned: bool,
    /// The columns by which rows go to its partitions; empty where that was not asked.
    pub partition_by: Box<[i16]>,
    /// A view's query as `pg_get_viewdef` prints it under an empty search path, so that every name is qualified.
    pub query: Option<Arc<str>>,
    /// Rewrite rules other than a view's own, as `pg_get_ruledef` prints them under an empty search path.
    pub rules: Vec<Arc<str>>,
    /// The functions of its triggers that are enabled.
    pub triggers: Vec<Trigger>,
    /// The table that an index belongs to; 0 else.
    pub index_of: u32,
    /// Whether row-level security is on.
    pub row_security: bool,
    /// The foreign keys that refer to it: what may be written elsewhere when its rows go, change, or are truncated.
    pub referenced_by: Vec<Reference>,
    /// Functions that run unseen when its rows are written: those of its checks, index and partition expressions.
    /// Built-in ones are not in it, nor in the next two.
    pub functions: Vec<u32>,
    /// Those of its row-level policies and of its triggers' conditions.
    pub conditions: Vec<u32>,
    /// Those of its statistics, which ANALYZE computes.
    pub statistics: Vec<u32>,
}

/// An event trigger (`pg_event_trigger`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTrigger {
    /// Its function.
    pub function: u32,
    /// What it fires on.
    pub on: Event,
    /// The commands that it fires for; empty = all.
    pub tags: Box<[Arc<str>]>,
}

/// What an event trigger fires on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// `ddl_command_start`, `ddl_command_end`, and what is not known.
    Command,
    /// `sql_drop`
    Drop,
    /// `table_rewrite`
    Rewrite,
}

/// A foreign key (`pg_constraint`), as the table sees it that is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The table that refers. A TRUNCATE … CASCADE empties it as well.
    pub relation: u32,
    /// What becomes of its rows when the row that they refer to is deleted.
    pub on_delete: Follow,
    /// The same when the key is updated.
    pub on_update: Follow,
    /// The columns that it refers to; empty where that was not asked.
    pub columns: Box<[i16]>,
    /// The columns of the table that refers; empty where that was not asked.
    pub by: Box<[i16]>,
}

/// What becomes of rows whose reference goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Nothing: the statement fails.
    Refuse,
    /// They are deleted, or their key is updated (CASCADE).
    Same,
    /// Their columns are set to NULL or to their defaults.
    Set,
}

/// A trigger (`pg_trigger`), not internal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Its function.
    pub function: u32,
    /// Fires on INSERT.
    pub insert: bool,
    /// Fires on UPDATE.
    pub update: bool,
    /// Fires on DELETE.
    pub delete: bool,
    /// Fires on TRUNCATE.
    pub truncate: bool,
    /// Fires for each row before it is written, or in its place, and may change it.
    pub before: bool,
}

/// A column (`pg_attribute`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// `attnum`, from 1.
    pub number: i16,
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub type_oid: u32,
    /// The expression of its default, or of a generated column, as `pg_get_expr` prints it.
    pub default: Option<Arc<str>>,
    /// Whether it is generated from `default`.
    pub generated: bool,
    /// Whether it is NOT NULL.
    pub not_null: bool,
}

/// A function, procedure, aggregate or window function (`pg_proc`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// `pg_proc.oid`
    pub oid: u32,
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The types of its input arguments.
    pub arguments: Box<[u32]>,
    /// The names of its input arguments; empty where they have none.
    pub argument_names: Box<[Arc<str>]>,
    /// The names of its OUT, INOUT and TABLE columns, in order; empty when it has none.
    pub output_names: Box<[Arc<str>]>,
    /// How many of the last arguments have defaults.
    pub defaults: u16,
    /// Their expressions, as `pg_get_expr` prints them, one after the other; only where somebody made the function.
    pub default: Option<Arc<str>>,
    /// Whether the last argument takes many.
    pub variadic: bool,
    /// What it is.
    pub kind: FunctionKind,
    /// How its results vary.
    pub volatility: Volatility,
    /// `sql`, `plpgsql`, `c`, `internal` …
    pub language: Arc<str>,
    /// Runs with its owner's rights.
    pub security_definer: bool,
    /// The type that it returns.
    pub returns: u32,
    /// The types of its OUT, INOUT and TABLE columns that somebody made.
    pub outputs: Vec<u32>,
    /// Returns any number of rows.
    pub returns_set: bool,
    /// Its text for `sql`, `plpgsql` and other interpreted languages; for BEGIN ATOMIC as
    /// `pg_get_function_sqlbody` prints it under an empty search path.
    pub body: Option<Arc<str>>,
    /// Whether the body is BEGIN ATOMIC: bound when it was made, whatever the search path.
    pub atomic: bool,
    /// Its `SET search_path`, when it has one.
    pub path: Option<Arc<[Arc<str>]>>,
    /// The extension that it belongs to.
    pub extension: Option<Arc<str>>,
    /// The functions that an aggregate is made of; empty for the server's own.
    pub parts: Vec<u32>,
}

/// What a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// A plain function.
    Function,
    /// A procedure, for CALL.
    Procedure,
    /// An aggregate.
    Aggregate,
    /// A window function.
    Window,
}

/// How a function's results vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volatility {
    /// Never.
    Immutable,
    /// Not within a statement.
    Stable,
    /// Always, or it has effects.
    Volatile,
}

/// An operator (`pg_operator`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// `pg_operator.oid`
    pub oid: u32,
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Left operand's type; 0 for a prefix operator.
    pub left: u32,
    /// Right operand's type.
    pub right: u32,
    /// The function behind it.
    pub function: u32,
}

/// A type (`pg_type`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// `pg_type.oid`
    pub oid: u32,
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// `typtype`: `b`ase, `c`omposite, `d`omain, `e`num, `p`seudo, `r`ange, `m`ultirange.
    pub kind: u8,
    /// A composite type's relation; 0 else.
    pub relation: u32,
    /// An array's element type; 0 else.
    pub element: u32,
    /// A domain's base type; 0 else.
    pub base: u32,
    /// The functions of a domain's CHECK constraints, and the input function of a base type that is not built in.
    pub functions: Vec<u32>,
}
