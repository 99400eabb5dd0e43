//! Dates of birth. Every date looks alike: names tell, or a column whose dates spread over lifetimes.
//!
//! False friends: `created_at`, `due_date`, founding dates of firms, `birth_place`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::DateOfBirth,
    names: Names {
        sure: "nato il|nata il|ne le|nee le|datenaiss|geboren op|dtnasc|ano nacimiento|\
            date of birth|dob|birth date|birthdate|birthday|birthdt|birth day|born|born on|born at|birth dt|birth year|\
            year of birth|yob|birth month|month of birth|day of birth|birth date time|date birth|bdate|bday|d o b|birthyear|\
            geburtsdatum|geb datum|gebdat|geburtstag|geburtsjahr|geboren|geboren am|\
            date de naissance|date naissance|datenaissance|naissance|annee naissance|ddn|\
            fecha nacimiento|fecha de nacimiento|fechanacimiento|fec nac|fecha nac|fec nacimiento|fnac|cumpleanos|nacimiento|\
            data nascimento|data de nascimento|datanascimento|dt nascimento|dt nasc|nascimento|data nasc|\
            data nascita|data di nascita|datanascita|nascita|anno nascita|\
            geboortedatum|geb dat|geboortejaar|geboortedag|verjaardag|\
            data urodzenia|data ur|dataurodzenia|rok urodzenia|urodziny|\
            fodelsedatum|fodselsdato|syntymaaika|szuletesi datum|datum narozeni|gbdat|dateofbirth",
        likely: "birth|geb|birth time|natal date|ngay sinh",
        hint: "",
    },
    holds: Holds::DATE.or(Holds::TEXT).or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[],
    examples: Examples {
        named: &[
            "dob",
            "birthDate",
            "DATE_OF_BIRTH",
            "geburtsdatum",
            "fecha_nac",
            "data_nascimento",
            "pat_dob",
        ],
        unnamed: &["birth_place", "created_on", "due_date", "is_birthday_public", "birthday_email_sent"],
        values: &[],
        friends: &[],
    },
};
