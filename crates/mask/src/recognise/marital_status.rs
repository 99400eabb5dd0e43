//! Whether somebody is married.
//!
//! False friends: any other `status`, and `partner` as a firm.

use model::Class;

use super::pattern::Where;
use super::word::is_one_of;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::MaritalStatus,
    names: Names {
        sure: "situacao conjugal|est civil|stan rodzinny|family status|stato famiglia|coniugato|\
            situation famille|\
            marital status|marital|civil status|marriage status|married|is married|marital state|relationship status|maritalstatus|\
            familienstand|zivilstand|verheiratet|etat civil|situation matrimoniale|situation familiale|statut marital|\
            estado civil|stato civile|burgerlijke staat|burgerlijke stand|stan cywilny|civilstand|sivilstatus|siviilisaaty|\
            marital status code|maiden status|date of marriage|marriage date|wedding date|divorce date",
        likely: "spouse|spouse id|civilstatus|marital code",
        hint: "single|divorced",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER).or(Holds::BOOL).or(Holds::DATE),
    patterns: &[Pattern {
        name: "marital_word",
        regex: r"[^0-9\x00-\x1f]{4,30}",
        check: is_status,
        chance: 0.02,
        place: Where::Column,
        min: 4,
        max: 30,
    }],
    examples: Examples {
        named: &["marital_status", "familienstand", "EstadoCivil", "etat_civil", "stan_cywilny"],
        unnamed: &["status", "order_status", "partner_status"],
        values: &[],
        friends: &[],
    },
};

fn is_status(text: &[u8]) -> bool {
    const WORDS: &str = "single|married|divorced|widowed|separated|unmarried|civil partnership|domestic partnership|cohabiting|engaged|\
        ledig|verheiratet|geschieden|verwitwet|getrennt|verpartnert|getrennt lebend|\
        celibataire|marie|mariee|divorce|divorcee|veuf|veuve|pacse|pacsee|separe|separee|concubinage|\
        soltero|soltera|casado|casada|divorciado|divorciada|viudo|viuda|separado|separada|union libre|\
        solteiro|solteira|viuvo|viuva|uniao estavel|desquitado|\
        celibe|nubile|coniugato|coniugata|sposato|sposata|divorziato|divorziata|vedovo|vedova|separato|separata|\
        ongehuwd|gehuwd|getrouwd|gescheiden|weduwe|weduwnaar|samenwonend|\
        kawaler|panna|zonaty|zamezna|mezatka|rozwiedziony|rozwiedziona|wdowiec|wdowa|w separacji|wolny|wolna";
    is_one_of(text, WORDS)
}
