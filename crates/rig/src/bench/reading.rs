//! When a proxy's CPU time is read: at once, or when it has nothing left to do.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::contender::Contender;
use super::usage::Usage;
use crate::Result;
use crate::error::Context;

/// A proxy that uses less than a hundredth of a core for so long has nothing left to do.
const QUIET: Duration = Duration::from_millis(200);
/// One that does not rest is read as it is after so long.
const UNSETTLED: Duration = Duration::from_secs(10);

/// The proxy's CPU time at one moment; nothing when there is no proxy.
pub(super) struct Reading(Option<Usage>);

impl Reading {
    /// Reads it now.
    ///
    /// # Errors
    /// When the proxy has ended.
    pub(super) fn take(contender: &Contender) -> Result<Self> {
        let used = contender.id().map(Usage::of).transpose();
        Ok(Self(used.context(|| format!("cannot read what `{}` has used", contender.kind))?))
    }

    /// The same, once the proxy has nothing left to do.
    ///
    /// # Errors
    /// When the proxy has ended.
    pub(super) fn settled(contender: &Contender) -> Result<Self> {
        let start = Instant::now();
        let mut last = Self::take(contender)?;
        while last.0.is_some() && start.elapsed() < UNSETTLED {
            std::thread::sleep(QUIET);
            let next = Self::take(contender)?;
            let is_quiet = next.used_since(&last) <= QUIET / 100;
            last = next;
            if is_quiet {
                break;
            }
        }
        Ok(last)
    }

    /// What was used between `earlier` and this reading.
    pub(super) fn used_since(&self, earlier: &Self) -> Duration {
        match (&self.0, &earlier.0) {
            (Some(now), Some(then)) => now.since(then),
            _ => Duration::ZERO,
        }
    }
}

/// Microseconds since 1970, as pgbench logs them.
///
/// # Errors
/// When the clock is set to a time before that.
pub(super) fn now_us() -> Result<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context(|| "the clock is before 1970".into())?;
    Ok(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}
