//! The room `gateway`.
pub mod settings;
pub mod tls;
