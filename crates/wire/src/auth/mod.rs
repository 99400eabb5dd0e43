//! The sums of log-ins, for both sides of the gate. Secrets, nonces and salts are arguments; nothing here is random.
//!
//! It never knows principals or sockets and never says who may log in: it says whether a secret was proved.

mod der;
pub mod end_point;
pub mod md5;
pub mod scram;

pub use end_point::channel_binding;
