//! How long the gate needs to find out what the columns of a large database hold, and what that costs the server.
//!
//! `tollhouse data map` looks as a gate does that meets a database for the first time: log-in, the whole catalogue, then the
//! statistics. All of that is counted, the start of the program as well.

use std::time::{Duration, Instant};

use super::case::{LABEL_COLUMNS, Metric};
use super::contender::Contender;
use super::measure::{Bench, Sample};
use super::stage::Stage;
use super::usage;
use crate::error::Context;
use crate::{Error, Result, wait};

/// The database's name.
pub(super) const DATABASE: &str = "labels";

/// A gate looks again once a minute at most: beside that the server's CPU time is put.
const AGAIN_S: f64 = 60.0;

/// Columns of each table: names as people give them, in several languages, and values of each kind.
const COLUMNS: [(&str, &str); 20] = [
    ("id", "i"),
    ("vorname", "(ARRAY['Alice', 'Bernd', 'Carla'])[1 + i % 3]"),
    ("last_name", "(ARRAY['Smith', 'Meyer', 'Rossi'])[1 + i % 3]"),
    ("email", "'person' || i || '@example.com'"),
    ("telefono", "'+34 91 1' || lpad(i::text, 6, '0')"),
    ("c1", "'DE89370400440532013000'"),
    ("c2", "'4242 4242 4242 4242'"),
    ("c3", "'192.0.2.' || i % 200"),
    ("c4", "'order-' || i"),
    ("street", "'Main street ' || i"),
    ("postcode", "lpad(i::text, 5, '1')"),
    ("date_of_birth", "date '1970-01-01' + i"),
    ("salary", "30000 + i"),
    ("status", "(ARRAY['open', 'paid', 'sent'])[1 + i % 3]"),
    ("created_at", "now() - i * interval '1 hour'"),
    ("quantity", "i % 7"),
    ("price", "i / 100.0"),
    ("is_active", "i % 2 = 0"),
    ("notes", "'It came two days late and one of the boxes was open, number ' || i"),
    ("details", "jsonb_build_object('email', 'person' || i || '@example.com', 'size', i)"),
];

/// What makes one of the tables.
pub(super) fn tables() -> String {
    let columns: Vec<_> = COLUMNS.iter().map(|(name, value)| format!("{value} AS {name}")).collect();
    let columns = columns.join(", ");
    let of = |at| format!("CREATE TABLE t{at} AS SELECT {columns} FROM generate_series(1, 200) AS i;\n");
    (0..LABEL_COLUMNS / COLUMNS.len()).map(of).chain(["ANALYZE".to_owned()]).collect()
}

impl Bench<'_> {
    /// Looks at the database's columns once.
    ///
    /// # Errors
    /// When the program fails, or does not find as many columns as there are.
    pub(super) fn labels(&self, contender: &Contender) -> Result<Sample> {
        let command = contender
            .tollhouse(&["data", "map", "--target", Stage::NAME, "--database", DATABASE, "--all", "--json"])
            .ok_or_else(|| Error::new("there is no gate to ask"))?;
        let server = self.stage.server.id().ok_or_else(|| Error::new("the server does not run"))?;
        let used = || usage::reaped(server).context(|| "cannot read what the server has used".into());
        let before = (used()?, Instant::now());
        let mut child = self.spawn(&command)?;
        let out = child.stdout.take().ok_or_else(|| Error::new("a program has no output"))?;
        let found = std::io::read_to_string(out).context(|| "cannot read from `tollhouse`".into())?;
        let seconds = before.1.elapsed().as_secs_f64();
        self.finish(&mut child, "tollhouse")?;
        // The server counts what a session has used when it is over.
        let over = || Ok((self.stage.sessions_of(DATABASE)? == 0).then_some(()));
        wait::until("the gate's session to end", Duration::from_secs(60), over)?;
        let used = used()?.saturating_sub(before.0);
        let found: Vec<serde_json::Value> =
            serde_json::from_str(&found).map_err(|_| Error::new("`tollhouse data map` printed no JSON"))?;
        if found.len() != LABEL_COLUMNS {
            return Err(Error::new(format!("{} columns were found instead of {LABEL_COLUMNS}", found.len())));
        }
        Ok(vec![(Metric::Seconds, seconds), (Metric::ServerPercent, 100.0 * used.as_secs_f64() / AGAIN_S)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_as_many_columns_as_is_said() {
        let text = tables();
        assert_eq!(text.matches("CREATE TABLE").count() * COLUMNS.len(), LABEL_COLUMNS);
        let names: std::collections::BTreeSet<_> = COLUMNS.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
