//! `psql` as a persona, through the gate.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::persona::TARGET;
use crate::error::Context;
use crate::postgres::{Install, found};
use crate::{Error, Result};

/// How to reach the gate with its certificate verified.
pub(super) struct Client {
    install: Install,
    port: u16,
    authority: PathBuf,
    passwords: PathBuf,
}

impl Client {
    /// A client of the newest installation that can speak TLS.
    pub(super) fn new(port: u16, authority: &Path, passwords: &Path) -> Result<Self> {
        let install = found().into_values().rev().find(Install::has_client_tls).ok_or_else(|| {
            Error::new("no `psql` with TLS here; install a PostgreSQL client (Debian: `postgresql-client`)")
        })?;
        Ok(Self { install, port, authority: authority.into(), passwords: passwords.into() })
    }

    /// The connection string of a persona. `more` are further parameters, such as `options='…'`.
    pub(super) fn dsn(&self, principal: &str, more: &str) -> String {
        let mut dsn = format!(
            "host=localhost port={} dbname={TARGET} user={principal} sslmode=verify-full sslrootcert={} passfile={}",
            self.port,
            quoted(&self.authority),
            quoted(&self.passwords)
        );
        if !more.is_empty() {
            dsn.push(' ');
            dsn.push_str(more);
        }
        dsn
    }

    /// `psql` with this connection string, without start-up file, aligned for reading by a program.
    pub(super) fn psql(&self, dsn: &str) -> Command {
        let mut command = self.install.command("psql");
        command.args(["-X", "-A", "-t", "-w", "-v", "VERBOSITY=verbose", "-d", dsn]).stdin(Stdio::null());
        command.env("PGCONNECT_TIMEOUT", "20").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs `psql` with these commands (`-c` each).
    pub(super) fn run(&self, dsn: &str, commands: &[&str]) -> Result<Output> {
        let mut command = self.psql(dsn);
        commands.iter().for_each(|text| {
            command.args(["-c", text]);
        });
        command.output().context(|| "cannot run `psql`".into())
    }

    /// What a person types for `psql`: the word itself when it is on the path, else a script that this writes.
    pub(super) fn word(&self, folder: &Path) -> Result<String> {
        let path = env::var_os("PATH").unwrap_or_default();
        if env::split_paths(&path).any(|folder| folder.join("psql").is_file()) {
            return Ok("psql".into());
        }
        let script = folder.join("psql");
        let library = self
            .install
            .client_library()
            .map_or(String::new(), |path| format!("LD_PRELOAD={} ", shell(path)));
        let text = format!("#!/bin/sh\n{library}exec {} \"$@\"\n", shell(&self.install.bin().join("psql")));
        fs::write(&script, text)
            .and_then(|()| fs::set_permissions(&script, fs::Permissions::from_mode(0o755)))
            .context(|| format!("cannot write `{}`", script.display()))?;
        Ok(shell(&script))
    }
}

/// A path as a value of a connection string inside of the shell's double quotes.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains([' ', '\'', '\\']) {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
    } else {
        text
    }
}

/// A path as a word of the shell.
pub(super) fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+".contains(c));
    if is_plain { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_spaces_stay_one_word() {
        assert_eq!(quoted(Path::new("/a b/it's")), r"'/a b/it\'s'");
        assert_eq!(shell(Path::new("/a b/it's")), r"'/a b/it'\''s'");
        assert_eq!(shell(Path::new("/tmp/.demo/ca.crt")), "/tmp/.demo/ca.crt");
    }
}
