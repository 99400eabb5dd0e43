//! The folder where the rig keeps what is dear to get twice: installed servers, freshly made clusters.
//!
//! `$XDG_CACHE_HOME/tollhouse-rig`, by default `~/.cache/tollhouse-rig`; `/var/cache/tollhouse-rig` when root's own
//! folder is closed to the user that runs the servers. All of it may be deleted at any time.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::Result;
use crate::error::Context;
use crate::user::User;

const NAME: &str = "tollhouse-rig";

/// The cache folder, made if it is missing.
///
/// # Errors
/// When it cannot be made.
pub fn folder(user: &User) -> Result<PathBuf> {
    let own = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
        .unwrap_or_else(env::temp_dir)
        .join(NAME);
    let folder = if user.reaches(&own.join("inside")) { own } else { Path::new("/var/cache").join(NAME) };
    fs::create_dir_all(&folder).context(|| format!("cannot make `{}`", folder.display()))?;
    Ok(folder)
}

/// Holds a lock between processes of the rig until the answer is dropped, so that two of them do not install at once.
///
/// # Errors
/// When the lock file cannot be made or locked.
pub fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let file = File::create(&path).context(|| format!("cannot make `{}`", path.display()))?;
    file.lock().context(|| format!("cannot lock `{}`", path.display()))?;
    Ok(file)
}
