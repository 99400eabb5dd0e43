//! Poland, Czechia and Slovakia, Romania, Bulgaria, Croatia.

use super::super::check::{all_same, at, digits, is_day, mod_11_10, number, pair, weighted_head};

/// A Polish PESEL: a date whose month tells the century, and a check digit.
pub(crate) fn pl_pesel(text: &[u8]) -> bool {
    let digits = digits(text);
    let month = pair(&digits, 2).map(|month| month % 20);
    digits.len() == 11
        && matches!((month, pair(&digits, 4)), (Some(month), Some(day)) if is_day(month, day))
        && weighted_head(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]).map(|sum| (10 - sum % 10) % 10)
            == at(&digits, 10)
}

/// A Polish tax number: mod 11, never ten.
pub(crate) fn pl_nip(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 10
        && !all_same(&digits)
        && weighted_head(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]).map(|sum| sum % 11) == at(&digits, 9)
}

/// A Czech or Slovak birth number: date (50 added to the month for women), divisible by 11.
pub(crate) fn cz_rodne_cislo(text: &[u8]) -> bool {
    let digits = digits(text);
    let month = pair(&digits, 2).map(|month| match month {
        71..=82 => month - 70,
        51..=62 => month - 50,
        21..=32 => month - 20,
        month => month,
    });
    digits.len() == 10
        && matches!((month, pair(&digits, 4)), (Some(month), Some(day)) if is_day(month, day))
        && number(&digits).is_multiple_of(11)
}

/// A Romanian personal number: sex and century, date, county, check digit.
pub(crate) fn ro_cnp(text: &[u8]) -> bool {
    let digits = digits(text);
    let check = weighted_head(&digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9])
        .map(|sum| if sum % 11 == 10 { 1 } else { sum % 11 });
    digits.len() == 13
        && matches!(digits.first(), Some(1..=9))
        && matches!((pair(&digits, 3), pair(&digits, 5)), (Some(month), Some(day)) if is_day(month, day))
        && check == at(&digits, 12)
}

/// A Bulgarian number: date (20 or 40 added to the month), check digit.
pub(crate) fn bg_egn(text: &[u8]) -> bool {
    let digits = digits(text);
    let month = pair(&digits, 2).map(|month| month % 20);
    digits.len() == 10
        && matches!((month, pair(&digits, 4)), (Some(month), Some(day)) if is_day(month, day))
        && weighted_head(&digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]).map(|sum| sum % 11 % 10) == at(&digits, 9)
}

/// A Croatian number: ISO 7064 mod 11,10.
pub(crate) fn hr_oib(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 11 && !all_same(&digits) && mod_11_10(&digits)
}
