//! India, China, Korea, Singapore, Hong Kong, Israel.

use super::super::check::{
    all_same, at, digits, is_day, letters_and_digits, luhn, pair, verhoeff, weighted, weighted_head,
};

/// An Indian Aadhaar number: first digit 2–9, Verhoeff.
pub(crate) fn in_aadhaar(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 12 && matches!(digits.first(), Some(2..=9)) && !all_same(&digits) && verhoeff(&digits)
}

/// An Indian tax number: the fourth letter tells the kind of holder.
pub(crate) fn in_pan(text: &[u8]) -> bool {
    text.get(3).is_some_and(|kind| b"PCHABGJLFT".contains(&kind.to_ascii_uppercase()))
}

/// A Chinese resident's number: region, date of birth, serial, ISO 7064 mod 11-2.
pub(crate) fn cn_id(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(body), Some(check)) = (text.get(..17), text.get(17)) else { return false };
    let body = digits(body);
    let sum = weighted(&body, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    matches!(pair(&body, 6), Some(18..=20))
        && matches!((pair(&body, 10), pair(&body, 12)), (Some(month), Some(day)) if is_day(month, day))
        && sum.and_then(|sum| b"10X98765432".get(usize::try_from(sum % 11).ok()?)) == Some(check)
}

/// A Korean resident's number: date, sex and century; newer ones have no check digit.
pub(crate) fn kr_rrn(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 13
        && matches!((pair(&digits, 2), pair(&digits, 4)), (Some(month), Some(day)) if is_day(month, day))
        && matches!(digits.get(6), Some(1..=8))
}

/// A Singaporean number: a letter of the kind, seven digits, a check letter.
pub(crate) fn sg_nric(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(kind), Some(body), Some(check)) = (text.first(), text.get(1..8), text.get(8)) else {
        return false;
    };
    let Some(sum) = weighted(&digits(body), &[2, 7, 6, 5, 4, 3, 2]) else { return false };
    let (more, letters): (u32, &[u8; 11]) = match kind {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        _ => return false,
    };
    usize::try_from((sum + more) % 11).ok().and_then(|rest| letters.get(rest)) == Some(check)
}

/// A Hong Kong identity card: letters, six digits, a check character.
pub(crate) fn hk_id(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let Some((check, body)) = text.split_last() else { return false };
    let mut weights = 2..;
    let mut sum: u32 = body
        .iter()
        .rev()
        .zip(&mut weights)
        .map(|(byte, weight)| {
            let value = match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                _ => u32::from(byte.saturating_sub(b'A')) + 10,
            };
            value * weight
        })
        .sum();
    // One letter counts as if a space (36) stood before it.
    if letters == 1 {
        sum += 36 * 9;
    }
    let check = if *check == b'A' { 10 } else { u32::from(check.saturating_sub(b'0')) };
    matches!(letters, 1 | 2) && (sum + check).is_multiple_of(11)
}

/// An Israeli identity number: Luhn over nine digits.
pub(crate) fn il_id(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 9 && !all_same(&digits) && luhn(&digits)
}

/// A Taiwanese identity number: a letter of the place, sex, and a check digit.
pub(crate) fn tw_id(text: &[u8]) -> bool {
    const PLACES: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let text = letters_and_digits(text);
    let Some(place) = text.first().and_then(|letter| PLACES.iter().position(|place| place == letter)) else {
        return false;
    };
    let place = u32::try_from(place).unwrap_or(0) + 10;
    let rest = digits(text.get(1..).unwrap_or_default());
    let sum = weighted_head(&rest, &[8, 7, 6, 5, 4, 3, 2, 1]);
    let first = place / 10 + place % 10 * 9;
    matches!(rest.first(), Some(1 | 2 | 8 | 9))
        && sum.map(|sum| (10 - (first + sum) % 10) % 10) == at(&rest, 8)
}
