//! The sample database: a small shop with everything that a product which governs data meets.
//!
//! About 50,000 rows in schemas `shop`, `hr` and `ml`, made by us from a seed: every machine gets the same bytes, a test
//! holds their hash. Nobody in it exists. `sample/*.sql` has tables, views, functions and triggers.

pub(crate) mod check_digit;
mod copy;
pub(crate) mod date;
pub(crate) mod locale;
mod person;
pub(crate) mod random;
mod shop;
mod staff;
mod ticket;

use crate::Result;
use crate::postgres::{Server, literal};

/// Name of the database that [`load`] makes.
pub const DATABASE: &str = "shop";
/// Role that the gate logs in as.
pub const ROLE: &str = "gate";
/// The database's comment once all of it is there.
const COMPLETE: &str = "the sample shop of Tollhouse";
/// Where the numbers start. Changing it changes every row.
const SEED: u64 = 0x0070_6c61_7a61;

/// A script for `psql` and what it makes.
pub struct Script {
    /// Schema, COPY blocks and what stands on the rows.
    pub text: String,
    /// Rows in all tables together.
    pub rows: usize,
}

/// The whole sample as one script, the same on every machine. Its roles (`gate_owner`, `gate`) must exist.
#[must_use]
pub fn script() -> Script {
    let random = &mut random::Random::new(SEED);
    let mut text = String::with_capacity(12 << 20);
    let mut rows = 0;
    text.push_str(include_str!("../../sample/schema.sql"));
    let mut customers = shop::customers(&mut text, random, &mut rows);
    let prices = shop::products(&mut text, random, &mut rows);
    shop::orders(&mut text, random, &mut rows, &mut customers, &prices);
    staff::employees(&mut text, random, &mut rows);
    shop::tickets(&mut text, random, &mut rows, &customers, staff::EMPLOYEES);
    shop::api_keys(&mut text, random, &mut rows);
    staff::features(&mut text, random, &mut rows, &customers);
    staff::training(&mut text, random, &mut rows, &customers);
    text.push_str(include_str!("../../sample/after.sql"));
    Script { text, rows }
}

/// Makes the roles and the database [`DATABASE`] on a private server and loads all rows. Returns their number.
///
/// `password` is the one of [`ROLE`].
///
/// # Errors
/// The server's first error, in its own words.
pub fn load(server: &Server, password: &str) -> Result<usize> {
    let script = script();
    // What a load that was interrupted left.
    server.sql("postgres", &format!("DROP DATABASE IF EXISTS {DATABASE}"))?;
    server.sql("postgres", &format!("DROP ROLE IF EXISTS {ROLE}, gate_owner"))?;
    server.sql("postgres", include_str!("../../sample/roles.sql"))?;
    server.sql("postgres", &format!("ALTER ROLE {ROLE} PASSWORD {}", literal(password)))?;
    server.sql("postgres", &format!("CREATE DATABASE {DATABASE} OWNER gate_owner TEMPLATE template0"))?;
    server.script(DATABASE, script.text.as_bytes())?;
    server.sql(DATABASE, "ANALYZE")?;
    // The last step: `is_loaded` looks for it.
    server.sql(DATABASE, &format!("COMMENT ON DATABASE {DATABASE} IS {}", literal(COMPLETE)))?;
    Ok(script.rows)
}

/// Whether a server has the whole sample already.
///
/// # Errors
/// When the server does not answer.
pub fn is_loaded(server: &Server) -> Result<bool> {
    let comment = format!(
        "SELECT count(*) FROM pg_database d WHERE datname = {} AND shobj_description(d.oid, 'pg_database') = {}",
        literal(DATABASE),
        literal(COMPLETE)
    );
    Ok(server.value("postgres", &comment)? == "1")
}

#[cfg(test)]
mod tests;
