//! Passports' numbers.
//!
//! False friends: licence plates, order and flight numbers: the shapes are plain, so names tell. Only the machine-readable
//! line is telling by itself.

use model::Class;

use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Passport,
    names: Names {
        sure: "nummer reisdocument|passport book number|passport|passport number|passportno|passport id|passport code|\
            passport mrz|passport num|travel document|travel document number|reisepass|passnummer|reisepassnummer|\
            pass nummer|passeport|numero passeport|num passeport|pasaporte|numero pasaporte|passaporte|numero passaporte|\
            passaporto|numero passaporto|paspoort|paspoortnummer|paszport|numer paszportu|nr paszportu|pass nr|passi|\
            passinumero|passport doc|passport document|passport document number|travel doc number|traveldoc|passport series|\
            passport series number|passport card number|international passport|foreign passport|ppt number|passport details|\
            passport reference|passport num code|passport identification|passnr|reisepassnr|reisepass nr|nummer reisepass|\
            reiseausweis|reiseausweisnummer|reisedokument|reisedokumentnummer|kinderreisepass|pass id nummer|\
            passkennzeichen|numero de passeport|no passeport|titre voyage|titre de voyage|document voyage|\
            document de voyage|passeport numero|nro pasaporte|num pasaporte|numero de pasaporte|documento viaje|\
            documento de viaje|pasaporte numero|num passaporte|numero de passaporte|documento viagem|documento de viagem|\
            passaporte numero|num passaporto|nr passaporto|numero di passaporto|documento viaggio|documento di viaggio|\
            estremi passaporto|paspoortnr|nr paspoort|paspoort nummer|reisdocument|reisdocumentnummer|paspoortgegevens|\
            seria paszportu|seria i numer paszportu|paszport numer|dokument podrozy|numer dokumentu podrozy|\
            nr dokumentu podrozy",
        likely: "mrz|ppn|passport file",
        hint: "travel doc|document number|pass",
    },
    holds: Holds::TEXT.or(Holds::INTEGER),
    patterns: &[
        Pattern {
            name: "passport_mrz",
            regex: r"P[A-Z<][A-Z]{3}[A-Z<]{10,39}|[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{14}[0-9<][0-9]",
            check: is_machine_line,
            chance: 0.001,
            place: Where::Text,
            min: 30,
            max: 44,
        },
        Pattern {
            name: "passport_plain",
            regex: r"[A-Z]{1,2}[0-9]{6,8}|[A-Z][0-9]{2}[A-Z0-9]{6}|[0-9]{2}[A-Z]{2}[0-9]{5}|[0-9]{9}|[A-Z]{3}[0-9]{6}",
            check: any,
            chance: 0.7,
            place: Where::Column,
            min: 7,
            max: 10,
        },
    ],
    examples: Examples {
        named: &["passport_number", "PassportNo", "reisepassnummer", "numero_pasaporte", "paspoort"],
        unnamed: &["passport_type", "passport_issued_at", "password", "passport_expiry_date"],
        values: &[
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "C01X00T47",
        ],
        friends: &["C01X00T47", "PROCESSING", "PLEASE_DO_NOT"],
    },
};

fn is_machine_line(text: &[u8]) -> bool {
    text.contains(&b'<') && text.len() >= 30
}
