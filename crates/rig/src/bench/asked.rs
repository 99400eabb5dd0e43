//! A probe in a process of its own, asked by lines (see `probe`).

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::regime::Regime;
use crate::error::Context;
use crate::{Error, Result};

/// The bench program's argument that makes it a probe.
pub(super) const PROBE: &str = "bench-probe";

/// A running probe. It ends when it is dropped, since its input ends.
pub(super) struct Asked {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Asked {
    /// Starts the probe that `arguments` name, in `regime`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn start(regime: &Regime, arguments: &[&str], password: &str) -> Result<Self> {
        let own = std::env::current_exe().context(|| "cannot find own program".into())?;
        let mut command = Command::new(own);
        command.arg(PROBE).args(arguments).env("PGPASSWORD", password);
        let mut child = regime
            .wrap(&command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .context(|| "cannot start a probe".into())?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = BufReader::new(output.ok_or_else(|| Error::new("a probe has no output"))?);
        Ok(Self { child, input, output })
    }

    /// Waits for the line `expected`.
    ///
    /// # Errors
    /// When it says something else, or nothing any more.
    pub(super) fn hear(&mut self, expected: &str) -> Result<()> {
        let line = self.line()?;
        if line == expected { Ok(()) } else { Err(Error::new(format!("a probe says `{line}`"))) }
    }

    /// Sends a number and waits for the line that answers it.
    ///
    /// # Errors
    /// When the probe has failed; it has said why on standard error.
    pub(super) fn ask(&mut self, number: u64) -> Result<String> {
        let input = self.input.as_mut().ok_or_else(|| Error::new("a probe has no input"))?;
        writeln!(input, "{number}").context(|| "a probe does not listen".into())?;
        self.line()
    }

    /// Ends it and waits until it has.
    ///
    /// # Errors
    /// When it failed.
    pub(super) fn end(mut self) -> Result<()> {
        drop(self.input.take());
        let status = self.child.wait().context(|| "cannot wait for a probe".into())?;
        if status.success() { Ok(()) } else { Err(Error::new(format!("a probe failed ({status})"))) }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let count = self.output.read_line(&mut line).context(|| "cannot read from a probe".into())?;
        if count == 0 {
            return Err(Error::new("a probe has ended"));
        }
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
