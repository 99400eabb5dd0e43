//! Streams of rows of which the gate hides something, beside the same rows with nothing to hide.
//!
//! One table has what people's tables have: columns whose names and values tell, and others of the same lengths that do not.
//! So each statement returns ten columns and about as many bytes, whatever is hidden of them. Of the others somebody has said
//! that they hold nothing, so that each case shows one thing; another table has the same columns of which nobody has said
//! anything, so that its texts are looked through. Before anything counts, one row through the contender is compared with
//! the server's: figures of masks that hide nothing are worth nothing.

use super::case::{Hides, Metric};
use super::contender::{Contender, Kind};
use super::measure::{Bench, Sample, figures};
use super::results::Results;
use super::stage::Stage;
use crate::error::Context as _;
use crate::{Error, Result};

/// How long each text is that is looked through, in bytes.
const NOTE_BYTES: f64 = 200.0;

/// The table, analysed: what the gate knows of it comes from its names and from these statistics.
pub(super) const TABLE: &str = "\
CREATE TABLE customer AS SELECT i AS id, 'sku-' || i AS sku, \
(ARRAY['red', 'green', 'blue', 'grey'])[1 + i % 4] AS colour, i % 7 AS quantity, (i % 9999) / 100.0 AS price, \
(ARRAY['open', 'paid', 'sent'])[1 + i % 3] AS status, current_date - i % 365 AS made_on, \
'warehouse-' || lpad(i::text, 6, '0') || '-in-north' AS warehouse, \
(ARRAY['amber', 'beige', 'coral', 'denim'])[1 + i % 4] || ' ' || (ARRAY['gloss', 'matte', 'satin'])[1 + i % 3] AS finish, \
'width x ' || lpad(i::text, 6, 'n') || '.' AS packing, \
'person' || lpad(i::text, 6, '0') || '@example.com' AS email, \
(ARRAY['Alice', 'Bernd', 'Carla', 'David'])[1 + i % 4] || ' ' || (ARRAY['Smith', 'Meyer', 'Rossi'])[1 + i % 3] AS full_name, \
'+49 30 1' || lpad(i::text, 6, '0') AS phone, \
left(CASE WHEN i % 10 = 0 THEN 'Please call me on +49 30 1' || lpad(i::text, 6, '0') || ' about the parcel. ' ELSE '' END \
|| 'It came two days late and one of the ' || i % 9 || ' boxes was open, so we sent it back on Tuesday with the driver, who did \
not know where it should have gone; nobody has told us since, and we would like our money back now, please.', 200) AS notes \
FROM generate_series(1, 100000) AS i; \
CREATE TABLE parcel AS SELECT id, sku, colour, quantity, price, status, made_on, warehouse, finish, packing FROM customer; \
ANALYZE customer, parcel";

/// Of each of these somebody has said that it holds nothing.
const REVIEWED: [&str; 6] = ["sku", "colour", "status", "warehouse", "finish", "packing"];

/// Columns that tell nothing.
const PLAIN: [&str; 7] = ["id", "sku", "colour", "quantity", "price", "status", "made_on"];
/// Columns that tell, and beside each one that is as long and does not.
const TELLING: [(&str, &str); 3] = [("email", "warehouse"), ("full_name", "finish"), ("phone", "packing")];

impl Hides {
    /// The columns of its statement.
    fn columns(self) -> Vec<&'static str> {
        let mut columns = PLAIN.to_vec();
        let hidden = match self {
            Self::Nothing | Self::Unlabelled | Self::Findings => 0,
            Self::One => 1,
            Self::Three => 3,
        };
        let last =
            TELLING.iter().enumerate().map(|(at, (telling, not))| if at < hidden { telling } else { not });
        columns.extend(last);
        if self == Self::Findings {
            columns.pop();
            columns.push("notes");
        }
        columns
    }

    /// How many cells of the row that is looked at are not as the server has them.
    fn hidden(self) -> usize {
        match self {
            Self::Nothing | Self::Unlabelled => 0,
            Self::One | Self::Findings => 1,
            Self::Three => 3,
        }
    }

    fn statement(self) -> String {
        format!("SELECT {} FROM {}", self.columns().join(", "), self.table())
    }

    fn table(self) -> &'static str {
        if self == Self::Unlabelled { "parcel" } else { "customer" }
    }
}

impl Bench<'_> {
    /// A stream of rows of ten columns.
    ///
    /// # Errors
    /// When the client fails, or the contender does not hide what it should.
    pub(super) fn wide(&self, contender: &Contender, hides: Hides) -> Result<Sample> {
        // One case shows what a table costs of which nobody has said anything.
        if hides != Hides::Unlabelled {
            self.review(contender)?;
        }
        self.see(contender, hides)?;
        let each: Vec<_> =
            hides.columns().iter().map(|name| format!("coalesce(octet_length({name}::text), 0)")).collect();
        // DataRow: type, length, column count, and a length before each value.
        let sum = format!("SELECT sum(7 + 4 * {} + {}) FROM {}", each.len(), each.join(" + "), hides.table());
        let bytes = self.stage.server.value(Stage::NAME, &sum)?;
        let bytes =
            bytes.parse().map_err(|_| Error::new("the server cannot add up the bytes of its rows"))?;
        Ok(figures(self.stream(contender, &hides.statement())?, bytes))
    }

    /// Says that columns hold nothing, to a gate.
    fn review(&self, contender: &Contender) -> Result<()> {
        let file = self.stage.scratch().join("reviewed.csv");
        let lines: String = REVIEWED.iter().map(|column| format!("customer,{column},none\n")).collect();
        std::fs::write(&file, format!("table,column,class\n{lines}"))
            .context(|| format!("cannot write `{}`", file.display()))?;
        let file = file.to_string_lossy();
        let import = ["data", "label", "--import", &*file, "--target", Stage::NAME, "--reason", "reviewed"];
        match contender.tollhouse(&import) {
            Some(command) => self.finish(&mut self.spawn(&command)?, "tollhouse").map(drop),
            None => Ok(()),
        }
    }

    /// Compares one row with what the server says: a tenth of the texts holds a telephone number, and this one's does.
    fn see(&self, contender: &Contender, hides: Hides) -> Result<()> {
        let row = |port| {
            let mut command = self.stage.client("psql", port);
            let text = format!("{} WHERE id = 10", hides.statement());
            command.args(["-X", "-q", "-A", "-t", "-F", "|", "-c", &text]);
            self.finish(&mut self.spawn(&command)?, "psql")
        };
        let (shown, whole) = (row(contender.port)?, row(self.stage.server.port())?);
        let differ = shown.split('|').zip(whole.split('|')).filter(|(shown, whole)| shown != whole).count();
        let expected = match contender.kind {
            Kind::Tollhouse | Kind::Strict | Kind::Many => hides.hidden(),
            _ => 0,
        };
        if differ == expected && shown.split('|').count() == hides.columns().len() {
            return Ok(());
        }
        Err(Error::new(format!("{differ} cells of a row are masked instead of {expected}")))
    }
}

/// Bytes of text that are looked through in a second of CPU time: what the gate uses beyond the relay, which moves the
/// same bytes, in millions.
pub(super) fn scanned(results: &Results, regime: &str) -> Option<f64> {
    let case = super::case::Case::Wide(Hides::Findings);
    let nanos =
        results.difference(regime, Metric::ProxyNsPerRow, (case, Kind::Tollhouse), (case, Kind::Relay))?;
    Some(NOTE_BYTES * 1e3 / nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_has_ten_columns_and_hides_as_many_as_it_says() {
        for hides in Hides::ALL {
            let columns = hides.columns();
            assert_eq!(columns.len(), 10);
            let tells = |name: &str| name == "notes" || TELLING.iter().any(|(telling, _)| *telling == name);
            assert_eq!(columns.iter().filter(|name| tells(name)).count(), hides.hidden(), "{hides:?}");
            assert!(columns.iter().all(|name| TABLE.contains(&format!(" AS {name}"))), "{hides:?}");
        }
    }

    #[test]
    fn a_scan_is_what_the_gate_uses_beyond_the_relay() {
        let case = super::super::case::Case::Wide(Hides::Findings);
        let mut results = Results::default();
        results.add("pinned", case, Kind::Relay, 1, vec![(Metric::ProxyNsPerRow, 100.0)]);
        assert_eq!(scanned(&results, "pinned"), None);
        results.add("pinned", case, Kind::Tollhouse, 1, vec![(Metric::ProxyNsPerRow, 1100.0)]);
        assert_eq!(scanned(&results, "pinned"), Some(200.0));
    }
}
