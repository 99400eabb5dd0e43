//! Days and seconds as texts, without a clock: the sample's "today" is fixed, so that its data never changes.

use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i64);

/// A moment in UTC, in seconds from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

/// The sample's today: 2026-06-30.
pub(crate) const TODAY: Day = Day(20_634);
/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

impl Day {
    /// Year, month and day of the Gregorian calendar (Howard Hinnant's `civil_from_days`).
    pub(crate) fn civil(self) -> (i64, i64, i64) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i64::from(month <= 2), month, day)
    }

    /// The moment so many seconds after its midnight.
    pub(crate) fn at(self, seconds: i64) -> Moment {
        Moment(self.0 * DAY + seconds)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (Day(self.0.div_euclid(DAY)), self.0.rem_euclid(DAY));
        write!(f, "{day} {:02}:{:02}:{:02}+00", second / 3_600, second / 60 % 60, second % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!(TODAY.to_string(), "2026-06-30");
        assert_eq!(Day(11_016).to_string(), "2000-02-29");
        assert_eq!(Day(-1).at(61).to_string(), "1969-12-31 00:01:01+00");
    }
}
