//! The suites that drivers bring in their source packages, run directly and through the gate, test by test.
//!
//! A test that fails only through the gate fails the run; one that fails on both sides is told and is none of ours.

mod asyncpg;
mod tokio_postgres;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::Count;
use crate::error::Context;
use crate::postgres::{Install, ensure, newest_or_get};
use crate::process::{Process, Signal};
use crate::{Error, Result};

/// How long a suite may take on one side.
const LIMIT: Duration = Duration::from_secs(1800);
/// The name of role, database, principal and target alike: both suites are written for it.
const NAME: &str = "postgres";
/// The password of all, also written into the tests that give none.
const PASSWORD: &str = "password";

const HELP: &str = "\
Runs the suites of drivers directly and through the gate; a test that fails only through the gate fails the run.

Usage: tollhouse-rig drivers [--suite NAME]… [--server MAJOR] [--twice]

  --suite NAME   only this one: asyncpg, tokio-postgres
  --server N     the major version of the private server [15 where it can be had]
  --twice        directly twice instead of through the gate: shows which tests vary by themselves
";

/// What became of each test.
type Results = BTreeMap<String, Outcome>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// A driver's suite on a private server.
trait Suite {
    /// The driver.
    fn name(&self) -> &'static str;
    /// Runs all tests, or those of these names.
    fn run(&mut self, through: Side, only: &[String]) -> Result<Results>;
}

/// Where the tests connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Direct,
    Gate,
}

/// `tollhouse-rig drivers …`; ends with `N passed, N failed, N skipped`.
///
/// # Errors
/// When the command line is wrong.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let (mut names, mut major, mut twice) = (Vec::new(), None, false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || {
            rest.next().ok_or_else(|| Error::new(format!("`{argument}` wants a value: see `drivers --help`")))
        };
        match argument.as_str() {
            "--help" | "-h" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            "--suite" => names.push(value()?.clone()),
            "--twice" => twice = true,
            "--server" => {
                let text = value()?;
                major = Some(
                    text.parse()
                        .map_err(|_| Error::new(format!("`{text}` is no major version, such as 15")))?,
                );
            }
            _ => return Err(Error::new(format!("unknown argument `{argument}`: see `drivers --help`"))),
        }
    }
    let install = match major {
        Some(major) => ensure(major)?,
        None => ensure(15).or_else(|_| newest_or_get())?,
    };
    let mut count = Count::default();
    for (name, open) in SUITES {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        match open(&install).and_then(|mut suite| both(suite.as_mut(), twice)) {
            Ok((direct, gate)) => tell(name, &direct, &gate, &mut count),
            Err(error) => {
                println!("{name}: skipped: {error}");
                count.skipped += 1;
            }
        }
    }
    Ok(count.close())
}

type Open = fn(&Install) -> Result<Box<dyn Suite>>;

/// All suites, by name.
const SUITES: [(&str, Open); 2] = [("asyncpg", asyncpg::open), ("tokio-postgres", tokio_postgres::open)];

/// Runs a suite on both sides. What fails only through the gate gets a second try alone on both: on a busy machine
/// tests with time limits of their own fail now and then, and that is said.
fn both(suite: &mut dyn Suite, twice: bool) -> Result<(Results, Results)> {
    let name = suite.name();
    let other = if twice { Side::Direct } else { Side::Gate };
    let mut timed = |side: Side, only: &[String]| {
        let start = Instant::now();
        let results = suite.run(side, only)?;
        let count = |outcome| results.values().filter(|result| **result == outcome).count();
        println!(
            "{name} {}: {} passed, {} failed, {} skipped in {:.0} s",
            if side == Side::Direct { "directly" } else { "through the gate" },
            count(Outcome::Passed),
            count(Outcome::Failed),
            count(Outcome::Skipped),
            start.elapsed().as_secs_f64()
        );
        Ok::<_, Error>(results)
    };
    let direct = timed(Side::Direct, &[])?;
    let mut gate = timed(other, &[])?;
    let again = only_second(&direct, &gate);
    // Many failures are no accident of timing.
    if !again.is_empty() && again.len() <= 20 {
        for (test, outcome) in timed(other, &again)? {
            if outcome == Outcome::Passed && gate.insert(test.clone(), outcome) == Some(Outcome::Failed) {
                println!("  ! {test}: failed once through the gate, passed alone");
            }
        }
    }
    Ok((direct, gate))
}

/// What failed there but did not fail here; a test that is missing there failed.
fn only_second(direct: &Results, gate: &Results) -> Vec<String> {
    direct
        .iter()
        .filter(|(test, outcome)| {
            matches!(
                (outcome, gate.get(*test)),
                (Outcome::Passed, None | Some(Outcome::Failed)) | (Outcome::Skipped, Some(Outcome::Failed))
            )
        })
        .map(|(test, _)| test.clone())
        .chain(
            gate.iter()
                .filter(|(test, outcome)| !direct.contains_key(*test) && **outcome == Outcome::Failed)
                .map(|(test, _)| test.clone()),
        )
        .collect()
}

fn tell(name: &str, direct: &Results, gate: &Results, count: &mut Count) {
    let failing = only_second(direct, gate);
    for (test, _) in direct.iter().filter(|(_, outcome)| **outcome == Outcome::Failed) {
        println!("  – {name} {test}: fails directly too");
    }
    for test in &failing {
        println!("  ✗ {name} {test}: fails through the gate only");
    }
    if gate.is_empty() {
        println!("  ✗ {name}: no test was run");
        count.failed += 1;
    }
    count.failed += failing.len();
    for (test, outcome) in gate {
        match outcome {
            Outcome::Passed => count.passed += 1,
            Outcome::Failed if failing.contains(test) => {}
            // Failing on both sides says nothing about the gate.
            Outcome::Failed | Outcome::Skipped => count.skipped += 1,
        }
    }
}

/// Runs a program and returns what it printed; `mark` is a word of its command line. What it complains goes to a file
/// whose name is told when nothing was printed.
fn output(mut command: Command, mark: &str) -> Result<String> {
    let folder = tempfile::tempdir().context(|| "cannot make a folder".into())?;
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let create = |path| fs::File::create(path).context(|| "cannot make a file".to_owned());
    command.stdout(Stdio::from(create(&out)?)).stderr(Stdio::from(create(&err)?));
    let mut process = Process::start(&mut command, mark, Signal::KILL, None)?;
    if process.wait(LIMIT).is_err() {
        process.kill()?;
    }
    let text = fs::read(&out).context(|| "cannot read what a suite printed".into())?;
    let complaints = fs::read(&err).context(|| "cannot read what a suite complained".into())?;
    if let Some(folder) = std::env::var_os("MATRIX_KEEP") {
        let path = std::path::Path::new(&folder).join(format!("suite-{}.err", std::process::id()));
        fs::write(&path, &complaints).context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Outcome::{Failed, Passed, Skipped};
    use super::*;

    fn results(list: &[(&str, Outcome)]) -> Results {
        list.iter().map(|(test, outcome)| ((*test).to_owned(), *outcome)).collect()
    }

    #[test]
    fn only_what_the_gate_breaks_counts_against_it() {
        let direct = results(&[("a", Passed), ("b", Failed), ("c", Skipped), ("d", Passed), ("e", Passed)]);
        let gate = results(&[("a", Passed), ("b", Failed), ("d", Failed), ("f", Failed)]);
        assert_eq!(only_second(&direct, &gate), ["d", "e", "f"]);
        let mut count = Count::default();
        tell("suite", &direct, &gate, &mut count);
        assert_eq!(count, Count { passed: 1, failed: 3, skipped: 1 });
    }
}
