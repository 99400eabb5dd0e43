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
    /// What is missing and cannot be had here.
    pub(super) fn ready(self, clients: &Path) -> Result<Ready> {
        let own = clients.join(self.name());
        let text = |name: &str| {
            let path = own.join(name);
            fs::read_to_string(&path).context(|| format!("cannot read `{}`", path.display()))
        };
        let mut variables = Vec::new();
        let (program, mut arguments, file) = match self {
            Self::Psql => {
                let install = psql()?;
                let path = std::env::var("PATH").unwrap_or_default();
                variables.push(("PATH", format!("{}:{path}", install.bin().display())));
                if let Some(library) = install.client_library() {
                    variables.push(("LD_PRELOAD", library.display().to_string()));
                }
                (PathBuf::from("bash"), vec![], "matrix.sh")
            }
            Self::Psycopg | Self::Asyncpg => {
                let python = supply::python(self.name(), &text("requirements.txt")?)?.join("python");
                (python, vec![], "matrix.py")
            }
            Self::NodePostgres => {
                let modules = supply::node(self.name(), &text("package.json")?)?;
                variables.push(("MATRIX_MODULES", modules.display().to_string()));
                (PathBuf::from("node"), vec!["--no-deprecation".into()], "matrix.mjs")
            }
            Self::Pgx => {
                let program = supply::go(
                    &text("requirements.txt")?,
                    &["main.go", "steps.go"].map(|file| own.join(file)),
                )?;
                let mark = program.display().to_string();
                return Ok(Ready { program, arguments: vec![], variables, mark });
            }
            Self::Jdbc => {
                let jar = supply::jdbc()?;
                let options = [
                    "-Xmx3g",
                    "-Dfile.encoding=UTF-8",
                    "-Dsun.stdout.encoding=UTF-8",
                    "-Duser.timezone=UTC",
                    "-cp",
                ];
                let options = options.iter().map(PathBuf::from).chain([jar]).collect();
                (PathBuf::from("java"), options, "Matrix.java")
            }
        };
        let file = own.join(file);
        let mark = file.display().to_string();
        arguments.push(file);
        Ok(Ready { program, arguments, variables, mark })
    }
}

/// The newest installation whose `psql` speaks TLS by itself, else one that does with a library's help.
fn psql() -> Result<Install> {
    let own = postgres::found()
        .into_values()
        .rev()
        .find(|install| install.client_library().is_none() && install.has_client_tls());
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
