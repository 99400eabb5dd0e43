//! Numbers with check digits that the sample database has none of: each right by its published rule, and nobody's.

use crate::sample::check_digit::{luhn, remainder};
use crate::sample::random::Random;

/// What stands for a country in an account number: `A` a letter, `#` a digit.
const ACCOUNTS: [(&str, &str); 9] = [
    ("GB", "AAAA##############"),
    ("DE", "##################"),
    ("FR", "#######################"),
    ("ES", "####################"),
    ("PT", "#####################"),
    ("IT", "A######################"),
    ("NL", "AAAA##########"),
    ("PL", "########################"),
    ("BE", "############"),
];

/// An IBAN of one of the languages' countries (ISO 13616, mod 97).
pub(super) fn iban(random: &mut Random, tongue: usize) -> String {
    let (country, pattern) = ACCOUNTS.get(tongue).copied().unwrap_or(("BE", "############"));
    let account = letters(random, pattern);
    let numbers: String = format!("{account}{country}00").chars().map(two_digits).collect();
    // One digit after the other: the whole is longer than any number of the machine.
    let rest = numbers
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .fold(0, |rest, digit| (rest * 10 + digit) % 97);
    format!("{country}{:02}{account}", 98 - rest)
}

fn two_digits(letter: char) -> String {
    letter.to_digit(36).map_or_else(String::new, |value| value.to_string())
}

/// The pattern with `#` as a digit and `A` as a letter.
pub(super) fn letters(random: &mut Random, pattern: &str) -> String {
    let filled: String = pattern
        .chars()
        .map(|place| {
            if place == 'A' {
                random.pick(&['B', 'C', 'D', 'K', 'L', 'M', 'N', 'R', 'T', 'X'])
            } else {
                place
            }
        })
        .collect();
    random.fill(&filled)
}

/// Digits of which the weighted sum is what `check` says; drawn again until there is a check digit.
fn weighted(random: &mut Random, weights: &[u32], check: impl Fn(u32) -> Option<u32>) -> String {
    loop {
        let digits = random.digits(weights.len());
        let sum = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        if let Some(last) = check(sum).filter(|last| *last < 10 && digits.first() != Some(&0)) {
            let body: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
            return format!("{body}{last}");
        }
    }
}

/// The Dutch citizens' number: the sum with weights 9 to 2 and minus 1 is a multiple of 11.
pub(super) fn bsn(random: &mut Random) -> String {
    weighted(random, &[9, 8, 7, 6, 5, 4, 3, 2], |sum| Some(sum % 11))
}

/// The Polish tax number.
pub(super) fn nip(random: &mut Random) -> String {
    weighted(random, &[6, 5, 7, 2, 3, 4, 5, 6, 7], |sum| Some(sum % 11))
}

/// The Brazilian number of social security.
pub(super) fn pis(random: &mut Random) -> String {
    weighted(random, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2], |sum| {
        Some(if sum % 11 < 2 { 0 } else { 11 - sum % 11 })
    })
}

/// The Brazilian number of a firm.
pub(super) fn cnpj(random: &mut Random) -> String {
    let digit = |sum: u32| if sum % 11 < 2 { 0 } else { 11 - sum % 11 };
    let mut digits = random.digits(8);
    digits.extend([0, 0, 0, 1]);
    for weights in [&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2][..], &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2][..]] {
        let sum = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        digits.push(u8::try_from(digit(sum)).unwrap_or(0));
    }
    let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}.{}.{}/{}-{}", part(0, 2), part(2, 5), part(5, 8), part(8, 12), part(12, 14))
}

/// The Italian number of a firm, which passes Luhn's check.
pub(super) fn partita_iva(random: &mut Random) -> String {
    with_luhn(random, "0#########")
}

/// The pattern and the digit that makes it pass Luhn's check.
pub(super) fn with_luhn(random: &mut Random, pattern: &str) -> String {
    let body = random.fill(pattern);
    let digits: Vec<u8> = body.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    format!("{body}{}", luhn(&digits))
}

/// The Spanish number of social security: the rest of 97.
pub(super) fn nuss(random: &mut Random) -> String {
    let body = random.fill("28########");
    format!("{body}{:02}", remainder(&body, 97))
}

/// The Spanish number of foreigners.
pub(super) fn nie(random: &mut Random) -> String {
    let number = random.below(10_000_000);
    let lead = random.below(3);
    let place = usize::try_from((lead * 10_000_000 + number) % 23).unwrap_or(0);
    let letter = "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(place).unwrap_or('T');
    let lead = ["X", "Y", "Z"].get(usize::try_from(lead).unwrap_or(0)).copied().unwrap_or("X");
    format!("{lead}{number:07}{letter}")
}

/// The Polish identity card: letters count from A = 10, weights 7, 3, 1 about the check digit.
pub(super) fn dowod(random: &mut Random) -> String {
    let (series, digits) = (letters(random, "AAA"), random.fill("#####"));
    let value = |letter: char| letter.to_digit(36).unwrap_or(0);
    let sum: u32 = series
        .chars()
        .zip([7, 3, 1])
        .chain(digits.chars().zip([7, 3, 1, 7, 3]))
        .map(|(letter, weight)| value(letter) * weight)
        .sum();
    format!("{series}{}{digits}", sum % 10)
}

/// A vehicle's number with the check digit of ISO 3779 as North America has it.
pub(super) fn vin(random: &mut Random) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let maker = random.pick(&["1FT", "1HG", "3VW", "5YJ", "WBA", "WVW", "VF1", "ZFA"]);
    let text = format!("{maker}{}0{}", letters(random, "A##AA"), letters(random, "AA######"));
    let value = |letter: char| match letter {
        'A'..='H' => u32::from(letter) - u32::from('A') + 1,
        'J'..='N' => u32::from(letter) - u32::from('J') + 1,
        'P' => 7,
        'R' => 9,
        'S'..='Z' => u32::from(letter) - u32::from('S') + 2,
        digit => digit.to_digit(10).unwrap_or(0),
    };
    let sum: u32 = text.chars().zip(WEIGHTS).map(|(letter, weight)| value(letter) * weight).sum();
    let check = match sum % 11 {
        10 => "X".to_owned(),
        check => check.to_string(),
    };
    format!("{}{check}{}", text.get(..8).unwrap_or_default(), text.get(9..).unwrap_or_default())
}

/// An article's number (EAN-13) with its check digit: looks like much else.
pub(super) fn ean(random: &mut Random) -> String {
    let prefix = random.pick(&["400", "978", "590", "871", "500"]);
    let body = format!("{prefix}{}", random.fill("#########"));
    let sum: u32 = body
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_passes_its_own_rule() {
        let random = &mut Random::new(11);
        for round in 0..300 {
            let iban = iban(random, round % 9);
            let moved = format!("{}{}", &iban[4..], &iban[..4]);
            let digits: String = moved.chars().map(two_digits).collect();
            assert_eq!(remainder(&digits, 97), 1, "{iban}");
            let digits = |text: &str| text.chars().filter_map(|digit| digit.to_digit(10)).collect::<Vec<_>>();
            let bsn = digits(&bsn(random));
            let sum: i64 = bsn
                .iter()
                .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
                .map(|(digit, weight)| i64::from(*digit) * weight)
                .sum();
            assert_eq!((bsn.len(), sum % 11), (9, 0));
            let ean = digits(&ean(random));
            let sum: u32 =
                ean.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
            assert_eq!((ean.len(), sum % 10), (13, 0));
            assert_eq!(vin(random).len(), 17);
        }
    }

    #[test]
    fn lengths_are_those_of_the_countries() {
        let random = &mut Random::new(5);
        let lengths: Vec<usize> = (0..8).map(|tongue| iban(random, tongue).len()).collect();
        assert_eq!(lengths, [22, 22, 27, 24, 25, 27, 18, 28]);
        assert_eq!((nip(random).len(), pis(random).len(), cnpj(random).len()), (10, 11, 18));
        assert_eq!((nie(random).len(), dowod(random).len(), nuss(random).len()), (9, 9, 12));
    }
}
