//! The grammar: PostgreSQL's own (libpg_query), behind a type of ours. Nothing outside of this file calls the
//! crate's functions; rooms of this crate match on its nodes, which are the server's own words.
//!
//! It never sees a text that [`limit`](crate::limit) did not pass, and says nothing about what a tree means.

mod wrong;

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

pub(crate) use pg_raw_parse::const_val::ConstValue;
pub(crate) use pg_raw_parse::list::{CastNodeList, NodeList};
pub(crate) use pg_raw_parse::{Node, nodes, raw};

/// A parsed text.
pub(crate) struct Tree(pg_raw_parse::ParseResult);

/// libpg_query points the process' standard error at a pipe while it parses (unless it was compiled with `DEBUG`).
/// Two threads that did so at once would put it back in the wrong order, for good; so one parses at a time.
static PARSING: Mutex<()> = Mutex::new(());

impl Tree {
    /// Reads a text as the server would. `Err`: where the grammar stopped, without any of the text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let _one = PARSING.lock().unwrap_or_else(PoisonError::into_inner);
        pg_raw_parse::parse(text).map(Self).map_err(|error| wrong::said(&error.to_string(), text))
    }

    /// How many statements it has, empty ones left out.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().count()
    }

    /// Its statements in order, each with its bytes in the text.
    pub(crate) fn statements(&self, text: &str) -> impl Iterator<Item = (Node<'_>, Range<usize>)> {
        let end = text.len();
        self.0.iter().map(move |statement| {
            let start = usize::try_from(statement.stmt_location).unwrap_or(0).min(end);
            let length = usize::try_from(statement.stmt_len).unwrap_or(0);
            // A length of 0 is the grammar's way to say: up to the end.
            let stop = if length == 0 { end } else { start.saturating_add(length).min(end) };
            (statement.stmt(), start..stop)
        })
    }
}

#[cfg(test)]
mod tests;
