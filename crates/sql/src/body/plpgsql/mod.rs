//! Which SQL a PL/pgSQL body holds: its queries, commands and expressions, in order, each as a text that the grammar
//! can read. The shape of the language is that of the server's own `pl_gram.y`; what does not have this shape is an
//! error, never skipped. This runs nothing and knows no names but those that the body declares.

mod control;
mod cursor;
mod declare;
mod reader;
mod row;
mod statement;

use reader::Reader;

/// A body taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// The names that it declares: variables, loop variables, cursors, labels.
    pub(super) names: Vec<Declared>,
    /// What it assigns to the row of a trigger.
    pub(super) sets: Sets,
}

/// What the body of a trigger makes of the row that is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sets {
    /// The row as a whole, or nobody can tell.
    pub(crate) all: bool,
    /// These columns of it.
    pub(crate) columns: Vec<String>,
    /// What it looks at to do so: columns of the row as it was or is going to be …
    pub(crate) reads: Vec<String>,
    /// … or the row as a whole.
    pub(crate) reads_all: bool,
}

/// One thing that a body does.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A query or command, or an expression behind `SELECT`.
    Sql {
        text: String,
        /// Whether the body always comes to it; else it stands under a condition.
        sure: bool,
    },
    /// EXECUTE of a text that is made at run time. `known`: it is a literal, and follows as a step of its own.
    Dynamic { known: bool },
    /// COMMIT or ROLLBACK.
    Transaction,
}

/// A name that a body declares.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) name: String,
    /// `relation%ROWTYPE`: the relation as it is written.
    pub(super) row_of: Option<String>,
}

/// Why a body is not understood.
pub(super) type Misread = &'static str;

/// Takes a body apart, of a function with these parameters.
pub(super) fn read(text: &str, parameters: Vec<String>) -> Result<Program, Misread> {
    let mut reader = Reader::new(text, parameters)?;
    reader.directives()?;
    reader.labels()?;
    reader.block()?;
    reader.skip(";");
    let is_whole = reader.is_at_end();
    reader.row();
    if is_whole { Ok(reader.program) } else { Err("it goes on behind its END") }
}

#[cfg(test)]
mod tests;
