//! What the demo keeps between two starts: secrets and ports in `demo.json`, the server's data, the gate's folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::persona;
use super::print;
use crate::error::Context;
use crate::gate::random_word;
use crate::user::User;
use crate::{Result, port};

/// Ports that are easy to remember, if they are free.
const GATE_PORT: u16 = 6432;
const ADMIN_PORT: u16 = 9640;
const SERVER_PORT: u16 = 5433;
/// Where root keeps the server's data when the server's user cannot reach the demo's folder.
const ELSEWHERE: &str = "/var/lib/tollhouse-demo";
/// Who needs a secret beside the personas: the server's superuser and the role of the gate.
const ROLES: [&str; 2] = ["postgres", "gate"];

/// The secrets by name.
pub(super) struct Secrets(BTreeMap<String, String>);

/// The ports of 127.0.0.1.
#[derive(Clone, Copy)]
pub(super) struct Ports {
    pub(super) gate: u16,
    pub(super) admin: u16,
    pub(super) server: u16,
}

/// The folder that is kept, locked by us.
pub(super) struct State {
    folder: PathBuf,
    pub(super) secrets: Secrets,
    pub(super) ports: Ports,
    // Held until the end: a second demo sees it.
    lock: File,
}

impl Secrets {
    /// A secret for everyone.
    pub(super) fn new() -> Result<Self> {
        let mut secrets = Self(BTreeMap::new());
        secrets.complete()?;
        Ok(secrets)
    }

    /// The secret of a persona or a role; empty for a stranger.
    pub(super) fn of(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn complete(&mut self) -> Result<()> {
        for name in ROLES {
            if !self.0.contains_key(name) {
                self.0.insert(name.into(), random_word()?);
            }
        }
        for persona in &persona::ALL {
            if !self.0.contains_key(persona.name) {
                self.0.insert(persona.name.into(), persona.new_secret()?);
            }
        }
        Ok(())
    }
}

impl State {
    /// Opens the folder. `None` when another demo has it, which has been said.
    pub(super) fn open(folder: PathBuf, is_fresh: bool) -> Result<Option<Self>> {
        fs::create_dir_all(&folder).context(|| format!("cannot make `{}`", folder.display()))?;
        let folder = folder.canonicalize().context(|| format!("cannot find `{}`", folder.display()))?;
        // The server's user walks through it; everything in it that is secret is closed by itself.
        let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o711));
        let Some(lock) = lock(&folder)? else { return Ok(None) };
        if is_fresh {
            forget(&folder)?;
        }
        let kept = read(&folder);
        let mut secrets = Secrets(kept.as_ref().map(secrets_of).unwrap_or_default());
        secrets.complete()?;
        let last = |name: &str, first: u16| {
            let port = kept
                .as_ref()
                .and_then(|kept| kept.get(name)?.as_u64())
                .and_then(|port| u16::try_from(port).ok());
            port.unwrap_or(first)
        };
        let ports = Ports {
            gate: last("gate_port", GATE_PORT),
            admin: last("admin_port", ADMIN_PORT),
            server: last("server_port", SERVER_PORT),
        };
        Ok(Some(Self { folder, secrets, ports, lock }))
    }

    /// Exchanges ports that others have taken meanwhile, and keeps everything for the next start.
    pub(super) fn settle(&mut self) -> Result<()> {
        self.ports.gate = port::prefer(self.ports.gate)?;
        self.ports.admin = port::prefer(self.ports.admin)?;
        self.ports.server = port::prefer(self.ports.server)?;
        let text = json!({
            "gate_port": self.ports.gate,
            "admin_port": self.ports.admin,
            "server_port": self.ports.server,
            "secrets": self.secrets.0,
        });
        private(&self.folder.join("demo.json"), &format!("{text:#}\n"))?;
        private(&self.password_file(), &password_lines(&self.secrets))?;
        let said = self.lock.set_len(0).and_then(|()| self.lock.rewind());
        said.and_then(|()| write!(self.lock, "{} {}", std::process::id(), self.ports.gate))
            .context(|| "cannot write the lock".into())
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The gate's folder.
    pub(super) fn gate(&self) -> PathBuf {
        self.folder.join("gate")
    }

    /// The folder of certificates.
    pub(super) fn tls(&self) -> PathBuf {
        self.folder.join("tls")
    }

    /// A password file as libpq reads it (`passfile=`).
    pub(super) fn password_file(&self) -> PathBuf {
        self.folder.join("passwords")
    }

    /// The server's folder: inside, or where the server's user can reach it.
    pub(super) fn server(&self) -> Result<PathBuf> {
        let inside = self.folder.join("server");
        Ok(if User::for_server()?.reaches(&inside.join("data")) { inside } else { elsewhere(&self.folder) })
    }
}

/// The lines of a password file: any host, port and database, each persona.
pub(super) fn password_lines(secrets: &Secrets) -> String {
    persona::ALL.iter().fold(String::new(), |mut text, persona| {
        let _ = writeln!(text, "*:*:*:{}:{}", persona.name, secrets.of(persona.name));
        text
    })
}

/// Writes a file for our eyes only.
pub(super) fn private(path: &Path, text: &str) -> Result<()> {
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&fresh)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&fresh, path))
        .context(|| format!("cannot write `{}`", path.display()))
}

fn lock(folder: &Path) -> Result<Option<File>> {
    let path = folder.join("lock");
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    let mut file = options.open(&path).context(|| format!("cannot open `{}`", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            let who = match text.split_once(' ') {
                Some((process, port)) => format!("process {process}, the gate on port {port}"),
                None => "just starting".into(),
            };
            print::problem(&format!("a demo already runs in `{}` ({who})", folder.display()));
            print::say("      connect to that one, end it with Ctrl-C, or start another beside it:");
            print::say("      TOLLHOUSE_DEMO_DIR=/tmp/another-demo ./demo");
            Ok(None)
        }
        Err(TryLockError::Error(error)) => Err(error).context(|| format!("cannot lock `{}`", path.display())),
    }
}

fn forget(folder: &Path) -> Result<()> {
    super::leftover::end(folder, &[folder.join("server"), elsewhere(folder)])?;
    for path in [folder.join("server"), folder.join("gate"), folder.join("tls"), elsewhere(folder)] {
        if path.exists() {
            fs::remove_dir_all(&path).context(|| format!("cannot remove `{}`", path.display()))?;
        }
    }
    for path in [folder.join("demo.json"), folder.join("passwords"), folder.join("psql")] {
        if path.exists() {
            fs::remove_file(&path).context(|| format!("cannot remove `{}`", path.display()))?;
        }
    }
    Ok(())
}

fn elsewhere(folder: &Path) -> PathBuf {
    let hash = Sha256::digest(folder.to_string_lossy().as_bytes());
    let name = hash.iter().take(6).fold(String::new(), |name, byte| format!("{name}{byte:02x}"));
    Path::new(ELSEWHERE).join(name)
}

fn read(folder: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(folder.join("demo.json")).ok()?).ok()
}

fn secrets_of(kept: &Value) -> BTreeMap<String, String> {
    let secrets = kept.get("secrets").and_then(Value::as_object);
    secrets
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_ports_are_kept_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let open = |is_fresh| State::open(folder.path().join("demo"), is_fresh).unwrap().unwrap();
        let mut first = open(false);
        first.settle().unwrap();
        let (password, port) = (first.secrets.of("alice").to_owned(), first.ports.gate);
        let mode = fs::metadata(first.folder().join("demo.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        drop(first);
        let second = open(false);
        assert_eq!((second.secrets.of("alice"), second.ports.gate), (password.as_str(), port));
        drop(second);
        let third = open(true);
        assert_ne!(third.secrets.of("alice"), password);
    }

    #[test]
    fn two_at_once_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let first = State::open(folder.path().into(), false).unwrap();
        assert!(first.is_some());
        assert!(State::open(folder.path().into(), false).unwrap().is_none());
        drop(first);
        assert!(State::open(folder.path().into(), false).unwrap().is_some());
    }

    #[test]
    fn everyone_has_a_line_in_the_password_file() {
        let secrets = Secrets::new().unwrap();
        let lines = password_lines(&secrets);
        assert_eq!(lines.lines().count(), persona::ALL.len());
        assert!(
            lines.contains(&format!("*:*:*:support-bot:tollhouse_demo_{}", &secrets.of("support-bot")[15..]))
        );
    }
}
