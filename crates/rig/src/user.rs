//! As whom a server runs. PostgreSQL refuses to run as root, so root hands it to an unprivileged user of the machine.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::Context;
use crate::{Error, Result};

/// Users that exist without our doing, in the order of preference.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// An unprivileged user of this machine, or "the one who we are".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    name: String,
    switch: Option<(u32, u32)>,
}

impl User {
    /// The user that a server runs as: ourselves, or, when we are root, `postgres` or `nobody`.
    ///
    /// # Errors
    /// When we are root and the machine knows neither user.
    pub fn for_server() -> Result<Self> {
        if !is_root() {
            return Ok(Self { name: "self".into(), switch: None });
        }
        let passwd = fs::read_to_string("/etc/passwd").context(|| "cannot read `/etc/passwd`".into())?;
        CANDIDATES
            .iter()
            .find_map(|name| find(&passwd, name))
            .ok_or_else(|| Error::new("PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`"))
    }

    /// The name, for a file name or a message; `self` when nothing is switched.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes `command` run as this user, without any of root's groups.
    pub fn run<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some((uid, gid)) = self.switch {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Gives a file or folder to this user.
    ///
    /// # Errors
    /// When the owner cannot be changed.
    pub fn own(&self, path: &Path) -> Result<()> {
        match self.switch {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid))
                .context(|| format!("cannot give `{}` to `{}`", path.display(), self.name)),
            None => Ok(()),
        }
    }

    /// Whether this user may walk to `path` (which need not exist yet): a project in root's home is out of reach.
    #[must_use]
    pub fn reaches(&self, path: &Path) -> bool {
        let Some((uid, gid)) = self.switch else { return true };
        path.ancestors().skip(1).all(|folder| match fs::metadata(folder) {
            Ok(meta) if meta.uid() == uid => meta.mode() & 0o100 != 0,
            Ok(meta) if meta.gid() == gid => meta.mode() & 0o010 != 0,
            Ok(meta) => meta.mode() & 0o001 != 0,
            // Folders that do not exist yet will be made by us, open to walk through.
            Err(_) => true,
        })
    }
}

/// Whether we are root.
#[must_use]
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn find(passwd: &str, name: &str) -> Option<User> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(User { name: name.into(), switch: Some((uid, gid)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str =
        "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\nodd:x:y\n";

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        assert_eq!(find(PASSWD, "nobody").unwrap().switch, Some((65534, 65533)));
        assert_eq!(find(PASSWD, "nobod"), None);
        assert_eq!(find(PASSWD, "odd"), None);
    }

    #[test]
    fn a_closed_folder_is_out_of_reach() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let stranger = User { name: "stranger".into(), switch: Some((4_000_000, 4_000_000)) };
        assert!(!stranger.reaches(&folder.path().join("data")));
        assert!(stranger.reaches(Path::new("/usr/bin/env")));
    }
}
