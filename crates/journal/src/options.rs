//! How a journal is opened: where, under which name, and its limits, each with its reason.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes of a segment: some 15,000 statements, so that the syncs of a new one are rare; small enough to be read back in
/// a fraction of a second at start.
pub const SEGMENT_BYTES: u64 = 16 << 20;

/// Bytes that may wait for the writer before new statements are refused: a second of a very busy gate.
pub const BUFFER_BYTES_MAX: usize = 16 << 20;

/// How long entries of relaxed targets wait for company. With one sync behind it this stays below the 50 ms
/// that `relaxed` promises.
pub const RELAXED_DELAY: Duration = Duration::from_millis(20);

/// How long after a new entry its checkpoint is signed: what was signed cannot be taken back, so soon; each
/// costs a few syncs, so not at once.
pub const CHECKPOINT_DELAY: Duration = Duration::from_secs(1);

/// How soon a journal that failed tries again.
pub const RETRY_DELAY: Duration = Duration::from_millis(500);

/// How a journal is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger's folder; made if it is missing.
    pub directory: PathBuf,
    /// The ledger's name in checkpoints, such as `tollhouse.example/shop`.
    pub origin: String,
    /// The key that signs checkpoints; `ledger.key` in the folder when `None`.
    pub key: Option<PathBuf>,
    /// The program's version, for the entry `ledger.opened`.
    pub version: String,
    /// As [`SEGMENT_BYTES`].
    pub segment_bytes: u64,
    /// As [`BUFFER_BYTES_MAX`].
    pub buffer_bytes_max: usize,
    /// As [`RELAXED_DELAY`].
    pub relaxed_delay: Duration,
    /// As [`CHECKPOINT_DELAY`].
    pub checkpoint_delay: Duration,
    /// As [`RETRY_DELAY`].
    pub retry_delay: Duration,
}

impl Options {
    /// The defaults for a ledger in `directory` named `origin`.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>, origin: impl Into<String>) -> Self {
        Self {
            directory: directory.into(),
            origin: origin.into(),
            key: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            segment_bytes: SEGMENT_BYTES,
            buffer_bytes_max: BUFFER_BYTES_MAX,
            relaxed_delay: RELAXED_DELAY,
            checkpoint_delay: CHECKPOINT_DELAY,
            retry_delay: RETRY_DELAY,
        }
    }

    pub(crate) fn key_path(&self) -> PathBuf {
        self.key.clone().unwrap_or_else(|| Path::new(&self.directory).join("ledger.key"))
    }
}
