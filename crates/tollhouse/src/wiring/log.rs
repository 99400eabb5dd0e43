//! The process' own log: for operators, on standard error. Never a statement's text, never a secret.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Begins logging. `TOLLHOUSE_LOG` (as tracing's `EnvFilter`) wins over the configuration.
pub(crate) fn begin(settings: LogSettings) {
    let filter = EnvFilter::try_from_env("TOLLHOUSE_LOG").unwrap_or_else(|_| EnvFilter::new(settings.level));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Else a line that cannot be written, as on a full disk, is told by `eprintln!`, which panics then.
        .log_internal_errors(false);
    // Fails only when logging has begun already, and then there is nothing to do.
    let _ = match settings.format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_target(false).try_init(),
    };
}
