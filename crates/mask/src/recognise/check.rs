//! Check digits: the arithmetic that national schemes, cards and accounts share.
//!
//! All functions take text with separators and look only at what counts. None panics on any bytes.

/// The digits of a text, in order; everything else is passed over.
#[must_use]
pub fn digits(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect()
}

/// Letters in upper case and digits; everything else is passed over.
#[must_use]
pub fn letters_and_digits(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect()
}

/// Luhn's check (ISO/IEC 7812-1).
#[must_use]
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// The sum of each digit times its weight; `None` when there are not as many digits as weights.
#[must_use]
pub fn weighted(digits: &[u8], weights: &[u32]) -> Option<u32> {
    (digits.len() == weights.len())
        .then(|| digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum())
}

/// The first digits' weighted sum, for schemes whose last digits check the ones before.
#[must_use]
pub fn weighted_head(digits: &[u8], weights: &[u32]) -> Option<u32> {
    weighted(digits.get(..weights.len())?, weights)
}

/// The digit at a place.
#[must_use]
pub fn at(digits: &[u8], place: usize) -> Option<u32> {
    digits.get(place).map(|digit| u32::from(*digit))
}

/// The number that some of the digits make.
#[must_use]
pub fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0_u64, |number, digit| number.wrapping_mul(10).wrapping_add(u64::from(*digit)))
}

/// ISO 7064 mod 97-10 over letters and digits, as IBAN has it: the remainder.
#[must_use]
pub fn mod_97(text: impl Iterator<Item = u8>) -> u32 {
    text.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        b'A'..=b'Z' => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
        b'a'..=b'z' => (rest * 100 + u32::from(byte - b'a') + 10) % 97,
        _ => rest,
    })
}

/// ISO 7064 mod 11,10 over digits, the last of which checks.
#[must_use]
pub fn mod_11_10(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (product + u32::from(*digit)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == u32::from(*check)
}

/// Verhoeff's check over digits.
#[must_use]
pub fn verhoeff(digits: &[u8]) -> bool {
    const D: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const P: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let look = |table: &[[u8; 10]], row: usize, column: u8| {
        table.get(row).and_then(|row| row.get(usize::from(column))).copied()
    };
    let check =
        digits.iter().rev().enumerate().try_fold(0_u8, |check, (place, digit)| {
            look(&D, usize::from(check), look(&P, place % 8, *digit)?)
        });
    !digits.is_empty() && check == Some(0)
}

/// Whether all digits are the same, which no issuer gives out.
#[must_use]
pub fn all_same(digits: &[u8]) -> bool {
    digits.windows(2).all(|pair| pair.first() == pair.last())
}

/// Whether a month and a day exist, in any year.
#[must_use]
pub fn is_day(month: u32, day: u32) -> bool {
    let most = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=most).contains(&day)
}

/// Two digits as a number.
#[must_use]
pub fn pair(digits: &[u8], place: usize) -> Option<u32> {
    Some(at(digits, place)? * 10 + at(digits, place + 1)?)
}

/// Bits of Shannon entropy per character.
#[must_use]
pub fn entropy(text: &[u8]) -> f32 {
    let mut counts = [0_u32; 256];
    for byte in text {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "values are short")]
    let length = text.len().max(1) as f32;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            #[expect(clippy::cast_precision_loss, reason = "values are short")]
            let share = *count as f32 / length;
            -share * share.log2()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_one_wrong_digit_does_not() {
        assert!(luhn(&digits(b"4242 4242 4242 4242")) && !luhn(&digits(b"4242 4242 4242 4243")));
        assert_eq!(mod_97(b"3214282912345698765432161182".iter().copied()), 1);
        assert!(verhoeff(&digits(b"2363")) && !verhoeff(&digits(b"2364")));
        assert!(mod_11_10(&digits(b"86095742719")) && !mod_11_10(&digits(b"86095742718")));
    }

    #[test]
    fn nothing_is_no_number() {
        assert!(!luhn(&[]) && !verhoeff(&[]) && !mod_11_10(&[]));
        assert_eq!(weighted(&[1, 2], &[1]), None);
        assert_eq!(weighted_head(&[1], &[1, 2]), None);
    }

    #[test]
    fn days_exist() {
        assert!(is_day(2, 29) && is_day(12, 31));
        assert!(!is_day(2, 30) && !is_day(13, 1) && !is_day(0, 1) && !is_day(4, 31));
    }

    #[test]
    fn random_text_has_more_entropy_than_words() {
        assert!(entropy(b"q8Zr2LxP0vTn5KcW") > entropy(b"aaaaabbbbbaaaaab") + 2.0);
    }
}
