//! The sums of log-ins, for both sides of the gate. Secrets, nonces and salts are arguments; nothing here is random.

pub mod md5;
