//! The kernel: what a session may do next, and which statement each message belongs to.
//!
//! It is told what the client said and what the server answered, as neutral events, and answers with steps. It
//! never sees sockets, protocol bytes, files or clocks; time is an argument. It knows no protocol: whoever
//! carries bytes translates them into events and steps back into bytes.
//!
//! Two kinds of proof leave this room and can be made nowhere else: a [`Permit`] or [`Carry`] for each message
//! that may go to the server, and a [`Covered`] for each that may go to the client.

mod answer;
mod copy;
mod event;
mod expect;
mod names;
mod outcome;
mod permit;
mod refuse;
mod session;
mod text;

pub use answer::Answer;
pub use event::{Client, Kind, Ready, Server};
pub use outcome::{Outcome, Result, TAGS_MAX, Tags};
pub use permit::{Carry, Covered, Permit};
pub use session::{Action, Decided, Limits, Refused, Session, Step};
pub use text::{NameChange, Parameters, Text};
