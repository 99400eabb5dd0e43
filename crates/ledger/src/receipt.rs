//! Receipts, and the buffer of entries that wait to be written. A receipt is a proof: the door upstream takes one.

use crate::draft::{Draft, Mark};
use crate::segment;

/// Proof that an entry is in the ledger. Only this room makes one: when the storage has confirmed the entry
/// (strict), or when the entry was accepted for a target that asks for no more (relaxed). Consumed by value.
#[must_use = "a receipt is what the door upstream asks for"]
#[derive(Debug, PartialEq, Eq)]
pub struct Receipt {
    index: u64,
    durable: bool,
}

/// Proof that all entries before `size` are on durable storage.
#[derive(Debug, PartialEq, Eq)]
pub struct Durable {
    size: u64,
}

/// An entry that has its place in the ledger and is not yet on storage.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    index: u64,
}

/// Entries in their final order, encoded as records of a segment, waiting for the writer.
#[derive(Debug)]
pub struct Pending {
    pub(crate) records: Vec<u8>,
    pub(crate) marks: Vec<(u64, Mark)>,
    first: u64,
    count: u64,
}

impl Receipt {
    /// The entry's index.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Whether the entry was on durable storage when the receipt was made.
    #[must_use]
    pub fn durable(&self) -> bool {
        self.durable
    }
}

impl Durable {
    pub(crate) fn new(size: u64) -> Self {
        Self { size }
    }

    /// How many entries are durable.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The receipt of entry `index`, if it is among the durable ones.
    #[must_use]
    pub fn receipt(&self, index: u64) -> Option<Receipt> {
        (index < self.size).then_some(Receipt { index, durable: true })
    }
}

impl Accepted {
    /// The entry's index.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The receipt for a target whose durability is `relaxed`: the entry will be durable soon.
    pub fn relaxed(self) -> Receipt {
        Receipt { index: self.index, durable: false }
    }
}

impl Pending {
    /// An empty buffer whose first entry will have index `first`.
    #[must_use]
    pub fn new(first: u64) -> Self {
        Self { records: Vec::new(), marks: Vec::new(), first, count: 0 }
    }

    /// Gives the entry the next index and copies it.
    pub fn push(&mut self, draft: &Draft) -> Accepted {
        let index = self.next();
        segment::write_record(&mut self.records, index, draft.leaf(), draft.body());
        if draft.mark() != Mark::Plain {
            self.marks.push((index, draft.mark()));
        }
        self.count += 1;
        Accepted { index }
    }

    /// Empties the buffer for reuse, keeping its memory up to `bytes`.
    pub fn reset(&mut self, first: u64, bytes: usize) {
        self.records.clear();
        self.records.shrink_to(bytes);
        self.marks.clear();
        self.first = first;
        self.count = 0;
    }

    /// The index of the first entry.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The index that the next entry will get.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.first + self.count
    }

    /// How many bytes wait.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
