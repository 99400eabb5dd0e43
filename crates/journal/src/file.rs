//! Storage on files. Keeps the contract of `ledger::Storage`: what is atomic is renamed, what is durable is
//! synced with the folders that lead to it.

use ledger::{Storage, StorageError, Trouble};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::FileExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The segment that was made ahead of time.
const SPARE: &str = "segment/spare.tmp";

/// A segment that is being made.
const NEW: &str = "segment/new.tmp";

/// How much is zeroed with one write.
const ZEROES: usize = 1 << 20;

/// A ledger's folder.
pub struct FileStorage {
    root: PathBuf,
    spare: Mutex<Option<(File, u64)>>,
}

impl FileStorage {
    /// The storage in this folder, which must be there.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), spare: Mutex::new(None) }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn create_file(&self, path: &str) -> Result<File, StorageError> {
        self.with_folders(path, |full| private().read(true).create(true).truncate(true).open(full))
    }

    /// Opens something, making the folders above it if they are what is missing.
    fn with_folders(
        &self,
        path: &str,
        open: impl Fn(&Path) -> io::Result<File>,
    ) -> Result<File, StorageError> {
        let full = self.path(path);
        let result = match open(&full) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                full.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| open(&full))
            }
            other => other,
        };
        result.map_err(|error| failed("create", path, &error))
    }

    fn sync_folder(&self, path: &str) -> Result<(), StorageError> {
        File::open(self.path(path))
            .and_then(|folder| folder.sync_all())
            .map_err(|error| failed("sync", path, &error))
    }

    /// A file of zeroes, durable but for its name.
    fn zeroes(&self, path: &str, bytes: u64) -> Result<File, StorageError> {
        let file =
            self.with_folders(path, |full| private().read(true).create(true).truncate(true).open(full))?;
        let zeroes = vec![0; ZEROES];
        let mut at = 0;
        while at < bytes {
            let length = usize::try_from(bytes - at).unwrap_or(ZEROES).min(ZEROES);
            let written = file.write_all_at(zeroes.get(..length).unwrap_or_default(), at);
            if let Err(error) = written.map_err(|error| failed("write", path, &error)) {
                // Half a segment is of no use and may be just the space that is missing.
                let _ = fs::remove_file(self.path(path));
                return Err(error);
            }
            at += length as u64;
        }
        file.sync_all().map_err(|error| failed("sync", path, &error))?;
        Ok(file)
    }
}

/// To write what only the gate's own user may read: bodies are statements. Whoever serves tiles to others copies them.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn failed(verb: &str, path: &str, error: &io::Error) -> StorageError {
    let trouble = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Trouble::DiskFull,
        _ => Trouble::Io,
    };
    StorageError { trouble, message: format!("cannot {verb} `{path}`: {error}") }
}

impl Storage for FileStorage {
    type Segment = File;

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match fs::read(self.path(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", path, &error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        let entries = match fs::read_dir(self.path(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed("list", folder, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| failed("list", folder, &error))?;
            names.extend(entry.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let mut file = self.create_file(path)?;
        file.write_all(bytes).map_err(|error| failed("write", path, &error))
    }

    fn append(&self, path: &str, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        let file = self.with_folders(path, |full| private().create(true).truncate(false).open(full))?;
        let appended = file.metadata().and_then(|metadata| {
            if metadata.len() != offset {
                file.set_len(offset)?;
            }
            file.write_all_at(bytes, offset)
        });
        appended.map_err(|error| failed("write", path, &error))
    }

    fn sync(&self, paths: &[String]) -> Result<(), StorageError> {
        let mut folders = BTreeSet::new();
        for path in paths {
            let synced = File::open(self.path(path)).and_then(|file| file.sync_all());
            synced.map_err(|error| failed("sync", path, &error))?;
            let mut folder = path.as_str();
            while !folder.is_empty() {
                folder = folder_of(folder);
                folders.insert(folder);
            }
        }
        folders.into_iter().try_for_each(|folder| self.sync_folder(folder))
    }

    fn publish(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let temporary = format!("{path}.tmp");
        let mut file = self.create_file(&temporary)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.map_err(|error| failed("write", &temporary, &error))?;
        fs::rename(self.path(&temporary), self.path(path)).map_err(|error| failed("rename", path, &error))?;
        self.sync_folder(folder_of(path))
    }

    fn remove(&self, path: &str) -> Result<(), StorageError> {
        match fs::remove_file(self.path(path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed("remove", path, &error)),
            _ => {}
        }
        let folder = folder_of(path);
        if folder.ends_with(".p") {
            // Fails when something else is still in it, which is as it should be.
            let _ = fs::remove_dir(self.path(folder));
        }
        Ok(())
    }

    fn create(&self, path: &str, header: &[u8], bytes: u64) -> Result<File, StorageError> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, name) = match spare.take() {
            Some((file, length)) if length == bytes => (file, SPARE),
            _ => (self.zeroes(NEW, bytes)?, NEW),
        };
        let written = file.write_all_at(header, 0).and_then(|()| file.sync_all());
        written.map_err(|error| failed("write", path, &error))?;
        fs::rename(self.path(name), self.path(path)).map_err(|error| failed("rename", path, &error))?;
        self.sync_folder(folder_of(path))?;
        // A segment under its name counts only when the folders above are durable too.
        self.sync_folder("")?;
        Ok(file)
    }

    fn open(&self, path: &str) -> Result<File, StorageError> {
        let opened = OpenOptions::new().read(true).write(true).open(self.path(path));
        opened.map_err(|error| failed("open", path, &error))
    }

    fn prepare(&self, bytes: u64) -> Result<(), StorageError> {
        let taken = self.spare.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if !taken {
            // Made without the lock: the writer does not wait for it, it makes its own.
            let file = self.zeroes(SPARE, bytes)?;
            *self.spare.lock().unwrap_or_else(PoisonError::into_inner) = Some((file, bytes));
        }
        Ok(())
    }

    fn write_at(&self, segment: &mut File, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        segment.write_all_at(bytes, offset).map_err(|error| failed("write", "segment", &error))
    }

    fn sync_data(&self, segment: &mut File) -> Result<(), StorageError> {
        segment.sync_data().map_err(|error| failed("sync", "segment", &error))
    }
}
