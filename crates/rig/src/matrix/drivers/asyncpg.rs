//! asyncpg's own tests, from its source package, with the built wheel installed.
//!
//! The tests that start servers of their own do not meet the gate; as root they fail on both sides.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::{project, supply};
use super::{NAME, Outcome, PASSWORD, Results, Side, Suite, output};
use crate::error::Context;
use crate::gate::{Gate, Plan, Target, Upstream, verifier};
use crate::postgres::{Install, Server, Settings};
use crate::{Error, Result};

/// The databases that tests make and connect to.
const MADE: [&str; 2] = ["testdb", "asyncpg_intro_test"];

struct Asyncpg {
    python: PathBuf,
    tests: PathBuf,
    script: PathBuf,
    bin: PathBuf,
    gate: Gate,
    server: Server,
}

pub(super) fn open(install: &Install) -> Result<Box<dyn Suite>> {
    let suites = project().join("clients/suites");
    let list = suites.join("requirements.txt");
    let requirements =
        std::fs::read_to_string(&list).context(|| format!("cannot read `{}`", list.display()))?;
    let python = supply::python("suites", &requirements)?.join("python");
    let pinned = requirements.lines().find(|line| line.starts_with("asyncpg==")).unwrap_or("asyncpg");
    let tests = source(&python, pinned)?;
    let settings = Settings::new()
        .password(PASSWORD)
        .set("max_connections", "200")
        .set("jit", "off")
        .set("log_connections", "on");
    let server = Server::start(install, settings)?;
    // One principal that reaches every database that a test connects to.
    let mut plan = Plan::new().plaintext().everything().target(target(&server, NAME));
    for database in MADE {
        plan = plan.target(target(&server, database));
    }
    let principal = format!(
        "[[principal]]\nname = \"{NAME}\"\nkind = \"service\"\ntargets = [\"{NAME}\", \"{}\"]\nscram = \"{}\"",
        MADE.join("\", \""),
        verifier(PASSWORD, b"tollhouse-suites")
    );
    let gate = Gate::start(plan.extra(&principal))?;
    let script = suites.join("asyncpg_suite.py");
    Ok(Box::new(Asyncpg { python, tests, script, bin: install.bin().to_owned(), gate, server }))
}

/// A database as the target of the same name.
fn target(server: &Server, database: &str) -> Target {
    Target::new(database, Upstream::tcp(server, database, NAME, PASSWORD))
}

impl Suite for Asyncpg {
    fn name(&self) -> &'static str {
        "asyncpg"
    }

    fn run(&mut self, through: Side, only: &[String]) -> Result<Results> {
        for database in MADE {
            // A test that failed leaves its own behind.
            self.server.sql(NAME, &format!("drop database if exists {database} with (force)"))?;
        }
        let port = match through {
            Side::Direct => self.server.port(),
            Side::Gate => self.gate.port(),
        };
        let mut command = Command::new(&self.python);
        command.arg(&self.script).args(only).current_dir(&self.tests);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command
            .envs([("PGHOST", "127.0.0.1"), ("PGUSER", NAME), ("PGPASSWORD", PASSWORD), ("PGDATABASE", NAME)])
            .env("PGPORT", port.to_string())
            // The same on both sides: with TLS, asyncio lets go of a connection a tick later, which some tests notice.
            .env("PGSSLMODE", "disable")
            .env("PGINSTALLATION", &self.bin)
            .env("PYTHONPATH", ".")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(read(&output(command, &self.script.display().to_string())?))
    }
}

/// The folder that holds `tests` of the source package, and not the package itself, which would hide the built one.
fn source(python: &Path, pinned: &str) -> Result<PathBuf> {
    supply::once("asyncpg-source", pinned, |path| {
        supply::run(
            Command::new(python)
                .args([
                    "-m",
                    "pip",
                    "--disable-pip-version-check",
                    "--quiet",
                    "download",
                    "--no-deps",
                    "--no-binary=:all:",
                    "-d",
                ])
                .arg(path)
                .arg(pinned),
        )?;
        let entries = std::fs::read_dir(path).context(|| "cannot read the source package".into())?;
        let archive = entries
            .flatten()
            .map(|entry| entry.path())
            .find(|file| file.extension().is_some_and(|kind| kind == "gz"))
            .ok_or_else(|| Error::new("the source package of asyncpg did not come"))?;
        supply::run(
            Command::new("tar")
                .arg("-C")
                .arg(path)
                .args(["--strip-components=1", "--wildcards", "-xzf"])
                .arg(archive)
                .arg("*/tests/*"),
        )
    })
}

fn read(text: &str) -> Results {
    text.lines()
        .filter_map(|line| line.rsplit_once(": "))
        .filter_map(|(test, outcome)| {
            let outcome = match outcome {
                "passed" => Outcome::Passed,
                "failed" => Outcome::Failed,
                "skipped" => Outcome::Skipped,
                _ => return None,
            };
            Some((test.to_owned(), outcome))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_tests_are_read_and_others_are_not() {
        let results = read("tests.test_a.A.test_b: passed\nnoise: here\ntests.x: failed\ntests.y: skipped\n");
        assert_eq!(results.len(), 3);
        assert_eq!(results.get("tests.x"), Some(&Outcome::Failed));
    }
}
