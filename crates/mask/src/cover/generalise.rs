//! Something coarser that is true: a year, a network, a round number, a place to a tenth of a degree. It never adds to a
//! value, and what it cannot make coarser it does not show.

use model::Class;

use super::builtin::Scalar;
use super::kind::Format;
use super::{date, decimal, leaf};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// Some 8,000 years from 2000 either way.
const DAYS_MAX: u64 = 3_000_000;

/// Writes a coarser value. `None`: there is none for this type and class.
pub(super) fn cover(
    class: Option<Class>,
    scalar: Scalar,
    format: Format,
    value: &[u8],
    out: &mut Vec<u8>,
) -> Option<()> {
    match (scalar, format) {
        (Scalar::Date | Scalar::Timestamp | Scalar::TimestampTz, Format::Text) => {
            date::year(scalar, value, out)
        }
        (Scalar::Date, _) => {
            let days = near(i64::from(i32::from_be_bytes(value.try_into().ok()?)))?;
            out.extend_from_slice(&i32::try_from(date::year_start(days)).ok()?.to_be_bytes());
            Some(())
        }
        (Scalar::Timestamp | Scalar::TimestampTz, _) => {
            let days = near(i64::from_be_bytes(value.try_into().ok()?).div_euclid(DAY))?;
            out.extend_from_slice(&(date::year_start(days) * DAY).to_be_bytes());
            Some(())
        }
        (Scalar::Inet | Scalar::Cidr, _) => {
            let network = leaf::coarse(&leaf::network(format, value)?);
            leaf::write_network(scalar, format, &network, out);
            Some(())
        }
        (Scalar::Point, _) => point(format, value, out),
        _ if leaf::is_number(scalar) => {
            let number = leaf::number(scalar, format, value)?;
            leaf::write_number(scalar, format, &round(class, &number)?, out)
        }
        _ if scalar.is_text() => {
            let text = std::str::from_utf8(value).ok()?.trim();
            out.extend_from_slice(of_text(class?, text)?.as_bytes());
            Some(())
        }
        _ => None,
    }
}

/// Infinities are the ends of the type.
fn near(days: i64) -> Option<i64> {
    (days.unsigned_abs() <= DAYS_MAX).then_some(days)
}

/// A rounder number, towards zero: places to a tenth, ages to ten years, all else to its first digit.
fn round(class: Option<Class>, text: &str) -> Option<String> {
    let number = decimal::parse(text)?;
    let sign = if number.negative { "-" } else { "" };
    if matches!(class, Some(Class::GeoPoint | Class::LocationHistory)) {
        let tenth = number.fraction.get(..1).unwrap_or("0");
        let zeroes = "0".repeat(number.fraction.len().saturating_sub(1));
        return Some(format!("{sign}{}.{tenth}{zeroes}", number.whole));
    }
    let whole = number.whole.trim_start_matches('0');
    // One digit is not made coarser by its first digit: it is nought to nine.
    let kept = whole.len().saturating_sub(1).min(1);
    let kept = if class == Some(Class::Age) { whole.len().saturating_sub(1) } else { kept };
    let (head, tail) = whole.split_at_checked(kept)?;
    let zeroes = "0".repeat(tail.len().max(usize::from(head.is_empty())));
    // One zero is enough when nothing is before it.
    let rounded = if head.is_empty() { "0".to_owned() } else { format!("{head}{zeroes}") };
    let sign = if head.is_empty() { "" } else { sign };
    let point = if number.fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{rounded}{point}{}", "0".repeat(number.fraction.len())))
}

/// `(x,y)`, each to a tenth.
fn point(format: Format, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let place = Some(Class::GeoPoint);
    if format == Format::Text {
        let inside = std::str::from_utf8(value).ok()?.strip_prefix('(')?.strip_suffix(')')?;
        let (x, y) = inside.split_once(',')?;
        let tenth = |part: &str| round(place, &leaf::number(Scalar::Float8, Format::Text, part.as_bytes())?);
        out.extend_from_slice(format!("({},{})", tenth(x)?, tenth(y)?).as_bytes());
        return Some(());
    }
    let (parts, []) = value.as_chunks::<8>() else { return None };
    (parts.len() == 2).then_some(())?;
    parts.iter().try_for_each(|part| {
        let number = leaf::number(Scalar::Float8, Format::Binary, part)?;
        leaf::write_number(Scalar::Float8, Format::Binary, &round(place, &number)?, out)
    })
}

/// Texts that hold what other columns hold in a type of their own.
fn of_text(class: Class, text: &str) -> Option<String> {
    match class {
        Class::IpAddress => {
            let network = leaf::coarse(&leaf::network(Format::Text, text.as_bytes())?);
            let mut out = Vec::new();
            leaf::write_network(Scalar::Cidr, Format::Text, &network, &mut out);
            String::from_utf8(out).ok()
        }
        Class::DateOfBirth => {
            let mut parts = text.split('-');
            let year = parts.next()?;
            let two = |part: Option<&str>| {
                part.is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            };
            let is_date = two(parts.next()) && two(parts.next()) && parts.next().is_none();
            let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            (is_date && is_year).then(|| format!("{year}-01-01"))
        }
        Class::Age | Class::Salary | Class::Balance => round(Some(class), text),
        Class::GeoPoint | Class::LocationHistory => {
            let places: Option<Vec<String>> =
                text.split(',').map(|part| round(Some(class), part.trim())).collect();
            let places = places?;
            let tenths = places.iter().map(|place| {
                place.split_once('.').map_or(place.as_str(), |_| {
                    let end = place.find('.').map_or(place.len(), |at| at + 2);
                    place.get(..end).unwrap_or_default()
                })
            });
            (places.len() <= 2).then(|| tenths.collect::<Vec<_>>().join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(class: Class, scalar: Scalar, value: &str) -> Option<String> {
        let mut out = Vec::new();
        cover(Some(class), scalar, Format::Text, value.as_bytes(), &mut out)?;
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn values_become_coarser() {
        for (class, scalar, value, coarser) in [
            (Class::DateOfBirth, Scalar::Date, "1987-06-05", "1987-01-01"),
            (Class::DateOfBirth, Scalar::Text, "1987-06-05", "1987-01-01"),
            (Class::Age, Scalar::Int4, "42", "40"),
            (Class::Age, Scalar::Int4, "104", "100"),
            (Class::Age, Scalar::Int4, "7", "0"),
            (Class::Salary, Scalar::Numeric, "52375.25", "50000.00"),
            (Class::Balance, Scalar::Numeric, "-9.99", "0.00"),
            (Class::Balance, Scalar::Int8, "-12345", "-10000"),
            (Class::GeoPoint, Scalar::Float8, "52.516275", "52.500000"),
            (Class::GeoPoint, Scalar::Numeric, "-13.377704", "-13.300000"),
            (Class::GeoPoint, Scalar::Point, "(13.377704,52.516275)", "(13.300000,52.500000)"),
            (Class::GeoPoint, Scalar::Text, "52.516275, 13.377704", "52.5,13.3"),
            (Class::IpAddress, Scalar::Inet, "192.0.2.77", "192.0.2.0/24"),
            (Class::IpAddress, Scalar::Text, "192.0.2.77", "192.0.2.0/24"),
        ] {
            assert_eq!(text(class, scalar, value).as_deref(), Some(coarser), "{value}");
        }
        for (class, scalar, value) in [
            (Class::DateOfBirth, Scalar::Text, "5 June 1987"),
            (Class::DateOfBirth, Scalar::Date, "infinity"),
            (Class::PersonName, Scalar::Text, "Alice"),
            (Class::Salary, Scalar::Numeric, "NaN"),
            (Class::GeoPoint, Scalar::Text, "1,2,3"),
            (Class::Gender, Scalar::Bool, "t"),
        ] {
            assert_eq!(text(class, scalar, value), None, "{value}");
        }
    }

    #[test]
    fn binary_dates_begin_their_year() {
        let mut out = Vec::new();
        // 1999-12-31 and its last microsecond.
        cover(None, Scalar::Date, Format::Binary, &(-1_i32).to_be_bytes(), &mut out).unwrap();
        assert_eq!(out, (-365_i32).to_be_bytes());
        out.clear();
        cover(None, Scalar::TimestampTz, Format::Binary, &(-1_i64).to_be_bytes(), &mut out).unwrap();
        assert_eq!(out, (-365 * DAY).to_be_bytes());
        for infinity in [i64::MAX, i64::MIN] {
            assert_eq!(
                cover(None, Scalar::Timestamp, Format::Binary, &infinity.to_be_bytes(), &mut out),
                None
            );
        }
    }
}
