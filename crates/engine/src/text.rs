//! What the kernel keeps of a statement's text and parameters: never the text itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Asserted, Commitment, Fingerprint};
use sql::{Effect, View};

use crate::members::Members;
use crate::reading::Reading;
use crate::shape::{Shape, Slot};

/// A statement's text as the ledger knows it.
#[derive(Clone, Debug)]
pub struct Text {
    /// The commitment to the (redacted) text's body.
    pub commitment: Commitment,
    /// The body's length in bytes.
    pub bytes: u64,
    /// What the text is without its literals.
    pub fingerprint: Fingerprint,
    /// What comments in the text claim.
    pub asserted: Option<Arc<Asserted>>,
    /// What its statements do to the names of prepared statements, in order.
    pub changes: Arc<[NameChange]>,
    /// The text as it was understood when it came.
    pub reading: Arc<Reading>,
}

/// SQL that changes the name spaces which SQL and protocol share.
#[derive(Clone, Debug)]
pub enum NameChange {
    /// `PREPARE name AS …`, and the text that the name stands for from then on: the one that holds the PREPARE,
    /// with an empty list of changes of its own, and the number of the PREPARE in it, from 0.
    Prepare(Box<[u8]>, Arc<Text>, usize),
    /// `DEALLOCATE name`
    Deallocate(Box<[u8]>),
    /// `DEALLOCATE ALL` or `DISCARD ALL`
    DeallocateAll,
    /// `DECLARE name CURSOR …`: cursors are portals. The text and the number as above, and whether it is WITH HOLD.
    Declare(Box<[u8]>, Arc<Text>, usize, bool),
    /// `CLOSE name`
    Close(Box<[u8]>),
    /// `CLOSE ALL`
    CloseAll,
}

/// The record of a Bind's parameter values, ready for the ledger: opaque here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// The body, already hashed, plain or omitted as the policy on values says.
    pub record: Arc<[u8]>,
    /// How many members the lists have that look-ups are made with.
    pub members: Members,
}

/// A text that a Parse (or SQL's PREPARE) gave a name to.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The number of the statement that prepared it.
    pub(crate) number: u64,
    /// Its text.
    pub(crate) text: Text,
    /// Which statement of the text it is, from 0.
    pub(crate) statement: usize,
    /// The parameters whose members are guesses.
    pub(crate) lists: Box<[u16]>,
    /// Its parameters' types as far as the client gave them.
    pub(crate) types: Arc<[u32]>,
    /// The shape of its rows, once the server has told it; the formats are not.
    pub(crate) shape: Slot,
    /// When it was prepared, some of what it returns had to be covered.
    pub(crate) hides: bool,
    /// When it was prepared, it was to write into columns that are not seen.
    pub(crate) writes: bool,
    /// Their bytes, counted while they are kept.
    pub(crate) _kept: Option<Arc<Kept>>,
}

/// Whether a portal outlives the transaction that made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    /// It does not.
    #[default]
    No,
    /// It will, when that commits.
    Asked,
    /// It has: its rows are those of then, and no lock keeps the tables that they are from.
    Kept,
}

/// A prepared statement with its parameters bound.
#[derive(Clone, Debug)]
pub(crate) struct Portal {
    /// `None` when the statement is one that the gate did not see being prepared.
    pub(crate) prepared: Option<Arc<Prepared>>,
    /// The values.
    pub(crate) parameters: Parameters,
    /// How the session read names when it was made: its plan was made by them.
    pub(crate) view: Arc<View>,
    /// The shape of its rows, once the server has told it.
    pub(crate) shape: Slot,
    /// The formats that its Bind asked for; `None` for a cursor of SQL's, and for what was not seen.
    pub(crate) formats: Option<Arc<[i16]>>,
    /// Their bytes, counted while they are kept.
    pub(crate) kept: Option<Arc<Kept>>,
    /// Whether it outlives its transaction.
    pub(crate) hold: Hold,
}

/// The most bytes of types and values that a session's names keep. They are counted since a Parse may give 65,535
/// types and a Bind as many values, and a session has thousands of names.
pub(crate) const KEPT_MAX: u64 = 16 * 1024 * 1024;

/// Less than this is not counted: every statement has some.
const COUNTED_MIN: usize = 1024;

/// Counts bytes that a name keeps in a session's total, as long as it lives.
#[derive(Debug)]
pub(crate) struct Kept {
    bytes: u64,
    total: Arc<AtomicU64>,
}

impl Portal {
    /// Whether its shape may be needed. Where rules or labels have changed since, the gate asks for it itself.
    pub(crate) fn hides(&self) -> bool {
        self.prepared.as_ref().is_none_or(|prepared| prepared.hides)
    }

    /// Where the shape of its rows is found.
    pub(crate) fn shape(&self) -> Shape {
        let statement = self.prepared.as_ref().zip(self.formats.as_ref());
        Shape {
            portal: Arc::clone(&self.shape),
            statement: statement
                .map(|(prepared, formats)| (Arc::clone(&prepared.shape), Arc::clone(formats))),
        }
    }
}

impl Prepared {
    /// What SQL made: its types are not told.
    pub(crate) fn by_sql(number: u64, text: &Text, statement: usize) -> Self {
        Self {
            number,
            text: text.clone(),
            statement,
            lists: Box::default(),
            types: Arc::default(),
            shape: Slot::default(),
            hides: true,
            writes: true,
            _kept: None,
        }
    }

    /// What running it does to its session.
    pub(crate) fn effects(&self) -> &[Effect] {
        self.text.reading.statement(self.statement).map_or(&[], |run| &run.effects)
    }
}

impl Kept {
    /// `None` for what is so small that the number of names bounds it.
    pub(crate) fn new(bytes: usize, total: &Arc<AtomicU64>) -> Option<Arc<Self>> {
        if bytes < COUNTED_MIN {
            return None;
        }
        let bytes = bytes as u64;
        total.fetch_add(bytes, Ordering::Relaxed);
        Some(Arc::new(Self { bytes, total: Arc::clone(total) }))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.total.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
