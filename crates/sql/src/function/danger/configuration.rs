//! The server's own configuration and log.

use model::facts::RiskKind;

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::Configuration,
    functions: &["pg_reload_conf", "pg_rotate_logfile", "pg_rotate_logfile_old"],
    ..EMPTY
};
