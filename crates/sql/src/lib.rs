//! The room `sql`.
