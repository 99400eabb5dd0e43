//! Opening: lock, keys, recovery, the entries that say so, the threads.

use crate::failure::OpenError;
use crate::file::FileStorage;
use crate::handle::{Inner, Journal};
use crate::key::KeyFiles;
use crate::options::Options;
use crate::shared::Shared;
use crate::{seal, write};
use ledger::entry::{Ending, LedgerOpened, LedgerRecovered, Outcome};
use ledger::{Recovered, Storage, is_origin, recover};
use model::{Durability, Timestamp};
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;

/// How many batches may wait for the sealer before the writer waits for it.
const BATCHES_MAX: usize = 8;

/// The file that is locked while a process has the ledger open.
const LOCK_FILE: &str = "lock";

/// What was found at opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// How many entries there were.
    pub size: u64,
    /// Whether the process before closed the ledger itself (or there was none).
    pub clean: bool,
    /// Bytes of an unfinished record that were cut off.
    pub truncated_bytes: u64,
    /// How many statements had no outcome and were given the outcome `unknown`.
    pub unknown: u64,
}

impl Journal {
    /// Opens a ledger, making it if it is not there: takes the lock, recovers, gives statements without outcome
    /// the outcome `unknown`, and appends `ledger.opened` and, where it applies, `ledger.recovered`.
    ///
    /// # Errors
    /// When another process has it, a key or the origin does not fit, storage fails, or the ledger was tampered with.
    pub fn open(options: &Options, now: Timestamp) -> Result<(Self, Opened), OpenError> {
        if !is_origin(&options.origin) {
            return Err(OpenError::Origin(format!(
                "`{}` cannot be a ledger's name: 1 to 200 characters without spaces and `+`",
                options.origin
            )));
        }
        let folder = options.directory.display().to_string();
        let io = |error: std::io::Error| {
            OpenError::Key(format!("cannot use the ledger's folder `{folder}`: {error}"))
        };
        if !options.directory.exists() {
            DirBuilder::new().recursive(true).mode(0o700).create(&options.directory).map_err(io)?;
        }
        let lock_path = options.directory.join(LOCK_FILE);
        let lock = OpenOptions::new().create(true).write(true).truncate(false).open(lock_path).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::Locked(folder)),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let fresh = fs::read_dir(options.directory.join("segment")).is_err()
            && !options.directory.join(ledger::CHECKPOINT_PATH).exists();
        let keys = KeyFiles::open(options, fresh)?;
        let storage = Arc::new(FileStorage::new(&options.directory));
        Self::start(storage, keys, options, now, Some(lock))
    }

    /// As [`Journal::open`], over storage of another kind; the caller holds whatever lock it needs.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_on<S: Storage>(
        storage: Arc<S>,
        keys: KeyFiles,
        options: &Options,
        now: Timestamp,
    ) -> Result<(Self, Opened), OpenError> {
        Self::start(storage, keys, options, now, None)
    }

    fn start<S: Storage>(
        storage: Arc<S>,
        keys: KeyFiles,
        options: &Options,
        now: Timestamp,
        lock: Option<File>,
    ) -> Result<(Self, Opened), OpenError> {
        let recovered = recover(Arc::clone(&storage), &keys.vkey, options.segment_bytes)?;
        let Recovered { writer, sealer, size, truncated_bytes, clean, open } = recovered;
        let shared = Arc::new(Shared::new(writer.durable()));
        let (commands, batches) = sync_channel(BATCHES_MAX);
        let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| {
            let ended = Ended(Arc::clone(&shared));
            thread::Builder::new().name(name.to_owned()).spawn(move || {
                let _ended = ended;
                run();
            })
        };
        let (s, o, c) = (Arc::clone(&shared), options.clone(), commands.clone());
        let write = Box::new(move || write::run(&s, writer, &o, &c));
        let (s, o, signer) = (Arc::clone(&shared), options.clone(), keys.signer);
        let seal = Box::new(move || {
            // The lock goes when the last file is written.
            let _lock = lock;
            seal::run(&s, &*storage, sealer, &signer, &o, &batches);
        });
        let threads = vec![
            spawn("ledger-write", write).map_err(OpenError::Thread)?,
            spawn("ledger-seal", seal).map_err(OpenError::Thread)?,
        ];
        let journal = Self::new(Inner {
            shared,
            commands: Mutex::new(Some(commands)),
            threads: Mutex::new(threads),
            buffer_bytes_max: options.buffer_bytes_max,
            vkey: keys.vkey,
            parameter_key: keys.parameter,
        });
        let opened = Opened { size, clean, truncated_bytes, unknown: open.len() as u64 };
        let strict = Durability::Strict;
        let entry = LedgerOpened { at: now, version: &options.version, origin: &options.origin, size };
        let append = || {
            journal.append(&entry, strict)?;
            if !opened.clean {
                let unknown = opened.unknown;
                journal.append(&LedgerRecovered { at: now, truncated_bytes, unknown, size }, strict)?;
            }
            for statement in &open {
                let outcome = Outcome {
                    at: now,
                    id: statement.id,
                    principal: &statement.principal,
                    target: &statement.target,
                    ending: Ending::Unknown,
                    sqlstate: None,
                    tags: &[],
                    commands: 0,
                    rows: 0,
                    bytes: 0,
                    bytes_in: 0,
                    duration_us: 0,
                    masked: &[],
                };
                journal.append(&outcome, strict)?;
            }
            journal.flush()
        };
        append().map_err(OpenError::Unavailable)?;
        Ok((journal, opened))
    }
}

/// Says at a thread's end, also by a panic, that it ended: nobody waits for a thread that is gone.
struct Ended(Arc<Shared>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.ended();
    }
}
