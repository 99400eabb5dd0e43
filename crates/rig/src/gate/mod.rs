//! The real `tollhouse` program, started for a test with a configuration of the test's own, on free ports.
//!
//! It is ready when its `/readyz` says so. It can be stopped as an operator does, killed as a crash does, and started
//! again on the same ledger.

mod binary;
mod credential;
mod http;
mod plan;
mod running;

pub use binary::binary;
pub use credential::{Token, random_word, verifier};
pub use http::get;
pub use plan::{Plan, Principal, Target, Upstream};
pub use running::Gate;
