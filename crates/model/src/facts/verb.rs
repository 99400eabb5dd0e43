//! What a statement does.

/// One thing that a statement does. These are the actions of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Reads rows.
    Select,
    /// Adds rows (INSERT, COPY FROM, the insert of MERGE and of rules).
    Insert,
    /// Changes rows.
    Update,
    /// Removes rows.
    Delete,
    /// MERGE; its arms are verbs of their own beside it.
    Merge,
    /// TRUNCATE.
    Truncate,
    /// Makes an object, also CREATE OR REPLACE, SELECT INTO, COMMENT ON and SECURITY LABEL.
    Create,
    /// Changes an object, a role, a database or the system.
    Alter,
    /// Removes an object, also REASSIGN and DROP OWNED.
    Drop,
    /// GRANT, REVOKE, default privileges, membership.
    Grant,
    /// Calls a procedure, a DO block, or a function that is not known to be harmless.
    Call,
    /// COPY … FROM.
    CopyIn,
    /// COPY … TO.
    CopyOut,
    /// SET, RESET, DISCARD, set_config.
    Set,
    /// LOCK, SELECT … FOR UPDATE and its kin, advisory locks.
    Lock,
    /// EXPLAIN; with ANALYZE the inner verbs are there too.
    Explain,
    /// Steers the session and touches no data: transactions, cursors, prepared statements, LISTEN, SHOW, VACUUM.
    Other,
    /// Not understood.
    Opaque,
}

impl Verb {
    /// All, in order.
    pub const ALL: [Self; 18] = [
        Self::Select,
        Self::Insert,
        Self::Update,
        Self::Delete,
        Self::Merge,
        Self::Truncate,
        Self::Create,
        Self::Alter,
        Self::Drop,
        Self::Grant,
        Self::Call,
        Self::CopyIn,
        Self::CopyOut,
        Self::Set,
        Self::Lock,
        Self::Explain,
        Self::Other,
        Self::Opaque,
    ];

    /// The word in rules and ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Merge => "merge",
            Self::Truncate => "truncate",
            Self::Create => "create",
            Self::Alter => "alter",
            Self::Drop => "drop",
            Self::Grant => "grant",
            Self::Call => "call",
            Self::CopyIn => "copy_in",
            Self::CopyOut => "copy_out",
            Self::Set => "set",
            Self::Lock => "lock",
            Self::Explain => "explain",
            Self::Other => "other",
            Self::Opaque => "opaque",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == word)
    }

    /// Whether it changes neither data nor definitions nor rights.
    #[must_use]
    pub fn is_read_only(self) -> bool {
        matches!(self, Self::Select | Self::CopyOut | Self::Set | Self::Lock | Self::Explain | Self::Other)
    }
}
