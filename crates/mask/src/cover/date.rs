//! Dates and times as text, in the styles that a session may have set (`DateStyle`, `IntervalStyle`): told by a value's
//! shape, since a mask must answer in the same. It reads a year and nothing finer.

use super::builtin::Scalar;

/// How dates are written (manual, section 8.5.2). Whether day or month comes first does not matter for a first of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Iso,
    Sql,
    German,
    Postgres,
}

/// What a full mask shows for a styled type.
pub(super) fn instead(scalar: Scalar, value: &[u8], out: &mut Vec<u8>) {
    let text = std::str::from_utf8(value).unwrap_or_default().trim_start_matches(['{', '"']);
    if scalar == Scalar::Interval {
        let shown: &[u8] = match text.as_bytes().first() {
            Some(b'P') => b"PT0S",
            Some(b'@') => b"@ 0",
            _ => b"00:00:00",
        };
        return out.extend_from_slice(shown);
    }
    write(scalar, style(text), "1900", out);
}

/// The first of January of the value's year. `None`: no date of our era that can be read.
pub(super) fn year(scalar: Scalar, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let text = std::str::from_utf8(value).ok()?;
    if text.ends_with(" BC") {
        return None;
    }
    let style = style(text);
    let mut parts = text.split([' ', 'T']);
    let year = match style {
        Style::Iso => text.split('-').next()?,
        Style::Sql => parts.next()?.rsplit('/').next()?,
        Style::German => parts.next()?.rsplit('.').next()?,
        Style::Postgres if scalar == Scalar::Date => text.rsplit('-').next()?,
        // `Wed Dec 17 07:37:16 1997 PST`
        Style::Postgres => parts.nth(4)?,
    };
    if !(4..=6).contains(&year.len()) || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    write(scalar, style, year, out);
    Some(())
}

fn style(text: &str) -> Style {
    let first = text.bytes().find(|byte| !byte.is_ascii_digit());
    let before = text.bytes().take_while(u8::is_ascii_digit).count();
    match (first, before) {
        (Some(b'/'), _) => Style::Sql,
        (Some(b'.'), _) => Style::German,
        (Some(b'-'), 2) => Style::Postgres,
        (Some(letter), 0) if letter.is_ascii_uppercase() => Style::Postgres,
        _ => Style::Iso,
    }
}

fn write(scalar: Scalar, style: Style, year: &str, out: &mut Vec<u8>) {
    let zone = scalar == Scalar::TimestampTz;
    let timed = zone || scalar == Scalar::Timestamp;
    let (before, behind) = match (style, timed) {
        (Style::Iso, _) => ("", "-01-01"),
        (Style::Sql, _) => ("01/01/", ""),
        (Style::German, _) => ("01.01.", ""),
        (Style::Postgres, false) => ("01-01-", ""),
        (Style::Postgres, true) => {
            out.extend_from_slice(weekday(year).as_bytes());
            (" Jan 01 00:00:00 ", "")
        }
    };
    [before, year, behind].iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
    if timed && style != Style::Postgres {
        out.extend_from_slice(b" 00:00:00");
    }
    if zone {
        let zone: &[u8] = if style == Style::Iso { b"+00" } else { b" UTC" };
        out.extend_from_slice(zone);
    }
}

/// The weekday of a year's first day.
fn weekday(year: &str) -> &'static str {
    let year: i64 = year.parse().unwrap_or(1900);
    let days = days_to_year(year) + 6;
    let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let at = usize::try_from(days.rem_euclid(7)).unwrap_or(0);
    names.get(at).copied().unwrap_or("Mon")
}

/// Days from 2000-01-01, a Saturday, to the first day of `year`.
pub(super) fn days_to_year(year: i64) -> i64 {
    let before = year - 1;
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    // Leap years before 2000.
    365 * (year - 2000) + leaps - (1999 / 4 - 1999 / 100 + 1999 / 400)
}

/// The first day of the year in which day `days`, counted from 2000-01-01, falls.
pub(super) fn year_start(days: i64) -> i64 {
    // A year that is not later, and near.
    let mut year = 2000 + days.div_euclid(if days < 0 { 365 } else { 366 });
    while days_to_year(year + 1) <= days {
        year += 1;
    }
    days_to_year(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year_of(scalar: Scalar, text: &str) -> Option<String> {
        let mut out = Vec::new();
        year(scalar, text.as_bytes(), &mut out)?;
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_year_stays_in_the_same_style() {
        for (scalar, text, shown) in [
            (Scalar::Date, "1997-12-17", "1997-01-01"),
            (Scalar::Date, "12/17/1997", "01/01/1997"),
            (Scalar::Date, "17.12.1997", "01.01.1997"),
            (Scalar::Date, "12-17-1997", "01-01-1997"),
            (Scalar::Timestamp, "1997-12-17 07:37:16.123", "1997-01-01 00:00:00"),
            (Scalar::TimestampTz, "1997-12-17 07:37:16-08", "1997-01-01 00:00:00+00"),
            (Scalar::TimestampTz, "12/17/1997 07:37:16.00 PST", "01/01/1997 00:00:00 UTC"),
            (Scalar::TimestampTz, "17.12.1997 07:37:16.00 PST", "01.01.1997 00:00:00 UTC"),
            (Scalar::TimestampTz, "Wed Dec 17 07:37:16 1997 PST", "Wed Jan 01 00:00:00 1997 UTC"),
            (Scalar::Timestamp, "Wed Dec 17 07:37:16 1997", "Wed Jan 01 00:00:00 1997"),
            (Scalar::Date, "12024-02-29", "12024-01-01"),
        ] {
            assert_eq!(year_of(scalar, text).as_deref(), Some(shown), "{text}");
        }
        for none in ["infinity", "-infinity", "0044-03-15 BC", "", "x", "1997", "199-01-01x"] {
            let year = year_of(Scalar::Date, none);
            assert!(year.is_none() || year.as_deref() == Some("1997-01-01"), "{none}: {year:?}");
        }
    }

    #[test]
    fn a_constant_follows_the_style() {
        for (scalar, text, shown) in [
            (Scalar::Date, "x", "1900-01-01"),
            (Scalar::Date, "{17.12.1997}", "01.01.1900"),
            (Scalar::TimestampTz, "Wed Dec 17 07:37:16 1997 PST", "Mon Jan 01 00:00:00 1900 UTC"),
            (Scalar::Interval, "P1Y", "PT0S"),
            (Scalar::Interval, "@ 1 year", "@ 0"),
            (Scalar::Interval, "1 year", "00:00:00"),
        ] {
            let mut out = Vec::new();
            instead(scalar, text.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), shown);
        }
    }

    #[test]
    fn years_begin_where_they_begin() {
        assert_eq!(days_to_year(2000), 0);
        assert_eq!(days_to_year(2001), 366);
        assert_eq!(days_to_year(1900), i64::from(super::super::builtin::DAYS_1900));
        for (days, start) in [
            (0, 0),
            (365, 0),
            (366, 366),
            (-1, -365),
            (-365, -365),
            (-366, -730),
            (1_000_000, days_to_year(4737)),
        ] {
            assert_eq!(year_start(days), start, "{days}");
        }
    }
}
