//! The shell around the kernel: sockets, tasks, time. It listens, proves who comes in, connects to the database,
//! and carries bytes between the two as the kernel permits.
//!
//! It makes no decision of its own about a statement, and what it records goes through the ledger's room.

pub mod admin;
mod admit;
mod catalogue;
mod change;
mod clock;
mod closing;
mod descriptors;
mod gate;
mod glance;
mod judge;
mod label;
mod listen;
mod login;
mod masks;
mod metrics;
mod packet;
mod peer;
mod record;
mod refused;
mod registry;
mod relay;
mod session;
pub mod settings;
mod stream;
mod throttle;
pub mod tls;
mod trial;
mod upstream;
mod worker;

pub use gate::{By, Gate, Secrets};
pub use glance::{read_catalogue, read_labels};
pub use label::{Learned, Memory};
pub use listen::Bound;
pub use metrics::Metrics;
pub use trial::{Seen, SeenColumns, Sketch, Trial, Tried};
