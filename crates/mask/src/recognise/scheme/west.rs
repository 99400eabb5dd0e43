//! Germany, Austria, Switzerland, the Netherlands, Belgium, Turkey.

use super::super::check::{
    all_same, at, digits, letters_and_digits, mod_11_10, number, pair, weighted, weighted_head,
};

/// A German tax identification number: ten digits of which one occurs twice or thrice, mod 11,10.
pub(crate) fn de_steuer_id(text: &[u8]) -> bool {
    let digits = digits(text);
    let mut counts = [0_u8; 10];
    for digit in digits.iter().take(10) {
        if let Some(count) = counts.get_mut(usize::from(*digit)) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|count| **count > 1).count();
    digits.len() == 11
        && digits.first() != Some(&0)
        && repeated == 1
        && counts.iter().all(|count| *count <= 3)
        && mod_11_10(&digits)
}

/// A German pension insurance number: area, date of birth, a letter of the name, serial, check digit.
pub(crate) fn de_rente(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let Some(letter @ b'A'..=b'Z') = text.get(8) else { return false };
    let place = u32::from(letter - b'A') + 1;
    let mut all = digits(text.get(..8).unwrap_or_default());
    all.extend([u8::try_from(place / 10).unwrap_or(0), u8::try_from(place % 10).unwrap_or(0)]);
    all.extend(digits(text.get(9..).unwrap_or_default()));
    let sum: u32 = all
        .iter()
        .zip([2_u32, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    text.len() == 12
        && all.len() == 13
        && matches!((pair(&all, 4), pair(&all, 2)), (Some(month), Some(1..=81)) if (1..=12).contains(&month))
        && at(&all, 12) == Some(sum % 10)
}

/// An Austrian social insurance number: three digits, a check digit, the date of birth.
pub(crate) fn at_svnr(text: &[u8]) -> bool {
    let digits = digits(text);
    let body: Vec<u8> =
        digits.iter().enumerate().filter(|(place, _)| *place != 3).map(|(_, digit)| *digit).collect();
    // Months 13 to 15 stand for people whose day is used up.
    let month = pair(&digits, 6).map(|month| if month > 12 { month - 12 } else { month });
    digits.len() == 10
        && digits.first() != Some(&0)
        && matches!((month, pair(&digits, 4)), (Some(1..=12), Some(1..=31)))
        && weighted(&body, &[3, 7, 9, 5, 8, 4, 2, 1, 6]).map(|sum| sum % 11) == at(&digits, 3)
}

/// A Swiss social insurance number: 756 and EAN-13's check digit.
pub(crate) fn ch_ahv(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 13
        && digits.starts_with(&[7, 5, 6])
        && weighted(&digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1])
            .is_some_and(|sum| sum.is_multiple_of(10))
}

/// A Dutch citizen service number: the eleven test.
pub(crate) fn nl_bsn(text: &[u8]) -> bool {
    let digits = digits(text);
    let sum = weighted_head(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 9 && !all_same(&digits) && sum.is_some_and(|sum| Some(sum % 11) == at(&digits, 8))
}

/// A Belgian national register number: date, serial, mod 97 (with a 2 before it for those born since 2000).
pub(crate) fn be_nrn(text: &[u8]) -> bool {
    let digits = digits(text);
    let (Some(body), Some(check)) = (digits.get(..9), digits.get(9..11)) else { return false };
    let (body, check) = (number(body), number(check));
    digits.len() == 11
        && matches!((pair(&digits, 2), pair(&digits, 4)), (Some(0..=12), Some(0..=31)))
        && (97 - body % 97 == check || 97 - (2_000_000_000 + body) % 97 == check)
}

/// A Turkish identity number: two check digits.
pub(crate) fn tr_tckn(text: &[u8]) -> bool {
    let digits = digits(text);
    let (Some(odd), Some(even)) = (
        weighted_head(&digits, &[1, 0, 1, 0, 1, 0, 1, 0, 1]),
        weighted_head(&digits, &[0, 1, 0, 1, 0, 1, 0, 1, 0]),
    ) else {
        return false;
    };
    let all = weighted_head(&digits, &[1; 10]);
    digits.len() == 11
        && digits.first() != Some(&0)
        && Some((odd * 7 + 90 - even) % 10) == at(&digits, 9)
        && all.map(|sum| sum % 10) == at(&digits, 10)
}
