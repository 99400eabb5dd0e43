//! Numbers with check digits: payment cards, bank accounts, and the national identifiers of the sample's countries.
//!
//! Each is right by its published rule, so that a recogniser which validates must find it. Cards use the prefixes that
//! payment providers publish for testing.

use super::date::Day;
use super::random::Random;

/// The digit that makes `digits` pass Luhn's check when put behind them (ISO/IEC 7812-1).
pub(crate) fn luhn(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    digit((10 - sum % 10) % 10)
}

/// A card number of 15 or 16 digits with its brand.
pub(crate) fn card(random: &mut Random) -> (&'static str, String) {
    let (brand, prefix, length) = random.pick(&[
        ("visa", "424242", 16),
        ("visa", "400000", 16),
        ("mastercard", "555555", 16),
        ("amex", "378282", 15),
    ]);
    let mut digits: Vec<u8> = prefix.bytes().map(|byte| byte - b'0').collect();
    digits.extend(random.digits(length - 1 - digits.len()));
    digits.push(luhn(&digits));
    (brand, text(&digits))
}

/// A German bank account (ISO 13616, mod 97).
pub(crate) fn iban(random: &mut Random) -> String {
    let account = text(&random.digits(18));
    // "DE00" moved behind the account, letters as numbers: D = 13, E = 14.
    let check = 98 - remainder(&format!("{account}131400"), 97);
    format!("DE{check:02}{account}")
}

/// A national identifier of `country` for a person, and what kind it is.
pub(crate) fn national_id(random: &mut Random, country: &str, person: &Born<'_>) -> (&'static str, String) {
    match country {
        "GB" if random.chance(50) => ("nhs", nhs(random)),
        "GB" => ("nino", nino(random)),
        "DE" => ("steuer-id", steuer_id(random)),
        "FR" => ("nir", nir(random, person)),
        "ES" => ("dni", dni(random)),
        "IT" => ("codice-fiscale", codice_fiscale(random, person)),
        "PL" => ("pesel", pesel(random, person)),
        "BR" => ("cpf", cpf(random)),
        _ => ("ssn", ssn(random)),
    }
}

/// What some identifiers are made of.
pub(crate) struct Born<'a> {
    pub(crate) given: &'a str,
    pub(crate) family: &'a str,
    pub(crate) is_woman: bool,
    pub(crate) day: Day,
}

pub(crate) fn ssn(random: &mut Random) -> String {
    let area = match random.between(1, 899) {
        666 => 667,
        area => area,
    };
    format!("{area:03}-{:02}-{:04}", random.between(1, 99), random.between(1, 9_999))
}

pub(crate) fn nhs(random: &mut Random) -> String {
    loop {
        let digits = random.digits(9);
        let sum: u32 = digits
            .iter()
            .zip((2..=10).rev())
            .map(|(digit, weight): (&u8, u32)| u32::from(*digit) * weight)
            .sum();
        // A check of 10 has no digit: such numbers are not issued.
        let check = match 11 - sum % 11 {
            10 => continue,
            11 => 0,
            check => check,
        };
        let number = text(&digits);
        let (first, rest) = number.split_at(3);
        let (second, third) = rest.split_at(3);
        return format!("{first} {second} {third}{check}");
    }
}

pub(crate) fn nino(random: &mut Random) -> String {
    let prefix = random.pick(&["AB", "CE", "EH", "HK", "JM", "LN", "PR", "SX", "WY", "YZ"]);
    format!("{prefix}{}{}", random.fill("######"), random.pick(&["A", "B", "C", "D"]))
}

pub(crate) fn steuer_id(random: &mut Random) -> String {
    // Ten digits of which exactly one occurs twice and one not at all; the first is not 0.
    let mut digits: Vec<u8> = (0..10).collect();
    for place in (1..10_u64).rev() {
        digits
            .swap(usize::try_from(place).unwrap_or(0), usize::try_from(random.below(place + 1)).unwrap_or(0));
    }
    let (twice, never) = (digits.first().copied().unwrap_or(1), digits.last().copied().unwrap_or(2));
    let mut number: Vec<u8> =
        digits.iter().map(|digit| if *digit == never { twice } else { *digit }).collect();
    if number.first() == Some(&0) {
        number.rotate_left(1);
    }
    if number.first() == Some(&0) {
        number.rotate_left(1);
    }
    // ISO 7064, mod 11,10.
    let product = number.iter().fold(10_u32, |product, digit| {
        let sum = match (u32::from(*digit) + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    number.push(digit((11 - product) % 10));
    text(&number)
}

pub(crate) fn nir(random: &mut Random, person: &Born<'_>) -> String {
    let (year, month, _) = person.day.civil();
    let sex = if person.is_woman { 2 } else { 1 };
    let place = random.between(1, 95);
    let number = format!(
        "{sex}{:02}{month:02}{place:02}{:03}{:03}",
        year % 100,
        random.between(1, 400),
        random.between(1, 900)
    );
    format!("{number}{:02}", 97 - remainder(&number, 97))
}

pub(crate) fn dni(random: &mut Random) -> String {
    let number = random.below(100_000_000);
    let letter =
        "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(usize::try_from(number % 23).unwrap_or(0)).unwrap_or('T');
    format!("{number:08}{letter}")
}

pub(crate) fn codice_fiscale(random: &mut Random, person: &Born<'_>) -> String {
    let (year, month, day) = person.day.civil();
    let month = "ABCDEHLMPRST".chars().nth(usize::try_from(month - 1).unwrap_or(0)).unwrap_or('A');
    let day = if person.is_woman { day + 40 } else { day };
    let place = random.pick(&["A944", "L219", "F839", "D704", "A662", "L781", "A345", "H501"]);
    let code = format!(
        "{}{}{:02}{month}{day:02}{place}",
        code_letters(person.family, false),
        code_letters(person.given, true),
        year % 100
    );
    let sum: u32 = code
        .chars()
        .enumerate()
        .map(|(place, c)| if place % 2 == 0 { odd_value(c) } else { even_value(c) })
        .sum();
    let check = char::from_u32(u32::from(b'A') + sum % 26).unwrap_or('A');
    format!("{code}{check}")
}

/// Three letters of a name: consonants, then vowels, then X; of a given name with four consonants, all but the second.
fn code_letters(name: &str, is_given: bool) -> String {
    let plain: String = ascii(name).to_ascii_uppercase();
    let (vowels, mut consonants): (Vec<char>, Vec<char>) = plain.chars().partition(|c| "AEIOU".contains(*c));
    if is_given && consonants.len() > 3 {
        consonants.remove(1);
    }
    consonants.into_iter().chain(vowels).chain("XXX".chars()).take(3).collect()
}

fn even_value(c: char) -> u32 {
    c.to_digit(10).unwrap_or_else(|| u32::from(c).saturating_sub(u32::from('A')))
}

/// The table of the odd places (decree of 23 December 1976), by the even value.
fn odd_value(c: char) -> u32 {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    ODD.get(even_value(c) as usize).copied().unwrap_or(0)
}

pub(crate) fn pesel(random: &mut Random, person: &Born<'_>) -> String {
    let (year, month, day) = person.day.civil();
    let month = if year >= 2000 { month + 20 } else { month };
    let sex = random.between(0, 4) * 2 + i64::from(!person.is_woman);
    let number = format!("{:02}{month:02}{day:02}{}{sex}", year % 100, random.fill("###"));
    let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
    let sum: u32 = number.chars().zip(weights).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    format!("{number}{}", (10 - sum % 10) % 10)
}

pub(crate) fn cpf(random: &mut Random) -> String {
    let mut digits = random.digits(9);
    for first in [10_u32, 11] {
        let sum: u32 =
            digits.iter().zip((2..=first).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        digits.push(digit(sum * 10 % 11 % 10));
    }
    let number = text(&digits);
    let mut parts = number.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let mut part = || parts.next().unwrap_or_default();
    format!("{}.{}.{}-{}", part(), part(), part(), part())
}

/// A name in plain ASCII letters, as an e-mail address or a code has it.
pub(crate) fn ascii(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        let letter = match c {
            'ä' | 'á' | 'à' | 'â' | 'ã' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' => 'o',
            'ü' | 'ú' | 'ù' | 'û' => 'u',
            'ç' | 'ć' => 'c',
            'ñ' | 'ń' => 'n',
            'ł' => 'l',
            'ś' => 's',
            'ź' | 'ż' => 'z',
            'Ä' | 'Á' => 'A',
            'É' => 'E',
            'Í' => 'I',
            'Ö' | 'Ó' => 'O',
            'Ü' => 'U',
            'Ł' => 'L',
            'Ś' => 'S',
            'ß' => {
                plain.push('s');
                's'
            }
            c if c.is_ascii_alphabetic() => c,
            _ => continue,
        };
        plain.push(letter);
    }
    plain
}

fn digit(number: u32) -> u8 {
    u8::try_from(number % 10).unwrap_or(0)
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

pub(crate) fn remainder(number: &str, divisor: u32) -> u32 {
    number.chars().filter_map(|c| c.to_digit(10)).fold(0, |rest, digit| (rest * 10 + digit) % divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_have_their_check_digits() {
        assert_eq!(luhn(&[4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4]), 2);
        assert_eq!(luhn(&[3, 7, 8, 2, 8, 2, 2, 4, 6, 3, 1, 0, 0, 0]), 5);
        // The example of the Italian ministry: Rossi Mario, born 10 December 1985 … the letters only.
        assert_eq!(code_letters("Rossi", false), "RSS");
        assert_eq!(code_letters("Mario", true), "MRA");
        assert_eq!(code_letters("Gianfranco", true), "GFR");
        assert_eq!(code_letters("Fo", false), "FOX");
    }

    #[test]
    fn every_number_passes_its_own_rule() {
        let mut random = Random::new(7);
        for round in 0..500 {
            let (_, card) = card(&mut random);
            let digits: Vec<u8> = card.bytes().map(|byte| byte - b'0').collect();
            let (last, body) = digits.split_last().unwrap();
            assert_eq!(luhn(body), *last, "{card}");

            let iban = iban(&mut random);
            assert_eq!(remainder(&format!("{}1314{}", &iban[4..], &iban[2..4]), 97), 1, "{iban}");

            let nhs: Vec<u32> = nhs(&mut random).chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(
                nhs.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11,
                0
            );

            let cpf: Vec<u32> = cpf(&mut random).chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 =
                cpf.iter().take(10).zip((2..=11).rev()).map(|(digit, weight)| digit * weight).sum();
            assert_eq!(sum * 10 % 11 % 10, cpf[10]);

            let steuer = steuer_id(&mut random);
            assert_eq!((steuer.len(), steuer.starts_with('0')), (11, false), "{steuer}");
            let distinct: std::collections::BTreeSet<_> = steuer.chars().take(10).collect();
            assert_eq!(distinct.len(), 9, "{steuer}");

            let person =
                Born { given: "Anna", family: "Nowak", is_woman: round % 2 == 0, day: Day(round * 40) };
            let pesel: Vec<u32> =
                pesel(&mut random, &person).chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 = pesel
                .iter()
                .zip([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1])
                .map(|(digit, weight)| digit * weight)
                .sum();
            assert_eq!((pesel.len(), sum % 10, pesel[9].is_multiple_of(2)), (11, 0, person.is_woman));

            let nir = nir(&mut random, &person);
            assert_eq!(nir.len(), 15);
            assert_eq!((remainder(&nir[..13], 97) + nir[13..].parse::<u32>().unwrap()) % 97, 0);
            assert_eq!(codice_fiscale(&mut random, &person).len(), 16);
        }
    }

    #[test]
    fn known_identifiers() {
        // Sums of the codice fiscale: RSSMRA85T10A562S is the example of the revenue agency.
        let code = "RSSMRA85T10A562";
        let sum: u32 = code
            .chars()
            .enumerate()
            .map(|(place, c)| if place % 2 == 0 { odd_value(c) } else { even_value(c) })
            .sum();
        assert_eq!(char::from_u32(65 + sum % 26), Some('S'));
    }

    #[test]
    fn names_become_ascii() {
        assert_eq!(ascii("Świętosława"), "Swietoslawa");
        assert_eq!(ascii("O'Brien-Groß"), "OBrienGross");
    }
}
