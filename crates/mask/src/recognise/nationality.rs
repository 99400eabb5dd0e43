//! Citizenship, and where somebody was born.
//!
//! False friends: the country of an address, of a product, of a firm.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Nationality,
    names: Names {
        sure: "nationalite origine|nationale herkunft|kraj pochodzenia|religie land|\
            nationalitat|country of origin person|stato di nascita|stato nascita|\
            nationality|citizenship|country of birth|birth country|country of citizenship|place of birth|birth place|birthplace|\
            birth city|city of birth|nationalities|immigration status|visa status|residency status|citizenship status|\
            staatsangehoerigkeit|staatsbuergerschaft|nationalitaet|geburtsort|geburtsland|\
            nationalite|citoyennete|lieu de naissance|lieu naissance|pays de naissance|pays naissance|\
            nacionalidad|ciudadania|lugar nacimiento|lugar de nacimiento|pais nacimiento|pais de nacimiento|\
            nacionalidade|naturalidade|cidadania|local nascimento|pais nascimento|\
            nazionalita|cittadinanza|luogo nascita|luogo di nascita|comune nascita|paese nascita|\
            nationaliteit|geboorteplaats|geboorteland|burgerschap|\
            narodowosc|obywatelstwo|miejsce urodzenia|kraj urodzenia|\
            medborgarskap|statsborgerskap|fodelseort|kansalaisuus",
        likely: "country of origin person|nation|national origin|naturality",
        hint: "citizen|origin country|country of origin",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER),
    patterns: &[],
    examples: Examples {
        named: &["nationality", "countryOfBirth", "staatsangehörigkeit", "birth_place", "obywatelstwo"],
        unnamed: &["country", "national_park", "international"],
        values: &[],
        friends: &[],
    },
};
