//! Limits that a `connect` rule sets on a session, written as `@limits("statement_timeout=30s rows=100000")`.
//! It only reads and compares them; the gate sets and counts.

/// What a session may take. `None` = no limit by the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SessionLimits {
    /// `statement_timeout`, in milliseconds.
    pub statement_timeout_ms: Option<u64>,
    /// `lock_timeout`, in milliseconds.
    pub lock_timeout_ms: Option<u64>,
    /// `idle_in_transaction_session_timeout`, in milliseconds.
    pub idle_in_transaction_ms: Option<u64>,
    /// `transaction_timeout` (PostgreSQL 17), in milliseconds.
    pub transaction_timeout_ms: Option<u64>,
    /// Rows that one statement may return.
    pub rows_max: Option<u64>,
    /// Bytes that one statement may return.
    pub bytes_max: Option<u64>,
}

/// PostgreSQL takes timeouts up to 2^31 - 1 milliseconds.
const TIMEOUT_MS_MAX: u64 = 2_147_483_647;

impl SessionLimits {
    /// Reads `name=value` pairs. `none` alone means: no limits at all.
    ///
    /// # Errors
    /// When a name is unknown or twice there, or a value cannot be read: one sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut limits = Self::default();
        if text.trim() == "none" {
            return Ok(limits);
        }
        let mut any = false;
        for pair in text.split_ascii_whitespace() {
            let (name, value) =
                pair.split_once('=').ok_or_else(|| format!("`{pair}` is no `name=value` of a limit"))?;
            let (field, parsed) = match name {
                "statement_timeout" => (&mut limits.statement_timeout_ms, duration(value)),
                "lock_timeout" => (&mut limits.lock_timeout_ms, duration(value)),
                "idle_in_transaction_session_timeout" => {
                    (&mut limits.idle_in_transaction_ms, duration(value))
                }
                "transaction_timeout" => (&mut limits.transaction_timeout_ms, duration(value)),
                "rows" => (&mut limits.rows_max, number(value, 1)),
                "bytes" => (&mut limits.bytes_max, size(value)),
                _ => return Err(format!("there is no limit `{name}`")),
            };
            let parsed = parsed.ok_or_else(|| format!("`{value}` is no value of the limit `{name}`"))?;
            if field.replace(parsed).is_some() {
                return Err(format!("the limit `{name}` is there twice"));
            }
            any = true;
        }
        if any { Ok(limits) } else { Err("no limit is named; `none` means no limits".to_owned()) }
    }

    /// Of each limit the more generous one.
    pub(crate) fn or(self, other: Self) -> Self {
        self.each(other, |a, b| a.zip(b).map(|(a, b)| a.max(b)))
    }

    /// Of each limit the stricter one.
    pub(crate) fn and(self, other: Self) -> Self {
        self.each(other, |a, b| [a, b].into_iter().flatten().min())
    }

    fn each(self, other: Self, pick: impl Fn(Option<u64>, Option<u64>) -> Option<u64>) -> Self {
        Self {
            statement_timeout_ms: pick(self.statement_timeout_ms, other.statement_timeout_ms),
            lock_timeout_ms: pick(self.lock_timeout_ms, other.lock_timeout_ms),
            idle_in_transaction_ms: pick(self.idle_in_transaction_ms, other.idle_in_transaction_ms),
            transaction_timeout_ms: pick(self.transaction_timeout_ms, other.transaction_timeout_ms),
            rows_max: pick(self.rows_max, other.rows_max),
            bytes_max: pick(self.bytes_max, other.bytes_max),
        }
    }
}

fn number(text: &str, unit: u64) -> Option<u64> {
    // `parse` would take a plus sign.
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = if digits { text.parse::<u64>().ok()?.checked_mul(unit)? } else { return None };
    (value > 0).then_some(value)
}

fn with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(digits.len()..)?;
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    number(digits, *factor)
}

fn duration(text: &str) -> Option<u64> {
    let units = [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000)];
    with_unit(text, &units).filter(|&ms| ms <= TIMEOUT_MS_MAX)
}

fn size(text: &str) -> Option<u64> {
    with_unit(text, &[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_strictly() {
        let all = "statement_timeout=30s lock_timeout=5000ms idle_in_transaction_session_timeout=2min \
                   transaction_timeout=1h rows=100000 bytes=256MiB";
        let limits = SessionLimits::parse(all).unwrap();
        assert_eq!(limits.statement_timeout_ms, Some(30_000));
        assert_eq!(limits.lock_timeout_ms, Some(5_000));
        assert_eq!(limits.idle_in_transaction_ms, Some(120_000));
        assert_eq!(limits.transaction_timeout_ms, Some(3_600_000));
        assert_eq!(limits.rows_max, Some(100_000));
        assert_eq!(limits.bytes_max, Some(256 << 20));
        assert_eq!(SessionLimits::parse("none"), Ok(SessionLimits::default()));
        for bad in [
            "",
            "rows",
            "rows=",
            "rows=0",
            "rows=-1",
            "rows=+1",
            "rows=1s",
            "rows=1 rows=2",
            "timeout=1s",
            "statement_timeout=30",
            "statement_timeout=1d",
            "statement_timeout=999999h",
            "bytes=1MB",
            "bytes=99999999999999999999B",
            "bytes=99999999999GiB",
            "none rows=1",
        ] {
            assert!(SessionLimits::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn generous_and_strict() {
        let a = SessionLimits { rows_max: Some(10), bytes_max: Some(7), ..SessionLimits::default() };
        let b = SessionLimits { rows_max: Some(20), ..SessionLimits::default() };
        assert_eq!((a.or(b).rows_max, a.or(b).bytes_max), (Some(20), None));
        assert_eq!((a.and(b).rows_max, a.and(b).bytes_max), (Some(10), Some(7)));
    }
}
