//! New clusters in a fraction of a second: `initdb` runs once per version, later clusters are copies of what it made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::install::Install;
use crate::error::Context;
use crate::user::User;
use crate::{Error, Result, cache};

/// Makes a new cluster in `data`, which must not exist. Its superuser is `postgres`, without a password.
pub(super) fn make(install: &Install, user: &User, data: &Path) -> Result<()> {
    let template = template(install, user)?;
    let mut command = Command::new("cp");
    command.args(["-a", "--reflink=auto", "--"]).arg(&template).arg(data).current_dir("/");
    succeed(&user.run(&mut command).output().context(|| "cannot run `cp`".into())?, "cp")
}

fn template(install: &Install, user: &User) -> Result<PathBuf> {
    let cache = cache::folder(user)?;
    // The folder of the programs is part of the name: two builds of one version may differ in what they can do.
    let origin = install.bin().to_string_lossy().replace('/', "-");
    let folder = cache.join("cluster").join(user.name());
    let template = folder.join(format!("{}{origin}", install.version()));
    if template.join("PG_VERSION").exists() {
        return Ok(template);
    }
    let _lock = cache::lock(&cache)?;
    if template.join("PG_VERSION").exists() {
        return Ok(template);
    }
    fs::create_dir_all(&folder).context(|| format!("cannot make `{}`", folder.display()))?;
    user.own(&folder)?;
    let fresh = folder.join(format!("new.{}", std::process::id()));
    let _ = fs::remove_dir_all(&fresh);
    // Not every machine has the locale; `C` does for all but sorting and upper case beyond ASCII.
    initdb(install, user, &fresh, "C.UTF-8").or_else(|_| {
        let _ = fs::remove_dir_all(&fresh);
        initdb(install, user, &fresh, "C")
    })?;
    fs::rename(&fresh, &template).context(|| format!("cannot keep `{}`", template.display()))?;
    Ok(template)
}

fn initdb(install: &Install, user: &User, folder: &Path, locale: &str) -> Result<()> {
    let mut command = install.command("initdb");
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
    command.arg(format!("--locale={locale}")).arg("-D").arg(folder).current_dir("/");
    succeed(&user.run(&mut command).output().context(|| "cannot run `initdb`".into())?, "initdb")
}

fn succeed(output: &Output, name: &str) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    Err(Error::new(format!("`{name}` failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}
