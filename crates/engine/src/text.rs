//! What the kernel keeps of a statement's text and parameters: never the text itself.

use std::sync::Arc;

use model::{Asserted, Commitment, Fingerprint};

/// A statement's text as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// SQL that changes the name spaces which SQL and protocol share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameChange {
    /// `PREPARE name AS …`, and the text that the name stands for from then on: the one that holds the PREPARE,
    /// with an empty list of changes of its own.
    Prepare(Box<[u8]>, Box<Text>),
    /// `DEALLOCATE name`
    Deallocate(Box<[u8]>),
    /// `DEALLOCATE ALL` or `DISCARD ALL`
    DeallocateAll,
    /// `DECLARE name CURSOR …`: cursors are portals. The text as above.
    Declare(Box<[u8]>, Box<Text>),
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
}

/// A text that a Parse (or SQL's PREPARE) gave a name to.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The number of the statement that prepared it.
    pub(crate) number: u64,
    /// Its text.
    pub(crate) text: Text,
    /// Its parameters' types as far as the client gave them.
    pub(crate) types: Arc<[u32]>,
}

/// A prepared statement with its parameters bound.
#[derive(Clone, Debug)]
pub(crate) struct Portal {
    /// `None` when the statement is one that the gate did not see being prepared.
    pub(crate) prepared: Option<Arc<Prepared>>,
    /// The values.
    pub(crate) parameters: Parameters,
}
