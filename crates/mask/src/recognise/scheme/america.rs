//! The United States, Canada, Mexico, Brazil, Argentina, Chile.

use super::super::check::{
    all_same, at, digits, is_day, letters_and_digits, luhn, number, pair, weighted_head,
};

/// A social security number: no area 000, 666 or 9xx, no group 00, no serial 0000.
pub(crate) fn us_ssn(text: &[u8]) -> bool {
    let digits = digits(text);
    let (Some(area), Some(group), Some(serial)) = (digits.get(..3), digits.get(3..5), digits.get(5..9))
    else {
        return false;
    };
    let area = number(area);
    digits.len() == 9 && area != 0 && area != 666 && area < 900 && number(group) != 0 && number(serial) != 0
}

/// An individual taxpayer's number: area 9xx, group 50–65, 70–88, 90–92 or 94–99.
pub(crate) fn us_itin(text: &[u8]) -> bool {
    let digits = digits(text);
    let group = pair(&digits, 3).unwrap_or(0);
    digits.len() == 9 && digits.first() == Some(&9) && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// An employer's number: two digits of a campus, a dash, seven digits.
pub(crate) fn us_ein(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 9
        && matches!(
            pair(&digits, 0),
            Some(1..=6 | 10..=16 | 20..=27 | 30..=48 | 50..=68 | 71..=77 | 80..=88 | 90..=95 | 98 | 99)
        )
}

/// A bank's routing number (ABA): weights 3, 7, 1 and a first pair that exists.
pub(crate) fn us_routing(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 9
        && matches!(pair(&digits, 0), Some(0..=12 | 21..=32 | 61..=72 | 80))
        && !all_same(&digits)
        && weighted_head(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_some_and(|sum| sum.is_multiple_of(10))
}

/// A Canadian social insurance number: Luhn, not beginning with 0 or 8.
pub(crate) fn ca_sin(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 9 && !matches!(digits.first(), Some(0 | 8)) && luhn(&digits) && !all_same(&digits)
}

/// A Brazilian person's tax number: two check digits mod 11.
pub(crate) fn br_cpf(text: &[u8]) -> bool {
    let digits = digits(text);
    let check = |weights: &[u32]| weighted_head(&digits, weights).map(|sum| sum * 10 % 11 % 10);
    digits.len() == 11
        && !all_same(&digits)
        && check(&[10, 9, 8, 7, 6, 5, 4, 3, 2]) == at(&digits, 9)
        && check(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == at(&digits, 10)
}

/// A Brazilian firm's number: two check digits mod 11 with other weights.
pub(crate) fn br_cnpj(text: &[u8]) -> bool {
    let digits = digits(text);
    let check = |weights: &[u32]| {
        weighted_head(&digits, weights).map(|sum| if sum % 11 < 2 { 0 } else { 11 - sum % 11 })
    };
    digits.len() == 14
        && !all_same(&digits)
        && check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == at(&digits, 12)
        && check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == at(&digits, 13)
}

/// A Mexican person's code: letters, date of birth, sex, state, and a check digit.
pub(crate) fn mx_curp(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let Some((check, body)) = text.split_last() else { return false };
    if body.len() != 17 {
        return false;
    }
    // Places are counted in an alphabet that has Ñ between N and O.
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'N' => u32::from(byte - b'A') + 10,
        _ => u32::from(byte.saturating_sub(b'A')) + 11,
    };
    let sum: u32 = body.iter().zip((2..=18).rev()).map(|(byte, weight)| value(*byte) * weight).sum();
    let date = digits(body.get(4..10).unwrap_or_default());
    u32::from(check.saturating_sub(b'0')) == (10 - sum % 10) % 10 && has_day(&date)
}

/// A Mexican tax number: three or four letters, a date, three characters.
pub(crate) fn mx_rfc(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let date = digits(text.get(letters..letters + 6).unwrap_or_default());
    matches!((letters, text.len()), (3, 12) | (4, 13)) && has_day(&date)
}

fn has_day(date: &[u8]) -> bool {
    matches!((pair(date, 2), pair(date, 4)), (Some(month), Some(day)) if is_day(month, day))
}

/// An Argentine tax number: a kind of holder, and mod 11.
pub(crate) fn ar_cuit(text: &[u8]) -> bool {
    let digits = digits(text);
    let sum = weighted_head(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    digits.len() == 11
        && matches!(pair(&digits, 0), Some(20 | 23 | 24 | 27 | 30 | 33 | 34))
        && sum.map(|sum| (11 - sum % 11) % 11) == at(&digits, 10)
}

/// A Chilean number: mod 11 with K for ten.
pub(crate) fn cl_rut(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let Some((check, body)) = text.split_last() else { return false };
    let body = digits(body);
    let sum: u32 =
        body.iter().rev().zip([2, 3, 4, 5, 6, 7].iter().cycle()).map(|(d, w)| u32::from(*d) * w).sum();
    let wanted = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        rest => b'0' + u8::try_from(rest).unwrap_or(0),
    };
    matches!(body.len(), 7 | 8) && *check == wanted
}
