//! What a target is and how much it asks of the ledger.

/// Where a target lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Environment {
    /// Development.
    Dev,
    /// A rehearsal of production.
    Staging,
    /// The real thing.
    Production,
    /// A place for trying out, thrown away afterwards.
    Sandbox,
}

/// When a decision entry must be on disk, per target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Durability {
    /// Before any effect of the statement leaves the gate.
    Strict,
    /// Within 50 ms of being decided.
    Relaxed,
}

impl Environment {
    /// The word that configuration and ledger use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Staging => "staging",
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Dev, Self::Staging, Self::Production, Self::Sandbox].into_iter().find(|e| e.as_str() == word)
    }
}
