//! The one place where the gate reads the time of day.

use std::time::{SystemTime, UNIX_EPOCH};

use model::Timestamp;

/// Now. A clock before 1970 reads as 1970.
#[inline]
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}
