//! What is told of somebody ill: which columns point to whoever it is of, which tables are written about him, and which words there
//! tell of his health. It knows names and words of a dictionary, no values.

use super::Kind;
use super::around::{Around, lists};
use super::dictionary::{Meaning, meaning};
use super::harmless::HEADS;
use super::lexicon::listed;
use super::setting::{
    DATED, KEPT_OF, KEPT_SINCE, LEFT_OUT, NAMED, NAMED_THERE, OF_MEDICINE, PATIENTS, POINTED_AT,
};
use super::token::words;

impl Around {
    /// Whether a text that nothing is known of stands in what is written down of somebody ill, and says nothing of the row itself.
    pub(super) fn is_told(&self, name: &str) -> bool {
        let words = words(name);
        let is_kept = |word: &String| [KEPT_OF, HEADS, LEFT_OUT].iter().any(|list| listed(list, word));
        self.is_record && !self.rest(&words).iter().any(is_kept)
    }

    /// Whether a dictionary's words tell of illness, or of the body of somebody ill.
    pub(super) fn tells_of_illness(&self, rest: &str, kind: Kind, of_ill: bool) -> bool {
        let last = rest.rsplit(' ').next().unwrap_or_default();
        let holds_none = matches!(kind, Kind::Date | Kind::Time | Kind::Uuid | Kind::Binary);
        let points_away = kind == Kind::Integer && listed(POINTED_AT, last);
        if holds_none || points_away || meaning(last) == Some(Meaning::Doer) || listed(KEPT_OF, last) {
            return false;
        }
        // What the illness of a patient's is called, and what he was examined for.
        if self.is_record && self.points_away && rest == "name" {
            let last = self.table.last().map(String::as_str).unwrap_or_default();
            return meaning(last) == Some(Meaning::Ill) || listed(NAMED, last);
        }
        if self.is_record && listed(NAMED_THERE, rest) {
            return true;
        }
        // What is coded in a table of illnesses is what somebody has.
        if matches!(rest, "code" | "display" | "code parent" | "code text") {
            let is_named = |word: &String| meaning(word) == Some(Meaning::Ill) || listed(NAMED, word);
            return self.is_coding || (self.is_record && self.table.iter().any(is_named));
        }
        let tells = |word| match meaning(word) {
            Some(Meaning::Ill) => of_ill || (self.is_of_somebody && !self.is_catalogue),
            Some(Meaning::Body) => of_ill,
            _ => false,
        };
        rest.split(' ').any(tells)
    }
}

/// Whether a word of a table's name puts it in a doctor's hands, so that what points to somebody there is of his health.
pub(super) fn is_of_illness(word: &str) -> bool {
    matches!(meaning(word), Some(Meaning::Ill | Meaning::Body)) || listed(OF_MEDICINE, word)
}

/// Whether a word of a name is an illness, or what is done against one.
pub(super) fn says_illness(name: &str) -> bool {
    name.split(' ').any(|word| meaning(word) == Some(Meaning::Ill))
}

/// Whether a column says when something was, which no catalogue does.
pub(super) fn is_dated(name: &str) -> bool {
    let has = |list: &str| name.split(' ').any(|word| listed(list, word));
    has(DATED) && !has(KEPT_SINCE)
}

/// What a column points to: `patient id` to a patient.
pub(super) fn pointed(name: &str) -> &str {
    let pointer = [" id", " identifier", " number", " uuid"].iter().find_map(|end| name.strip_suffix(end));
    pointer.or_else(|| name.strip_prefix("fk ")).or_else(|| name.strip_prefix("id ")).unwrap_or(name)
}

/// Whether a column's name points to a person: `patient`, `fk_encounter`, `visit_id`.
pub(super) fn points(name: &str) -> bool {
    let pointer = pointed(name);
    lists().pointers.contains(pointer) || pointer.split(' ').any(|word| listed(PATIENTS, word))
}

#[cfg(test)]
mod tests {
    use model::Class;

    use super::*;

    fn meant(table: &str, columns: &[&str], name: &str, kind: Kind) -> Option<Class> {
        Around::of(table, columns.iter().copied()).meant(name, kind)
    }

    #[test]
    fn a_dictionarys_words_tell_of_illness_where_somebody_is_ill() {
        let visit = ["patient_id", "spleen_size", "biopsy_site", "surgeon", "biopsies_count", "biopsy"];
        assert_eq!(meant("visit_note", &visit, "biopsy_site", Kind::Text), Some(Class::Health));
        assert_eq!(meant("renal_unit", &visit, "spleen_size", Kind::Text), Some(Class::Health));
        assert_eq!(meant("renal_unit", &visit, "surgeon", Kind::Text), None);
        assert_eq!(meant("renal_unit", &visit, "biopsies_count", Kind::Integer), None);
        // A spleen elsewhere may be a shop's; an asthma of a pupil is his.
        assert_eq!(meant("goods", &["sku", "spleen_size"], "spleen_size", Kind::Text), None);
        assert_eq!(meant("pupils", &["first_name", "asthma"], "asthma", Kind::Text), Some(Class::Health));
        assert_eq!(meant("tags", &["id", "asthma"], "asthma", Kind::Text), None);
    }

    #[test]
    fn what_points_to_somebody_makes_a_medical_table_his() {
        let around = |table: &str, columns: [&'static str; 3]| Around::of(table, columns.into_iter());
        let record = around("neonatal_chart", ["encounter_nr", "feeding", "status"]);
        assert!(record.is_told("feeding") && !record.is_told("status"));
        assert!(!around("neonatal_chart", ["code", "feeding", "status"]).is_told("feeding"));
        assert!(!around("orders", ["encounter_nr", "feeding", "status"]).is_told("feeding"));
    }

    #[test]
    fn pointers_are_told_by_their_ends() {
        assert_eq!((pointed("visit number"), pointed("fk encounter")), ("visit", "encounter"));
        assert!(points("patient id") && points("encounter number") && !points("order number"));
    }
}
