//! The real `tollhouse` program between real clients and real servers: what the gate promises, as a client, a server,
//! an operator or an auditor meets it.
//!
//! Each test has a gate of its own and a database of its own; the servers are shared, one per version. Tests that
//! take minutes are marked `#[ignore]` and run by `./test --faults`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod canary;
mod client;
mod house;
mod ledger;
mod login;
mod packet;
mod server;

mod bytes;
mod cancel;
mod constant;
mod copy;
mod crash;
mod crowd;
mod disk;
mod drain;
mod evasion;
mod extended;
mod gone;
mod hostile;
mod introspect;
mod label;
mod levels;
mod limit;
mod mask;
mod memory;
mod password;
mod past;
mod questions;
mod record;
mod refusal;
mod reload;
mod secret;
mod simple;
mod startup;
mod tls;
mod upstream;
mod write_back;
mod wrong;
