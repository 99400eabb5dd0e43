//! A gate that runs.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::binary::binary;
use super::http;
use super::plan::{Plan, RULES};
use crate::certificate::Authority;
use crate::error::Context;
use crate::process::{Process, Signal};
use crate::{Error, Result, port, wait};

/// How long a start may take: recovery of a long ledger included, on a busy machine.
const START: Duration = Duration::from_secs(60);
/// How often a start is tried when another process took a port that was free a moment ago.
const TRIES: u32 = 5;

/// The running program. Dropping it asks it to stop and removes its folder (a kept folder stays).
pub struct Gate {
    binary: PathBuf,
    plan: Plan,
    path: PathBuf,
    authority: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
    ports: (u16, u16),
    process: Option<Process>,
    // Dropped last, after the process.
    folder: Option<TempDir>,
}

impl Gate {
    /// Writes configuration, certificates and secrets, starts the program and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start, with the end of its log.
    pub fn start(plan: Plan) -> Result<Self> {
        let binary = match &plan.binary {
            Some(binary) => binary.clone(),
            None => binary()?,
        };
        let folder = match &plan.folder {
            Some(_) => None,
            None => Some(
                tempfile::Builder::new()
                    .prefix("tollhouse-gate-")
                    .tempdir()
                    .context(|| "cannot make a folder for the gate".into())?,
            ),
        };
        let path =
            plan.folder.clone().or_else(|| folder.as_ref().map(|f| f.path().to_owned())).unwrap_or_default();
        fs::create_dir_all(&path).context(|| format!("cannot make `{}`", path.display()))?;
        let (authority, certificate, key) = certificates(&plan, &path)?;
        let mut gate =
            Self { binary, plan, path, authority, certificate, key, ports: (0, 0), process: None, folder };
        gate.start_on_ports()?;
        Ok(gate)
    }

    /// Starts it again, on the same ledger and ports, after `stop`, `kill9` or while it runs.
    ///
    /// # Errors
    /// When it does not start, with the end of its log.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        self.launch()
    }

    /// Asks it to stop (SIGTERM) and waits. `None` when it did not run.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn stop(&mut self) -> Result<Option<ExitStatus>> {
        self.process.take().map(|mut process| process.stop(Signal::TERM)).transpose()
    }

    /// Kills it without warning. `None` when it did not run.
    ///
    /// # Errors
    /// When it does not go.
    pub fn kill9(&mut self) -> Result<Option<ExitStatus>> {
        self.process.take().map(|mut process| process.kill()).transpose()
    }

    /// Sends a signal, such as SIGHUP.
    ///
    /// # Errors
    /// When it does not run.
    pub fn signal(&mut self, signal: Signal) -> Result<()> {
        self.process.as_mut().ok_or_else(|| Error::new("the gate does not run"))?.signal(signal)
    }

    /// How it ended, if it did by itself.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.process.as_mut().map_or(Ok(None), Process::ended)
    }

    /// Replaces the configuration's text; SIGHUP or the gate's own watch makes it hold.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn edit(&self, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.configuration();
        let text = fs::read_to_string(&path).context(|| format!("cannot read `{}`", path.display()))?;
        replace(&path, &change(text))
    }

    /// Whether `/readyz` says that it takes statements.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        http::get(self.ports.1, "/readyz").is_ok_and(|(status, _)| status == 200)
    }

    /// The text of `/metrics`.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn metrics(&self) -> Result<String> {
        http::get(self.ports.1, "/metrics").map(|(_, body)| body)
    }

    /// `tollhouse` with these arguments, as the tests of the command line run it.
    #[must_use]
    pub fn tollhouse(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).current_dir(&self.path).stdin(Stdio::null());
        command
    }

    /// A libpq connection string for a principal, with the gate's certificate verified. The secret is not in it.
    #[must_use]
    pub fn dsn(&self, principal: &str, database: &str) -> String {
        format!(
            "host=127.0.0.1 port={} user={principal} dbname={database} sslmode=verify-full sslrootcert={}",
            self.ports.0,
            self.authority.display()
        )
    }

    /// All that it logged.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read(self.log_file())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// The file of its log.
    #[must_use]
    pub fn log_file(&self) -> PathBuf {
        self.path.join("gate.log")
    }

    /// The port for clients, on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.ports.0
    }

    /// The port of `/metrics`, `/healthz` and `/readyz`, on 127.0.0.1.
    #[must_use]
    pub fn admin_port(&self) -> u16 {
        self.ports.1
    }

    /// The authority's certificate: what clients trust.
    #[must_use]
    pub fn authority(&self) -> &Path {
        &self.authority
    }

    /// The ledger's folder.
    #[must_use]
    pub fn ledger(&self) -> PathBuf {
        self.path.join("ledger")
    }

    /// The configuration's file.
    #[must_use]
    pub fn configuration(&self) -> PathBuf {
        self.path.join("tollhouse.toml")
    }

    /// The folder of all of it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.path
    }

    /// The process id, or `None` when it is stopped.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }

    fn start_on_ports(&mut self) -> Result<()> {
        let rules = self.path.join(RULES);
        fs::create_dir_all(&rules).context(|| format!("cannot make `{}`", rules.display()))?;
        for (name, content) in self.plan.files() {
            replace(&self.path.join(name), &content)?;
        }
        let mut tried = 0;
        loop {
            self.ports = match self.plan.ports {
                Some(ports) => ports,
                None => port::two()?,
            };
            let text = self.plan.configuration(self.ports.0, self.ports.1, &self.certificate, &self.key);
            replace(&self.configuration(), &text)?;
            tried += 1;
            match self.launch() {
                Ok(()) => return Ok(()),
                Err(error) if self.plan.ports.is_some() || tried == TRIES || !self.lost_a_port() => {
                    return Err(error);
                }
                Err(_) => {}
            }
        }
    }

    /// A gate that ended although its ports are free has another reason.
    fn lost_a_port(&self) -> bool {
        !port::is_free(self.ports.0) || !port::is_free(self.ports.1)
    }

    fn launch(&mut self) -> Result<()> {
        let log = self.open_log()?;
        let errors = log.try_clone().context(|| "cannot share the log".into())?;
        let configuration = self.configuration();
        let mut command = Command::new(&self.binary);
        command.arg("serve").arg("--config").arg(&configuration).current_dir(&self.path);
        command.envs(self.plan.environment.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::from(log)).stderr(Stdio::from(errors));
        let mark = configuration.to_string_lossy().into_owned();
        let remove = self.folder.as_ref().map(TempDir::path);
        let mut process = Process::start(&mut command, &mark, Signal::TERM, remove)?;
        let admin = self.ports.1;
        let ready = wait::until("the gate to be ready", START, || {
            if let Some(status) = process.ended()? {
                return Err(Error::new(format!("the gate ended at its start ({status})")));
            }
            Ok(http::get(admin, "/readyz").is_ok_and(|(status, _)| status == 200).then_some(()))
        });
        ready.map_err(|error| {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            let tail = lines.get(lines.len().saturating_sub(12)..).unwrap_or_default().join("\n");
            Error::new(format!("{error}; its log ends:\n{tail}"))
        })?;
        self.process = Some(process);
        Ok(())
    }

    fn open_log(&self) -> Result<File> {
        let path = self.log_file();
        OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&path)
            .context(|| format!("cannot open `{}`", path.display()))
    }
}

fn certificates(plan: &Plan, folder: &Path) -> Result<(PathBuf, PathBuf, PathBuf)> {
    if let Some((authority, certificate, key)) = &plan.tls {
        return Ok((authority.into(), certificate.into(), key.into()));
    }
    let paths = (folder.join("ca.crt"), folder.join("server.crt"), folder.join("server.key"));
    let authority = Authority::new("tollhouse rig")?;
    let pair = authority.server(&["localhost", "127.0.0.1", "::1"])?;
    replace(&paths.0, authority.certificate())?;
    replace(&paths.1, &pair.certificate)?;
    replace(&paths.2, &pair.key)?;
    Ok(paths)
}

/// Writes a file that only its owner reads, whole or not at all.
fn replace(path: &Path, text: &str) -> Result<()> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, text)
        .and_then(|()| fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600)))
        .and_then(|()| fs::rename(&fresh, path))
        .context(|| format!("cannot write `{}`", path.display()))
}
