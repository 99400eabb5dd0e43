//! What the kernel answers to a client message.

use std::sync::Arc;

use model::Refusal;
use policy::Decision;

use crate::permit::{Carry, Permit};
use crate::reading::Reading;
use crate::text::{Parameters, Text};

/// Limits of one session.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Named statements and portals, each.
    pub names_max: usize,
    /// Messages without an answer. A client that pipelines more waits; nothing is refused.
    pub pipeline_max: usize,
    /// Rows of one statement; `None` = any number.
    pub rows_max: Option<u64>,
    /// Bytes of one statement's rows and COPY data.
    pub result_bytes_max: Option<u64>,
}

/// What to do with a client message.
#[derive(Debug)]
#[must_use]
pub enum Step {
    /// Send it: it belongs to a statement already decided, or has no effect of its own.
    Carry(Carry),
    /// Send it once the decision is recorded.
    Decide(Box<Decided>),
    /// Do not send it; send something in its place that fails, and answer with the refusal when it does.
    Refuse(Refused),
    /// Drop it, as the server would: an error came, and the client has not sent Sync yet.
    PassOver,
    /// Ask again after the next answer of the server. Make it answer what it has (Flush).
    Wait,
    /// The client broke the protocol beyond repair: end the session.
    Violation(&'static str),
}

/// A decision: one statement may run, once this is recorded.
#[derive(Debug)]
pub struct Decided {
    /// The statement's number in the session.
    pub number: u64,
    /// What is done with it.
    pub action: Action,
    /// Its text; `None` when it was prepared where the gate could not see it (inside of a function).
    pub text: Option<Text>,
    /// The number of the statement that prepared it, for an execution.
    pub prepared: Option<u64>,
    /// Its parameters' record, for an execution.
    pub parameters: Parameters,
    /// What was decided, and by which rules.
    pub decision: Arc<Decision>,
    /// This portal must be described in front of it: what it returns has to be covered, and its shape is not known.
    pub describe: Option<Box<[u8]>>,
    /// What it was understood to do.
    pub reading: Option<Arc<Reading>>,
    /// The proof that this was decided.
    pub permit: Permit,
}

/// What is done with a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A text is run.
    Query,
    /// A text is prepared.
    Prepare,
    /// A prepared statement is run.
    Execute,
    /// A function is called by OID.
    Call,
}

/// A refused message.
#[derive(Debug)]
pub struct Refused {
    /// The statement's number in the session.
    pub number: u64,
    /// What was refused.
    pub action: Action,
    /// The refusal.
    pub refusal: Refusal,
    /// What was decided; `None` when a limit of the gate refused, before any rule was asked.
    pub decision: Option<Arc<Decision>>,
    /// The text that was refused, when there is one and it was understood.
    pub text: Option<Text>,
    /// Whether the substitute must end its own cycle (a Query), or let the pipeline skip to Sync (a Parse).
    pub cycle: bool,
    /// What was refused is a Parse of the unnamed statement, which the server drops before it looks at the text.
    pub unnamed: bool,
    /// Allows the substitute to be sent.
    pub carry: Carry,
}

impl Action {
    /// The word that the ledger uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Prepare => "prepare",
            Self::Execute => "execute",
            Self::Call => "call",
        }
    }
}

/// A decision on a text, made just now.
pub(crate) fn decide(number: u64, action: Action, text: Option<Text>, decision: Arc<Decision>) -> Step {
    let reading = text.as_ref().map(|text| Arc::clone(&text.reading));
    let (prepared, parameters) = (None, Parameters::default());
    let permit = Permit::new();
    let describe = None;
    Step::Decide(Box::new(Decided {
        number,
        action,
        text,
        prepared,
        parameters,
        decision,
        describe,
        reading,
        permit,
    }))
}
