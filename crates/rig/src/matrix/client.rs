//! The clients of the matrix: one folder of `clients/` each, what it needs, and how it is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::dsn::Dsn;
use super::stage::Refused;
use super::supply;
use crate::error::Context;
use crate::postgres::{self, Install};
use crate::process::{Process, Signal};
use crate::{Error, Result};

/// How long one client may take for all its steps. Generous: large values on a busy machine.
const LIMIT: Duration = Duration::from_secs(900);

/// One client program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Client {
    /// `psql`, by a shell script.
    Psql,
    /// psycopg 3.
    Psycopg,
    /// asyncpg.
    Asyncpg,
    /// node-postgres.
    NodePostgres,
    /// pgx.
    Pgx,
    /// pgjdbc.
    Jdbc,
}

/// Why a client cannot run.
pub(super) enum Unready {
    /// The machine lacks something that others have: its steps are left out, by name.
    Missing(Error),
    /// The project's own files are missing or do not build: that must not pass for a machine without a compiler.
    Broken(Error),
}

/// A client with all that it needs at hand.
pub(super) struct Ready {
    program: PathBuf,
    arguments: Vec<PathBuf>,
    variables: Vec<(&'static str, String)>,
    /// The file in its folder that is run, a word of its command line.
    mark: String,
}

impl Client {
    /// All of them, in the order in which they run.
    pub(super) const ALL: [Self; 6] =
        [Self::Psql, Self::Psycopg, Self::Asyncpg, Self::NodePostgres, Self::Pgx, Self::Jdbc];

    /// Its name, and that of its folder.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Psql => "psql",
            Self::Psycopg => "psycopg",
            Self::Asyncpg => "asyncpg",
            Self::NodePostgres => "node-postgres",
            Self::Pgx => "pgx",
            Self::Jdbc => "jdbc",
        }
    }

    /// Gets what it needs.
    ///
    /// # Errors
    /// What is missing and cannot be had here, or what is wrong with the client itself.
    pub(super) fn ready(self, clients: &Path) -> Result<Ready, Unready> {
        let own = clients.join(self.name());
        let text = |name: &str| {
            let path = own.join(name);
            fs::read_to_string(&path)
                .context(|| format!("cannot read `{}`", path.display()))
                .map_err(Unready::Broken)
        };
        let mut variables = Vec::new();
        let (program, mut arguments, last) = match self {
            Self::Psql => {
                text("matrix.sh")?;
                let install = psql().map_err(Unready::Missing)?;
                let path = std::env::var("PATH").unwrap_or_default();
                variables.push(("PATH", format!("{}:{path}", install.bin().display())));
                if let Some(library) = install.client_library() {
                    variables.push(("LD_PRELOAD", library.display().to_string()));
                }
                (PathBuf::from("bash"), vec![], own.join("matrix.sh"))
            }
            Self::Psycopg | Self::Asyncpg => {
                let list = text("requirements.txt")?;
                text("matrix.py")?;
                let python = supply::python(self.name(), &list).map_err(Unready::Missing)?;
                (python.join("python"), vec![], own.join("matrix.py"))
            }
            Self::NodePostgres => {
                let list = text("package.json")?;
                text("matrix.mjs")?;
                let modules = supply::node(self.name(), &list).map_err(Unready::Missing)?;
                variables.push(("MATRIX_MODULES", modules.display().to_string()));
                (PathBuf::from("node"), vec!["--no-deprecation".into()], own.join("matrix.mjs"))
            }
            Self::Pgx => {
                let sources = sources(&own, "go").map_err(Unready::Broken)?;
                let go = supply::Go::ready(&text("requirements.txt")?).map_err(Unready::Missing)?;
                let program = go.build(&sources).map_err(Unready::Broken)?;
                let mark = program.display().to_string();
                return Ok(Ready { program, arguments: vec![], variables, mark });
            }
            Self::Jdbc => {
                let sources = sources(&own, "java").map_err(Unready::Broken)?;
                let jar = supply::jdbc().map_err(Unready::Missing)?;
                let classes = supply::java(&jar, &sources).map_err(Unready::Broken)?;
                let options =
                    ["-Xmx3g", "-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-Duser.timezone=UTC"];
                let mut options: Vec<PathBuf> = options.iter().map(PathBuf::from).collect();
                let path = std::env::join_paths([classes, jar])
                    .context(|| "cannot name the class path".into())
                    .map_err(Unready::Broken)?;
                options.extend(["-cp".into(), path.into()]);
                (PathBuf::from("java"), options, PathBuf::from("Matrix"))
            }
        };
        arguments.push(last);
        // A word of the command line that no other process has: the script, or the class path.
        let mark = arguments.iter().rev().find(|word| word.is_absolute());
        let mark = mark.unwrap_or(&program).display().to_string();
        Ok(Ready { program, arguments, variables, mark })
    }
}

/// The files of this kind in a client's folder, in order: it is built from all of them.
///
/// # Errors
/// When there is none.
fn sources(folder: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).context(|| format!("cannot read `{}`", folder.display()))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|own| own == kind));
    found.sort();
    if found.is_empty() {
        return Err(Error::new(format!("`{}` has no `.{kind}` file", folder.display())));
    }
    Ok(found)
}

/// The newest installation whose `psql` speaks TLS, by itself or with a library's help: it knows most ways to send a statement.
fn psql() -> Result<Install> {
    let own = postgres::found().into_values().rev().find(Install::has_client_tls);
    own.map_or_else(postgres::newest_or_get, Ok)
}

impl Ready {
    /// The same with large values of 4 MB instead of 100; a size that the caller's environment sets stays.
    pub(super) fn small(mut self) -> Self {
        if std::env::var_os("MATRIX_MB").is_none() {
            self.variables.push(("MATRIX_MB", "4".into()));
        }
        self
    }

    /// Runs all its steps against one address; what it printed.
    ///
    /// # Errors
    /// When it cannot be started, fails as a whole (a step does not end it) or does not end.
    pub(super) fn run(&self, dsn: &Dsn, refused: Option<Refused>, transcript: &Path) -> Result<String> {
        let output =
            fs::File::create(transcript).context(|| format!("cannot make `{}`", transcript.display()))?;
        let complaints = transcript.with_extension("err");
        let errors =
            fs::File::create(&complaints).context(|| format!("cannot make `{}`", complaints.display()))?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdout(Stdio::from(output)).stderr(Stdio::from(errors));
        dsn.apply(&mut command);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(refused) = refused {
            command.env("MATRIX_REFUSED", refused.relation).env("MATRIX_REFUSED_CODE", refused.code);
        }
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("TZ", "UTC").env("LC_ALL", "C.UTF-8");
        let mut process = Process::start(&mut command, &self.mark, Signal::KILL, None)?;
        let status = match process.wait(LIMIT) {
            Ok(status) => status,
            Err(_) => process.kill()?,
        };
        let bytes = fs::read(transcript).context(|| format!("cannot read `{}`", transcript.display()))?;
        let last = fs::read_to_string(&complaints).unwrap_or_default();
        if let Some(line) = last.lines().rev().find(|line| !line.trim().is_empty()) {
            println!("    it complained: {line}");
        }
        // Both sides broken alike would compare as equal.
        if !status.success() {
            return Err(Error::new(format!("the client ended with {status}")));
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_project_that_is_missing_is_no_lack_of_the_machine() {
        let folder = tempfile::tempdir().unwrap();
        for client in Client::ALL {
            let Err(Unready::Broken(error)) = client.ready(folder.path()) else {
                panic!("{} is ready or skipped without its files", client.name())
            };
            assert!(error.to_string().contains(client.name()), "{error}");
        }
    }

    #[test]
    fn all_sources_of_a_client_are_built() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.go", "a.go", "c.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = sources(folder.path(), "go").unwrap();
        assert_eq!(found, ["a.go", "b.go"].map(|name| folder.path().join(name)));
        assert!(sources(folder.path(), "java").is_err());
    }
}
