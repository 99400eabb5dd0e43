//! Times on the command line: a span back from now, a day, or RFC 3339. In the ledger they are microseconds.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Reads `90s`, `15m`, `1h`, `7d` (that long ago), `2026-11-23` (its beginning, in the local time zone) or RFC 3339.
pub(in crate::cmd) fn parse(text: &str) -> Result<u64, String> {
    let time = ago(text, Timestamp::now())
        .or_else(|| text.parse::<Timestamp>().ok())
        .or_else(|| Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::system()).ok()?.timestamp()))
        .ok_or_else(|| {
            format!("`{text}` is no time; write `1h` (ago), `2026-11-23` or `2026-11-23T14:00:00Z`")
        })?;
    u64::try_from(time.as_microsecond()).map_err(|_| format!("`{text}` is before 1970"))
}

/// What is wrong with a period in which nothing can lie.
pub(in crate::cmd) fn empty(since: Option<u64>, until: Option<u64>) -> Option<&'static str> {
    let empty = matches!((since, until), (Some(since), Some(until)) if until <= since);
    empty.then_some("`--until` is not after `--since`, so nothing lies between them")
}

fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    let unit = text.chars().next_back()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let count: i64 = text.strip_suffix(unit)?.parse().ok()?;
    now.checked_sub(SignedDuration::from_secs(count.checked_mul(seconds)?)).ok()
}

/// RFC 3339 in UTC with microseconds.
pub(in crate::cmd) fn show(micros: u64) -> String {
    i64::try_from(micros)
        .ok()
        .and_then(|micros| Timestamp::from_microsecond(micros).ok())
        .map_or_else(|| format!("{micros} µs"), |time| format!("{time:.6}"))
}

/// How long something took, as people say it.
pub(in crate::cmd) fn duration(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100),
        _ => format!("{}.{:02} s", micros / 1_000_000, micros % 1_000_000 / 10_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(ago("90s", now), "2026-11-23T11:58:30Z".parse().ok());
        assert_eq!(ago("7d", now), "2026-11-16T12:00:00Z".parse().ok());
        assert_eq!(parse("1970-01-01T00:00:01Z"), Ok(1_000_000));
        for bad in ["", "h", "1w", "yesterday", "1960-01-01T00:00:00Z", "99999999999999999d"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(show(1_767_225_600_000_001), "2026-01-01T00:00:00.000001Z");
        let shown = [999, 1_500, 61_230_000].map(duration);
        assert_eq!(shown, ["999 µs", "1.5 ms", "61.23 s"]);
    }
}
