//! Real PostgreSQL servers: find one on the machine, get what is missing, run private ones in folders of our own.
//!
//! Nothing here ever starts, stops or changes a cluster that belongs to the machine.

mod cluster;
mod install;
mod obtain;
mod server;
mod settings;
mod sql;

pub use install::{Install, find, found};
pub(crate) use obtain::package;
pub use obtain::{ensure, newest_or_get};
pub use server::Server;
pub use settings::{Settings, Tls};
pub use sql::{Row, literal};

/// The oldest major version that Tollhouse speaks to.
pub const MAJOR_MIN: u32 = 14;
