//! asyncpg's own tests, from its source package, with the built wheel installed.
//!
//! The tests that start servers of their own do not meet the gate; as root they fail on both sides.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::{project, supply};
use super::{NAME, Outcome, PASSWORD, Results, Side, Suite, output};
use crate::error::Context;
use crate::gate::{Gate, Plan, Principal, Target, Upstream};
use crate::postgres::{Install, Server, Settings};
use crate::{Error, Result};

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
    let tests = source(&python, requirements.trim())?;
    let settings = Settings::new()
        .password(PASSWORD)
        .set("max_connections", "200")
        .set("jit", "off")
        .set("log_connections", "on");
    let server = Server::start(install, settings)?;
    let gate = Gate::start(
        Plan::new()
            .plaintext()
            .target(Target::new(NAME, Upstream::tcp(&server, NAME, NAME, PASSWORD)))
            .principal(Principal::service(NAME, NAME).password(PASSWORD)),
    )?;
    let script = suites.join("asyncpg_suite.py");
    Ok(Box::new(Asyncpg { python, tests, script, bin: install.bin().to_owned(), gate, server }))
}

impl Suite for Asyncpg {
    fn name(&self) -> &'static str {
        "asyncpg"
    }

    fn run(&mut self, through: Side, only: &[String]) -> Result<Results> {
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
                .args(["-xzf"])
                .arg(archive)
                .args(["--strip-components=1", "--wildcards", "*/tests/*", "-C"])
                .arg(path),
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
