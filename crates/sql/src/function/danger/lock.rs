//! Locks that a function takes: others may wait for them, and a session keeps them past its transaction.

use model::facts::{RiskKind, Verb};

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::SideEffect,
    verb: Some(Verb::Lock),
    functions: &[
        "pg_advisory_lock",
        "pg_advisory_lock_shared",
        "pg_advisory_unlock",
        "pg_advisory_unlock_all",
        "pg_advisory_unlock_shared",
        "pg_advisory_xact_lock",
        "pg_advisory_xact_lock_shared",
        "pg_try_advisory_lock",
        "pg_try_advisory_lock_shared",
        "pg_try_advisory_xact_lock",
        "pg_try_advisory_xact_lock_shared",
    ],
    ..EMPTY
};
