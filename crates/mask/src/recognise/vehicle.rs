//! Identification numbers and plates of vehicles.
//!
//! False friends: part numbers and SKUs of 17 characters without a check digit.

use model::Class;

use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Vehicle,
    names: Names {
        sure: "kentekenplaat|numero immatriculation|nr rejestracyjny pojazdu|\
            vin|vin number|vehicle identification number|vehicle vin|chassis number|licence plate|licence plate number|\
            number plate|plate number|vehicle registration|vehicle registration number|vehicle reg|car plate|plate no|vrm|\
            registration plate|vehicle plate|vehicle number|car number|car registration|\
            fahrgestellnummer|fin nummer|kennzeichen|kfz kennzeichen|amtliches kennzeichen|nummernschild|\
            plaque immatriculation|immatriculation|numero chassis|plaque|matricula|numero bastidor|placa|placa veiculo|chassi|\
            renavam|targa|targa veicolo|numero telaio|telaio|kenteken|chassisnummer|\
            numer rejestracyjny|nr rejestracyjny|tablica rejestracyjna|numer vin|registreringsnummer|rekisterinumero",
        likely: "plate|car reg|tag number vehicle|rego",
        hint: "registration|chassis",
    },
    holds: Holds::TEXT,
    patterns: &[Pattern {
        name: "vin",
        regex: r"\b[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9]{4}\b",
        check: is_vin,
        chance: 0.05,
        place: Where::Text,
        min: 17,
        max: 17,
    }],
    examples: Examples {
        named: &["vin", "licensePlate", "kfz_kennzeichen", "targa", "kenteken", "plate_number"],
        unnamed: &["vinyl", "plate_type", "registration_date", "template", "vehicle_type"],
        values: &["1HGCM82633A004352", "1M8GDM9AXKP042788"],
        friends: &["1HGCM82643A004352", "12345678901234567", "ABCDEFGHJKLMN1234"],
    },
};

/// The check digit of North America and China, in the ninth place. Numbers of digits alone are orders, not vehicles.
fn is_vin(text: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: &u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'N' => u32::from(byte - b'J') + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => 0,
    };
    let sum: u32 = text.iter().zip(WEIGHTS).map(|(byte, weight)| value(byte) * weight).sum();
    let wanted = match sum % 11 {
        10 => b'X',
        rest => b'0' + u8::try_from(rest).unwrap_or(0),
    };
    text.get(8) == Some(&wanted) && text.iter().any(u8::is_ascii_alphabetic)
}
