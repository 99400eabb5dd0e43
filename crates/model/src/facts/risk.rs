//! What makes a statement dangerous.

/// A kind of danger: the words that rules use. Each is documented in `docs/reference/facts.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskKind {
    /// UPDATE or DELETE (also MERGE's) without a WHERE.
    NoWhere,
    /// UPDATE or DELETE whose WHERE is true for each row.
    AlwaysTrue,
    /// UPDATE of columns of a primary key or unique key.
    KeyUpdate,
    /// Reads a table's rows without any LIMIT and without a condition.
    NoLimit,
    /// CASCADE.
    Cascade,
    /// Removes or replaces a definition, or loses data with it: DROP, DROP COLUMN, a type change with USING,
    /// CREATE OR REPLACE of what exists, TRUNCATE, DROP OWNED.
    Destructive,
    /// Rewrites a table, or scans it under a lock.
    Rewrite,
    /// Takes a lock that stops others for long: an index without CONCURRENTLY, SET NOT NULL, VACUUM FULL, LOCK.
    LongLock,
    /// Changes who may do what: GRANT, REVOKE, roles, owners, policies, security definer.
    Privilege,
    /// SQL made at run time: DO, EXECUTE in a body, a function that runs a text.
    DynamicSql,
    /// A function that runs SQL from a string, or reads a table by its name in a string.
    SqlFromString,
    /// Server files.
    File,
    /// A program on the server.
    Program,
    /// The network: dblink, foreign servers, subscriptions.
    Network,
    /// Replication: slots, publications, WAL, backup.
    Replication,
    /// Large objects.
    LargeObject,
    /// Other sessions: cancel, terminate, their statements.
    OtherSession,
    /// Statistics that hold values, or statements of others.
    Statistics,
    /// Changes a session setting that the gate guards (see `guarded` in the docs): how texts are read, who the
    /// session is, its limits, what is logged.
    GuardedSetting,
    /// Changes any other session setting.
    Setting,
    /// Changes who the session is: SET ROLE, SET SESSION AUTHORIZATION.
    Identity,
    /// Leaves READ ONLY, or asks for READ WRITE.
    ReadWrite,
    /// A function with effects beyond its result: advisory locks, notify, setval, messages in the WAL.
    SideEffect,
    /// Waits by intent: pg_sleep.
    Wait,
    /// Makes code that runs later: functions, triggers, rules, event triggers, policies.
    Code,
    /// Native code: CREATE EXTENSION, LOAD, LANGUAGE C, untrusted languages.
    NativeCode,
    /// Changes the server's configuration: ALTER SYSTEM, ALTER DATABASE SET, ALTER ROLE SET.
    Configuration,
    /// Calls a function that is not built in and could not be looked into, or one whose body does more than read.
    UserFunction,
    /// Two-phase commit.
    TwoPhase,
    /// The system's own catalogues are written to.
    SystemWrite,
    /// FETCH or EXECUTE of something that the gate did not see being made.
    UnknownCursor,
}

/// One danger, and where it was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Risk {
    /// Which.
    pub kind: RiskKind,
    /// The object, function or setting that it is about: `public.customers`, `pg_read_file`, `search_path`.
    pub about: String,
}

impl RiskKind {
    /// All, in order.
    pub const ALL: [Self; 31] = [
        Self::NoWhere,
        Self::AlwaysTrue,
        Self::KeyUpdate,
        Self::NoLimit,
        Self::Cascade,
        Self::Destructive,
        Self::Rewrite,
        Self::LongLock,
        Self::Privilege,
        Self::DynamicSql,
        Self::SqlFromString,
        Self::File,
        Self::Program,
        Self::Network,
        Self::Replication,
        Self::LargeObject,
        Self::OtherSession,
        Self::Statistics,
        Self::GuardedSetting,
        Self::Setting,
        Self::Identity,
        Self::ReadWrite,
        Self::SideEffect,
        Self::Wait,
        Self::Code,
        Self::NativeCode,
        Self::Configuration,
        Self::UserFunction,
        Self::TwoPhase,
        Self::SystemWrite,
        Self::UnknownCursor,
    ];

    /// The word in rules and ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoWhere => "no_where",
            Self::AlwaysTrue => "always_true",
            Self::KeyUpdate => "key_update",
            Self::NoLimit => "no_limit",
            Self::Cascade => "cascade",
            Self::Destructive => "destructive",
            Self::Rewrite => "rewrite",
            Self::LongLock => "long_lock",
            Self::Privilege => "privilege",
            Self::DynamicSql => "dynamic_sql",
            Self::SqlFromString => "sql_from_string",
            Self::File => "file",
            Self::Program => "program",
            Self::Network => "network",
            Self::Replication => "replication",
            Self::LargeObject => "large_object",
            Self::OtherSession => "other_session",
            Self::Statistics => "statistics",
            Self::GuardedSetting => "guarded_setting",
            Self::Setting => "setting",
            Self::Identity => "identity",
            Self::ReadWrite => "read_write",
            Self::SideEffect => "side_effect",
            Self::Wait => "wait",
            Self::Code => "code",
            Self::NativeCode => "native_code",
            Self::Configuration => "configuration",
            Self::UserFunction => "user_function",
            Self::TwoPhase => "two_phase",
            Self::SystemWrite => "system_write",
            Self::UnknownCursor => "unknown_cursor",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
