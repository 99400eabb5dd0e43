//! The kernel: what a session may do next, and which statement each message belongs to.
//!
//! It is told what the client said and what the server answered, as neutral events, and answers with steps. It
//! never sees sockets, protocol bytes, files or clocks; time is an argument. It knows no protocol: whoever
//! carries bytes translates them into events and steps back into bytes.
//!
//! Nothing runs unjudged: each text and each execution comes with the [`policy::Decision`] on it, a value that only the
//! room of policies makes. What the decision refuses, the kernel refuses.
//!
//! Two kinds of proof leave this room and can be made nowhere else: a [`Permit`] or [`Carry`] for each message
//! that may go to the server, and a [`Covered`] for each that may go to the client.

mod answer;
mod cap;
mod copy;
mod cover;
mod describe;
mod effect;
mod event;
mod expect;
mod follow;
mod label;
mod look;
mod members;
mod names;
mod outcome;
mod permit;
mod reading;
mod refuse;
mod session;
mod settle;
mod shape;
mod show;
mod step;
mod text;

pub use answer::Answer;
pub use cap::Row;
pub use cover::{Covering, Covers, Masked, Masks};
pub use event::{Client, Kind, Ready, Server};
pub use label::{Column, Labels, Place, Standing, UNSEEN};
pub use look::Look;
pub use members::Members;
pub use outcome::{Outcome, Result, TAGS_MAX, Tags};
pub use permit::{Carry, Covered, Permit};
pub use reading::{Asked, Decisions, Judged, Reading};
pub use session::Session;
pub use shape::Field;
pub use show::{Hidden, Lookup, Rows, Scrub, Show, Shows, Sights};
pub use step::{Action, Decided, Limits, Refused, Step};
pub use text::{NameChange, Parameters, Text};
