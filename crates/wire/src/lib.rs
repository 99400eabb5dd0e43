//! The room `wire`: bytes of PostgreSQL's protocol to typed messages and back, and the sums of its log-ins.
//!
//! It never does I/O, never waits, never decides, never reads a clock or a source of randomness, and never copies what
//! only passes through: decoded messages borrow from the caller's buffer. Every decoder is total: any bytes give a
//! message or a typed error that names the message and the reason, never a panic.

pub mod auth;
pub mod postgres;
