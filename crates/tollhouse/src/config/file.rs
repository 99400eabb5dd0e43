//! Reading the files that a configuration names. Secrets are only taken from files that others cannot read.
//! Never shows what is in a file.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use zeroize::Zeroizing;

use super::problem::{Code, Fault};
use super::raw::{At, Table, printable};

/// No certificate bundle, key or password is larger; a wrong path may lead to anything.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// The contents of the file that the key names; a problem when it cannot be read.
pub(crate) fn public(table: &Table<'_>, name: &'static str, written: &At<&str>) -> Option<Vec<u8>> {
    read(table, name, written, |_| Ok(())).map(|mut bytes| std::mem::take(&mut *bytes))
}

/// Like [`public`] for a file with a secret: a problem also when others may read it.
pub(crate) fn secret(
    table: &Table<'_>,
    name: &'static str,
    written: &At<&str>,
) -> Option<Zeroizing<Vec<u8>>> {
    read(table, name, written, only_for_the_owner)
}

fn read(
    table: &Table<'_>,
    name: &'static str,
    written: &At<&str>,
    check: impl FnOnce(&Metadata) -> Result<(), Fault>,
) -> Option<Zeroizing<Vec<u8>>> {
    if written.value.is_empty() {
        table.error(name, &written.span, Fault::value("an empty path", "write the file's path"));
        return None;
    }
    let path = table.reading().path(written.value);
    table.reading().depends_on(&path);
    let unreadable = |error: &io::Error| {
        let what = format!("cannot read `{}`: {}", printable(&path.display().to_string()), reason(error));
        Fault::new(
            Code::File,
            what,
            "check the path, which starts at the configuration's folder, and its mode",
        )
    };
    let outcome = open(&path).map_err(|error| unreadable(&error)).and_then(|(file, metadata)| {
        check(&metadata)?;
        // The size is known in advance so that a secret is not left behind in a buffer that grew.
        let room = usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1);
        let mut bytes = Zeroizing::new(Vec::with_capacity(room));
        file.take(FILE_BYTES_MAX).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        Ok(bytes)
    });
    outcome.map_err(|fault| table.error(name, &written.span, fault)).ok()
}

fn open(path: &Path) -> io::Result<(File, Metadata)> {
    // Asked before opening: opening a pipe would wait for its other end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.len() > FILE_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is larger than 4 MiB"));
    }
    Ok((file, metadata))
}

/// Refuses a file that others may read or write. A group may read what root owns: that is how service managers
/// hand secrets out.
pub(crate) fn only_for_the_owner(metadata: &Metadata) -> Result<(), Fault> {
    let mode = metadata.mode();
    let allowed_others = if metadata.uid() == 0 { 0o040 } else { 0 };
    if mode & 0o077 & !allowed_others == 0 {
        return Ok(());
    }
    Err(Fault::new(
        Code::Exposed,
        format!("others may use this file (mode {:04o}), and it holds a secret", mode & 0o7777),
        "take that away with `chmod 600`",
    ))
}

/// An I/O error in plain words, without the number that the standard library appends.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            text.get(..end).unwrap_or(&text).to_lowercase()
        }
    }
}
