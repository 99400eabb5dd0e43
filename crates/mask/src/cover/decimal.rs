//! Numbers in decimal: PostgreSQL's binary `numeric` to text and back. It never rounds.

/// Digits of a number, most to be read: far beyond any amount, and a bound on the work.
const DIGITS_MAX: usize = 1_000;

/// Each group of a `numeric` holds four digits (numeric.c, `NBASE`).
const GROUP: usize = 4;
const NEGATIVE: u16 = 0x4000;

/// Zero with `scale` digits behind the point.
pub(super) fn zero(scale: usize) -> String {
    if scale == 0 { "0".into() } else { format!("0.{}", "0".repeat(scale)) }
}

/// A decimal text taken apart: digits only, no exponent, no NaN, no infinity.
pub(super) struct Decimal<'a> {
    pub negative: bool,
    pub whole: &'a str,
    pub fraction: &'a str,
}

/// Takes a number's text apart.
pub(super) fn parse(text: &str) -> Option<Decimal<'_>> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !fraction.is_empty();
    let fits = whole.len() + fraction.len() <= DIGITS_MAX;
    (some && fits && digits(whole) && digits(fraction)).then_some(Decimal { negative, whole, fraction })
}

/// A binary `numeric` as text. `None`: NaN, an infinity, or not well-formed.
pub(super) fn decode(value: &[u8]) -> Option<String> {
    let (head, rest) = value.split_first_chunk::<8>()?;
    let [a, b, c, d, e, f, g, h] = *head;
    let count = usize::from(u16::from_be_bytes([a, b]));
    let weight = i32::from(i16::from_be_bytes([c, d]));
    let sign = u16::from_be_bytes([e, f]);
    let scale = usize::from(u16::from_be_bytes([g, h]));
    if rest.len() != count.checked_mul(2)? || (sign != 0 && sign != NEGATIVE) {
        return None;
    }
    let whole_groups = usize::try_from(weight + 1).unwrap_or(0);
    // Groups of zeroes between the point and the first group.
    let lead = usize::try_from(-(weight + 1)).unwrap_or(0);
    if whole_groups.max(count).max(lead) * GROUP + scale > DIGITS_MAX {
        return None;
    }
    let mut digits = String::new();
    for pair in rest.chunks_exact(2) {
        let group = u16::from_be_bytes(pair.try_into().ok()?);
        if group > 9_999 {
            return None;
        }
        digits.push_str(&format!("{group:04}"));
    }
    let mut whole: String = digits.chars().take(whole_groups * GROUP).collect();
    whole.extend(std::iter::repeat_n('0', (whole_groups * GROUP).saturating_sub(digits.len())));
    let fraction = std::iter::repeat_n('0', lead * GROUP).chain(digits.chars().skip(whole_groups * GROUP));
    let fraction: String = fraction.chain(std::iter::repeat('0')).take(scale).collect();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if sign == NEGATIVE { "-" } else { "" };
    let point = if scale == 0 { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// A number's text as a binary `numeric`.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let Decimal { negative, whole, fraction } = parse(text)?;
    let padded = format!("{}{whole}", "0".repeat(whole.len().next_multiple_of(GROUP) - whole.len()));
    let tail = "0".repeat(fraction.len().next_multiple_of(GROUP) - fraction.len());
    let digits = format!("{padded}{fraction}{tail}");
    let mut groups: Vec<u16> = Vec::new();
    for group in digits.as_bytes().chunks(GROUP) {
        groups.push(group.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')));
    }
    let lead = groups.iter().take_while(|group| **group == 0).count();
    let trail = groups.iter().skip(lead).rev().take_while(|group| **group == 0).count();
    let weight = i16::try_from(padded.len() / GROUP).ok()? - 1 - i16::try_from(lead).ok()?;
    let kept: Vec<u16> = groups.iter().copied().take(groups.len() - trail).skip(lead).collect();
    let weight = if kept.is_empty() { 0 } else { weight };
    let sign = if negative && !kept.is_empty() { NEGATIVE } else { 0 };
    let mut out = Vec::with_capacity(8 + kept.len() * 2);
    out.extend_from_slice(&u16::try_from(kept.len()).ok()?.to_be_bytes());
    out.extend_from_slice(&weight.to_be_bytes());
    out.extend_from_slice(&sign.to_be_bytes());
    out.extend_from_slice(&u16::try_from(fraction.len()).ok()?.to_be_bytes());
    kept.iter().for_each(|group| out.extend_from_slice(&group.to_be_bytes()));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_both_ways() {
        for text in [
            "0",
            "0.00",
            "1",
            "-1",
            "12345.6789",
            "10000",
            "100000000",
            "0.0001",
            "0.00000001",
            "-0.5",
            "99999999.10",
        ] {
            assert_eq!(decode(&encode(text).unwrap()).unwrap(), text);
        }
        // As PostgreSQL sends 12345.67: two groups before the point, one behind it.
        assert_eq!(encode("12345.67").unwrap(), [0, 3, 0, 1, 0, 0, 0, 2, 0, 1, 0x09, 0x29, 0x1a, 0x2c]);
    }

    #[test]
    fn what_is_no_plain_number_is_none() {
        for text in ["", ".", "-", "1e5", "NaN", "Infinity", "1.2.3", "١"] {
            assert!(parse(text).is_none(), "{text}");
        }
        let nan = [0, 0, 0, 0, 0xc0, 0, 0, 0];
        for bytes in [&nan[..], &[], &[0, 1, 0, 0, 0, 0, 0, 0], &[0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10]] {
            assert_eq!(decode(bytes), None);
        }
    }
}
