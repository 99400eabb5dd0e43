//! Gender and sex.
//!
//! False friends: grammatical gender and the gender that an article of clothing is for.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Gender,
    names: Names {
        sure: "gender|sex|gender identity|biological sex|sex at birth|gender code|sex code|pronouns|preferred pronouns|geschlecht|\
            sexe|genero|sexo|sesso|geslacht|plec|kon|gender id|sex id|is male|is female|kjonn|sukupuoli|pohlavi|gesch",
        likely: "genre sexe|gndr|anrede|civilite|aanhef|tratamento|salutation",
        hint: "salutation|genre|genere|prefix|male|female",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::BOOL),
    patterns: &[],
    examples: Examples {
        named: &["gender", "SEX", "patientSex", "geschlecht", "gender_code", "płeć"],
        unnamed: &["gender_count", "sextant", "has_gender_filter"],
        values: &[],
        friends: &[],
    },
};
