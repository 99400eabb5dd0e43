//! Analysis held against real servers: what it says of a statement must not be less than what the server does.
//!
//! Needs servers, which the rig has; a version that cannot be had is skipped by name.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers as well")]

mod differential;
mod effect;
mod house;
mod lineage;
mod unseen;
