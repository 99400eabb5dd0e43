//! Who is acting.

use crate::Name;

/// What a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// A person.
    Human,
    /// A program that decides by itself what to do, on behalf of a person.
    Agent,
    /// A program that does the same thing each time: a pipeline, an application.
    Service,
}

/// Who is acting, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The name that the principal logs in with.
    pub name: Name,
    /// What it is.
    pub kind: PrincipalKind,
    /// The groups that it is in.
    pub groups: Vec<Name>,
    /// The human that an agent acts for. `None` for humans and services.
    pub on_behalf_of: Option<Name>,
}

impl PrincipalKind {
    /// The word that configuration and ledger use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Agent => "agent",
            Self::Service => "service",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Human, Self::Agent, Self::Service].into_iter().find(|kind| kind.as_str() == word)
    }
}
