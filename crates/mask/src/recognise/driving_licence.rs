//! Driving licences' numbers.
//!
//! False friends: software licences and business licences.

use model::Class;

use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::DrivingLicence,
    names: Names {
        sure: "nummer rijbewijs|carteira habilitacao|driving licence|driving licence number|driver licence|drivers licence|\
            driver licence number|drivers licence number|dl number|driverlicence|driver licence num|licence driver|\
            driving permit|driver permit number|dln|driving licence id|driver licence id|fuehrerschein|fuehrerscheinnummer|\
            fuehrerscheinnr|permis conduire|permis de conduire|numero permis|numero permis conduire|licencia conducir|\
            permiso conducir|carnet conducir|licencia de conducir|numero licencia conducir|carta conducao|cnh|numero cnh|\
            carteira motorista|patente guida|numero patente|rijbewijs|rijbewijsnummer|prawo jazdy|numer prawa jazdy|korkort|\
            forerkort|ajokortti|driving licence no|dl no|drv lic|drivers lic|driver lic number|driver permit|\
            driver permit id|motor licence number|licence number driver|driver card number|operator licence number|\
            operators licence number|operator licence|cdl|cdl number|learner permit|learner permit number|dvla number|\
            dvla driver number|driver number dvla|driving permit number|driving licence code|driving licence reference|\
            driver licence reference|fuehrerschein nr|fuehrerschein id|fuehrerschein number|fahrerlaubnisnummer|\
            fahrerlaubnis nr|fahrerlaubnis|nummer fuehrerschein|fahrausweis|fahrausweisnummer|permis conduite|num permis|\
            no permis|numero de permis|numero permis de conduire|num permis conduire|permis de conduire numero|\
            titre conduite|dossier permis|licencia manejo|licencia de manejo|num licencia conducir|numero licencia|\
            num licencia|nro licencia|licencia conductor|carnet manejo|carnet de conducir|numero carnet conducir|\
            carne conducir|brevete|registro conducir|permiso conduccion|permiso de conduccion|permiso de conducir|\
            numero permiso conducir|licencia conduccion|licencia de conduccion|carta de conducao|numero carta conducao|\
            num carta conducao|habilitacao|numero habilitacao|registro cnh|num cnh|carteira nacional habilitacao|\
            carteira de motorista|carteira de habilitacao|titulo conducao|numero patente guida|num patente|patente di guida|\
            nr patente|patente numero|patente conducente|documento guida|rijbewijsnr|rijbewijs nr|nr rijbewijs|\
            numer rijbewijs|rijvaardigheidsbewijs|prawo jazdy nr|nr prawa jazdy|prawa jazdy|numer prawo jazdy|\
            seria prawa jazdy|dokument prawa jazdy",
        likely: "patente|\
            driver lic|dl num|dlno|driver licence state number",
        hint: "licence|licence number|dl|patente",
    },
    holds: Holds::TEXT.or(Holds::INTEGER),
    patterns: &[
        Pattern {
            name: "uk_driving_licence",
            regex: r"\b[A-Z]{1,5}9{0,4}[0-9][0156][0-9][0-3][0-9]{2}[A-Z9]{2}[0-9][A-Z]{2}\b",
            check: is_british,
            chance: 0.002,
            place: Where::Text,
            min: 16,
            max: 16,
        },
        Pattern {
            name: "driving_licence_plain",
            regex: r"[A-Z][0-9]{7,14}|[A-Z0-9]{11}|[A-Z]{2}[0-9]{6,7}[A-Z]?",
            check: any,
            chance: 0.8,
            place: Where::Column,
            min: 8,
            max: 15,
        },
    ],
    examples: Examples {
        named: &[
            "driver_license_number",
            "DrivingLicenceNo",
            "fuehrerschein_nr",
            "permis_conduire",
            "rijbewijs",
        ],
        unnamed: &["license_key", "driver_license_expiry_date", "software_license", "driver_id"],
        values: &["MORGA657054SM9IJ", "D1234567"],
        friends: &["D1234567", "ABCDEFGHIJKLMNOP"],
    },
};

fn is_british(text: &[u8]) -> bool {
    // The surname's letters, padded by nines, take five places.
    let (Some(name), Some(month)) = (text.get(..5), text.get(6..8)) else { return false };
    let month = std::str::from_utf8(month).ok().and_then(|month| month.parse::<u32>().ok()).unwrap_or(0);
    text.len() == 16
        && name.iter().skip_while(|byte| byte.is_ascii_uppercase()).all(|byte| *byte == b'9')
        && matches!(month, 1..=12 | 51..=62)
}
