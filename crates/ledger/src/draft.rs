//! A draft: one entry encoded, not yet in the ledger. Made outside of any lock, reused from entry to entry.

use crate::body;
use crate::json::Object;
use crate::part::Parts;
use model::StatementId;

/// The most bytes of a leaf: bundles of C2SP tlog-tiles have a 16-bit length before each entry.
pub const LEAF_BYTES_MAX: usize = 65_535;

/// The most bytes that the bodies of one entry have together. The gate refuses a statement whose text is
/// longer than its own, smaller limits; this one keeps the memory of the journal bounded whatever comes.
pub const BODY_BYTES_MAX: usize = 16 << 20;

/// What an entry is about, as far as the journal must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A statement that may run now: an outcome has to follow.
    Opens(StatementId),
    /// The outcome of a statement.
    Closes(StatementId),
    /// Neither.
    Plain,
}

/// Why an entry was not encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// The leaf is longer than [`LEAF_BYTES_MAX`].
    Leaf(usize),
    /// The bodies are longer than [`BODY_BYTES_MAX`].
    Body(usize),
}

/// One entry encoded: the leaf's canonical bytes and the record of its bodies.
#[derive(Debug)]
pub struct Draft {
    leaf: Vec<u8>,
    body: Vec<u8>,
    mark: Mark,
    opening: bool,
}

/// What can become an entry. Implemented by the kinds of [`crate::entry`].
pub trait Encode {
    /// Whether the entry begins something that the gate may still refuse (a session, a statement). While the
    /// ledger fails these are refused, and what closes things that already run is still taken.
    fn opening(&self) -> bool {
        false
    }

    /// Writes the entry into `draft`, which is cleared before.
    ///
    /// # Errors
    /// When the entry is larger than the format allows; the draft is then of no use until the next entry.
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge>;
}

impl Draft {
    /// An empty draft.
    #[must_use]
    pub const fn new() -> Self {
        Self { leaf: Vec::new(), body: Vec::new(), mark: Mark::Plain, opening: false }
    }

    /// Encodes `entry` in place of what was here.
    ///
    /// # Errors
    /// As [`Encode::encode`].
    pub fn set(&mut self, entry: &(impl Encode + ?Sized)) -> Result<(), TooLarge> {
        self.leaf.clear();
        self.body.clear();
        self.mark = Mark::Plain;
        self.opening = entry.opening();
        entry.encode(self)
    }

    /// The leaf's bytes.
    #[must_use]
    pub fn leaf(&self) -> &[u8] {
        &self.leaf
    }

    /// The record of the bodies (see [`crate::body`]); empty when the entry stores none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What the entry opens or closes.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// As [`Encode::opening`].
    #[must_use]
    pub fn opening(&self) -> bool {
        self.opening
    }

    /// Gives memory back when one large entry made the buffers grow beyond `bytes`.
    pub fn shrink(&mut self, bytes: usize) {
        for buffer in [&mut self.leaf, &mut self.body] {
            if buffer.capacity() > bytes {
                buffer.clear();
                buffer.shrink_to(bytes);
            }
        }
    }

    pub(crate) fn write(
        &mut self,
        mark: Mark,
        parts: &Parts<'_>,
        leaf: impl FnOnce(&mut Object<'_>),
    ) -> Result<(), TooLarge> {
        self.mark = mark;
        let mut object = Object::open(&mut self.leaf);
        leaf(&mut object);
        object.close();
        if self.leaf.len() > LEAF_BYTES_MAX {
            return Err(TooLarge::Leaf(self.leaf.len()));
        }
        let bytes: usize = parts.iter().filter_map(|(_, part)| Some(part.stored()?.1.len())).sum();
        if bytes > BODY_BYTES_MAX {
            return Err(TooLarge::Body(bytes));
        }
        for (name, part) in parts.iter() {
            if let Some((salt, bytes)) = part.stored() {
                body::write_part(&mut self.body, name, salt, bytes);
            }
        }
        Ok(())
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Leaf(bytes) => {
                write!(f, "the entry's leaf has {bytes} bytes, {LEAF_BYTES_MAX} are the most")
            }
            Self::Body(bytes) => {
                write!(f, "the entry's parts have {bytes} bytes, {BODY_BYTES_MAX} are the most")
            }
        }
    }
}

impl std::error::Error for TooLarge {}
