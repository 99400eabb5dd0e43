//! Where the `tollhouse` program is.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Context;
use crate::{Error, Result};

/// The environment variable that names the program, before anything is searched.
const VARIABLE: &str = "TOLLHOUSE_BIN";

/// The program: what `TOLLHOUSE_BIN` names, else the one that Cargo built beside this one.
///
/// # Errors
/// When there is none, with how to build it.
pub fn binary() -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        let path = PathBuf::from(named);
        // Absolute, since the gate does not run in our folder.
        return path
            .canonicalize()
            .context(|| format!("`{VARIABLE}` names `{}`, which is not there", path.display()));
    }
    let own = env::current_exe().context(|| "cannot find this program's own path".into())?;
    beside(&own).ok_or_else(|| {
        Error::new(format!(
            "no `tollhouse` beside `{}`: build it with `cargo build -p tollhouse`, or name it in `{VARIABLE}`",
            own.display()
        ))
    })
}

/// Programs are in the profile's folder, tests one deeper in `deps`.
fn beside(own: &Path) -> Option<PathBuf> {
    own.ancestors().skip(1).take(2).map(|folder| folder.join("tollhouse")).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_finds_the_program_one_folder_up() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deps")).unwrap();
        let program = folder.path().join("tollhouse");
        assert_eq!(beside(&folder.path().join("deps/it-1234")), None);
        std::fs::write(&program, "").unwrap();
        assert_eq!(beside(&folder.path().join("deps/it-1234")), Some(program.clone()));
        assert_eq!(beside(&folder.path().join("tollhouse-rig")), Some(program));
    }
}
