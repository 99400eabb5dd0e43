//! Running SQL on a private server as its superuser, by the installation's own `psql`, with rows as text.
//!
//! For setting up and looking: a test of the wire uses a real client instead.

use std::io::Write;
use std::process::{Command, Stdio};

use super::server::Server;
use crate::error::Context;
use crate::{Error, Result};

/// One row: each column as text, `None` = NULL.
pub type Row = Vec<Option<String>>;

const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';
const NULL: &str = "\u{1}";

impl Server {
    /// Runs SQL in `database` as the superuser and returns its rows. Of several statements, one may return rows.
    ///
    /// # Errors
    /// The server's first error, in its own words.
    pub fn sql(&self, database: &str, text: &str) -> Result<Vec<Row>> {
        let mut command = self.psql(database);
        command.args(["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
        command.args(["-F", &FIELD.to_string(), "-R", &RECORD.to_string(), "-P", &format!("null={NULL}")]);
        let output = feed(&mut command, text.as_bytes())?;
        Ok(rows(&output))
    }

    /// The first column of the first row of what `sql` returns.
    ///
    /// # Errors
    /// The server's first error, or that there is no row or a NULL.
    pub fn value(&self, database: &str, text: &str) -> Result<String> {
        let rows = self.sql(database, text)?;
        rows.into_iter()
            .next()
            .and_then(|row| row.into_iter().next().flatten())
            .ok_or_else(|| Error::new(format!("no value from `{text}`")))
    }

    /// Feeds a whole script (COPY data inline included) to `psql`, in one transaction.
    ///
    /// # Errors
    /// The server's first error, in its own words.
    pub fn script(&self, database: &str, script: &[u8]) -> Result<()> {
        let mut command = self.psql(database);
        command.args(["-q", "-1", "-v", "ON_ERROR_STOP=1"]).arg("-f").arg("-");
        feed(&mut command, script).map(|_| ())
    }

    /// `psql` of this installation, as the superuser over the Unix socket.
    #[must_use]
    pub fn psql(&self, database: &str) -> Command {
        let mut command = self.install().command("psql");
        command.args(["-X", "-U", "postgres", "-d", database, "-p", &self.port().to_string(), "-h"]);
        command.arg(self.socket());
        command
    }
}

/// A text as an SQL literal, for names and values that a test puts into SQL.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

fn feed(command: &mut Command, input: &[u8]) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context(|| "cannot run `psql`".into())?;
    let output = std::thread::scope(|scope| {
        let pipe = child.stdin.take();
        // `psql` stops reading at an error; its message says more than our broken pipe.
        scope.spawn(move || pipe.map(|mut pipe| pipe.write_all(input)));
        child.wait_with_output()
    })
    .context(|| "cannot read from `psql`".into())?;
    if !output.status.success() {
        return Err(Error::new(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    String::from_utf8(output.stdout).context(|| "`psql` printed something that is not UTF-8".into())
}

fn rows(text: &str) -> Vec<Row> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if text.is_empty() {
        return Vec::new();
    }
    text.split([RECORD])
        .map(|line| line.split(FIELD).map(|field| (field != NULL).then(|| field.to_owned())).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_empty_differ() {
        assert_eq!(
            rows("a\u{1f}\u{1}\u{1e}\u{1f}b\n"),
            vec![vec![Some("a".into()), None], vec![Some(String::new()), Some("b".into())]]
        );
        assert!(rows("").is_empty());
    }

    #[test]
    fn a_literal_holds_quotes_and_backslashes() {
        assert_eq!(literal(r"it's \n"), r"E'it''s \\n'");
    }
}
