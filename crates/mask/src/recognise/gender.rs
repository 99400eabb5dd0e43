//! Gender and sex.
//!
//! False friends: grammatical gender and the gender that an article of clothing is for.

use model::Class;

use super::pattern::Where;
use super::word::is_one_of;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Gender,
    names: Names {
        sure: "geschlechtsangabe|code sexe|geslachtscode|identidade genero|biologisches geschlecht|\
            gender|sex|gender identity|biological sex|sex at birth|gender code|sex code|pronouns|preferred pronouns|geschlecht|\
            sexe|genero|sexo|sesso|geslacht|plec|kon|gender id|sex id|is male|is female|kjonn|sukupuoli|pohlavi|gesch",
        likely: "genere|\
            genre sexe|gndr|anrede|civilite|aanhef|tratamento|salutation",
        hint: "salutation|genre|genere|prefix|male|female",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER).or(Holds::BOOL),
    patterns: &[Pattern {
        name: "gender_word",
        regex: r"[^0-9\x00-\x1f]{1,24}",
        check: is_gender,
        chance: 0.02,
        place: Where::Column,
        min: 1,
        max: 24,
    }],
    examples: Examples {
        named: &["gender", "SEX", "patientSex", "geschlecht", "gender_code", "płeć"],
        unnamed: &["gender_count", "sextant", "has_gender_filter"],
        values: &[],
        friends: &[],
    },
};

/// Words for it, and the two letters; other letters mean too much else.
fn is_gender(text: &[u8]) -> bool {
    const WORDS: &str = "m|f|male|female|man|woman|men|women|boy|girl|other|diverse|non binary|nonbinary|maennlich|weiblich|divers|\
        homme|femme|autre|masculin|feminin|hombre|mujer|otro|masculino|femenino|varon|feminino|outro|maschio|femmina|femminile|\
        maschile|altro|vrouw|mannelijk|vrouwelijk|anders|mezczyzna|kobieta|inna|inny|prefer not to say|not specified|unspecified";
    is_one_of(text, WORDS)
}
