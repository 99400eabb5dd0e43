//! Whether somebody is married.
//!
//! False friends: any other `status`, and `partner` as a firm.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::MaritalStatus,
    names: Names {
        sure: "marital status|marital|civil status|marriage status|married|is married|marital state|relationship status|maritalstatus|\
            familienstand|zivilstand|verheiratet|etat civil|situation matrimoniale|situation familiale|statut marital|\
            estado civil|stato civile|burgerlijke staat|burgerlijke stand|stan cywilny|civilstand|sivilstatus|siviilisaaty|\
            marital status code|maiden status|date of marriage|marriage date|wedding date|divorce date",
        likely: "spouse|spouse id|civilstatus|marital code",
        hint: "single|divorced",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::BOOL).or(Holds::DATE),
    patterns: &[],
    examples: Examples {
        named: &["marital_status", "familienstand", "EstadoCivil", "etat_civil", "stan_cywilny"],
        unnamed: &["status", "order_status", "partner_status"],
        values: &[],
        friends: &[],
    },
};
