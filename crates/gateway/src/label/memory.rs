//! What was found out about columns, kept beyond the gate's life: a file for each database in the ledger's folder. It stores
//! no value; a file that is there and cannot be read is an error, never an empty past.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use journal::FileStorage;
use ledger::Storage as _;

use super::past::Past;

/// The folder, inside of the ledger's.
const FOLDER: &str = "labels";

/// The longest file: some 500,000 labelled columns. Before it gets longer, places in JSON are left out.
const BYTES_MAX: usize = 16 << 20;

/// Where the past of columns is kept, if anywhere.
#[derive(Default)]
pub struct Memory {
    folder: Option<PathBuf>,
    writes: bool,
    /// What the files hold, as far as they were read or written.
    known: Mutex<HashMap<String, Arc<Past>>>,
}

/// Why the past of a database's columns is not known although there is one.
#[derive(Clone, Debug)]
pub(crate) struct Forgotten {
    path: PathBuf,
    why: String,
}

impl Memory {
    /// In a ledger's folder, by the gate that writes this ledger.
    #[must_use]
    pub fn of_ledger(ledger: &Path) -> Self {
        Self { folder: Some(ledger.join(FOLDER)), writes: true, ..Self::default() }
    }

    /// The same for a command beside it: it reads and never writes.
    #[must_use]
    pub fn beside_ledger(ledger: &Path) -> Self {
        Self { writes: false, ..Self::of_ledger(ledger) }
    }

    /// What was found out about a database before.
    pub(super) fn recall(&self, of: &str) -> Result<Arc<Past>, Forgotten> {
        let Some(folder) = &self.folder else { return Ok(Arc::default()) };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(past) = known.get(of) {
            return Ok(Arc::clone(past));
        }
        let path = folder.join(of);
        let forgotten = |why: String| Forgotten { path: path.clone(), why };
        let past = match read(&path) {
            Ok(Some(text)) => Past::from_text(&text, of)
                .ok_or_else(|| forgotten("it is damaged, or of another version".to_owned()))?,
            Ok(None) => Past::default(),
            Err(error) => return Err(forgotten(error.to_string())),
        };
        let past = Arc::new(past);
        known.insert(of.to_owned(), Arc::clone(&past));
        Ok(past)
    }

    /// Keeps what was found out now, and what was before of columns that are still there. It is on disk when this returns.
    ///
    /// # Errors
    /// One phrase; what was kept before stays as it was.
    pub(super) fn keep(
        &self,
        of: &str,
        mut past: Past,
        is_there: impl Fn(u32, i16) -> bool,
    ) -> Result<(), String> {
        let Some(folder) = self.folder.as_ref().filter(|_| self.writes) else { return Ok(()) };
        let before = self.recall(of).map_err(|forgotten| forgotten.to_string())?;
        // The role may see less of it by now than it did.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        past.join(known.get(of).unwrap_or(&before), is_there);
        if known.get(of).is_some_and(|known| **known == past) {
            return Ok(());
        }
        let mut text = past.to_text(of);
        if text.len() > BYTES_MAX {
            past = past.without_places();
            text = past.to_text(of);
        }
        if text.len() > BYTES_MAX {
            return Err(format!("they need more than {BYTES_MAX} bytes"));
        }
        FileStorage::new(folder).publish(of, text.as_bytes()).map_err(|error| error.message)?;
        known.insert(of.to_owned(), Arc::new(past));
        Ok(())
    }
}

impl Forgotten {
    /// Reading it failed in a way that says nothing.
    pub(super) fn new(of: &str) -> Self {
        Self { path: of.into(), why: "the gate failed".to_owned() }
    }
}

/// A file's text; `None`: there is none.
fn read(path: &Path) -> io::Result<Option<String>> {
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut text = String::new();
    let most = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    if file.take(most).read_to_string(&mut text)? > BYTES_MAX {
        return Err(io::Error::other("it is too long"));
    }
    Ok(Some(text))
}

impl fmt::Display for Forgotten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, why } = self;
        write!(f, "`{}` says what columns held, and cannot be read: {why}", path.display())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("folder", &self.folder)
            .field("writes", &self.writes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use mask::label::{Finding, Label, Reason};
    use model::Class;

    use super::*;

    fn past(columns: &[(u32, i16)]) -> Past {
        let label = Label { class: Class::Email, confidence: 90, why: vec![Reason::Before] };
        columns.iter().map(|(oid, number)| (*oid, *number, Finding::Labelled(label.clone()))).collect()
    }

    fn is_there(_: u32, _: i16) -> bool {
        true
    }

    #[test]
    fn what_was_kept_is_there_for_the_next_gate_and_for_no_other_database() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::of_ledger(folder.path());
        assert_eq!(*memory.recall("7-1").unwrap(), Past::default());
        memory.keep("7-1", past(&[(20_000, 1), (20_000, 2)]), is_there).unwrap();
        // Less of it is seen the next time; and a table is gone.
        memory.keep("7-1", past(&[(20_001, 1)]), |_, number| number == 1).unwrap();
        let next = Memory::of_ledger(folder.path());
        assert_eq!(*next.recall("7-1").unwrap(), past(&[(20_000, 1), (20_001, 1)]));
        assert_eq!(*next.recall("7-2").unwrap(), Past::default());
        let file = folder.path().join(FOLDER).join("7-1");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let beside = Memory::beside_ledger(folder.path());
        beside.keep("7-2", past(&[(1, 1)]), is_there).unwrap();
        assert_eq!(*Memory::of_ledger(folder.path()).recall("7-2").unwrap(), Past::default());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_empty_past() {
        let folder = tempfile::tempdir().unwrap();
        Memory::of_ledger(folder.path()).keep("7-1", past(&[(20_000, 1)]), is_there).unwrap();
        let file = folder.path().join(FOLDER).join("7-1");
        let text = std::fs::read_to_string(&file).unwrap();
        let long = format!("{text}{}", "x".repeat(BYTES_MAX));
        for damaged in ["", &text[..text.len() - 1], &text.replace("email", "phone"), &long] {
            std::fs::write(&file, damaged).unwrap();
            let memory = Memory::of_ledger(folder.path());
            assert!(memory.recall("7-1").is_err(), "{}", damaged.len());
            assert!(memory.keep("7-1", past(&[(20_000, 2)]), is_there).is_err());
            assert_eq!(
                std::fs::read_to_string(&file).unwrap(),
                damaged,
                "it is left for somebody to look at"
            );
        }
        // Mended, it is believed again by whoever could not read it.
        let memory = Memory::of_ledger(folder.path());
        assert!(memory.recall("7-1").is_err());
        std::fs::write(&file, &text).unwrap();
        assert_eq!(*memory.recall("7-1").unwrap(), past(&[(20_000, 1)]));
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert!(Memory::of_ledger(folder.path()).recall("7-1").is_err(), "a folder in its place");
    }

    #[test]
    fn a_file_that_would_be_too_long_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::of_ledger(folder.path());
        memory.keep("7-1", past(&[(20_000, 1)]), is_there).unwrap();
        let many: Vec<(u32, i16)> =
            (0..BYTES_MAX as u32 / 600).flat_map(|oid| (1..32).map(move |at| (oid, at))).collect();
        assert!(memory.keep("7-1", past(&many), is_there).is_err());
        assert_eq!(*Memory::of_ledger(folder.path()).recall("7-1").unwrap(), past(&[(20_000, 1)]));
    }
}
