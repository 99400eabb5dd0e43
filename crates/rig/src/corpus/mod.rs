//! Statements to hold analysis against, and the database that they are about.
//!
//! Collected ones lie in `data/corpus` as files of SQL; generated ones are the same on every machine. Nothing here knows
//! what analysis makes of them.

mod query;
mod scope;
mod statement;

pub use query::queries;
pub use statement::patterned;

use crate::Result;
use crate::postgres::Server;

/// The database that the corpora are about: tables, views, functions, rules, triggers, a few rows in each.
pub const SCHEMA: &str = include_str!("../../data/corpus/schema.sql");

/// Collected queries, for lineage.
#[must_use]
pub fn collected() -> Vec<&'static str> {
    lines(include_str!("../../data/corpus/queries.sql"))
}

/// Collected statements of every kind; a line may hold several that belong together.
#[must_use]
pub fn statements() -> Vec<&'static str> {
    lines(include_str!("../../data/corpus/statements.sql"))
}

/// The statements of a file with one a line; `--` begins a line that is none.
fn lines(text: &'static str) -> Vec<&'static str> {
    let statement = |line: &&str| !line.is_empty() && !line.starts_with("--");
    text.lines().map(str::trim).filter(statement).map(|line| line.trim_end_matches(';')).collect()
}

/// Makes the corpora's database anew.
///
/// # Errors
/// The server's first error, in its own words.
pub fn load(server: &Server, database: &str, owner: &str) -> Result<()> {
    server.sql("postgres", &format!("DROP DATABASE IF EXISTS {database}"))?;
    server.sql("postgres", &format!("CREATE DATABASE {database} TEMPLATE template0 OWNER {owner}"))?;
    server.sql(database, &format!("GRANT ALL ON SCHEMA public TO {owner}"))?;
    server.sql(database, &format!("SET ROLE {owner}; {SCHEMA}"))?;
    Ok(())
}
