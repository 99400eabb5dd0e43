//! What is said about a statement outside of its text.

/// The verdict of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It may run.
    Allow,
    /// It may not run.
    Refuse,
    /// It waits for a review.
    Hold,
}

/// What a client says about itself. Evidence, never authority: recorded apart from what is verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asserted {
    /// The purpose that the client states.
    pub purpose: Option<String>,
    /// The client's trace: W3C `traceparent`, or whatever it calls its trace.
    pub trace: Option<String>,
    /// The client's `application_name`.
    pub application_name: Option<String>,
}

/// How parameter values are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterRecord {
    /// A keyed hash of each value: equal values can be found, values cannot be read.
    Hash,
    /// The values themselves.
    Plain,
    /// Only types and lengths.
    Omit,
}

impl Verdict {
    /// The word that the ledger uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Refuse => "refuse",
            Self::Hold => "hold",
        }
    }
}

impl Asserted {
    /// Whether the client said nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.purpose.is_none() && self.trace.is_none() && self.application_name.is_none()
    }
}
