//! International bank account numbers: a country, its length, and mod 97.
//!
//! False friends: VAT numbers and references that begin with two letters; creditor references (RF…) are no accounts.

use model::Class;

use super::check::{letters_and_digits, mod_97};
use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Iban,
    names: Names {
        sure: "iban titular|iban kontoinhaber|iban conto|iban client|iban rekening|\
            iban|iban number|bank iban|iban code|account iban|ibannumber|iban nummer|numero iban|codice iban|codigo iban|numer iban|\
            iban konto|payout iban",
        likely: "",
        hint: "bank account|account number|konto|cuenta|conto|conta|rekening|konta|rib",
    },
    holds: Holds::TEXT,
    patterns: &[
        // Before a short word, which the other takes for the last group: groups behind the bank's end with a digit here.
        Pattern {
            name: "iban_before_words",
            regex: r"\b[A-Za-z]{2}[0-9]{2}(?:[A-Za-z0-9]{11,30}|(?:[ -][A-Za-z0-9]{4}){1,2}(?:[ -][A-Za-z0-9]{3}[0-9]){1,6}(?:[ -][A-Za-z0-9]{0,2}[0-9])?)\b",
            check: is_iban,
            chance: 0.0005,
            place: Where::Text,
            min: 15,
            max: 42,
        },
        Pattern {
            name: "iban",
            regex: r"\b[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,4})?\b",
            check: is_iban,
            chance: 0.0005,
            place: Where::Text,
            min: 15,
            max: 42,
        },
        // Both as they come out of tables and forms.
        Pattern {
            name: "iban_spread_before_words",
            regex: r"\b[A-Za-z]{2}[0-9]{2}(?:[ \t]{1,2}[A-Za-z0-9]{4}){1,2}(?:[ \t]{1,2}[A-Za-z0-9]{3}[0-9]){1,6}(?:[ \t]{1,2}[A-Za-z0-9]{0,2}[0-9])?\b",
            check: is_iban,
            chance: 0.0005,
            place: Where::Text,
            min: 18,
            max: 57,
        },
        Pattern {
            name: "iban_spread",
            regex: r"\b[A-Za-z]{2}[0-9]{2}(?:[ \t]{1,2}[A-Za-z0-9]{4}){2,7}(?:[ \t]{1,2}[A-Za-z0-9]{1,4})?\b",
            check: is_iban,
            chance: 0.0005,
            place: Where::Text,
            min: 18,
            max: 52,
        },
    ],
    examples: Examples {
        named: &["iban", "bankIban", "IBAN_NO", "iban_number"],
        unnamed: &["urban", "iban_verified", "caliban", "iban_country"],
        values: &[
            "DE89370400440532013000",
            "GB82 WEST 1234 5698 7654 32",
            "NO9386011117947",
            "DE89\t3704 0044  0532 0130 00",
            "fr1420041010050500013m02606",
        ],
        friends: &["DE89370400440532013001", "XX89370400440532013000", "RF18539007547034", "AB12CDEF3456"],
    },
};

/// The length of an account in each country that has them.
fn length(country: [u8; 2]) -> Option<usize> {
    const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 \
        EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 \
        KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 \
        PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    LENGTHS.split(' ').find(|entry| entry.as_bytes().starts_with(&country))?.get(2..)?.parse().ok()
}

fn is_iban(text: &[u8]) -> bool {
    let text = letters_and_digits(text);
    let (Some(&[first, second]), Some(head), Some(tail)) = (text.get(..2), text.get(..4), text.get(4..))
    else {
        return false;
    };
    length([first, second]) == Some(text.len()) && mod_97(tail.iter().chain(head).copied()) == 1
}
