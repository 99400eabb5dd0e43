//! Changing the configuration by command: comments, order and everything else stay as they are. The file is
//! replaced whole or not at all, and never by one that has more errors than before. Does not touch the ledger:
//! a running gate sees the changed file and records what changed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rand::Rng;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::problem::{ConfigError, Problem, Severity};
use super::{Surroundings, check, process_surroundings};

/// A configuration that is being changed. Holds a lock on the file until it is saved or dropped.
pub(crate) struct Edit {
    path: PathBuf,
    file: File,
    before: String,
    document: DocumentMut,
}

/// Why a change was not made, when that is an answer and not a failure.
#[derive(Debug)]
pub(crate) struct Declined(pub(crate) String);

impl std::fmt::Display for Declined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Declined {}

impl Edit {
    /// Opens the file for a change. Waits for another command that is changing it.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        // A link stays a link: what it leads to is replaced.
        let path = fs::canonicalize(path).with_context(|| format!("cannot open `{}`", path.display()))?;
        let mut file = lock(&path).with_context(|| format!("cannot open `{}`", path.display()))?;
        let mut before = String::new();
        file.read_to_string(&mut before).with_context(|| format!("cannot read `{}`", path.display()))?;
        let Ok(document) = before.parse::<DocumentMut>() else {
            bail!("`{0}` is not TOML; `tollhouse check {0}` says where", path.display());
        };
        Ok(Self { path, file, before, document })
    }

    /// The sections of all principals; an empty list is made when there is none.
    pub(crate) fn principals(&mut self) -> anyhow::Result<&mut ArrayOfTables> {
        tables(self.document.as_table_mut(), "principal")
    }

    /// What is said of columns; an empty list is made when there is nothing.
    pub(crate) fn labels(&mut self) -> anyhow::Result<&mut ArrayOfTables> {
        tables(self.document.as_table_mut(), "label")
    }

    /// One principal's section.
    pub(crate) fn principal(&mut self, name: &str) -> anyhow::Result<&mut Table> {
        let known = |table: &&mut Table| table.get("name").and_then(Item::as_str) == Some(name);
        self.principals()?.iter_mut().find(known).ok_or_else(|| no_principal(name))
    }

    /// Writes the change, unless that would make a configuration with errors that were not there before.
    pub(crate) fn save(self) -> anyhow::Result<()> {
        let after = self.document.to_string();
        if after == self.before {
            return Ok(());
        }
        let new = process_surroundings(None, |surroundings| {
            new_errors(&self.path, &self.before, &after, surroundings)
        });
        if !new.is_empty() {
            let list: Vec<String> =
                new.iter().map(|p| format!("{}: {}; {}", p.key, p.fault.what, p.fault.fix)).collect();
            return Err(Declined(format!("this would break the configuration: {}", list.join("\n  "))).into());
        }
        replace(&self.path, &self.file, after.as_bytes())
            .with_context(|| format!("cannot write `{}`; it is unchanged", self.path.display()))
    }
}

/// That a principal is not there.
pub(crate) fn no_principal(name: &str) -> anyhow::Error {
    let shown = super::raw::printable(name);
    Declined(format!("there is no principal `{shown}`; `tollhouse principal list` shows all")).into()
}

/// The tables `[[key]]` below `table`.
pub(crate) fn tables<'a>(table: &'a mut Table, key: &str) -> anyhow::Result<&'a mut ArrayOfTables> {
    let item = table.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item.as_array_of_tables_mut() {
        Some(tables) => Ok(tables),
        None => bail!(
            "`{key}` is written in one line; write it as `[[…{key}]]` sections to have it changed by command"
        ),
    }
}

/// Sets a key to a text and keeps the comment behind it.
pub(crate) fn set_text(table: &mut Table, key: &str, text: &str) {
    let mut value = Value::from(text);
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn new_errors(path: &Path, before: &str, after: &str, surroundings: &Surroundings<'_>) -> Vec<Problem> {
    let errors = |text| match check(path, text, surroundings) {
        Ok(_) => Vec::new(),
        Err(ConfigError { problems, .. }) => problems,
    };
    let mut old = errors(before);
    let mut new = errors(after);
    new.retain(|problem| {
        let known = old.iter().position(|o| o.key == problem.key && o.fault == problem.fault);
        if let Some(at) = known {
            old.swap_remove(at);
        }
        problem.severity == Severity::Error && known.is_none()
    });
    new
}

/// Locks the file that has this name now. Whoever waited may hold one that was replaced meanwhile.
fn lock(path: &Path) -> io::Result<File> {
    loop {
        let file = File::open(path)?;
        file.lock()?;
        let (held, named) = (file.metadata()?, fs::metadata(path)?);
        if (held.dev(), held.ino()) == (named.dev(), named.ino()) {
            return Ok(file);
        }
    }
}

/// Puts a new file with the same mode and owner in the place of `old`: whole, and on disk, or not at all.
fn replace(path: &Path, old: &File, bytes: &[u8]) -> io::Result<()> {
    let metadata = old.metadata()?;
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let temporary = folder.join(format!(".tollhouse-{:016x}.tmp", rand::thread_rng().r#gen::<u64>()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        file.write_all(bytes)?;
        let made = file.metadata()?;
        if (made.uid(), made.gid()) != (metadata.uid(), metadata.gid()) {
            fchown(&file, Some(metadata.uid()), Some(metadata.gid()))?;
        }
        file.set_permissions(fs::Permissions::from_mode(metadata.mode() & 0o7777))?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        // Not there any more when only the folder's sync failed.
        let _ = fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# the gate\n[[principal]]\nname = \"a\" # first\nkind = \"human\"\n\n# second\n[[principal]]\nname = \"b\"\nkind = \"service\"\n";

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.toml");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn comments_mode_and_order_stay() {
        let (_folder, path) = file(TEXT);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let mut edit = Edit::open(&path).unwrap();
        set_text(edit.principal("a").unwrap(), "kind", "service");
        edit.save().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT.replace("human", "service"));
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_change_that_breaks_the_file_is_declined() {
        let (_folder, path) = file(TEXT);
        let mut edit = Edit::open(&path).unwrap();
        set_text(edit.principal("a").unwrap(), "kind", "robot");
        let error = edit.save().unwrap_err();
        assert!(error.to_string().contains("principal.kind: `robot` is not known here"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    }

    #[test]
    fn a_link_stays_a_link() {
        let (folder, path) = file(TEXT);
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut edit = Edit::open(&link).unwrap();
        set_text(edit.principal("a").unwrap(), "kind", "service");
        edit.save().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT.replace("human", "service"));
    }

    #[test]
    fn two_at_once_both_count() {
        let (_folder, path) = file(TEXT);
        let first = Edit::open(&path).unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let mut edit = Edit::open(&path).unwrap();
                set_text(edit.principal("b").unwrap(), "kind", "human");
                edit.save()
            });
            let mut first = first;
            set_text(first.principal("a").unwrap(), "kind", "service");
            first.save().unwrap();
            second.join().unwrap().unwrap();
        });
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("name = \"a\" # first\nkind = \"service\""), "{text}");
        assert!(text.contains("name = \"b\"\nkind = \"human\""), "{text}");
    }
}
