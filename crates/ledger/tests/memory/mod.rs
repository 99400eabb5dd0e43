//! Storage in memory that loses what was not synced, fails on request, and can be tampered with.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "only tests use this")]

use ledger::entry::{Action, Decision, Ending, LedgerOpened, Outcome};
use ledger::{
    Draft, Encode, Part, PartName, Pending, Reader, Recovered, Salt, Sealer, Signer, Storage, StorageError,
    Trouble, Vkey, Writer, recover,
};
use model::{SessionId, StatementId, Timestamp, Verdict};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The key pair of the signed-note package's own documentation: public, so fit for tests only.
pub(crate) const SIGNER: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
pub(crate) const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

pub(crate) fn vkey() -> Vkey {
    Vkey::new(VKEY).unwrap()
}

/// A file as it is read now, and as it is on the disk; `None` on the disk when nothing of it is durable.
#[derive(Clone, Default)]
struct Content {
    now: Vec<u8>,
    disk: Option<Vec<u8>>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Content>,
    /// What the next so many segment syncs and writes answer.
    sync_failures: usize,
    write_failures: usize,
    seal_failures: usize,
}

#[derive(Default)]
pub(crate) struct Memory {
    state: Mutex<State>,
}

fn no(trouble: Trouble) -> StorageError {
    StorageError { trouble, message: "simulated".to_owned() }
}

impl Memory {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    pub(crate) fn fail_syncs(&self, times: usize) {
        self.state.lock().unwrap().sync_failures = times;
    }

    pub(crate) fn fail_writes(&self, times: usize) {
        self.state.lock().unwrap().write_failures = times;
    }

    pub(crate) fn fail_seals(&self, times: usize) {
        self.state.lock().unwrap().seal_failures = times;
    }

    /// The disk works again.
    pub(crate) fn heal(&self) {
        self.fail_syncs(0);
        self.fail_writes(0);
        self.fail_seals(0);
    }

    /// The power goes: of what was not synced, any 64-byte piece may or may not be on the disk.
    pub(crate) fn power_cut(&self, mut random: impl FnMut() -> u64) {
        let mut state = self.state.lock().unwrap();
        let files = std::mem::take(&mut state.files);
        for (path, content) in files {
            let torn = match content.disk {
                Some(disk) if disk == content.now => Some(disk),
                None if random().is_multiple_of(2) => None,
                disk => {
                    let mut torn = disk.unwrap_or_default();
                    torn.resize(content.now.len(), 0);
                    for (to, from) in torn.chunks_mut(64).zip(content.now.chunks(64)) {
                        if random().is_multiple_of(2) {
                            to.copy_from_slice(from);
                        }
                    }
                    Some(torn)
                }
            };
            if let Some(torn) = torn {
                state.files.insert(path, Content { now: torn.clone(), disk: Some(torn) });
            }
        }
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.state.lock().unwrap().files.keys().cloned().collect()
    }

    pub(crate) fn get(&self, path: &str) -> Vec<u8> {
        let state = self.state.lock().unwrap();
        state.files.get(path).unwrap_or_else(|| panic!("no {path}")).now.clone()
    }

    pub(crate) fn set(&self, path: &str, bytes: Vec<u8>) {
        let content = Content { now: bytes.clone(), disk: Some(bytes) };
        self.state.lock().unwrap().files.insert(path.to_owned(), content);
    }

    pub(crate) fn delete(&self, path: &str) {
        self.state.lock().unwrap().files.remove(path).unwrap();
    }

    /// A copy, as an auditor takes one.
    pub(crate) fn copy(&self) -> Self {
        let files = self.state.lock().unwrap().files.clone();
        Self { state: Mutex::new(State { files, ..State::default() }) }
    }
}

impl Storage for Memory {
    type Segment = String;

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.state.lock().unwrap().files.get(path).map(|content| content.now.clone()))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        let state = self.state.lock().unwrap();
        let name = |path: &String| Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned());
        Ok(state.files.keys().filter_map(name).collect())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let mut state = self.state.lock().unwrap();
        if state.seal_failures > 0 {
            state.seal_failures -= 1;
            return Err(no(Trouble::DiskFull));
        }
        state.files.entry(path.to_owned()).or_default().now = bytes.to_vec();
        Ok(())
    }

    fn append(&self, path: &str, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        let mut state = self.state.lock().unwrap();
        let content = state.files.entry(path.to_owned()).or_default();
        content.now.resize(offset as usize, 0);
        content.now.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&self, paths: &[String]) -> Result<(), StorageError> {
        let mut state = self.state.lock().unwrap();
        for path in paths {
            let content = state.files.get_mut(path).unwrap();
            content.disk = Some(content.now.clone());
        }
        Ok(())
    }

    fn publish(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.set(path, bytes.to_vec());
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<(), StorageError> {
        self.state.lock().unwrap().files.remove(path);
        Ok(())
    }

    fn create(&self, path: &str, header: &[u8], bytes: u64) -> Result<String, StorageError> {
        let mut file = header.to_vec();
        file.resize(bytes as usize, 0);
        self.set(path, file);
        Ok(path.to_owned())
    }

    fn open(&self, path: &str) -> Result<String, StorageError> {
        Ok(path.to_owned())
    }

    fn prepare(&self, _bytes: u64) -> Result<(), StorageError> {
        Ok(())
    }

    fn write_at(&self, segment: &mut String, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        let mut state = self.state.lock().unwrap();
        let fails = state.write_failures > 0;
        let content = state.files.get_mut(segment).unwrap();
        let begin = offset as usize;
        let length = if fails { bytes.len() / 2 } else { bytes.len() };
        content.now[begin..begin + length].copy_from_slice(&bytes[..length]);
        if fails {
            state.write_failures -= 1;
            return Err(no(Trouble::DiskFull));
        }
        Ok(())
    }

    fn sync_data(&self, segment: &mut String) -> Result<(), StorageError> {
        let mut state = self.state.lock().unwrap();
        if state.sync_failures > 0 {
            // As Linux does it: what is read back looks well, and is not on the disk.
            state.sync_failures -= 1;
            return Err(no(Trouble::Io));
        }
        let content = state.files.get_mut(segment).unwrap();
        content.disk = Some(content.now.clone());
        Ok(())
    }
}

/// One life of a process with the ledger open.
pub(crate) struct Life {
    pub(crate) storage: Arc<Memory>,
    pub(crate) writer: Writer<Memory>,
    pub(crate) sealer: Sealer<Memory>,
    pub(crate) signer: Signer,
    pub(crate) open: Vec<StatementId>,
}

pub(crate) const SEGMENT_BYTES: u64 = 8 << 10;

impl Life {
    pub(crate) fn begin(storage: &Arc<Memory>) -> Result<Self, StorageError> {
        let Recovered { writer, sealer, open, .. } = recover(Arc::clone(storage), &vkey(), SEGMENT_BYTES)?;
        let open = open.into_iter().map(|statement| statement.id).collect();
        Ok(Self { storage: Arc::clone(storage), writer, sealer, signer: Signer::new(SIGNER).unwrap(), open })
    }

    pub(crate) fn size(&self) -> u64 {
        self.writer.durable().size()
    }

    /// Writes a batch, as often as it takes, and seals it.
    pub(crate) fn append(&mut self, mut batch: Pending) {
        while self.writer.write(&mut batch).is_err() {}
        self.seal(batch);
    }

    pub(crate) fn seal(&mut self, batch: Pending) {
        let batch = self.writer.absorb(batch);
        self.sealer.take(&batch);
        while self.sealer.flush().is_err() {}
    }

    pub(crate) fn checkpoint(&mut self) -> Vec<u8> {
        while self.sealer.checkpoint(&self.signer).is_err() {}
        self.storage.get("checkpoint")
    }

    pub(crate) fn batch(&self, entries: u64) -> Pending {
        let mut batch = Pending::new(self.size());
        (0..entries).for_each(|_| push(&mut batch));
        batch
    }
}

/// A ledger of `entries` entries, signed, with `unsigned` more behind the checkpoint.
pub(crate) fn ledger(entries: u64, unsigned: u64) -> Memory {
    let storage = Memory::new();
    let mut life = Life::begin(&storage).unwrap();
    while life.size() < entries {
        let batch = life.batch(7.min(entries - life.size()));
        life.append(batch);
        if life.size().is_multiple_of(5) {
            life.checkpoint();
        }
    }
    life.checkpoint();
    if unsigned > 0 {
        let batch = life.batch(unsigned);
        life.append(batch);
    }
    storage.copy()
}

/// Even indexes are decisions with two parts, odd ones their outcomes. The same bytes for the same index.
pub(crate) fn push(batch: &mut Pending) {
    let index = batch.next();
    let mut draft = Draft::new();
    let id = StatementId { session: SessionId(0xabc), number: index / 2 + 1 };
    if index.is_multiple_of(2) {
        let text = format!("select {index}");
        let salt = |n: u8| Salt([(index % 251) as u8 ^ n; 16]);
        set(
            &mut draft,
            &Decision {
                at: Timestamp(1_767_225_600_000_000 + index),
                id,
                action: Action::Query,
                principal: "alice",
                on_behalf_of: None,
                target: "shop",
                verdict: Verdict::Allow,
                rules: &[],
                shadow: &[],
                facts: &[],
                policy: None,
                policy_version: 0,
                prepared: None,
                fingerprint: None,
                text: Some(Part::store(PartName::Text, salt(1), text.as_bytes())),
                parameters: None,
                asserted: Some(Part::store(PartName::Asserted, salt(2), b"{\"purpose\":\"test\"}")),
            },
        );
    } else {
        set(
            &mut draft,
            &Outcome {
                at: Timestamp(1_767_225_600_000_000 + index),
                id,
                principal: "alice",
                target: "shop",
                ending: Ending::Ok,
                sqlstate: None,
                tags: &["SELECT 1"],
                commands: 1,
                rows: 1,
                bytes: 60,
                bytes_in: 20,
                duration_us: 900,
                masked: &[],
            },
        );
    }
    batch.push(&draft);
}

/// An entry that opens and closes nothing.
pub(crate) fn plain(size: u64) -> Draft {
    let mut draft = Draft::new();
    set(&mut draft, &LedgerOpened { at: Timestamp(1), version: "0.1.0", origin: "PeterNeumann", size });
    draft
}

fn set(draft: &mut Draft, entry: &impl Encode) {
    draft.set(entry).unwrap();
}

/// All leaves, as a reader finds them.
pub(crate) fn leaves(storage: &Memory) -> Vec<Vec<u8>> {
    let reader = Reader::new(storage).unwrap();
    let bundles = (0..reader.size().div_ceil(256)).map(|number| reader.bundle(number).unwrap());
    bundles.flatten().map(|entry| entry.leaf).collect()
}
