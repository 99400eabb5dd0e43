//! Runs one case against one contender and says what it yielded.
//!
//! The client is the server's own pgbench and psql, or a probe; CPU time of the proxy is read from the kernel around the
//! part that counts. Every session is warm before it counts. Never compares contenders.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::asked::Asked;
use super::case::{Case, IDLE_SESSIONS, Metric, STREAM_ROWS};
use super::contender::Contender;
use super::reading::{Reading, now_us};
use super::regime::Regime;
use super::sample::{Transaction, median, percentile, transaction};
use super::stage::Stage;
use super::usage::memory_kib;
use crate::error::Context;
use crate::{Error, Result, wait};

/// What one run of a case yielded.
pub(super) type Sample = Vec<(Metric, f64)>;

/// From the client's start to the window that counts: logged in, catalogues read, statements prepared, pages mapped.
const WARM: Duration = Duration::from_millis(500);
/// Durable appends in one look at the disk.
const SYNCS: u64 = 300;
/// Sessions that are open when the first look at memory is taken: what all share is then there.
const FIRST_SESSIONS: u64 = 10;
/// Memory counts once it has stayed the same for so long.
const SETTLED: Duration = Duration::from_secs(1);
/// Memory that does not stay the same counts as it is after so long.
const UNSETTLED: Duration = Duration::from_secs(10);
/// Nothing that is waited for takes longer, beyond the time that it is told to take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where and for how long.
pub(super) struct Bench<'a> {
    /// The server and the folders.
    pub(super) stage: &'a Stage,
    /// The regime that the server and the contenders are in already.
    pub(super) regime: &'a Regime,
    /// Length of a window, in seconds.
    pub(super) seconds: u32,
}

impl Bench<'_> {
    /// Runs `case` once against `contender`.
    ///
    /// # Errors
    /// When the client fails or its figures cannot be trusted.
    pub(super) fn run(&self, case: Case, contender: &Contender) -> Result<Sample> {
        match case {
            Case::Fdatasync => self.fdatasync(),
            Case::Select { prepared, clients } => self.select(contender, prepared, clients, None),
            Case::Repeated => self.repeated(contender),
            Case::Crowd => self.crowd(contender),
            Case::Stream => Ok(figures(self.stream(contender, Stage::STREAM)?, self.stage.stream_bytes)),
            Case::Wide(hides) => self.wide(contender, hides),
            Case::Labels => self.labels(contender),
            Case::Copy => self.copy(contender),
            Case::Connects => self.connects(contender),
            Case::Idle => self.idle(contender),
        }
    }

    /// Looks at the disk below the ledgers.
    ///
    /// # Errors
    /// When the probe fails.
    pub(super) fn fdatasync(&self) -> Result<Sample> {
        let folder = self.stage.disk().to_string_lossy();
        let mut probe = Asked::start(self.regime, &["fdatasync", &folder], "")?;
        let nanos =
            probe.ask(SYNCS)?.parse::<f64>().map_err(|_| Error::new("the probe's answer is no number"))?;
        probe.end()?;
        Ok(vec![(Metric::P50Us, nanos / 1000.0)])
    }

    fn repeated(&self, contender: &Contender) -> Result<Sample> {
        let script = self.stage.scratch().join("repeated.sql");
        fs::write(&script, Stage::REPEATED).context(|| "cannot write a script".into())?;
        self.select(contender, false, 1, Some(&script))
    }

    /// Runs pgbench's own select-only script, or the one given.
    fn select(
        &self,
        contender: &Contender,
        prepared: bool,
        clients: u32,
        script: Option<&Path>,
    ) -> Result<Sample> {
        let threads = match self.regime {
            Regime::Unpinned { .. } if clients > 1 => 2,
            _ => 1,
        };
        let mut command = self.stage.client("pgbench", contender.port);
        // `scale=1`: 100,000 accounts, so that a fresh backend has soon mapped the pages that it reads.
        match script {
            None => command.arg("-S"),
            Some(script) => command.arg("-f").arg(script),
        };
        command.args(["-n", "-D", "scale=1", "-M", if prepared { "prepared" } else { "simple" }]);
        command.args(["-c", &clients.to_string(), "-j", &threads.to_string()]);
        command.args(["-T", &(self.seconds + 1).to_string()]);
        let logs = Logs::new(self.stage.scratch(), &mut command)?;
        let before = Reading::take(contender)?;
        let mut client = self.spawn(&command)?;
        std::thread::sleep(WARM);
        let start_us = now_us()?;
        std::thread::sleep(Duration::from_secs(self.seconds.into()));
        let end_us = now_us()?;
        self.finish(&mut client, "pgbench")?;
        let used = Reading::settled(contender)?.used_since(&before);
        let all = logs.read()?;
        let covers =
            all.iter().any(|one| one.ended_us <= start_us) && all.iter().any(|one| one.ended_us >= end_us);
        if !covers {
            return Err(Error::new("`pgbench` did not run all through the window: the machine is too busy"));
        }
        let window = start_us..end_us;
        let mut latencies: Vec<_> =
            all.iter().filter(|one| window.contains(&one.ended_us)).map(|one| one.latency_us).collect();
        let nothing = || Error::new("no query was answered");
        Ok(vec![
            (Metric::P50Us, percentile(&mut latencies, 0.5).ok_or_else(nothing)?),
            (Metric::P99Us, percentile(&mut latencies, 0.99).ok_or_else(nothing)?),
            (Metric::PerSecond, latencies.len() as f64 * 1e6 / (end_us - start_us) as f64),
            // Over the whole run, since a ledger writes behind: what the window began is paid for after it.
            (Metric::ProxyUs, used.as_secs_f64() * 1e6 / all.len() as f64),
        ])
    }

    fn crowd(&self, contender: &Contender) -> Result<Sample> {
        let before = self.stage.sessions()?;
        let mut crowd = self.idle_probe(contender)?;
        crowd.ask(IDLE_SESSIONS)?;
        let sample = self.select(contender, false, 1, None);
        crowd.end()?;
        wait::until("the crowd to go", PATIENCE, || Ok((self.stage.sessions()? <= before).then_some(())))?;
        sample
    }

    /// Runs a statement of `STREAM_ROWS` rows again and again: the median time of one, and the proxy's CPU time per row.
    ///
    /// # Errors
    /// When the client fails.
    pub(super) fn stream(&self, contender: &Contender, text: &str) -> Result<(f64, f64)> {
        let script = self.stage.scratch().join("stream.sql");
        fs::write(&script, text).context(|| "cannot write a script".into())?;
        let count = 8 * self.seconds;
        let mut command = self.stage.client("pgbench", contender.port);
        command.args(["-n", "-c", "1", "-t", &count.to_string(), "-f"]).arg(&script);
        let logs = Logs::new(self.stage.scratch(), &mut command)?;
        let start = Reading::take(contender)?;
        self.finish(&mut self.spawn(&command)?, "pgbench")?;
        let used = Reading::settled(contender)?.used_since(&start);
        // The first one maps pages and grows buffers.
        let seconds: Vec<_> = logs.read()?.iter().skip(1).map(|one| one.latency_us / 1e6).collect();
        let seconds = median(&seconds).ok_or_else(|| Error::new("no row was answered"))?;
        let rows = f64::from(count) * STREAM_ROWS as f64;
        Ok((seconds, used.as_secs_f64() * 1e9 / rows))
    }

    fn copy(&self, contender: &Contender) -> Result<Sample> {
        let count = self.seconds + 1;
        let mut command = self.stage.client("psql", contender.port);
        command.args(["-X", "-q", "-c", "\\timing on", "-c", "\\o /dev/null"]);
        for _ in 0..count {
            command.args(["-c", Stage::COPY]);
        }
        let start = Reading::take(contender)?;
        let mut client = self.spawn(&command)?;
        let printed = self.finish(&mut client, "psql")?;
        let used = Reading::settled(contender)?.used_since(&start);
        // The first one maps pages and grows buffers.
        let seconds: Vec<_> =
            printed.lines().filter_map(milliseconds).skip(1).map(|time| time / 1e3).collect();
        let seconds = median(&seconds).ok_or_else(|| Error::new("`psql` printed no time"))?;
        Ok(vec![
            (Metric::MbPerSecond, self.stage.copy_bytes / seconds / 1e6),
            (
                Metric::ProxySecondsPerGb,
                used.as_secs_f64() * 1e9 / (self.stage.copy_bytes * f64::from(count)),
            ),
        ])
    }

    fn connects(&self, contender: &Contender) -> Result<Sample> {
        let mut probe = self.probe("connects", contender)?;
        probe.hear("ready")?;
        let start = Reading::take(contender)?;
        let answer = probe.ask(u64::from(self.seconds) * 1000)?;
        let used = Reading::settled(contender)?.used_since(&start);
        probe.end()?;
        let (count, nanos) = answer
            .split_once(' ')
            .and_then(|(count, nanos)| Some((count.parse::<f64>().ok()?, nanos.parse::<f64>().ok()?)))
            .ok_or_else(|| Error::new("the probe's answer is no two numbers"))?;
        Ok(vec![
            (Metric::PerSecond, count / (nanos / 1e9)),
            (Metric::ProxyMs, used.as_secs_f64() * 1e3 / count),
        ])
    }

    /// Wants a contender that has just been started: one that has seen a crowd before has room for it already.
    fn idle(&self, contender: &Contender) -> Result<Sample> {
        let id = contender.id().ok_or_else(|| Error::new("there is no proxy that could use memory"))?;
        let mut probe = self.idle_probe(contender)?;
        probe.ask(FIRST_SESSIONS)?;
        let first = settled_kib(id)?;
        probe.ask(IDLE_SESSIONS)?;
        let last = settled_kib(id)?;
        probe.end()?;
        let grown = last as f64 - first as f64;
        Ok(vec![(Metric::SessionKib, grown / (IDLE_SESSIONS - FIRST_SESSIONS) as f64)])
    }

    fn idle_probe(&self, contender: &Contender) -> Result<Asked> {
        self.probe("idle", contender)
    }

    fn probe(&self, name: &str, contender: &Contender) -> Result<Asked> {
        let address = format!("127.0.0.1:{}", contender.port);
        Asked::start(self.regime, &[name, &address, Stage::NAME, Stage::NAME], &self.stage.password)
    }

    pub(super) fn finish(&self, client: &mut Child, name: &str) -> Result<String> {
        // A stream may take a second, and there are eight of them for each second of a window.
        finish(client, name, PATIENCE + Duration::from_secs(8 * u64::from(self.seconds)))
    }

    pub(super) fn spawn(&self, command: &Command) -> Result<Child> {
        self.regime
            .wrap(command)
            .current_dir(self.stage.scratch())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context(|| "cannot start a client".into())
    }
}

/// What a stream of so many bytes yields.
pub(super) fn figures((seconds, nanos_per_row): (f64, f64), bytes: f64) -> Sample {
    vec![(Metric::MbPerSecond, bytes / seconds / 1e6), (Metric::ProxyNsPerRow, nanos_per_row)]
}

/// Where pgbench writes one line per transaction.
struct Logs {
    folder: tempfile::TempDir,
}

impl Logs {
    fn new(parent: &Path, command: &mut Command) -> Result<Self> {
        let folder = tempfile::tempdir_in(parent).context(|| "cannot make a folder".into())?;
        command.arg("-l").arg("--log-prefix").arg(folder.path().join("log"));
        Ok(Self { folder })
    }

    fn read(&self) -> Result<Vec<Transaction>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(self.folder.path()).context(|| "cannot list `pgbench`'s logs".into())? {
            let path = entry.context(|| "cannot list `pgbench`'s logs".into())?.path();
            let text = fs::read_to_string(&path).context(|| format!("cannot read `{}`", path.display()))?;
            all.extend(text.lines().filter_map(transaction));
        }
        Ok(all)
    }
}

/// Waits for a client and answers what it printed. One that hangs, as it would before a broken proxy, is ended.
fn finish(client: &mut Child, name: &str, limit: Duration) -> Result<String> {
    let ended =
        wait::until(name, limit, || client.try_wait().context(|| format!("cannot wait for `{name}`")));
    if ended.is_err() {
        let _ = client.kill();
        let _ = client.wait();
    }
    let status = ended?;
    // Read afterwards: both programs print far less than a pipe holds.
    let (mut printed, mut complaint) = (String::new(), String::new());
    if let Some(mut out) = client.stdout.take() {
        out.read_to_string(&mut printed).context(|| format!("cannot read from `{name}`"))?;
    }
    if let Some(mut out) = client.stderr.take() {
        out.read_to_string(&mut complaint).context(|| format!("cannot read from `{name}`"))?;
    }
    if status.success() {
        return Ok(printed);
    }
    let last = complaint.trim().lines().last().unwrap_or_default();
    Err(Error::new(format!("`{name}` failed ({status}): {last}")))
}

/// Reads psql's `Time: 123.456 ms` or `Time: 1234.567 ms (00:01.235)`.
fn milliseconds(line: &str) -> Option<f64> {
    line.strip_prefix("Time: ")?.split_once(" ms")?.0.parse().ok()
}

/// The memory once it stays the same, or what it is when that takes too long.
fn settled_kib(id: u32) -> Result<u64> {
    let read = || memory_kib(id).context(|| "cannot read a proxy's memory".into());
    let start = Instant::now();
    let (mut last, mut since) = (read()?, start);
    wait::until("a proxy's memory to settle", PATIENCE, || {
        let now = read()?;
        if now != last {
            (last, since) = (now, Instant::now());
        }
        Ok((since.elapsed() >= SETTLED || start.elapsed() >= UNSETTLED).then_some(now))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_times_that_psql_prints() {
        assert_eq!(milliseconds("Time: 123.456 ms"), Some(123.456));
        assert_eq!(milliseconds("Time: 1234.500 ms (00:01.235)"), Some(1234.5));
        assert_eq!(milliseconds("Timing is on."), None);
    }

    #[test]
    fn a_failed_client_is_quoted() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo seen; echo why >&2; exit 3"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let error = finish(&mut command.spawn().unwrap(), "sh", PATIENCE).unwrap_err().to_string();
        assert!(error.contains("why") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_client_that_hangs_is_ended() {
        let mut child = Command::new("sleep").arg("600").spawn().unwrap();
        let error = finish(&mut child, "sleep", Duration::ZERO).unwrap_err().to_string();
        assert!(error.contains("in vain for sleep"), "{error}");
        assert!(child.try_wait().unwrap().is_some());
    }

    #[test]
    fn memory_settles() {
        let mut child = Command::new("sleep").arg("600").spawn().unwrap();
        let kib = settled_kib(child.id());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(kib.unwrap() > 0);
    }
}
