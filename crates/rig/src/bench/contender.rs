//! Who is compared: started on free ports before the same server, all with the same user, database and password.
//!
//! Knows how each is started and configured; never what is measured.

use std::fmt;
use std::fs::{self, File};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::case::Case;
use super::stage::Stage;
use crate::error::Context;
use crate::gate::Gate;
use crate::process::{Process, Signal};
use crate::user::User;
use crate::{Error, Result, port, wait};

/// How long a contender may take until it answers.
const START: Duration = Duration::from_secs(20);
/// More sessions than any case opens.
const SESSIONS_MAX: u32 = 3000;

/// One contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Nobody: the disk below the ledger.
    Disk,
    /// No proxy at all.
    Direct,
    /// The bare TCP relay of `examples/relay.rs`.
    Relay,
    /// Debian's PgBouncer in session mode.
    Pgbouncer,
    /// The gate, ledger on, `relaxed`.
    Tollhouse,
    /// The gate, ledger on, `strict`.
    Strict,
    /// The gate, `relaxed`, with many targets and principals in its configuration.
    Many,
}

/// A running contender.
pub(super) struct Contender {
    /// Which one.
    pub(super) kind: Kind,
    /// Where it listens, on 127.0.0.1.
    pub(super) port: u16,
    running: Running,
}

/// What was started for it, and ends with it.
enum Running {
    Nothing,
    Process(Process),
    Gate(Box<Gate>),
}

impl Kind {
    /// All that are started.
    pub(super) const ALL: [Self; 6] =
        [Self::Direct, Self::Relay, Self::Pgbouncer, Self::Tollhouse, Self::Strict, Self::Many];

    /// Its name in tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Direct => "direct",
            Self::Relay => "relay",
            Self::Pgbouncer => "pgbouncer",
            Self::Tollhouse => "tollhouse",
            Self::Strict => "tollhouse-strict",
            Self::Many => "tollhouse-many",
        }
    }

    /// Whether `case` is measured of it: strict durability where statements are short, a long configuration where
    /// looking something up could show, the rest wherever there is something to compare.
    pub(super) fn takes_part(self, case: Case) -> bool {
        match self {
            Self::Disk => case == Case::Fdatasync,
            _ if case == Case::Fdatasync => false,
            Self::Tollhouse => true,
            _ if case == Case::Labels => false,
            Self::Relay => true,
            Self::Direct | Self::Pgbouncer => {
                !matches!(case, Case::Crowd | Case::Wide(_))
                    && !matches!(case, Case::Select { clients: 32, .. })
                    && (self != Self::Direct || case != Case::Idle)
            }
            Self::Strict => matches!(case, Case::Select { .. }),
            Self::Many => matches!(case, Case::Select { clients: 1 | 8, .. } | Case::Connects),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `pad`, so that progress can align names.
        f.pad(self.name())
    }
}

impl Contender {
    /// Starts `kind` before the server of `stage`.
    ///
    /// # Errors
    /// When it is not on this machine or does not start; the message says what to do.
    pub(super) fn start(kind: Kind, stage: &Stage) -> Result<Self> {
        match kind {
            Kind::Disk => Err(Error::new("the disk is not started")),
            Kind::Direct => Ok(Self { kind, port: stage.server.port(), running: Running::Nothing }),
            Kind::Relay => Self::relay(stage),
            Kind::Pgbouncer => Self::pgbouncer(stage),
            Kind::Tollhouse | Kind::Strict | Kind::Many => {
                let gate = super::gate::start(kind, stage)?;
                Ok(Self { kind, port: gate.port(), running: Running::Gate(Box::new(gate)) })
            }
        }
    }

    /// Its process, or `None` when there is no proxy.
    pub(super) fn id(&self) -> Option<u32> {
        match &self.running {
            Running::Nothing => None,
            Running::Process(process) => Some(process.id()),
            Running::Gate(gate) => gate.id(),
        }
    }

    /// `tollhouse` with these arguments beside the gate's configuration, or `None` when it is no gate.
    pub(super) fn tollhouse(&self, arguments: &[&str]) -> Option<Command> {
        let Running::Gate(gate) = &self.running else { return None };
        let mut command = gate.tollhouse(arguments);
        command.arg("--config").arg(gate.configuration());
        Some(command)
    }

    fn relay(stage: &Stage) -> Result<Self> {
        let program = relay_program()?;
        let port = port::free()?;
        let listen = format!("127.0.0.1:{port}");
        let mut command = Command::new(program);
        command.arg(&listen).arg(format!("127.0.0.1:{}", stage.server.port()));
        Self::launch(Kind::Relay, port, &mut command, &listen, stage)
    }

    fn pgbouncer(stage: &Stage) -> Result<Self> {
        let program = bouncer_program()?;
        let port = port::free()?;
        let user = User::for_server()?;
        let folder = stage.folder("pgbouncer")?;
        let (users, configuration) = (folder.join("users.txt"), folder.join("pgbouncer.ini"));
        write(&users, &format!("\"{}\" \"{}\"\n", Stage::NAME, stage.verifier), &user)?;
        let text = format!(
            "[databases]\n{name} = host=127.0.0.1 port={server} dbname={name} user={name} password={password}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\npool_mode = session\n\
             auth_type = scram-sha-256\nauth_file = {users}\nmax_client_conn = {SESSIONS_MAX}\n\
             default_pool_size = {SESSIONS_MAX}\nlog_connections = 0\nlog_disconnections = 0\n\
             ignore_startup_parameters = extra_float_digits\n",
            name = Stage::NAME,
            server = stage.server.port(),
            password = stage.password,
            users = users.display(),
        );
        write(&configuration, &text, &user)?;
        let mut command = Command::new(program);
        command.arg(&configuration);
        let mark = configuration.to_string_lossy().into_owned();
        Self::launch(Kind::Pgbouncer, port, user.run(&mut command), &mark, stage)
    }

    fn launch(kind: Kind, port: u16, command: &mut Command, mark: &str, stage: &Stage) -> Result<Self> {
        let path = stage.log(kind);
        let log = File::create(&path).context(|| format!("cannot make `{}`", path.display()))?;
        let errors = log.try_clone().context(|| "cannot share a log".into())?;
        command.current_dir("/").stdout(Stdio::from(log)).stderr(Stdio::from(errors));
        let mut process = Process::start(command, mark, Signal::TERM, Some(stage.scratch()))?;
        wait::until(kind.name(), START, || match process.ended()? {
            Some(status) => Err(Error::new(format!("it ended at its start ({status})"))),
            None => Ok(TcpStream::connect(("127.0.0.1", port)).ok()),
        })
        .map_err(|error| {
            let log = fs::read_to_string(&path).unwrap_or_default();
            let lines: Vec<_> = log.lines().collect();
            let tail = lines.get(lines.len().saturating_sub(5)..).unwrap_or_default().join("; ");
            Error::new(format!("{error}: {tail}"))
        })?;
        Ok(Self { kind, port, running: Running::Process(process) })
    }
}

/// The relay: as the variable says, else where Cargo puts examples beside the program that runs now.
fn relay_program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("TOLLHOUSE_RELAY_BIN") {
        return Ok(path.into());
    }
    let own = std::env::current_exe().context(|| "cannot find own program".into())?;
    let path = own.with_file_name("examples").join("relay");
    if path.is_file() { Ok(path) } else { Err(Error::new("`relay` is not built: run `./bench`")) }
}

/// Debian's PgBouncer; installed when it is missing and we are root.
fn bouncer_program() -> Result<PathBuf> {
    let known = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].map(PathBuf::from);
    let found = || known.iter().find(|path| path.is_file()).cloned();
    if let Some(path) = found() {
        return Ok(path);
    }
    if !crate::user::is_root() {
        return Err(Error::new(
            "not on this machine, and only root can install it: `apt-get install pgbouncer`",
        ));
    }
    crate::postgres::package("pgbouncer")?;
    found().ok_or_else(|| Error::new("`pgbouncer` was installed but is not found"))
}

fn write(path: &Path, text: &str, user: &User) -> Result<()> {
    fs::write(path, text).context(|| format!("cannot write `{}`", path.display()))?;
    user.own(path)
}
