//! The United Kingdom, Ireland, Australia, New Zealand, South Africa.

use super::super::check::{
    all_same, at, digits, is_day, letters_and_digits, luhn, pair, weighted, weighted_head,
};

/// A national insurance number: two letters that are given out, six digits, A to D.
pub(crate) fn uk_nino(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(first), Some(second)) = (text.first(), text.get(1)) else { return false };
    let prefix = [*first, *second];
    !b"DFIQUV".contains(first)
        && !b"DFIOQUV".contains(second)
        && ![*b"BG", *b"GB", *b"KN", *b"NK", *b"NT", *b"TN", *b"ZZ"].contains(&prefix)
}

/// A number of the National Health Service: mod 11.
pub(crate) fn uk_nhs(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 10
        && !all_same(&digits)
        && weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_some_and(|sum| sum.is_multiple_of(11))
}

/// An Irish personal public service number: seven digits, a check letter, perhaps one more.
pub(crate) fn ie_pps(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let digits = digits(text.get(..7).unwrap_or_default());
    let Some(sum) = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) else { return false };
    let more = match text.get(8) {
        Some(letter @ b'A'..=b'I') => u32::from(letter - b'A') + 1,
        _ => 0,
    };
    let wanted = match (sum + more * 9) % 23 {
        0 => b'W',
        rest => b'A' + u8::try_from(rest - 1).unwrap_or(0),
    };
    text.get(7) == Some(&wanted)
}

/// An Australian tax file number: weighted sum mod 11.
pub(crate) fn au_tfn(text: &[u8]) -> bool {
    let digits = digits(text);
    !all_same(&digits)
        && weighted(&digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_some_and(|sum| sum.is_multiple_of(11))
}

/// An Australian Medicare card: first digit 2–6, ninth checks the eight before.
pub(crate) fn au_medicare(text: &[u8]) -> bool {
    let digits = digits(text);
    matches!(digits.len(), 10 | 11)
        && matches!(digits.first(), Some(2..=6))
        && weighted_head(&digits, &[1, 3, 7, 9, 1, 3, 7, 9]).map(|sum| sum % 10) == at(&digits, 8)
        && digits.get(9) != Some(&0)
}

/// A New Zealand tax number: mod 11 with two sets of weights.
pub(crate) fn nz_ird(text: &[u8]) -> bool {
    let mut digits = digits(text);
    if digits.len() == 8 {
        digits.insert(0, 0);
    }
    let check = |weights: &[u32]| weighted_head(&digits, weights).map(|sum| (11 - sum % 11) % 11);
    let first = check(&[3, 2, 7, 6, 5, 4, 3, 2]);
    let wanted = if first == Some(10) { check(&[7, 4, 3, 2, 5, 2, 7, 6]) } else { first };
    digits.len() == 9
        && !all_same(&digits)
        && wanted.is_some_and(|check| check < 10)
        && wanted == at(&digits, 8)
}

/// A South African identity number: date of birth, citizenship, Luhn.
pub(crate) fn za_id(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 13
        && matches!((pair(&digits, 2), pair(&digits, 4)), (Some(month), Some(day)) if is_day(month, day))
        && matches!(digits.get(10), Some(0..=2))
        && luhn(&digits)
}
