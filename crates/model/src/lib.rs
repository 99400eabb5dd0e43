//! The words of Tollhouse as types: who acts, on what, why, and what was decided.
//!
//! This room has no behaviour beyond parsing and printing its own words, no dependencies, and does no I/O.
//! It never knows SQL text, protocol bytes, files or time sources; those are other rooms' business.

mod class;
pub mod facts;
mod id;
mod name;
mod principal;
mod refusal;
mod statement;
mod target;
mod time;

pub use class::Class;
pub use id::{Commitment, Fingerprint, SessionId, StatementId};
pub use name::{Name, NameError};
pub use principal::{Principal, PrincipalKind};
pub use refusal::{Refusal, Sqlstate};
pub use statement::{Asserted, ParameterRecord, Verdict};
pub use target::{Durability, Environment};
pub use time::Timestamp;
