//! Entries about statements: the decision before anything goes upstream, and the outcome that closes the pair.

use super::{FIRST_VERSION, VERSION};
use crate::draft::{Draft, Encode, Mark, TooLarge};
use crate::part::{Part, Parts};
use model::{Fingerprint, Sqlstate, StatementId, Timestamp, Verdict};

/// What the client asked the server to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A simple query: one text, one or more commands.
    Query,
    /// A statement prepared for later (Parse).
    Prepare,
    /// An execution of a prepared statement (Bind and Execute).
    Execute,
    /// A function called by its number (FunctionCall).
    Call,
    /// What a statement is (Describe), where it is recorded by itself.
    Describe,
    /// A statement or portal given up (Close), where it is recorded by itself.
    Close,
    /// A cancel request for this session's running statement.
    Cancel,
}

/// `statement.decision`: what was decided about a statement. Durable before any effect leaves the gate.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// When.
    pub at: Timestamp,
    /// The statement.
    pub id: StatementId,
    /// What the client asked for.
    pub action: Action,
    /// Who, verified.
    pub principal: &'a str,
    /// The human that an agent acts for.
    pub on_behalf_of: Option<&'a str>,
    /// The target.
    pub target: &'a str,
    /// The verdict.
    pub verdict: Verdict,
    /// The rules or limits that determined it.
    pub rules: &'a [&'a str],
    /// Rules that would have refused it were they enforced.
    pub shadow: &'a [&'a str],
    /// What analysis found out, one line each, without a value of the statement (`model::facts::Facts::lines`).
    pub facts: &'a [&'a str],
    /// The hash of the rule set that was asked; `None` when none was (the gate's own limits refused it).
    pub policy: Option<[u8; 32]>,
    /// Which load of rules that was, counted from 1 since the gate started; of no meaning without `policy`.
    pub policy_version: u64,
    /// The number, in the same session, of the statement that prepared this one.
    pub prepared: Option<u64>,
    /// For grouping alike statements.
    pub fingerprint: Option<Fingerprint>,
    /// The text as the server gets it, redacted. [`Part::to_known`] for a prepared one.
    pub text: Option<Part<'a>>,
    /// The parameters, by the target's policy (see [`crate::Parameters`]).
    pub parameters: Option<Part<'a>>,
    /// What the client asserts with this statement; usually the session's, known.
    pub asserted: Option<Part<'a>>,
}

/// How a statement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// It ran to its end.
    Ok,
    /// The server answered with an error.
    Error,
    /// It was cancelled.
    Cancelled,
    /// It never ran: refused, by a rule or because the gate could not go on.
    Refused,
    /// An earlier error of its pipeline made the server pass over it: it did not run.
    Skipped,
    /// It was sent and nobody can say what became of it.
    Unknown,
}

/// `statement.outcome`: what came of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// When.
    pub at: Timestamp,
    /// The statement.
    pub id: StatementId,
    /// Who.
    pub principal: &'a str,
    /// The target.
    pub target: &'a str,
    /// How it ended.
    pub ending: Ending,
    /// The server's or the gate's code when it did not end well.
    pub sqlstate: Option<Sqlstate>,
    /// Command tags, such as `SELECT 3`, in order; the first [`crate::LIST_ITEMS_MAX`].
    pub tags: &'a [&'a str],
    /// How many commands completed.
    pub commands: u64,
    /// Rows to or from the client.
    pub rows: u64,
    /// Bytes to the client.
    pub bytes: u64,
    /// Bytes from the client.
    pub bytes_in: u64,
    /// From decision to end, in microseconds.
    pub duration_us: u64,
    /// What was masked in its results, a line for each column and mask: class, column, mask and number of cells.
    pub masked: &'a [String],
}

impl Encode for Decision<'_> {
    fn opening(&self) -> bool {
        self.verdict == Verdict::Allow
    }

    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        let parts = Parts { asserted: self.asserted, parameters: self.parameters, text: self.text };
        // What is refused or held does not run, and preparing has no effect: nothing about them can be left
        // unknown.
        let opens = self.verdict == Verdict::Allow && self.action != Action::Prepare;
        let mark = if opens { Mark::Opens(self.id) } else { Mark::Plain };
        draft.write(mark, &parts, |leaf| {
            leaf.text("action", self.action.as_str());
            leaf.number("at", self.at.0);
            leaf.lines("facts", self.facts);
            if let Some(fingerprint) = self.fingerprint {
                leaf.hex("fingerprint", &fingerprint.0.to_be_bytes());
            }
            leaf.text("kind", "statement.decision");
            leaf.number("number", self.id.number);
            leaf.text_if("on_behalf_of", self.on_behalf_of);
            parts.write(leaf);
            if let Some(hash) = self.policy {
                leaf.hex("policy", &hash);
                leaf.number("policy_version", self.policy_version);
            }
            leaf.number_if("prepared", self.prepared);
            leaf.text("principal", self.principal);
            leaf.list("rules", self.rules);
            leaf.hex("session", &self.id.session.0.to_be_bytes());
            leaf.list("shadow", self.shadow);
            leaf.text("target", self.target);
            leaf.number("v", VERSION);
            leaf.text("verdict", self.verdict.as_str());
        })
    }
}

impl Encode for Outcome<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Closes(self.id), &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.number("bytes", self.bytes);
            leaf.number("bytes_in", self.bytes_in);
            leaf.number("commands", self.commands);
            leaf.number("duration_us", self.duration_us);
            leaf.text("kind", "statement.outcome");
            leaf.lines("masked", self.masked);
            leaf.number("number", self.id.number);
            leaf.text("principal", self.principal);
            leaf.text("result", self.ending.as_str());
            leaf.number("rows", self.rows);
            leaf.hex("session", &self.id.session.0.to_be_bytes());
            if let Some(code) = self.sqlstate {
                leaf.text("sqlstate", code.as_str());
            }
            leaf.list("tags", self.tags);
            leaf.text("target", self.target);
            // What masked nothing is written as ever.
            leaf.number("v", if self.masked.is_empty() { FIRST_VERSION } else { VERSION });
        })
    }
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Query, Self::Prepare, Self::Execute, Self::Call, Self::Describe, Self::Close, Self::Cancel];

    /// The word in the leaf.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Prepare => "prepare",
            Self::Execute => "execute",
            Self::Call => "call",
            Self::Describe => "describe",
            Self::Close => "close",
            Self::Cancel => "cancel",
        }
    }
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Ok, Self::Error, Self::Cancelled, Self::Refused, Self::Unknown];

    /// The word in the leaf.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
        }
    }
}
