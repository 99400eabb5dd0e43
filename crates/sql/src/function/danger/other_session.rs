//! Other sessions: ended, interrupted, or made to write to the log. What they run is shown by `statistics`.

use model::facts::RiskKind;

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::OtherSession,
    functions: &["pg_cancel_backend", "pg_log_backend_memory_contexts", "pg_terminate_backend"],
    ..EMPTY
};
