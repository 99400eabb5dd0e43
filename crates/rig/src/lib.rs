//! The test rig: real PostgreSQL servers, certificates, a running gate, a believable sample database, and the demo.
//!
//! For development only: no shipped room depends on it. It starts processes on this machine, in folders of its own and on
//! ports of its own, and ends exactly those that it started. It never touches a server or a cluster that it did not make.

pub mod bench;
pub mod cache;
pub mod canary;
pub mod certificate;
pub mod corpus;
pub mod demo;
mod error;
pub mod gate;
pub mod labels;
pub mod matrix;
pub mod oracle;
pub mod port;
pub mod postgres;
pub mod process;
pub mod sample;
pub mod user;
pub mod wait;

pub use error::{Error, Result};
