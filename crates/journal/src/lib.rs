//! The ledger's shell: its files, the thread that writes and the thread that seals, opening and recovery, and
//! reading a ledger that is open elsewhere or was copied.
//!
//! It knows no tokio: who waits leaves a `std::task::Waker`. It never decides what an entry says.

mod failure;
mod file;
mod handle;
pub mod key;
mod open;
pub mod options;
mod seal;
mod shared;
mod write;

#[cfg(test)]
mod tests;

pub use failure::{Health, OpenError, Unavailable};
pub use file::FileStorage;
pub use handle::{Appended, Journal};
pub use key::{KeyFiles, read_vkey};
pub use open::Opened;
pub use options::Options;
