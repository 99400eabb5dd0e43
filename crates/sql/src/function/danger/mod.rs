//! The functions and relations of the server and its well-known extensions that do more than compute, one file a
//! class. A name is listed where it lives: built in, or in an extension, whatever schema that was put into. This
//! never decides; it says what a name is.

mod configuration;
mod file;
mod indirect;
mod large_object;
mod lock;
mod network;
mod other_session;
mod replication;
mod side_effect;
mod sql_from_string;
mod statistics;
mod system_write;
mod wait;

use model::facts::{RiskKind, Verb};

/// One class of dangerous things.
pub(crate) struct Class {
    /// The risk of using one.
    pub risk: RiskKind,
    /// What a call of one is, beside the risk; `None` when it changes nothing.
    pub verb: Option<Verb>,
    /// Built-in functions, sorted.
    pub functions: &'static [&'static str],
    /// Functions of extensions.
    pub extensions: &'static [Members],
    /// Relations of `pg_catalog`, sorted.
    pub relations: &'static [&'static str],
    /// Relations that extensions make, in whatever schema, sorted.
    pub extension_relations: &'static [&'static str],
}

/// Functions of one extension.
pub(crate) struct Members {
    /// Its name.
    pub extension: &'static str,
    /// Which of its functions, sorted; empty = all.
    pub functions: &'static [&'static str],
}

/// A class with nothing in it, for the classes to fill in what they have.
const EMPTY: Class = Class {
    risk: RiskKind::UserFunction,
    verb: Some(Verb::Call),
    functions: &[],
    extensions: &[],
    relations: &[],
    extension_relations: &[],
};

/// All classes.
pub(crate) static CLASSES: [Class; 13] = [
    configuration::CLASS,
    file::CLASS,
    indirect::CLASS,
    large_object::CLASS,
    lock::CLASS,
    network::CLASS,
    other_session::CLASS,
    replication::CLASS,
    side_effect::CLASS,
    sql_from_string::CLASS,
    statistics::CLASS,
    system_write::CLASS,
    wait::CLASS,
];

impl Class {
    fn has(&self, extension: Option<&str>, name: &str, arguments: usize) -> bool {
        match extension {
            None => {
                self.functions.binary_search(&name).is_ok()
                    // The form with three queries only computes; the one with a text runs it.
                    && (name != "ts_rewrite" || arguments == 2)
            }
            Some(extension) => self.extensions.iter().any(|members| {
                members.extension == extension
                    && (members.functions.is_empty() || members.functions.binary_search(&name).is_ok())
            }),
        }
    }
}

/// The classes of a built-in function (`extension` = `None`), or of an extension's.
pub(crate) fn classes<'a>(
    extension: Option<&'a str>,
    name: &'a str,
    arguments: usize,
) -> impl Iterator<Item = &'static Class> + use<'a> {
    CLASSES.iter().filter(move |class| class.has(extension, name, arguments))
}

/// The classes of a name that the catalogue does not know as any function: it may be an extension's that is about
/// to be made, and a refusal should say what it is.
pub(crate) fn classes_by_name(name: &str) -> impl Iterator<Item = &'static Class> {
    CLASSES.iter().filter(move |class| {
        class.functions.binary_search(&name).is_ok()
            || class.extensions.iter().any(|members| members.functions.binary_search(&name).is_ok())
    })
}

/// Whether functions with this risk give values that come from where no column leads.
pub(crate) fn gives_values(risk: RiskKind) -> bool {
    matches!(
        risk,
        RiskKind::SqlFromString
            | RiskKind::File
            | RiskKind::Network
            | RiskKind::Replication
            | RiskKind::LargeObject
            | RiskKind::Statistics
            | RiskKind::UserFunction
    )
}

/// The risk of reading or writing a relation, if it is more than its rows: statistics that hold values, statements
/// of others, large objects, files shown as tables.
#[must_use]
pub(crate) fn relation_risk(schema: &str, name: &str) -> Option<RiskKind> {
    let class = CLASSES.iter().find(|class| {
        (schema == "pg_catalog" && class.relations.binary_search(&name).is_ok())
            || class.extension_relations.binary_search(&name).is_ok()
    });
    class.map(|class| class.risk)
}

/// The columns of a relation by which alone it is of that risk; `None` = whatever is read of it.
#[must_use]
pub(crate) fn telling_columns(schema: &str, name: &str) -> Option<&'static [&'static str]> {
    if schema == "pg_catalog" { statistics::telling(name) } else { None }
}
