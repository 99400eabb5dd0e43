//! A time in the words that rules read: hour, weekday, RFC 3339. Pure arithmetic on a given time, always UTC; it
//! never asks what time it is.

use model::Timestamp;

const SECOND: u64 = 1_000_000;
const HOUR: u64 = 3_600 * SECOND;
const DAY: u64 = 24 * HOUR;

/// 0 to 23.
pub(crate) fn hour(at: Timestamp) -> u64 {
    at.0 % DAY / HOUR
}

/// 1 = Monday to 7 = Sunday. 1970-01-01 was a Thursday.
pub(crate) fn weekday(at: Timestamp) -> u64 {
    (at.0 / DAY + 3) % 7 + 1
}

/// The beginning of the next hour.
pub(crate) fn next_hour(at: Timestamp) -> Timestamp {
    Timestamp((at.0 / HOUR).saturating_add(1).saturating_mul(HOUR))
}

/// `2026-03-01T09:30:00.250Z`, as Cedar's `datetime` takes it. Later than the year 9999 is the last moment of it.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    const LAST: u64 = 253_402_300_799 * SECOND + 999_000;
    let at = at.0.min(LAST);
    let (year, month, day) = civil(at / DAY);
    let (minute, second, milli) = (at % HOUR / (60 * SECOND), at / SECOND % 60, at % SECOND / 1_000);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{minute:02}:{second:02}.{milli:03}Z", hour(Timestamp(at)))
}

/// The days from 1970-01-01 to a date; `None` for an earlier one or one that is none.
pub(crate) fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let year = if month <= 2 { year.checked_sub(1)? } else { year };
    let shifted_month = (month + 9) % 12;
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * shifted_month + 2) / 5 + day.checked_sub(1)?;
    (era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year).checked_sub(719_468)
}

/// The date of a day since 1970-01-01, by the calendar of 400 years (Howard Hinnant's `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_the_same() {
        for day in (0..60_000).step_by(7) {
            let (year, month, of_month) = civil(day);
            assert_eq!(days(year, month, of_month), Some(day));
        }
        assert_eq!(days(1969, 12, 31), None);
    }

    #[test]
    fn times_are_read_as_people_read_them() {
        let at = |seconds: u64| Timestamp(seconds * SECOND);
        assert_eq!(rfc3339(at(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!((hour(at(0)), weekday(at(0))), (0, 4));
        assert_eq!(rfc3339(Timestamp(951_782_400 * SECOND + 250_000)), "2000-02-29T00:00:00.250Z");
        assert_eq!(rfc3339(at(1_772_357_400)), "2026-03-01T09:30:00.000Z");
        assert_eq!((hour(at(1_772_357_400)), weekday(at(1_772_357_400))), (9, 7), "a Sunday");
        assert_eq!(weekday(at(1_772_357_400 + 86_400)), 1, "a Monday");
        assert_eq!(rfc3339(next_hour(at(1_772_357_400))), "2026-03-01T10:00:00.000Z");
        assert_eq!(rfc3339(Timestamp(u64::MAX)), "9999-12-31T23:59:59.999Z");
    }
}
