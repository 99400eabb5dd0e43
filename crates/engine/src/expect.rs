//! What the server still owes an answer to, in the order of asking.

use std::sync::Arc;

use model::{Refusal, Sqlstate, Timestamp};
use sql::CopyOut;

use crate::cover::{Covers, Masked};
use crate::event::Kind;
use crate::outcome::{Outcome, Result, Tags};
use crate::reading::Reading;
use crate::shape::{Shape, Slot};
use crate::show::Shows;
use crate::text::{NameChange, Portal, Prepared};

/// A message whose answer is to come.
#[derive(Debug)]
pub(crate) enum Expect {
    /// Parse: ParseComplete.
    Prepare { name: Box<[u8]>, prepared: Arc<Prepared>, running: Running },
    /// Bind: BindComplete.
    Bind { portal: Box<[u8]>, value: Portal },
    /// Describe: ParameterDescription for a statement, then RowDescription or NoData. `own`: the gate asked, to know
    /// what it has to cover; `shape`: where the answer goes, when somebody may need it.
    Describe { kind: Kind, shape: Option<Slot>, own: bool },
    /// Execute: rows or COPY, then CommandComplete, EmptyQueryResponse or PortalSuspended.
    Execute(Running),
    /// Close: CloseComplete.
    Close { kind: Kind, name: Box<[u8]> },
    /// Sync: ReadyForQuery.
    Sync,
    /// Query: any number of commands, then ReadyForQuery.
    Query(Running),
    /// In the place of a refused message stands one that is sure to fail, so that the server ends up in the very
    /// state that an error of its own would leave; its error is replaced by the refusal. `cycle`: the message is a
    /// Query, which ReadyForQuery ends.
    /// `unnamed`: it is a Parse of the unnamed statement.
    Refused { refusal: Option<Box<Refusal>>, running: Running, cycle: bool, unnamed: bool },
    /// The client ended COPY data before the server said that it wants any.
    CopyEnd,
}

/// A statement that runs, or waits for its turn to.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) number: u64,
    pub(crate) started: Timestamp,
    pub(crate) sqlstate: Option<Sqlstate>,
    pub(crate) tags: Tags,
    pub(crate) commands: u64,
    /// The server said that there is nothing in its text.
    pub(crate) empty: bool,
    /// Rows of commands done.
    pub(crate) rows: u64,
    /// Rows seen of the command that runs.
    pub(crate) rows_now: u64,
    pub(crate) bytes_in: u64,
    pub(crate) bytes_out: u64,
    /// Whether rows may come: the command that runs has told its shape.
    pub(crate) described: bool,
    /// Changes of names to apply as the commands complete.
    pub(crate) changes: Arc<[NameChange]>,
    pub(crate) changes_done: usize,
    /// What it was understood to do, for the effects on the session.
    pub(crate) reading: Arc<Reading>,
    /// The one statement of the reading that runs; `None` = all of them, in order.
    pub(crate) statement: Option<usize>,
    /// It was counted among the messages that may change how names and texts are read.
    pub(crate) moving: bool,
    /// For an execution: its portal.
    pub(crate) portal: Box<[u8]>,
    /// What becomes of what it returns.
    pub(crate) shows: Arc<Shows>,
    /// For an execution: where the shape of its rows is found.
    pub(crate) shape: Option<Shape>,
    /// It was chosen what covers the rows that come now.
    pub(crate) chosen: bool,
    /// That; `None`: they go as they come.
    pub(crate) covers: Option<Box<Covers>>,
    /// What was covered in commands done.
    pub(crate) covered: Vec<Masked>,
    /// Its result is over a cap: the rest of it goes nowhere.
    pub(crate) cut: Option<Box<Refusal>>,
}

impl Running {
    pub(crate) fn new(number: u64, started: Timestamp, bytes_in: u64, changes: Arc<[NameChange]>) -> Self {
        Self {
            number,
            started,
            sqlstate: None,
            tags: Tags::default(),
            commands: 0,
            empty: false,
            rows: 0,
            rows_now: 0,
            bytes_in,
            bytes_out: 0,
            described: false,
            changes,
            changes_done: 0,
            reading: Arc::default(),
            statement: None,
            moving: false,
            portal: Box::default(),
            shows: Arc::default(),
            shape: None,
            chosen: false,
            covers: None,
            covered: Vec::new(),
            cut: None,
        }
    }

    /// The same, with what is known of its effects.
    pub(crate) fn reading(mut self, reading: Arc<Reading>, statement: Option<usize>) -> Self {
        self.reading = reading;
        self.statement = statement;
        self
    }

    /// The same, with what becomes of what it returns.
    pub(crate) fn shows(mut self, shows: Arc<Shows>) -> Self {
        self.shows = shows;
        self
    }

    /// Whether any of its effects may change how names and texts are read.
    pub(crate) fn moves(&self, dirty: bool) -> bool {
        let all = match self.statement {
            Some(at) => self.reading.statement(at).map_or(&[][..], std::slice::from_ref),
            None => &self.reading.analysis.statements[..],
        };
        all.iter().flat_map(|run| &run.effects).any(|effect| crate::follow::moves(effect, dirty))
    }

    /// How the data of its COPY are written.
    pub(crate) fn copy_out(&self) -> Option<&CopyOut> {
        let run = match self.statement {
            Some(at) => self.reading.statement(at),
            None => self.reading.analysis.statements.get(usize::try_from(self.commands).ok()?),
        };
        run?.copy.as_ref()
    }

    /// A command of the statement is done.
    pub(crate) fn command(&mut self, tag: &[u8], rows: Option<u64>) {
        self.commands = self.commands.saturating_add(1);
        self.rows =
            self.rows.saturating_add(if self.rows_now > 0 { self.rows_now } else { rows.unwrap_or(0) });
        self.rows_now = 0;
        self.described = false;
        self.uncover();
        self.tags.push(tag);
    }

    /// The next change of names that a command with `tag` stands for.
    pub(crate) fn change(&mut self, tag: &[u8]) -> Option<NameChange> {
        let applies = match tag {
            b"PREPARE" => |change: &NameChange| matches!(change, NameChange::Prepare(..)),
            b"DEALLOCATE" => |change: &NameChange| matches!(change, NameChange::Deallocate(_)),
            b"DEALLOCATE ALL" | b"DISCARD ALL" => {
                |change: &NameChange| matches!(change, NameChange::DeallocateAll)
            }
            b"DECLARE CURSOR" => |change: &NameChange| matches!(change, NameChange::Declare(..)),
            b"CLOSE CURSOR" => |change: &NameChange| matches!(change, NameChange::Close(_)),
            b"CLOSE CURSOR ALL" => |change: &NameChange| matches!(change, NameChange::CloseAll),
            _ => return None,
        };
        let next = self.changes.get(self.changes_done)?;
        if !applies(next) {
            return None;
        }
        self.changes_done = self.changes_done.saturating_add(1);
        Some(next.clone())
    }

    /// The outcome, when nothing more will come.
    pub(crate) fn outcome(mut self, result: Result, now: Timestamp) -> Outcome {
        self.uncover();
        Outcome {
            written: self.shows.written.iter().map(|(relation, _)| *relation).collect(),
            masked: self.covered,
            number: self.number,
            result,
            sqlstate: self.sqlstate,
            tags: self.tags,
            commands: self.commands,
            rows: self.rows.saturating_add(self.rows_now),
            bytes_out: self.bytes_out,
            bytes_in: self.bytes_in,
            duration_us: now.since(self.started),
        }
    }

    /// The outcome of a statement that the server answered.
    pub(crate) fn answered(self, now: Timestamp) -> Outcome {
        let result = match self.sqlstate {
            None => Result::Ok,
            Some(Sqlstate::QUERY_CANCELED) => Result::Cancelled,
            Some(_) => Result::Error,
        };
        self.outcome(result, now)
    }
}

impl Expect {
    /// The statement that the message is an execution or a preparation of.
    pub(crate) fn into_running(self) -> Option<Running> {
        match self {
            Self::Prepare { running, .. } | Self::Execute(running) | Self::Query(running) => Some(running),
            Self::Refused { running, .. } => Some(running),
            Self::Bind { .. } | Self::Describe { .. } | Self::Close { .. } | Self::Sync | Self::CopyEnd => {
                None
            }
        }
    }

    /// The same, while it is under way.
    pub(crate) fn running(&mut self) -> Option<&mut Running> {
        match self {
            Self::Prepare { running, .. } | Self::Execute(running) | Self::Query(running) => Some(running),
            Self::Refused { running, .. } => Some(running),
            Self::Bind { .. } | Self::Describe { .. } | Self::Close { .. } | Self::Sync | Self::CopyEnd => {
                None
            }
        }
    }
}
