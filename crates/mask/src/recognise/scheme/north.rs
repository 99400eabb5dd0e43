//! Sweden, Denmark, Finland, Norway, Estonia.

use super::super::check::{at, digits, is_day, letters_and_digits, luhn, number, pair, weighted_head};

/// A Swedish personal number: date (60 added to the day for coordination numbers), Luhn over the last ten digits.
pub(crate) fn se_personnummer(text: &[u8]) -> bool {
    let mut digits = digits(text);
    if digits.len() == 12 {
        if !matches!(pair(&digits, 0), Some(18..=20)) {
            return false;
        }
        digits.drain(..2);
    }
    let day = pair(&digits, 4).map(|day| if day > 60 { day - 60 } else { day });
    digits.len() == 10
        && matches!((pair(&digits, 2), day), (Some(month), Some(day)) if is_day(month, day))
        && luhn(&digits)
}

/// A Danish CPR number: a date; since 2007 there is no check digit.
pub(crate) fn dk_cpr(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 10
        && matches!((pair(&digits, 2), pair(&digits, 0)), (Some(month), Some(day)) if is_day(month, day))
}

/// A Finnish identity code: date, sign of the century, three digits, a check character.
pub(crate) fn fi_hetu(text: &[u8]) -> bool {
    const MARKS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let (Some(date), Some(serial), Some(check)) = (text.get(..6), text.get(7..10), text.get(10)) else {
        return false;
    };
    let all: Vec<u8> = digits(date).into_iter().chain(digits(serial)).collect();
    all.len() == 9
        && matches!((pair(&all, 2), pair(&all, 0)), (Some(month), Some(day)) if is_day(month, day))
        && usize::try_from(number(&all) % 31).ok().and_then(|rest| MARKS.get(rest))
            == Some(&check.to_ascii_uppercase())
}

/// A Norwegian birth number (40 added to the day for D numbers): two check digits mod 11.
pub(crate) fn no_fodselsnummer(text: &[u8]) -> bool {
    let digits = digits(text);
    let check = |weights: &[u32]| weighted_head(&digits, weights).map(|sum| (11 - sum % 11) % 11);
    let day = pair(&digits, 0).map(|day| if day > 40 { day - 40 } else { day });
    digits.len() == 11
        && matches!((pair(&digits, 2), day), (Some(month), Some(day)) if is_day(month, day))
        && check(&[3, 7, 6, 1, 8, 9, 4, 5, 2]) == at(&digits, 9)
        && check(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) == at(&digits, 10)
}

/// An Estonian or Lithuanian personal code: century and sex, date, and a check digit of two tries.
pub(crate) fn ee_isikukood(text: &[u8]) -> bool {
    let digits = digits(text);
    let sum = |weights: &[u32]| weighted_head(&digits, weights).map(|sum| sum % 11);
    let wanted = match sum(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        Some(10) => sum(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]).map(|rest| rest % 10),
        first => first,
    };
    digits.len() == 11
        && matches!(digits.first(), Some(1..=8))
        && matches!((pair(&digits, 3), pair(&digits, 5)), (Some(month), Some(day)) if is_day(month, day))
        && wanted == at(&digits, 10)
}

/// An Icelandic number: date, serial, mod 11 with the century behind.
pub(crate) fn is_kennitala(text: &[u8]) -> bool {
    let digits = digits(&letters_and_digits(text));
    digits.len() == 10
        && matches!((pair(&digits, 2), pair(&digits, 0)), (Some(month), Some(day)) if is_day(month, day))
        && matches!(digits.get(9), Some(0 | 8 | 9))
        && weighted_head(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]).map(|sum| (11 - sum % 11) % 11) == at(&digits, 8)
}
