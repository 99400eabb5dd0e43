//! One private PostgreSQL server: started, restarted, crashed, stopped; gone when it is dropped.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::cluster;
use super::install::Install;
use super::settings::Settings;
use super::sql::literal;
use crate::error::Context;
use crate::process::{Process, Signal};
use crate::user::User;
use crate::{Error, Result, port, wait};

/// How long a start may take: recovery after a crash included, on a busy machine.
const START: Duration = Duration::from_secs(60);
/// How often a start is tried when another process took the port that was free a moment ago.
const TRIES: u32 = 5;
/// A socket's path has at most 107 bytes; `/.s.PGSQL.65535.lock` is the longest name in the folder.
const SOCKET_FOLDER_BYTES_MAX: usize = 107 - 20;
/// The superuser's password when the settings name none.
const PASSWORD: &str = "superuser";

/// A private server. Dropping it stops it at once and removes its folder (a kept folder stays).
#[derive(Debug)]
pub struct Server {
    install: Install,
    user: User,
    data: PathBuf,
    log: PathBuf,
    password: String,
    port: u16,
    process: Option<Process>,
    removed_on_death: Option<PathBuf>,
    socket: PathBuf,
    // Dropped last, after the process.
    _socket_folder: Option<TempDir>,
    _folder: Option<TempDir>,
}

impl Server {
    /// Makes a cluster (or takes the one of the kept folder), starts a server on it and waits until it answers.
    ///
    /// # Errors
    /// When it does not start, with the end of its log.
    pub fn start(install: &Install, settings: Settings) -> Result<Self> {
        let user = User::for_server()?;
        let (folder, kept) = match &settings.folder {
            Some(folder) => (None, folder.clone()),
            None => {
                let folder = temporary("tollhouse-server-", &user)?;
                let path = folder.path().to_owned();
                (Some(folder), path)
            }
        };
        fs::create_dir_all(&kept).context(|| format!("cannot make `{}`", kept.display()))?;
        user.own(&kept)?;
        let (socket, socket_folder) = socket(&kept, &user)?;
        let data = kept.join("data");
        let is_new = !data.join("PG_VERSION").exists();
        if is_new {
            cluster::make(install, &user, &data)?;
        }
        let mut server = Self {
            install: install.clone(),
            user,
            data,
            log: kept.join("server.log"),
            password: settings.password.clone().unwrap_or_else(|| PASSWORD.into()),
            port: 0,
            process: None,
            removed_on_death: folder.as_ref().map(|folder| folder.path().to_owned()),
            socket,
            _socket_folder: socket_folder,
            _folder: folder,
        };
        server.write_rules(&settings)?;
        server.start_on_a_port(&settings)?;
        if is_new {
            server.sql("postgres", &format!("ALTER ROLE postgres PASSWORD {}", literal(&server.password)))?;
        }
        Ok(server)
    }

    /// Starts it again after `stop_fast` or `kill9`, or stops it first: same port, same data.
    ///
    /// # Errors
    /// When it does not start, with the end of its log.
    pub fn restart(&mut self) -> Result<()> {
        self.stop_fast()?;
        self.launch()
    }

    /// Stops it as `pg_ctl stop -m fast` does: sessions end with 57P01, then a clean shutdown. Does nothing when stopped.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn stop_fast(&mut self) -> Result<()> {
        self.end(|process| process.stop(Signal::INT))
    }

    /// Kills the server and all its sessions without warning, as a crash of the machine would. Does nothing when stopped.
    ///
    /// # Errors
    /// When the processes do not go.
    pub fn kill9(&mut self) -> Result<()> {
        self.end(Process::kill)
    }

    /// How it ended, if it did by itself.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.process.as_mut().map_or(Ok(None), Process::ended)
    }

    /// Changes one setting of `postgresql.conf`; `restart` or `SELECT pg_reload_conf()` makes it hold.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set(&self, name: &str, value: &str) -> Result<()> {
        let path = self.data.join("postgresql.conf");
        let text = fs::read_to_string(&path).context(|| format!("cannot read `{}`", path.display()))?;
        self.write("postgresql.conf", &format!("{text}{name} = '{}'\n", value.replace('\'', "''")))
    }

    /// All that it wrote to its log.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The installation that it runs.
    #[must_use]
    pub fn install(&self) -> &Install {
        &self.install
    }

    /// The address that it listens on, always `127.0.0.1`.
    #[must_use]
    pub fn host(&self) -> &'static str {
        "127.0.0.1"
    }

    /// Its port, for TCP and for the name of the Unix socket.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of its Unix socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The password of its superuser `postgres`.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The process id of the postmaster, or `None` when it is stopped.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }

    fn end<T>(&mut self, how: impl FnOnce(&mut Process) -> Result<T>) -> Result<()> {
        match self.process.take() {
            Some(mut process) => how(&mut process).map(|_| ()),
            None => Ok(()),
        }
    }

    fn start_on_a_port(&mut self, settings: &Settings) -> Result<()> {
        let socket = self.socket().to_string_lossy().into_owned();
        let mut tried = 0;
        loop {
            self.port = match settings.port {
                Some(port) => port,
                None => port::free()?,
            };
            self.write("postgresql.conf", &settings.configuration(self.port, &socket))?;
            tried += 1;
            match self.launch() {
                Ok(()) => return Ok(()),
                Err(error) if settings.port.is_some() || tried == TRIES || !self.lost_its_port() => {
                    return Err(error);
                }
                Err(_) => {}
            }
        }
    }

    fn lost_its_port(&self) -> bool {
        self.log().lines().rev().take(10).any(|line| line.contains("could not bind"))
    }

    fn launch(&mut self) -> Result<()> {
        let log = self.open_log()?;
        let errors = log.try_clone().context(|| "cannot share the log".into())?;
        let mut command = self.install.command("postgres");
        command.arg("-D").arg(&self.data).current_dir(&self.data);
        self.user.run(command.stdout(Stdio::from(log)).stderr(Stdio::from(errors)));
        let mark = self.data.to_string_lossy().into_owned();
        // SIGQUIT: a private server that is thrown away need not write its buffers. A kept one is stopped properly.
        let last = if self.removed_on_death.is_some() { Signal::QUIT } else { Signal::INT };
        let mut process = Process::start(&mut command, &mark, last, self.removed_on_death.as_deref())?;
        let ready = wait::until("the PostgreSQL server to be ready", START, || {
            if let Some(status) = process.ended()? {
                return Err(Error::new(format!("the PostgreSQL server ended at its start ({status})")));
            }
            Ok(is_ready(&self.data, process.id()).then_some(()))
        });
        ready.map_err(|error| {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            let tail = lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n");
            Error::new(format!("{error}; its log ends:\n{tail}"))
        })?;
        self.process = Some(process);
        Ok(())
    }

    fn open_log(&self) -> Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)
            .context(|| format!("cannot open `{}`", self.log.display()))
    }

    fn write_rules(&self, settings: &Settings) -> Result<()> {
        self.write("pg_hba.conf", &settings.rules())?;
        if let Some(tls) = &settings.tls {
            self.write("rig.crt", &tls.pair.certificate)?;
            self.write("rig.key", &tls.pair.key)?;
            if let Some(authority) = &tls.client_authority {
                self.write("rig-client-ca.crt", authority)?;
            }
        }
        Ok(())
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.data.join(name);
        fs::write(&path, text)
            .and_then(|()| fs::set_permissions(&path, fs::Permissions::from_mode(0o600)))
            .context(|| format!("cannot write `{}`", path.display()))?;
        self.user.own(&path)
    }
}

fn temporary(prefix: &str, user: &User) -> Result<TempDir> {
    let folder =
        tempfile::Builder::new().prefix(prefix).tempdir().context(|| "cannot make a folder".into())?;
    user.own(folder.path())?;
    Ok(folder)
}

/// The folder of the Unix socket: in the server's own, or, when that is too deep for a socket's name, one apart.
fn socket(kept: &Path, user: &User) -> Result<(PathBuf, Option<TempDir>)> {
    let inside = kept.join("socket");
    if inside.as_os_str().len() <= SOCKET_FOLDER_BYTES_MAX {
        fs::create_dir_all(&inside)
            .and_then(|()| fs::set_permissions(&inside, fs::Permissions::from_mode(0o700)))
            .context(|| format!("cannot make `{}`", inside.display()))?;
        user.own(&inside)?;
        return Ok((inside, None));
    }
    let apart = temporary("tollhouse-socket-", user)?;
    Ok((apart.path().to_owned(), Some(apart)))
}

/// Whether `postmaster.pid` says so: line 1 is the process, line 8 its state (`ready` or `standby`).
fn is_ready(data: &Path, process: u32) -> bool {
    let Ok(text) = fs::read_to_string(data.join("postmaster.pid")) else { return false };
    let mut lines = text.lines();
    lines.next().and_then(|line| line.trim().parse().ok()) == Some(process)
        && lines.nth(6).is_some_and(|state| matches!(state.trim(), "ready" | "standby"))
}
