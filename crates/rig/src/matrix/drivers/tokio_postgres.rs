//! tokio-postgres' own tests, from the published crate.
//!
//! They are written for `localhost:5433` without a password for `postgres`. A copy is run in which three texts are
//! replaced: the port (by a free one on which the server listens for the direct run, then the gate), the folder of the
//! Unix socket, and `user=postgres`, which is given a password (the server asks for none, the gate does).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::supply;
use super::{NAME, Outcome, PASSWORD, Results, Side, Suite, output};
use crate::error::Context;
use crate::gate::{Gate, Plan, Principal, Target, Upstream};
use crate::postgres::{Install, Server, Settings};
use crate::{Error, Result, port};

/// The crate and what is tested of it.
const VERSION: &str = "0.7.18";
const FEATURES: &str = "array-impls,with-bit-vec-0_8,with-chrono-0_4,with-eui48-1,with-geo-types-0_7,with-serde_json-1,with-time-0_3,with-uuid-1";
/// The port that the tests are written for.
const WRITTEN: &str = "5433";
/// The roles that its tests log in as, each with another method directly.
const ROLES: [(&str, &str); 3] =
    [("pass_user", "password"), ("md5_user", "md5"), ("scram_user", "scram-sha-256")];

struct TokioPostgres {
    install: Install,
    copy: PathBuf,
    sockets: PathBuf,
    port: u16,
}

pub(super) fn open(install: &Install) -> Result<Box<dyn Suite>> {
    let copy = copy()?;
    let sockets = copy.join("sockets");
    let port = patched(&copy, &sockets)?;
    Ok(Box::new(TokioPostgres { install: install.clone(), copy, sockets, port }))
}

impl Suite for TokioPostgres {
    fn name(&self) -> &'static str {
        "tokio-postgres"
    }

    fn run(&mut self, through: Side, only: &[String]) -> Result<Results> {
        let mut command = Command::new("cargo");
        command
            .args(["test", "--quiet", "--no-run", "--test", "test", "--features", FEATURES])
            .current_dir(&self.copy);
        supply::run(self.cargo(&mut command))?;

        let mut settings = Settings::new()
            .password(PASSWORD)
            .set("max_connections", "150")
            .hba("host all postgres 127.0.0.1/32 trust");
        for (role, method) in ROLES {
            settings = settings.hba(&format!("host all {role} 127.0.0.1/32 {method}"));
        }
        if through == Side::Direct {
            settings = settings.port(self.port);
        }
        let server = Server::start(&self.install, settings)?;
        for (role, method) in ROLES {
            let how = if method == "md5" { "md5" } else { "scram-sha-256" };
            server.sql(
                NAME,
                &format!("set password_encryption = '{how}'; create role {role} login password '{PASSWORD}'"),
            )?;
        }
        for extension in ["hstore", "citext", "ltree"] {
            server.sql(NAME, &format!("create extension if not exists {extension}"))?;
        }
        let socket = self.sockets.join(format!(".s.PGSQL.{}", self.port));
        let _ = fs::remove_file(&socket);
        let gate = if through == Side::Gate {
            Some(self.gate(&server, &socket)?)
        } else {
            let own = server.socket().join(format!(".s.PGSQL.{}", server.port()));
            std::os::unix::fs::symlink(&own, &socket).context(|| "cannot link the socket".into())?;
            None
        };

        let mut command = Command::new("cargo");
        command.args(["test", "--test", "test", "--features", FEATURES]).current_dir(&self.copy);
        command.args(["--", "--test-threads=1"]);
        if !only.is_empty() {
            command.arg("--exact").args(only);
        }
        let text = output(
            {
                self.cargo(&mut command);
                command
            },
            "--test-threads=1",
        )?;
        drop(gate);
        Ok(read(&text))
    }
}

impl TokioPostgres {
    fn gate(&self, server: &Server, socket: &Path) -> Result<Gate> {
        let admin = port::free()?;
        let mut plan = Plan::new()
            .plaintext()
            .everything()
            .ports(self.port, admin)
            .extra(&format!(
                "[[listener]]\nname = \"socket\"\naddress = \"{}\"\nplaintext = \"allow\"",
                socket.display()
            ))
            .target(Target::new(NAME, Upstream::tcp(server, NAME, NAME, PASSWORD)))
            .principal(Principal::service(NAME, NAME).password(PASSWORD));
        for (role, _) in ROLES {
            plan = plan.principal(Principal::service(role, NAME).password(PASSWORD));
        }
        Gate::start(plan)
    }

    /// The copy is a project of its own: nothing of ours may leak into its build.
    fn cargo<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_") && name != "CARGO_HOME" || name.starts_with("PG") {
                command.env_remove(name.as_ref());
            }
        }
        command.env("CARGO_TARGET_DIR", self.copy.join("target"))
    }
}

/// The published source, as Cargo has it, copied to where it can be changed.
fn copy() -> Result<PathBuf> {
    supply::once("tokio-postgres", VERSION, |path| {
        let probe = path.join("probe");
        fs::create_dir_all(probe.join("src")).context(|| "cannot make a folder".into())?;
        fs::write(probe.join("src/lib.rs"), "").context(|| "cannot write a package".into())?;
        let manifest = format!(
            "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\ntokio-postgres = \"={VERSION}\"\n[workspace]\n"
        );
        fs::write(probe.join("Cargo.toml"), manifest).context(|| "cannot write a package".into())?;
        let found = Command::new("cargo")
            .args(["metadata", "--format-version", "1"])
            .current_dir(&probe)
            .output()
            .context(|| "cannot run `cargo`".into())?;
        let found: serde_json::Value =
            serde_json::from_slice(&found.stdout).context(|| "`cargo metadata` did not answer".into())?;
        let manifest = found
            .get("packages")
            .and_then(|packages| packages.as_array())
            .and_then(|packages| packages.iter().find(|package| package["name"] == "tokio-postgres"))
            .and_then(|package| package["manifest_path"].as_str())
            .ok_or_else(|| Error::new(format!("tokio-postgres {VERSION} did not come")))?;
        let source = Path::new(manifest).parent().unwrap_or(Path::new("/"));
        for part in ["src", "tests"] {
            supply::run(Command::new("cp").arg("-r").arg(source.join(part)).arg(path.join(part)))?;
        }
        supply::run(Command::new("cp").args(["-r"]).arg(source.join("tests")).arg(path.join("written")))?;
        let manifest = fs::read_to_string(manifest).context(|| "cannot read a manifest".into())?;
        fs::write(path.join("Cargo.toml"), without_benches(&manifest))
            .context(|| "cannot write a manifest".into())?;
        let _ = fs::remove_dir_all(probe);
        fs::create_dir_all(path.join("sockets")).context(|| "cannot make a folder".into())
    })
}

/// The manifest as a workspace of its own, without the benchmarks and what only they need.
fn without_benches(manifest: &str) -> String {
    let mut kept = String::from("[workspace]\n\n");
    let mut keep = true;
    for line in manifest.lines() {
        if line.starts_with('[') {
            keep = !matches!(line, "[[bench]]" | "[dev-dependencies.criterion]");
        }
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Writes the tests anew with a port that is free; the last one if it still is, so that nothing is built again.
fn patched(copy: &Path, sockets: &Path) -> Result<u16> {
    let note = copy.join("port");
    let last = fs::read_to_string(&note).ok().and_then(|text| text.parse().ok());
    if let Some(last) = last.filter(|last| std::net::TcpListener::bind(("127.0.0.1", *last)).is_ok()) {
        return Ok(last);
    }
    let free = port::free()?;
    let mut files = vec![PathBuf::new()];
    while let Some(file) = files.pop() {
        let from = copy.join("written").join(&file);
        if from.is_dir() {
            let entries = fs::read_dir(&from).context(|| format!("cannot read `{}`", from.display()))?;
            files.extend(entries.flatten().map(|entry| file.join(entry.file_name())));
        } else {
            let text = fs::read_to_string(&from).context(|| format!("cannot read `{}`", from.display()))?;
            let text = replaced(&text, free, sockets);
            fs::write(copy.join("tests").join(&file), text).context(|| "cannot write a test".into())?;
        }
    }
    fs::write(note, free.to_string()).context(|| "cannot note the port".into())?;
    Ok(free)
}

fn replaced(text: &str, port: u16, sockets: &Path) -> String {
    text.replace(WRITTEN, &port.to_string())
        .replace("/var/run/postgresql", &sockets.display().to_string())
        .replace("user=postgres", &format!("user=postgres password={PASSWORD}"))
}

/// `test name ... ok`, as the test harness prints it; what a test itself prints may stand between.
fn read(text: &str) -> Results {
    text.lines()
        .filter_map(|line| line.strip_prefix("test "))
        .filter_map(|line| line.split_once(" ... "))
        .map(|(test, end)| {
            let test = test.trim_end_matches(" - should panic").to_owned();
            let outcome = match end.split_whitespace().last() {
                Some("ok") => Outcome::Passed,
                _ if end.starts_with("ignored") => Outcome::Skipped,
                _ => Outcome::Failed,
            };
            (test, outcome)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_meet_our_port_socket_and_password() {
        let text = replaced(
            r#"connect("host=/var/run/postgresql port=5433 user=postgres"); "127.0.0.1:5433""#,
            7,
            Path::new("/s"),
        );
        assert_eq!(text, r#"connect("host=/s port=7 user=postgres password=password"); "127.0.0.1:7""#);
    }

    #[test]
    fn outcomes_are_read_from_the_harness() {
        let results = read(
            "\nrunning 3 tests\ntest a::b ... ok\ntest c ... FAILED\ntest d ... ignored, why\ntest e - should panic ... ok\n",
        );
        assert_eq!(results.len(), 4);
        assert_eq!(results.get("e"), Some(&Outcome::Passed));
        assert_eq!(results.get("d"), Some(&Outcome::Skipped));
        assert_eq!(results.get("c"), Some(&Outcome::Failed));
    }

    #[test]
    fn benches_are_left_out_of_the_manifest() {
        let kept = without_benches(
            "[package]\nname = \"x\"\n[[bench]]\nname = \"b\"\n[dev-dependencies.criterion]\nversion = \"1\"\n[dev-dependencies.y]\n",
        );
        assert_eq!(kept, "[workspace]\n\n[package]\nname = \"x\"\n[dev-dependencies.y]\n");
    }
}
