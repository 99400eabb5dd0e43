//! The room `rig`.
