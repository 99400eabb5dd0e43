//! Exit codes, the same for all commands: 0 done, 1 the answer is no, 2 usage or I/O.

use std::process::ExitCode;

use super::paint;
use crate::config::ConfigError;
use crate::config::edit::Declined;

/// The answer is no: errors were found, nothing was found, or a change was declined.
pub(crate) const NO: u8 = 1;
/// The command could not do its work: wrong usage (clap's own code, too), a file that cannot be read or written.
pub(crate) const FAILED: u8 = 2;

/// Prints an error and gives its exit code.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        paint::problems(&error.path, &error.problems);
        return ExitCode::from(if error.unreadable() { FAILED } else { NO });
    }
    paint::complain(&format!("{error:#}"));
    ExitCode::from(if error.is::<Declined>() { NO } else { FAILED })
}
