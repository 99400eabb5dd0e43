//! What happens to a session, in words that no protocol owns.

use std::sync::Arc;

use model::Sqlstate;

use crate::reading::{Judged, Reading};
use crate::shape::Field;
use crate::text::{Parameters, Text};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A prepared statement.
    Statement,
    /// A portal: a statement bound to its parameters.
    Portal,
}

/// What the client asks.
#[derive(Debug)]
pub enum Client<'a> {
    /// Run this text, which may hold several statements.
    Query {
        /// The text.
        text: Text,
        /// What was decided about all of it.
        judged: Judged,
    },
    /// Keep this text under a name.
    Prepare {
        /// The name; empty = the unnamed statement.
        name: &'a [u8],
        /// The text.
        text: Text,
        /// The parameters' types as far as the client gives them.
        types: Arc<[u32]>,
        /// What was decided about it.
        judged: Judged,
    },
    /// Give a prepared statement its parameters.
    Bind {
        /// The portal to make; empty = the unnamed portal.
        portal: &'a [u8],
        /// The statement.
        statement: &'a [u8],
        /// The values' record.
        parameters: Parameters,
        /// The formats that the result shall have: none means text, one stands for all. `None`: that was not seen.
        formats: Option<Arc<[i16]>>,
    },
    /// Run a portal.
    Execute {
        /// The portal.
        portal: &'a [u8],
        /// What it runs, as it is understood now; `None` for a portal whose making the gate did not see.
        reading: Option<Arc<Reading>>,
        /// What was decided about that.
        judged: Judged,
    },
    /// Tell a statement's or portal's shape.
    Describe {
        /// Which of the two.
        kind: Kind,
        /// Its name.
        name: &'a [u8],
    },
    /// Forget a statement or portal.
    Close {
        /// Which of the two.
        kind: Kind,
        /// Its name.
        name: &'a [u8],
    },
    /// Send what you have.
    Flush,
    /// End of a pipeline's segment: recover from errors, answer that you are ready.
    Sync,
    /// A piece of COPY data.
    CopyData,
    /// The end of COPY data.
    CopyDone,
    /// The client gives up a COPY.
    CopyFail,
    /// Call a function by its OID, past any text.
    Call,
    /// Good-bye.
    Terminate,
}

/// Transaction state at the end of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// Outside of a transaction block.
    Idle,
    /// Inside of one.
    InTransaction,
    /// Inside of one that has failed.
    Failed,
}

/// What the server answers.
#[derive(Clone, Copy, Debug)]
pub enum Server<'a> {
    /// The text is kept.
    ParseComplete,
    /// The portal is made.
    BindComplete,
    /// The name is forgotten.
    CloseComplete,
    /// The types of a statement's parameters.
    ParameterDescription,
    /// The shape of rows; without fields when [`crate::Session::wants_shape`] said that none are needed.
    RowDescription(&'a [Field]),
    /// There will be no rows.
    NoData,
    /// A statement is done; its tag, and the rows that the tag counts.
    CommandComplete {
        /// The tag, for example `INSERT 0 5`.
        tag: &'a [u8],
        /// The count in it.
        rows: Option<u64>,
    },
    /// The text was empty.
    EmptyQuery,
    /// The portal has more rows.
    PortalSuspended,
    /// The server waits for COPY data.
    CopyIn,
    /// The server is about to send COPY data.
    CopyOut {
        /// Whether they are in the binary form.
        binary: bool,
        /// How many columns they have.
        columns: usize,
    },
    /// The end of the server's COPY data.
    CopyDone,
    /// An error.
    Error {
        /// Its code, if it has one.
        sqlstate: Option<Sqlstate>,
        /// Whether the server ends the session.
        fatal: bool,
    },
    /// A notice.
    Notice,
    /// Another session's NOTIFY.
    Notification,
    /// A setting of the session changed.
    Report {
        /// Its name.
        name: &'a [u8],
        /// Its value.
        value: &'a [u8],
    },
    /// The cycle is over.
    Ready(Ready),
}
