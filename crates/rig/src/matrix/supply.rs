//! Getting what the clients are made of: Python packages, npm packages, Debian packages unpacked without installing them.
//!
//! Everything lies in the rig's cache, one folder for each pinned list, and is made once. No list of packages is asked
//! for anything that is not pinned in `clients/`. Nothing of the machine is changed, so none of it needs root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::error::Context;
use crate::user::User;
use crate::{Error, Result, cache};

/// What pgx is built from, in Debian's versions.
const GO_PACKAGES: [&str; 11] = [
    "golang-github-jackc-chunkreader-v2-dev",
    "golang-github-jackc-pgconn-dev",
    "golang-github-jackc-pgio-dev",
    "golang-github-jackc-pgpassfile-dev",
    "golang-github-jackc-pgproto3-v2-dev",
    "golang-github-jackc-pgservicefile-dev",
    "golang-github-jackc-pgtype-dev",
    "golang-github-jackc-pgx-v4-dev",
    "golang-github-jackc-puddle-dev",
    "golang-golang-x-crypto-dev",
    "golang-golang-x-text-dev",
];

/// The folder of the clients' packages.
///
/// # Errors
/// When it cannot be made.
pub(super) fn folder() -> Result<PathBuf> {
    Ok(cache::folder(&User::for_server()?)?.join("clients"))
}

/// Makes `name` in the cache by `make`, unless it is there already for the same `recipe`.
///
/// # Errors
/// What `make` says; nothing half-made is left.
pub(super) fn once(name: &str, recipe: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let hash: String =
        Sha256::digest(recipe.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let clients = folder()?;
    let path = clients.join(format!("{name}-{hash}"));
    fs::create_dir_all(&clients).context(|| format!("cannot make `{}`", clients.display()))?;
    let _lock = cache::lock(&clients)?;
    if path.join("complete").exists() {
        return Ok(path);
    }
    eprintln!("rig: getting what `{name}` needs");
    // Not moved afterwards: virtual environments know their own path.
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).context(|| format!("cannot make `{}`", path.display()))?;
    make(&path)
        .and_then(|()| fs::write(path.join("complete"), "").context(|| "cannot finish".into()))
        .inspect_err(|_| {
            let _ = fs::remove_dir_all(&path);
        })?;
    Ok(path)
}

/// A Python environment with the packages of `requirements`; returns its interpreter's folder.
///
/// # Errors
/// When Python or a package cannot be had.
pub(super) fn python(name: &str, requirements: &str) -> Result<PathBuf> {
    let path = once(name, requirements, |path| {
        run(Command::new("python3").args(["-m", "venv"]).arg(path.join("venv")))?;
        let list = path.join("requirements.txt");
        fs::write(&list, requirements).context(|| "cannot write the requirements".into())?;
        run(Command::new(path.join("venv/bin/python"))
            .args([
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--quiet",
                "install",
                "--only-binary=:all:",
                "-r",
            ])
            .arg(list))
    })?;
    Ok(path.join("venv/bin"))
}

/// The packages of a `package.json`; returns the folder in which they are required from.
///
/// # Errors
/// When Node.js or a package cannot be had.
pub(super) fn node(name: &str, package: &str) -> Result<PathBuf> {
    run(Command::new("node").arg("--version"))?;
    once(name, package, |path| {
        fs::write(path.join("package.json"), package).context(|| "cannot write `package.json`".into())?;
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"])
            .current_dir(path))
    })
}

/// Debian packages, fetched and unpacked into a folder; nothing is installed.
///
/// # Errors
/// When this is no Debian, or its lists of packages are missing.
pub(super) fn debian(name: &str, packages: &[&str]) -> Result<PathBuf> {
    once(name, &packages.join(" "), |path| {
        let fetch = |path: &Path| {
            run(Command::new("apt-get").args(["-qq", "download"]).args(packages).current_dir(path))
        };
        fetch(path).or_else(|_| {
            // The lists may be absent, as in a fresh container; only root can get them.
            run(Command::new("apt-get").args(["-qq", "update"]))?;
            fetch(path)
        })?;
        for entry in fs::read_dir(path).context(|| "cannot read the packages".into())?.flatten() {
            if entry.path().extension().is_some_and(|kind| kind == "deb") {
                run(Command::new("dpkg-deb").arg("-x").arg(entry.path()).arg(path))?;
            }
        }
        Ok(())
    })
}

/// What builds the pgx client: the Go of `requirements` and Debian's sources of what it is made of.
pub(super) struct Go {
    requirements: String,
    compiler: PathBuf,
    packages: PathBuf,
}

impl Go {
    /// Gets it.
    ///
    /// # Errors
    /// When something is missing and cannot be had.
    pub(super) fn ready(requirements: &str) -> Result<Self> {
        let compiler = python("go", requirements)?.join("go");
        let packages = debian("pgx-sources", &GO_PACKAGES)?;
        Ok(Self { requirements: requirements.to_owned(), compiler, packages })
    }

    /// The program that these files are.
    ///
    /// # Errors
    /// When they do not build.
    pub(super) fn build(&self, sources: &[PathBuf]) -> Result<PathBuf> {
        let path = once("pgx", &recipe(&self.requirements, sources)?, |path| {
            run(Command::new(&self.compiler)
                .args(["build", "-o"])
                .arg(path.join("matrix"))
                .args(sources)
                .env("GOPATH", self.packages.join("usr/share/gocode"))
                .env("GOCACHE", folder()?.join("go-build"))
                .envs([
                    ("GO111MODULE", "off"),
                    ("GOPROXY", "off"),
                    ("GOTOOLCHAIN", "local"),
                    ("GOFLAGS", ""),
                ]))
        })?;
        Ok(path.join("matrix"))
    }
}

/// The JDBC driver's jar.
///
/// # Errors
/// When Java or the package cannot be had.
pub(super) fn jdbc() -> Result<PathBuf> {
    run(Command::new("javac").arg("-version"))?;
    let path = debian("jdbc", &["libpostgresql-jdbc-java"])?;
    Ok(path.join("usr/share/java/postgresql.jar"))
}

/// The folder of classes that these Java files are.
///
/// # Errors
/// When they do not build.
pub(super) fn java(jar: &Path, sources: &[PathBuf]) -> Result<PathBuf> {
    once("jdbc-classes", &recipe(&jar.display().to_string(), sources)?, |path| {
        run(Command::new("javac")
            .args(["-encoding", "UTF-8", "-nowarn", "-cp"])
            .arg(jar)
            .arg("-d")
            .arg(path)
            .args(sources))
    })
}

/// What a program is built from, as one text.
fn recipe(tools: &str, sources: &[PathBuf]) -> Result<String> {
    let mut recipe = tools.to_owned();
    for source in sources {
        recipe
            .push_str(&fs::read_to_string(source).context(|| format!("cannot read `{}`", source.display()))?);
    }
    Ok(recipe)
}

/// Runs a program to its end.
///
/// # Errors
/// When it is missing or fails, with its last line.
pub(super) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().context(|| format!("cannot run `{name}`"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no message");
    Err(Error::new(format!("`{name}` failed: {last}")))
}
