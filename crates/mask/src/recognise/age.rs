//! Ages in years.
//!
//! False friends: ages of records and caches, `page`, `average`, `stage`, `image`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Age,
    names: Names {
        sure: "alter jahre|alter jahren|age patient|patientenalter|leeftijdscategorie|idade paciente|\
            age assure|\
            age years|age in years|patient age|customer age|user age|age at diagnosis|age at death|age group|age range|age band|\
            age bracket|person age|employee age|age at admission|lebensalter|altersgruppe|tranche age|tranche d age|rango edad|\
            grupo edad|faixa etaria|fascia eta|leeftijdsgroep|grupa wiekowa|age category|age at visit",
        likely: "age|edad|idade|leeftijd|wiek|alder|ages",
        hint: "alter|eta|ika|years old",
    },
    holds: Holds::INTEGER.or(Holds::NUMBER).or(Holds::TEXT),
    patterns: &[],
    examples: Examples {
        named: &["age", "patientAge", "age_group", "edad", "leeftijd"],
        unnamed: &["page", "cache_age_seconds", "max_age", "stage", "average", "age_limit"],
        values: &[],
        friends: &[],
    },
};
