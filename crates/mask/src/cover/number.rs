//! Digits in place of digits: a keyed permutation of all numbers of one length, so that length and separators stay, and no
//! two values become one. In the manner of NIST SP 800-38G's FF1: a Feistel network over two halves, with HMAC for its
//! rounds. It is as strong as the length allows, so short numbers have none.

use super::key::Domain;

/// Fewer digits than this can be tried through (SP 800-38G asks for a million values at least).
const DIGITS_MIN: usize = 6;
/// More than any number people have; each half still fits 64 bits.
const DIGITS_MAX: usize = 36;
/// FF1's.
const ROUNDS: u8 = 10;
/// How often a permutation is walked on to reach a number of the wanted kind, of which at least half are.
const WALK_MAX: u8 = 128;

/// Two moduli whose product is how many values there are, and a value as two remainders.
fn permute(domain: &Domain, tweak: &[u8], moduli: (u64, u64), mut value: (u64, u64)) -> (u64, u64) {
    for round in 0..ROUNDS {
        let even = round % 2 == 0;
        let other = if even { value.1 } else { value.0 };
        let tag = domain.tag(&[b"permute", tweak, &[round], &other.to_be_bytes()]);
        let drawn = tag.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
        let (modulus, half) = if even { (moduli.0, &mut value.0) } else { (moduli.1, &mut value.1) };
        let sum = (u128::from(*half) + drawn % u128::from(modulus)) % u128::from(modulus);
        *half = u64::try_from(sum).unwrap_or(0);
    }
    value
}

/// Another whole number below `1 << bits`, and at least `least`, as `value` must be: no two become one.
pub(super) fn permute_bits(domain: &Domain, bits: u32, least: u64, value: u64) -> Option<u64> {
    let low = bits / 2;
    let moduli = (1_u64.checked_shl(bits - low)?, 1_u64.checked_shl(low)?);
    let mut halves = (value >> low, value & (moduli.1 - 1));
    for _ in 0..WALK_MAX {
        halves = permute(domain, &[b'b', u8::try_from(bits).ok()?], moduli, halves);
        let walked = (halves.0 << low) | halves.1;
        if walked >= least {
            return Some(walked);
        }
    }
    None
}

/// Other digits, as many, that fit; the first is zero only if it was. Never the same ones.
fn permute_digits(domain: &Domain, digits: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let count = digits.len();
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&count) {
        return None;
    }
    let (head, tail) = digits.split_at_checked(count / 2)?;
    let power = |part: &str| 10_u64.checked_pow(u32::try_from(part.len()).ok()?);
    let moduli = (power(head)?, power(tail)?);
    let mut halves = (head.parse().ok()?, tail.parse().ok()?);
    for _ in 0..WALK_MAX {
        halves = permute(domain, &[b'd', u8::try_from(count).ok()?], moduli, halves);
        let walked = format!("{:0head$}{:0tail$}", halves.0, halves.1, head = head.len(), tail = tail.len());
        if walked.starts_with('0') == digits.starts_with('0') && walked != digits && fits(&walked) {
            return Some(walked);
        }
    }
    None
}

/// A number in decimal: sign, length and point stay. `fits` is what its type can hold.
pub(super) fn decimal(domain: &Domain, text: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let number = super::decimal::parse(text)?;
    // Zero in front of a point is no digit of the value.
    let whole = if number.whole == "0" { "" } else { number.whole };
    let walked = permute_digits(domain, &format!("{whole}{}", number.fraction), fits)?;
    let (head, tail) = walked.split_at_checked(whole.len())?;
    let sign = if number.negative { "-" } else { "" };
    let head = if head.is_empty() { "0" } else { head };
    let point = if tail.is_empty() { "" } else { "." };
    Some(format!("{sign}{head}{point}{tail}"))
}

/// A text: ASCII digits become others, its letters `x` or `X`, separators stay. `None`: too few digits or too many, or
/// something in it is neither.
pub(super) fn text(domain: &Domain, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let digits: String =
        value.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    let walked = permute_digits(domain, &digits, |_| true)?;
    let mut walked = walked.bytes();
    for byte in value {
        out.push(match byte {
            b'0'..=b'9' => walked.next()?,
            b'a'..=b'z' => b'x',
            b'A'..=b'Z' => b'X',
            b' ' | b'+' | b'-' | b'.' | b'/' | b'(' | b')' | b':' | b'_' => *byte,
            _ => return None,
        });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::key::Key;
    use super::*;

    fn domain() -> Domain {
        Key::new([3; 32]).domain(None)
    }

    #[test]
    fn no_two_become_one_and_length_stays() {
        let domain = domain();
        let seen: HashSet<String> = (100_000..102_000)
            .map(|value: u32| {
                let walked = permute_digits(&domain, &value.to_string(), |_| true).unwrap();
                assert!(walked.len() == 6 && !walked.starts_with('0') && walked != value.to_string());
                walked
            })
            .collect();
        assert_eq!(seen.len(), 2_000);
        let seen: HashSet<u64> =
            (0..2_000).map(|value| permute_bits(&domain, 15, 0, value).unwrap()).collect();
        assert!(seen.len() == 2_000 && seen.iter().all(|value| *value < 1 << 15));
        for value in [1 << 31, u64::MAX >> 1] {
            let walked = permute_bits(&domain, 63, 1 << 31, value).unwrap();
            assert!((1 << 31..1 << 63).contains(&walked));
        }
    }

    #[test]
    fn texts_and_numbers_agree() {
        let domain = domain();
        let mut out = Vec::new();
        text(&domain, b"DE 123-456 789", &mut out).unwrap();
        let digits: String = out.iter().map(|byte| char::from(*byte)).filter(char::is_ascii_digit).collect();
        assert_eq!(decimal(&domain, "123456789", |_| true).unwrap(), digits);
        assert!(out.starts_with(b"XX ") && out[6] == b'-');
        assert_eq!(text(&domain, "123456ä".as_bytes(), &mut Vec::new()), None);
        assert_eq!(text(&domain, b"12345", &mut Vec::new()), None);
        assert_eq!(text(&domain, &[b'1'; 37], &mut Vec::new()), None);
        let cents = decimal(&domain, "-1234567.89", |_| true).unwrap();
        assert!(cents.starts_with('-') && cents.len() == "-1234567.89".len() && cents.ends_with(&cents[9..]));
        assert!(decimal(&domain, "0.123456", |_| true).unwrap().starts_with("0."));
    }
}
