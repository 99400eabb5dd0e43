//! France, Italy, Spain, Portugal.

use super::super::check::{all_same, at, digits, letters_and_digits, number, pair, weighted_head};

/// A French social security number: sex, date, department (2A and 2B for Corsica), key mod 97.
pub(crate) fn fr_nir(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(body), Some(key)) = (text.get(..13), text.get(13..15)) else { return false };
    // Corsica: 2A counts as 19, 2B as 18.
    let (body, key): (Vec<u8>, _) = match body.get(5..7) {
        Some(b"2A") => (replaced(body, *b"19"), key),
        Some(b"2B") => (replaced(body, *b"18"), key),
        _ => (body.to_vec(), key),
    };
    let (body, key) = (digits(&body), digits(key));
    body.len() == 13
        && key.len() == 2
        && matches!(body.first(), Some(1 | 2 | 3 | 4 | 7 | 8))
        && matches!(pair(&body, 3), Some(1..=12 | 20..=42 | 50..=99))
        && 97 - number(&body) % 97 == number(&key)
}

fn replaced(body: &[u8], by: [u8; 2]) -> Vec<u8> {
    body.iter()
        .enumerate()
        .map(|(place, byte)| match place {
            5 => by[0],
            6 => by[1],
            _ => *byte,
        })
        .collect()
}

/// An Italian fiscal code: consonants, date and place of birth, a check letter.
pub(crate) fn it_codice_fiscale(text: &[u8]) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let text = letters_and_digits(text);
    let Some((check, body)) = text.split_last() else { return false };
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let value = match byte {
                b'0'..=b'9' => byte - b'0',
                _ => byte.saturating_sub(b'A'),
            };
            if place % 2 == 1 { u32::from(value) } else { ODD.get(usize::from(value)).copied().unwrap_or(0) }
        })
        .sum();
    body.len() == 15 && u32::from(check.saturating_sub(b'A')) == sum % 26
}

/// A Spanish DNI or NIE: the letter is the number's remainder by 23.
pub(crate) fn es_dni(text: &[u8]) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let text = letters_and_digits(text);
    let (Some(first), Some((check, body))) = (text.first(), text.split_last()) else { return false };
    let body: Vec<u8> = match first {
        b'X'..=b'Z' => std::iter::once(first - b'X').chain(digits(body)).collect(),
        _ => digits(body),
    };
    body.len() == 8
        && usize::try_from(number(&body) % 23).ok().and_then(|rest| LETTERS.get(rest)) == Some(check)
}

/// A Spanish firm's number: a letter of its form, and a control digit or letter.
pub(crate) fn es_cif(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(body), Some(check)) = (text.get(1..8), text.get(8)) else { return false };
    let sum: u32 = digits(body)
        .iter()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    let control = u8::try_from((10 - sum % 10) % 10).unwrap_or(0);
    *check == b'0' + control || b"JABCDEFGHI".get(usize::from(control)) == Some(check)
}

/// A Portuguese tax number: a first digit that exists, mod 11.
pub(crate) fn pt_nif(text: &[u8]) -> bool {
    let digits = digits(text);
    let check = weighted_head(&digits, &[9, 8, 7, 6, 5, 4, 3, 2])
        .map(|sum| if sum % 11 < 2 { 0 } else { 11 - sum % 11 });
    digits.len() == 9
        && matches!(digits.first(), Some(1 | 2 | 3 | 5 | 6 | 8 | 9))
        && !all_same(&digits)
        && check == at(&digits, 8)
}

/// An Italian firm's VAT number: Luhn over eleven digits.
pub(crate) fn it_partita_iva(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 11 && !all_same(&digits) && super::super::check::luhn(&digits)
}
