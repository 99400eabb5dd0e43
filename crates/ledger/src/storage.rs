//! What the ledger asks of storage. The journal has it on files, tests have it in memory with power cuts.

/// What went wrong, as far as anybody can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// No space left, or a quota is used up.
    DiskFull,
    /// Reading, writing or syncing failed.
    Io,
    /// What was read back is not what was written, or somebody else writes to this ledger. Nothing repairs
    /// this by itself.
    Corrupt,
}

/// A failure of storage: what, and at which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageError {
    /// What to do about it follows from this.
    pub trouble: Trouble,
    /// One sentence naming the file and the system's reason; for the operator's log.
    pub message: String,
}

/// Storage of one ledger. Paths are relative, with `/`, and never leave the ledger's folder.
///
/// The contract, which every implementation keeps and the ledger relies on:
/// - After [`Storage::sync_data`] returned `Ok`, all earlier [`Storage::write_at`] to that segment survive a
///   power cut. Before, any part of them may, in any order.
/// - [`Storage::create`] and [`Storage::publish`] are atomic and durable: at any moment, also after a power cut, a
///   reader finds either what was there before or the whole new file.
/// - [`Storage::write`] and [`Storage::append`] promise nothing before a [`Storage::sync`] of that path.
/// - After any error of a segment, that segment handle is not used again. An error of a sync says that nothing
///   since the last successful one is known to be durable, and repeating it proves nothing.
pub trait Storage: Send + Sync + 'static {
    /// An open segment. Dropping it closes it.
    type Segment: Send;

    /// A whole file, `None` when there is none.
    ///
    /// # Errors
    /// When reading fails.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError>;

    /// The names of the files in a folder, sorted; none when there is no such folder.
    ///
    /// # Errors
    /// When reading fails.
    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError>;

    /// Creates or replaces a file, with the folders above it.
    ///
    /// # Errors
    /// When writing fails; the file's content is then anything.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError>;

    /// Cuts a file at `offset` (creating it when it is missing) and appends `bytes`.
    ///
    /// # Errors
    /// When writing fails; what is behind `offset` is then anything.
    fn append(&self, path: &str, offset: u64, bytes: &[u8]) -> Result<(), StorageError>;

    /// Makes files and the folders that lead to them durable.
    ///
    /// # Errors
    /// When syncing fails.
    fn sync(&self, paths: &[String]) -> Result<(), StorageError>;

    /// Atomically and durably replaces a file.
    ///
    /// # Errors
    /// When any step fails; the old file is then still there or the new one is.
    fn publish(&self, path: &str, bytes: &[u8]) -> Result<(), StorageError>;

    /// Removes a file if it is there, and its folder if that is empty then and ends in `.p`.
    ///
    /// # Errors
    /// When removing fails.
    fn remove(&self, path: &str) -> Result<(), StorageError>;

    /// Atomically and durably creates a segment of `bytes` bytes: `header`, then zeroes. Replaces one that is there.
    ///
    /// # Errors
    /// When any step fails; there is then no new segment.
    fn create(&self, path: &str, header: &[u8], bytes: u64) -> Result<Self::Segment, StorageError>;

    /// Opens a segment that is there, to go on writing.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn open(&self, path: &str) -> Result<Self::Segment, StorageError>;

    /// Makes a segment of `bytes` bytes ahead of time, so that the next [`Storage::create`] is quick.
    ///
    /// # Errors
    /// When there is no room for it; nothing else depends on it.
    fn prepare(&self, bytes: u64) -> Result<(), StorageError>;

    /// Writes into a segment.
    ///
    /// # Errors
    /// When writing fails; see the contract.
    fn write_at(&self, segment: &mut Self::Segment, offset: u64, bytes: &[u8]) -> Result<(), StorageError>;

    /// Makes the segment's content durable.
    ///
    /// # Errors
    /// When syncing fails; see the contract.
    fn sync_data(&self, segment: &mut Self::Segment) -> Result<(), StorageError>;
}

impl StorageError {
    /// Something that nothing repairs by itself.
    #[must_use]
    pub fn corrupt(message: impl Into<String>) -> Self {
        Self { trouble: Trouble::Corrupt, message: message.into() }
    }
}

impl Trouble {
    /// The code for a client: `53100` disk full, `58030` I/O error, `XX001` data corrupted (PostgreSQL's appendix A).
    #[must_use]
    pub fn sqlstate(self) -> model::Sqlstate {
        match self {
            Self::DiskFull => model::Sqlstate::new(b"53100"),
            Self::Io => model::Sqlstate::new(b"58030"),
            Self::Corrupt => model::Sqlstate::new(b"XX001"),
        }
    }

    /// One word for logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DiskFull => "disk_full",
            Self::Io => "io",
            Self::Corrupt => "corrupt",
        }
    }
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StorageError {}
