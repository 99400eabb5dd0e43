//! What a table is about, by its name and by what its columns are called: persons, or things.

use model::Class;

use super::dictionary::{Meaning, meaning};
use super::lexicon::listed;
use super::setting::ROWS;
use super::token::{singular, words};

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Persons,
    Things,
    Unknown,
}

const PERSONS: &str = "customer|user|employee|person|people|patient|member|contact|client|student|staff|passenger|guest|applicant|\
    candidate|lead|subscriber|profile|author|driver|citizen|voter|donor|teacher|doctor|nurse|tenant|owner|agent|buyer|seller|visitor|\
    participant|attendee|recipient|beneficiary|insured|policyholder|player|artist|actor|witness|suspect|inmate|child|parent|guardian|\
    spouse|relative|resident|signatory|shareholder|worker|contractor|freelancer|payee|payer|borrower|debtor|creditor|account|individual|\
    human|party|prospect|respondent|reviewer|speaker|caller|kunde|kunden|benutzer|mitarbeiter|patienten|mitglied|nutzer|ansprechpartner|\
    utilisateur|employe|salarie|personne|adherent|cliente|usuario|empleado|persona|paciente|miembro|utente|dipendente|paziente|\
    utilizador|funcionario|pessoa|klant|gebruiker|medewerker|persoon|lid|klient|uzytkownik|pracownik|osoba|pacjent|czlonek|address|\
    hr|crm|payroll|personnel|employment|hiring|admission|enrollment|registration|booking|reservation";

const THINGS: &str = "product|item|sku|order|category|brand|country|city|region|state|language|currency|file|document|job|task|event|server|\
    device|host|service|application|app|plugin|module|setting|config|configuration|migration|role|permission|group|tag|label|status|\
    type|unit|warehouse|shelf|vehicle|part|material|ingredient|recipe|album|track|genre|playlist|media|movie|book|article|page|menu|\
    template|report|chart|dashboard|queue|topic|channel|table|column|index|schema|database|version|release|build|project|repository|\
    company|department|team|branch|store|shop|supplier|vendor|plan|tier|feature|coupon|campaign|invoice|line|ticket|session|log|metric|\
    sensor|station|airport|flight|route|stop|room|building|course|lesson|exam|produkt|artikel|bestellung|kategorie|produit|commande|\
    categorie|producto|pedido|prodotto|ordine|artigo|bestelling|zamowienie|kategoria|towar|lookup|enum|reference|attribute|option|\
    shipping method|carrier|gym|hotel|facility|clinic|hospital|restaurant|venue|newsletter|integration|webhook|connector|provider|gateway|website|blog|photo|\
    image|attachment|folder|library|source|issuer|attribute|auth|oauth|token|location|place|entity|center|centre|bank|chapter|committee|merchant|manufacturer|distributor|environment|addon|extension|widget|dashboard|strategy|\
    constraint|trigger|hook|workspace|zone|cluster|node|instance|container|namespace|bucket|equipment|machine|tool|fleet|cargo|publication|\
    league|tournament|badge|achievement|reward|tariff|network|interface|protocol|certificate|tax|price|discount|stock|inventory|asset|license|sample|species|disease|drug|currency rate|workflow|action|panel|list|law|realm|mailbox|forum|shelf|lot|batch|shipment|parcel|consignment|intake|class|specialization|skill";

/// What follows a word for persons in a table's name where its rows still are persons, beside [`ROWS`].
const TABLES: &str =
    "data|record|list|table|number|entry|tbl|base|file|view|archive|history|old|new|details|person|s|t";

/// All words that are known here.
pub(super) const WORDS: [&str; 2] = [PERSONS, THINGS];

/// Whether a word stands for a person.
pub(super) fn is_person(word: &str) -> bool {
    let one = singular(word);
    let is_named = listed(PERSONS, &one) || listed(PERSONS, word);
    is_named || super::concept::is_person(word) || meaning(word) == Some(Meaning::Doer)
}

/// What a table is about, by its name.
pub(super) fn of(name: &str) -> About {
    let words = words(name);
    // The last word says what its rows are: `customer_orders` are orders.
    // `app_` before a name says nothing of it.
    let before = words.first().is_some_and(|first| words.len() > 1 && matches!(first.as_str(), "app" | "t"));
    for (place, word) in words.iter().skip(usize::from(before)).rev().enumerate() {
        // `hr_province`: where a table belongs says nothing of its rows.
        if place > 0 && matches!(word.as_str(), "hr" | "crm" | "payroll" | "personnel") {
            continue;
        }
        let one = singular(word);
        let has = |list: &str| listed(list, &one) || listed(list, word);
        if has(PERSONS) {
            // What nobody here knows of persons may be anything: `user_fields`.
            let mut after = words.iter().rev().take(place).map(|word| singular(word));
            let is_theirs = after.all(|word| listed(ROWS, &word) || listed(TABLES, &word));
            return if is_theirs { About::Persons } else { About::Unknown };
        }
        if has(THINGS) {
            return About::Things;
        }
        if super::concept::is_person(word) || (place == 0 && meaning(word) == Some(Meaning::Doer)) {
            return About::Persons;
        }
    }
    About::Unknown
}

/// Whether a class is about a person by itself, so that the same word elsewhere means something else.
pub(super) fn of_persons(class: Class) -> bool {
    matches!(
        class,
        Class::PersonName
            | Class::Phone
            | Class::PostalAddress
            | Class::Age
            | Class::Gender
            | Class::Nationality
            | Class::MaritalStatus
            | Class::DateOfBirth
            | Class::Username
            | Class::Health
            | Class::SpecialCategory
            | Class::Email
            | Class::Salary
            | Class::NationalId
            | Class::Passport
            | Class::DrivingLicence
    )
}

/// Whether a word that means a class does so in a table of things as well; `document number` is of an invoice there, `author`
/// of a book.
pub(super) fn is_in_things(class: Class) -> bool {
    !of_persons(class)
        || matches!(
            class,
            Class::Email | Class::Phone | Class::PostalAddress | Class::DateOfBirth | Class::MaritalStatus
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_table_says_what_its_rows_are() {
        for (table, about) in [
            ("customer_orders", About::Things),
            ("hr_employee", About::Persons),
            ("user_profile_data", About::Persons),
            ("physicians", About::Persons),
            // What nobody here knows of persons may be anything.
            ("user_fields", About::Unknown),
            ("hr_province", About::Unknown),
        ] {
            assert_eq!(of(table), about, "{table}");
        }
    }
}
