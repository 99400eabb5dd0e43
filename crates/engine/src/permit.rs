//! Proofs. Their constructors are private to this room, so a message that was not looked at cannot be sent.

/// A decision was made on the message (or on one of the messages) in hand: it may go to the server once the
/// decision is recorded. The door upstream takes it together with the ledger's receipt.
#[derive(Debug)]
#[must_use = "a permit that is dropped is a message that never leaves"]
pub struct Permit {
    decisions: u32,
}

/// The message in hand belongs to a statement that was decided before, or has no effect of its own (Sync,
/// Flush, Describe, Close, COPY data): it may go to the server at once.
#[derive(Debug)]
#[must_use = "a message without its carry never leaves"]
pub struct Carry(());

/// The server's message in hand was understood, its outcome is noted, and it holds nothing that the client may
/// not see: it may go to the client.
#[derive(Debug)]
#[must_use = "an answer without its cover never leaves"]
pub struct Covered(());

impl Permit {
    pub(crate) fn new() -> Self {
        Self { decisions: 1 }
    }

    /// One permit for messages that leave together.
    pub fn join(self, other: Self) -> Self {
        Self { decisions: self.decisions.saturating_add(other.decisions) }
    }

    /// How many decisions it stands for.
    #[must_use]
    pub fn decisions(&self) -> u32 {
        self.decisions
    }
}

impl Carry {
    pub(crate) fn new() -> Self {
        Self(())
    }

    /// The carry of the next piece of the same message, for a message that is sent as it comes.
    pub fn next_piece(&self) -> Self {
        Self(())
    }
}

impl Covered {
    pub(crate) const PASS: Self = Self(());

    /// The cover of the next piece of the same message, for a message that is passed on as it comes.
    pub fn next_piece(&self) -> Self {
        Self(())
    }
}
