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
        sure: "kentekenplaat|numero immatriculation|nr rejestracyjny pojazdu|vin|vin number|vehicle identification number|\
            vehicle vin|chassis number|licence plate|licence plate number|number plate|plate number|vehicle registration|\
            vehicle registration number|vehicle reg|car plate|plate no|vrm|registration plate|vehicle plate|vehicle number|\
            car number|car registration|fahrgestellnummer|fin nummer|kennzeichen|kfz kennzeichen|amtliches kennzeichen|\
            nummernschild|plaque immatriculation|immatriculation|numero chassis|plaque|matricula|numero bastidor|placa|\
            placa veiculo|chassi|renavam|targa|targa veicolo|numero telaio|telaio|kenteken|chassisnummer|\
            numer rejestracyjny|nr rejestracyjny|tablica rejestracyjna|numer vin|registreringsnummer|rekisterinumero|\
            vin code|vin no|vin nr|vehicle vin number|vehicle id number|vehicle identification|vehicle identification no|\
            car vin|chassis no|chassis nr|chassis num|frame number|vehicle chassis|vehicle chassis number|licence plate no|\
            licence plate nr|licence plate num|licence plates|plate nr|plate num|plate code|plates|car plate number|\
            car licence|car licence plate|vehicle licence|vehicle licence plate|vehicle licence number|vehicle plate number|\
            vehicle registration no|vehicle registration plate|vehicle reg no|vehicle reg number|vehicle tag|reg plate|\
            registration plate number|number plates|truck plate|trailer plate|car reg number|auto kennzeichen|\
            autokennzeichen|fahrzeugkennzeichen|fahrzeug kennzeichen|kfz nummer|kfz nr|kfz kennz|nummernschilder|\
            kennzeichen fahrzeug|kennzeichen nr|fahrgestellnr|fahrgestell nr|fahrgestell nummer|\
            fahrzeugidentifikationsnummer|fahrzeug identifikationsnummer|fahrzeug ident nr|fahrzeugidentnummer|\
            fahrzeug id nummer|fin|fin nr|zulassungsnummer|zulassungskennzeichen|polizeiliches kennzeichen|numero plaque|\
            numero de plaque|plaque vehicule|plaque d immatriculation|plaque auto|no immatriculation|num immatriculation|\
            immatriculation vehicule|numero d immatriculation|immat|immat vehicule|no chassis|num chassis|numero de chassis|\
            numero serie vehicule|numero vin|code vin|numero identification vehicule|carte grise numero|numero carte grise|\
            matricula vehiculo|matricula coche|numero matricula|num matricula vehiculo|placa vehiculo|placa auto|\
            numero placa|num placa|nro placa|placas|patente vehiculo|patente auto|dominio vehiculo|bastidor|num bastidor|\
            nro chasis|numero chasis|chasis|numero de chasis|numero de bastidor|numero identificacion vehiculo|\
            placa do veiculo|placa carro|numero da placa|num placa veiculo|placa automovel|matricula veiculo|\
            matricula viatura|matricula automovel|numero chassi|num chassi|numero do chassi|chassis veiculo|codigo renavam|\
            numero renavam|targa auto|targa automobile|targa mezzo|numero targa|num targa|nr targa|targa rimorchio|\
            num telaio|nr telaio|telaio veicolo|numero di telaio|numero telaio veicolo|codice telaio|identificativo veicolo|\
            kentekennummer|kenteken nummer|kenteken voertuig|kenteken auto|kentekennr|nr kenteken|nummerplaat|\
            nummerplaat voertuig|voertuig kenteken|chassisnr|chassis nummer|voertuigidentificatienummer|\
            voertuig identificatienummer|vin nummer|numer rejestracyjny pojazdu|nr rejestracyjny auta|\
            numer rejestracyjny auta|rejestracja pojazdu|tablica|tablice|tablice rejestracyjne|numer tablicy|\
            nr tablicy rejestracyjnej|numery rejestracyjne|nr vin|vin pojazdu|numer nadwozia|nr nadwozia|numer podwozia",
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
