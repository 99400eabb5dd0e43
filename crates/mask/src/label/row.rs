//! What a whole number or a UUID is beside a name that means a class: the key of a row, or what points to one. It knows names and
//! types only.

use model::Class;

use super::context::About;
use super::judge::Seen;
use super::lexicon::{Said, listed};
use super::token::words;
use super::{ColumnEvidence, Kind};

/// Forgets what a name says where its column only counts rows or points to one, or stands in a catalogue.
pub(super) fn forget_rows(said: &mut Vec<Said>, column: &ColumnEvidence, kind: Kind, seen: &Seen<'_>) {
    let Seen { about, around, .. } = seen;
    // The number of a pregnancy is a row's.
    let is_row = kind == Kind::Integer && words(&column.name).last().is_some_and(|last| last == "number");
    said.retain(|said| said.class != Class::Health || !is_row);
    // `id_identity` points to another table, and who lives there is no register's number.
    if matches!(kind, Kind::Integer | Kind::Uuid) {
        said.retain(|said| said.words != "resident id");
    }
    if matches!(kind, Kind::Integer | Kind::Uuid) && column.name.to_ascii_lowercase().starts_with("id_") {
        said.retain(|said| said.words.starts_with("id "));
    }
    said.retain(|said| said.words != "email id" || !around.has_email);
    let is_small = matches!(&*column.type_name, "integer" | "smallint");
    said.retain(|said| {
        kind != Kind::Integer || !points(said) || (said.class == Class::BankAccount && !is_small)
    });
    said.retain(|said| said.class != Class::Health || !around.is_catalogue);
    // A tax's rate is looked up by a small number, nobody's tax number is one beside things.
    said.retain(|said| !(is_small && said.words == "tax id" && about.0 != About::Persons));
    said.retain(|said| !(is_small && said.words == "device id"));
}

/// Whether a whole number can only point to what the name says: no address and no diagnosis is a number, its row's key is.
pub(super) fn points(said: &Said) -> bool {
    const THINGS: &str = "address|addresses|adresse|direccion|endereco|indirizzo|adres|anschrift|morada|domicilio|delivery address|\
        billing address|shipping address|home address|work address|street|strasse|rue|calle|rua|via|straat|ulica|location|residence|\
        bank account|bank accounts|account|bankverbindung|diagnosis|diagnoses|disease|diseases|pathology|medicament|medicaments|\
        medication|medications|drug|drugs|medicine|vaccine|vaccines|allergy|allergies|procedure|treatment|treatments|prescription|\
        prescriptions|therapy|surgery|surgeries|symptom|symptoms|illness|immunization|immunizations|health issue|admission diagnosis|\
        discharge diagnosis|primary diagnosis|secondary diagnosis|main diagnosis|diagnose|maladie|enfermedad|doenca|malattia|ziekte|\
        choroba|document|identity|card|credit card|wallet|contact|device|cookie|identity document|id document|family history|hospitalization";
    listed(THINGS, &said.words)
}

#[cfg(test)]
mod tests {
    use super::super::{TableEvidence, judge};
    use super::*;

    fn class(table: &str, name: &str, type_name: &str, beside: &str) -> Option<Class> {
        let column = |name: &str, type_name: &str| ColumnEvidence {
            name: name.into(),
            type_name: type_name.into(),
            ..ColumnEvidence::default()
        };
        let columns = vec![column(name, type_name), column(beside, "integer")];
        let table = TableEvidence { schema: "public".into(), name: table.into(), comment: None, columns };
        let finding = judge(&table).into_iter().next()?;
        finding.label().filter(|_| !finding.is_precaution()).map(|label| label.class)
    }

    #[test]
    fn keys_of_rows_are_nothing_of_anybody() {
        assert_eq!(class("device", "device_id", "integer", "slot"), None);
        assert_eq!(class("device", "device_id", "text", "slot"), Some(Class::DeviceId));
        assert_eq!(class("weights", "resident_id", "integer", "weight"), None);
        assert_eq!(class("pregnancies", "pregnancy_nr", "integer", "encounter_nr"), None);
        assert_eq!(class("pregnancies", "pregnancy_outcome", "text", "encounter_nr"), Some(Class::Health));
    }

    #[test]
    fn what_can_be_taken_is_a_catalogue_and_what_somebody_took_is_his() {
        assert_eq!(class("medications", "name", "text", "strength"), None);
        assert_eq!(class("medications", "strength", "text", "patient_id"), Some(Class::Health));
        assert_eq!(class("diagnoses", "name", "text", "consultation_id"), Some(Class::Health));
        assert_eq!(class("conditioncoding", "code", "text", "row"), Some(Class::Health));
        assert_eq!(class("colours", "code", "text", "row"), None);
    }
}
