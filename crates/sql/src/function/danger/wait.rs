//! Waiting by intent.

use model::facts::RiskKind;

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::Wait,
    // It costs a session, and changes nothing.
    verb: None,
    functions: &["pg_sleep", "pg_sleep_for", "pg_sleep_until"],
    ..EMPTY
};
