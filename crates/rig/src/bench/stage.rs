//! What all contenders stand before: one private PostgreSQL with pgbench's tables, warm, and a folder for their files.
//!
//! Everything is gone when the stage is dropped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::case::STREAM_ROWS;
use super::contender::Kind;
use super::{labels, wide};
use crate::error::Context;
use crate::postgres::{Install, Server, Settings, literal};
use crate::user::User;
use crate::{Error, Result};

/// A million accounts: ten times the 100,000 that select-only touches, enough for COPY.
const SCALE: &str = "10";

/// The server, its credentials and the scratch folders.
pub(super) struct Stage {
    /// The server.
    pub(super) server: Server,
    /// The password of `Stage::NAME`, on the server and at each contender.
    pub(super) password: String,
    /// The same as a SCRAM verifier.
    pub(super) verifier: String,
    /// Bytes of the messages that one stream of rows consists of.
    pub(super) stream_bytes: f64,
    /// Bytes of the messages that one COPY consists of.
    pub(super) copy_bytes: f64,
    temporary: TempDir,
    disk: TempDir,
}

impl Stage {
    /// The role, the database, the principal and the target.
    pub(super) const NAME: &str = "bench";
    /// The stream's statement.
    pub(super) const STREAM: &str = "SELECT * FROM pgbench_accounts LIMIT 100000";
    /// The query whose text never changes.
    pub(super) const REPEATED: &str = "SELECT abalance FROM pgbench_accounts WHERE aid = 4711;";
    /// The COPY.
    pub(super) const COPY: &str = "COPY pgbench_accounts TO STDOUT";

    /// Starts a server of `install` and fills it. `disk` is the folder in which ledgers are written and disks measured.
    ///
    /// # Errors
    /// When the server does not start or cannot be filled.
    pub(super) fn set_up(install: &Install, disk: &Path) -> Result<Self> {
        let temporary = folder(&std::env::temp_dir())?;
        let disk = folder(disk)?;
        let settings = Settings::new()
            .set("max_connections", "1400")
            .set("shared_buffers", "256MB")
            .set("max_wal_size", "4GB")
            .set("checkpoint_timeout", "1h")
            .set("bgwriter_lru_maxpages", "0")
            .set("autovacuum", "off")
            .set("jit", "off")
            .set("max_parallel_workers_per_gather", "0");
        let server = Server::start(install, settings)?;
        let password = password()?;
        let role = format!("CREATE ROLE {} LOGIN PASSWORD {}", Self::NAME, literal(&password));
        server.sql("postgres", &role)?;
        server.sql("postgres", &format!("CREATE DATABASE {0} OWNER {0}", Self::NAME))?;
        let verifier = server.value(
            "postgres",
            &format!("SELECT rolpassword FROM pg_authid WHERE rolname = '{}'", Self::NAME),
        )?;
        let mut stage =
            Self { server, password, verifier, stream_bytes: 0.0, copy_bytes: 0.0, temporary, disk };
        stage.fill()?;
        stage.stream_bytes = stage.message_bytes(
            // DataRow: type, length, column count, and a length before each of four values.
            "7 + 16 + length(aid::text) + length(bid::text) + length(abalance::text) + coalesce(octet_length(filler), 0)",
            &format!("({}) AS stream", Self::STREAM),
        )?;
        stage.copy_bytes = stage.message_bytes(
            // CopyData: type, length, three tabs and a newline.
            "5 + 4 + length(aid::text) + length(bid::text) + length(abalance::text) + coalesce(octet_length(filler), 2)",
            "pgbench_accounts",
        )?;
        Ok(stage)
    }

    /// A new folder for the files of a contender that runs as the server's user.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.temporary.path().join(name);
        fs::create_dir_all(&path).context(|| format!("cannot make `{}`", path.display()))?;
        User::for_server()?.own(&path)?;
        Ok(path)
    }

    /// Where a gate of this kind keeps its ledger and configuration: on the disk that is measured.
    pub(super) fn ledger_folder(&self, kind: Kind) -> PathBuf {
        self.disk.path().join(kind.name())
    }

    /// Where a contender writes its log.
    pub(super) fn log(&self, kind: Kind) -> PathBuf {
        self.temporary.path().join(format!("{}.log", kind.name()))
    }

    /// The folder that the ledgers are in.
    pub(super) fn disk(&self) -> &Path {
        self.disk.path()
    }

    /// A folder for files that live for one measurement.
    pub(super) fn scratch(&self) -> &Path {
        self.temporary.path()
    }

    /// A client program of the server's installation, told to connect to 127.0.0.1 at `port` as everyone does here.
    pub(super) fn client(&self, program: &str, port: u16) -> Command {
        let mut command = self.server.install().command(program);
        command.env("PGHOST", "127.0.0.1").env("PGPORT", port.to_string());
        command.env("PGUSER", Self::NAME).env("PGDATABASE", Self::NAME).env("PGPASSWORD", &self.password);
        command.env("PGSSLMODE", "disable").env("PGGSSENCMODE", "disable").env("PGCONNECT_TIMEOUT", "30");
        command
    }

    /// How many sessions of ours the server has now.
    pub(super) fn sessions(&self) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM pg_stat_activity WHERE usename = '{}'", Self::NAME);
        let text = self.server.value("postgres", &sql)?;
        text.parse().map_err(|_| Error::new("the server cannot count its sessions"))
    }

    /// How many sessions of ours a database has now.
    pub(super) fn sessions_of(&self, database: &str) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'");
        let text = self.server.value("postgres", &sql)?;
        text.parse().map_err(|_| Error::new("the server cannot count its sessions"))
    }

    fn fill(&self) -> Result<()> {
        let mut command = self.client("pgbench", self.server.port());
        let output =
            command.args(["-i", "-q", "-s", SCALE]).output().context(|| "cannot run `pgbench`".into())?;
        if !output.status.success() {
            return Err(Error::new(format!(
                "`pgbench -i`: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            )));
        }
        let prewarm = "CREATE EXTENSION pg_prewarm; SELECT pg_prewarm('pgbench_accounts'), pg_prewarm('pgbench_accounts_pkey')";
        if self.server.sql(Self::NAME, prewarm).is_err() {
            // An installation without contrib: a whole scan warms as well, if less surely.
            self.server.sql(Self::NAME, "SELECT count(filler), sum(abalance) FROM pgbench_accounts")?;
            self.server
                .sql(Self::NAME, "SET enable_seqscan = off; SELECT count(aid) FROM pgbench_accounts")?;
        }
        // As its owner, since what the role cannot read the gate cannot look at.
        self.server.sql(Self::NAME, &format!("SET ROLE {}; {}", Self::NAME, wide::TABLE))?;
        self.server.sql("postgres", &format!("CREATE DATABASE {} OWNER {}", labels::DATABASE, Self::NAME))?;
        self.server.sql(labels::DATABASE, &format!("SET ROLE {}; {}", Self::NAME, labels::tables()))?;
        self.server.sql(Self::NAME, "CHECKPOINT").map(drop)
    }

    fn message_bytes(&self, each: &str, rows: &str) -> Result<f64> {
        let text = self.server.value(Self::NAME, &format!("SELECT sum({each}) FROM {rows}"))?;
        text.parse().map_err(|_| Error::new("the server cannot add up the bytes of its rows"))
    }
}

/// The number in the stream's statement is the number that its figures are divided by.
const _: () = assert!(STREAM_ROWS == 100_000);

fn folder(parent: &Path) -> Result<TempDir> {
    fs::create_dir_all(parent).context(|| format!("cannot make `{}`", parent.display()))?;
    let folder = tempfile::Builder::new()
        .prefix("tollhouse-bench-")
        .tempdir_in(parent)
        .context(|| format!("cannot make a folder in `{}`", parent.display()))?;
    User::for_server()?.own(folder.path())?;
    Ok(folder)
}

/// Sixteen random bytes in hexadecimal: nobody else on the machine may use the server while it is measured.
fn password() -> Result<String> {
    use std::fmt::Write as _;
    use std::io::Read as _;
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .context(|| "cannot read `/dev/urandom`".into())?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
