//! PostgreSQL's frontend/backend protocol, versions 3.0 and 3.2 (PostgreSQL 18 manual, chapter 54).
//!
//! [`frame`] finds where a message ends; [`frontend`] and [`backend`] say what it is; [`bind_scan`] reads a Bind that is
//! too large to be held; [`startup`] reads what comes before the first tag; [`encode`] writes both directions; [`row`] and
//! [`copy`] write rows anew with some cells replaced.

pub mod backend;
pub mod bind_scan;
pub mod copy;
pub mod encode;
mod error;
pub mod frame;
pub mod frontend;
mod options;
mod reader;
pub mod row;
mod sequence;
pub mod startup;
mod value;

pub use error::{DecodeError, Reason};
pub use sequence::{ErrorFields, Fields, Formats, Texts, Types, Values};
pub use value::{CommandTag, CopyFormat, Field, Kind, Status, command_tag};
