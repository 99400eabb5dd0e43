//! What a column's table and its neighbours make of a plain word: `to` beside a subject is an e-mail address, `line one` beside a
//! postcode a postal address, `dose` in a table of what patients take tells of their health. It reads names only, no values.

use std::collections::HashSet;
use std::sync::OnceLock;

use model::Class;

use super::Kind;
use super::compound::is_small;
use super::token::{singular, words};

/// What plain words mean in one kind of table.
struct Setting {
    /// Words of a table's name, of which one makes it such a table.
    tables: &'static str,
    /// Names of columns, of which so many make it one.
    columns: &'static str,
    enough: usize,
    /// Which class the words are of.
    class: Class,
    /// The words.
    words: &'static str,
}

const SETTINGS: [Setting; 9] = [
    Setting {
        tables: "mail|email|newsletter|mailing|outbox|smtp|courriel|correo|mailbox|maillog|mailaddr|alias|alia|forwarding|bounce",
        columns: "subject|body|to email|cc|bcc|recipient|recipients|reply to|mail from|betreff|objet|asunto|assunto|oggetto|onderwerp|temat",
        enough: 2,
        class: Class::Email,
        words: "address|addresses|to|from|cc|bcc|recipient|recipients|sender|reply to|return path|envelope from|envelope to|\
            ticket cc|invitee|rcpt|mail to|to addr|from addr|empfaenger|absender|an|von|kopie|destinataire|destinataires|\
            expediteur|destinatario|destinatarios|remitente|remetente|mittente|destinatari|ontvanger|afzender|nadawca|odbiorca",
    },
    Setting {
        tables: "address|addresses|adresse|direccion|endereco|indirizzo|adres|anschrift|domicilio",
        columns: "city|town|state|province|county|region|country|country code|zip|zip code|zipcode|postcode|postal code|post code|\
            locality|plz|stadt|land|ville|pays|code postal|ciudad|provincia|pais|codigo postal|cidade|estado|cep|citta|cap|\
            comune|plaats|woonplaats|miasto|miejscowosc|kraj|kod pocztowy|municipality",
        enough: 2,
        class: Class::PostalAddress,
        words: "line|line one|line two|line three|line 1|line 2|line 3|address|address one|address two|address 1|address 2|address 3|\
            number|unit|unit number|box|box number|building|suite|apartment|apt|house|house name|street 1|street 2|street 3|\
            addendum|complement|additional|extra|care of|mail code|premise|subpremise|sub unit|subunit|aux street|road|lane|block|\
            floor|door|staircase|entrance|zusatz|nummer|numero|etage|piso|porta|puerta|escalera|interno|scala|lokal|complemento|\
            block number|barrio|colonia|bairro|frazione|lieu dit|batiment|hnr|bus|address extra|district|neighborhood",
    },
    Setting {
        tables: "gateway|host|router|interface|peer|trusted|network|subnet|proxy|dns|dhcp|firewall|gw|netblock|vpn|radius",
        columns: "port|proto|protocol|netmask|hostname|host name|mac|gateway|prefix length|subnet|vlan|ip",
        enough: 2,
        class: Class::IpAddress,
        words: "address|addr|src address|dst address|source address|destination address|host address|remote address|local address|\
            listen address|bind address|server address|gateway|nexthop|next hop|broadcast|from address|to address",
    },
    Setting {
        tables: "authentication|login|signin|logon",
        columns: "password|passwd|pass|passwort|kennwort|mot de passe|contrasena|senha|wachtwoord|haslo|account password",
        enough: 1,
        class: Class::Username,
        words: "login|user|account|usr|uid|identifier|principal|operator|userid|user id|utilisateur|usuario|utente|gebruiker|\
            uzytkownik|benutzer|nutzer|konto|cuenta",
    },
    Setting {
        tables: "token|secret|passcode|otp|credential|apikey|session|sesion|sitzung|sessione|sessie|jeton|recovery|activation|verification|\
            invite|reset|cookie|oauth|totp|mfa|webauthn",
        columns: "secret|client secret|app secret|consumer secret",
        enough: 1,
        class: Class::Secret,
        words: "key|code|value|hash|session id|sid|session key|ciphertext|app key|client key|consumer key|secret value|nonce secret|\
            encrypted value|totp key|seed|data key|pin",
    },
    Setting {
        tables: "message|comment|note|post|review|feedback|journal|chat|mail|email|ticket|issue|reply|topic|thread|discussion|\
            conversation|sms|inquiry|enquiry|complaint|incident|todo|memo|testimonial|diary|spool|archive|guestbook|shout|revision|\
            nachricht|kommentar|notiz|bewertung|beschwerde|anfrage|commentaire|avis|reclamation|mensaje|comentario|nota|queja|\
            mensagem|messaggio|commento|appunto|recensione|bericht|opmerking|notitie|klacht|wiadomosc|komentarz|notatka|skarga|uwaga",
        columns: "",
        enough: 2,
        class: Class::FreeText,
        words: "html|source|content|text|body|description|raw|xml|txt|value|subject|summary|excerpt|explanation|resolution|solution|\
            problem|reason|details|plaintext|plain text|markdown|rationale|message|payload|response|question|answer|data|transcript|\
            inhalt|beschreibung|betreff|contenu|objet|contenido|asunto|conteudo|assunto|contenuto|oggetto|inhoud|onderwerp|tresc|\
            temat|opis|tekst|texto|testo|texte|old value|new value|content html|body html|html body|text body|remark|wording",
    },
    Setting {
        tables: "calendar|appointment|meeting|task|case|request|claim|encounter|visit|crash|accident|call|interview|lead|opportunity|\
            activity|termin|aufgabe|vorgang|rendez|cita|compromisso|appuntamento|afspraak|wizyta|zadanie|tache|tarea|tarefa|attivita",
        columns: "",
        enough: 2,
        class: Class::FreeText,
        words: "description|summary|explanation|reason|details|problem|solution|outcome|beschreibung|descripcion|descricao|\
            descrizione|omschrijving|opis|agenda|minutes|protocol|wording|motif|motivo|grund|reden|powod",
    },
    Setting {
        tables: "vcard|addressbook|directory|ldap|attendee",
        columns: "first name|last name|firstname|lastname|given name|family name|surname|birthdate|birthday|bday|dob|date of birth|\
            sex|gender|given|family|middle|nickname|email|phone",
        enough: 2,
        class: Class::PersonName,
        words: "given|family|middle|fn|cn|sn|preferred|other names|formatted|prefix name|known as|aka|additional name|full|first|last",
    },
    Setting {
        tables: "biometric|patient photo|employee photo|person photo|fingerprint",
        columns: "",
        enough: 2,
        class: Class::Biometric,
        words: "photo|image|picture|data|template|scan|sample",
    },
];

/// Words of a table's name, of which one makes what stands there an ill person's.
const OF_PATIENTS: &str = "diagnosis|diagnose|diagnoses|allergy|allergies|vaccination|immunization|\
    immunisation|prescription|medication|vitals|vital|anamnesis|hospitalization|clinical|clin|surgery|pathology|disability|pregnancy|\
    newborn|perinatal|triage|symptom|lab result|test result|lab test|nursing|psychiatric|dental|ambulatory|inpatient|outpatient|\
    hospital stay|medical history|medical record|health record|health issue|substance intake|family history|encounter";

/// What is written down of a patient, beside a word for one.
const RECORDS: &str = "evaluation|examination|exam|assessment|record|history|observation|measurement|monitoring|rounding|therapy|treatment|\
    procedure|disease|condition|problem|follow up|screening|consultation|result|intake|note|visit|file|chart|status|data|state";

/// Tables of which each row is of somebody, whatever else they say.
const ALWAYS: &str = "lab result|test result|medical history|medical record|health record|substance intake|family history|hospital stay|\
    drug intake|patient history|clinical note|clin medication|vital sign|vitals|prescription line";

/// Somebody who is ill, as a table's name says it.
const PATIENTS: &str = "patient|patiente|paciente|paziente|pacjent";

/// Columns that point to a person, so that the table is of persons' illnesses and no catalogue of them.
const POINTERS: &str = "patient|person|encounter|episode|visit|admission|subject|insuree|identity|beneficiary|name|evaluation|consultation|\
    case|health professional|physician|doctor|paciente|paziente|pacjent|patiente";

/// What a table of illnesses tells of somebody.
const OF_ILLNESS: &str = "description|narrative|substance|drug|brand|brandname|generic|adjuvant|directions|dose|strength|route|severity|\
    reaction|result|value|condition|issue|laterality|finding|findings|site|preparation|aim|indication|indications|onset|stage|outcome|\
    complication|complications|reason|procedure|treatment|assessment|drug name|unit dose|duration of treatment|frequency|\
    cause|reason for encounter|assessment of encounter|reason for visit|abnormality|abnormality indicator|interpretation|specimen|\
    val num|val alpha|numeric value|text value|observation|observations|pathology|disease|vaccine|weight|height|temperature|pulse|\
    stress|exercise|diet|coffee|alcohol|tobacco|drugs|sleep|hospital number|impression|prognosis|discharge|evolution|atc code|\
    icd|hours sleep|status notes|karyotype|is cause of death|has allergy";

/// Columns beside which a `name` is shown and no log-in name.
const LOGINS: &str =
    "username|login|user name|login name|email|mail|email address|first name|last name|handle|phone|birthday";

/// Words of a yes-or-no about the record itself and not about whoever is ill.
const ADMINISTERED: &str = "active|enabled|deleted|archived|confirmed|verified|signed|approved|paid|billed|invoiced|printed|sent|visible|default|\
    primary|main|current|closed|locked|draft|final|reviewed|approximate|estimated|state|readonly|editable|exported|imported|synced|public|\
    private|required|reported|show|hide|email|phone|contact|consent|insurance|insured|invoice|payment|valid|complete|completed|done|new|\
    cancelled|canceled|missing|validated|checked|processed|read|seen|modified|auto|automatic|manual|original|copy|urgent|emergency|clinically|\
    relevant|technically|generic|selected|latest|last|first|review|schedule|scheduled|is|has";

/// What is known around the columns of a table.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The words of the table's name, one of each.
    table: Vec<String>,
    /// A word before most columns' names, that says nothing of one of them.
    prefix: Option<String>,
    /// Which of [`SETTINGS`] the table is.
    settings: Vec<usize>,
    /// What stands there is of ill persons.
    patients: bool,
    /// Somebody logs in with what stands there.
    pub(super) has_login: bool,
    /// Another column holds e-mail addresses, so that `email_id` points to a mail.
    pub(super) has_email: bool,
    /// Names of columns, as words.
    columns: HashSet<String>,
}

/// A list's entries, as they come out of names.
fn set(list: &str) -> HashSet<String> {
    list.split('|').map(|entry| plain(&words(entry))).filter(|entry| !entry.is_empty()).collect()
}

/// A setting's lists, ready to be looked up in.
struct Listed {
    tables: HashSet<String>,
    columns: HashSet<String>,
    enough: usize,
    class: Class,
    words: HashSet<String>,
}

/// All lists, ready to be looked up in.
struct Lists {
    settings: Vec<Listed>,
    of_patients: HashSet<String>,
    records: HashSet<String>,
    always: HashSet<String>,
    pointers: HashSet<String>,
    of_illness: HashSet<String>,
    logins: HashSet<String>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        settings: SETTINGS
            .iter()
            .map(|one| Listed {
                tables: set(one.tables),
                columns: set(one.columns),
                enough: one.enough,
                class: one.class,
                words: set(one.words),
            })
            .collect(),
        of_patients: set(OF_PATIENTS),
        records: set(RECORDS),
        always: set(ALWAYS),
        pointers: set(POINTERS),
        of_illness: set(OF_ILLNESS),
        logins: set(LOGINS),
    })
}

/// A name's words without small ones, in one string.
fn plain(words: &[String]) -> String {
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_small(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

impl Around {
    /// What is around the columns of this table.
    pub(super) fn of<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> Self {
        let table: Vec<String> = words(table).iter().map(|word| singular(word)).collect();
        let names: Vec<Vec<String>> = columns.map(words).collect();
        let prefix = common_prefix(&names);
        let mut around = Self { table, prefix, ..Self::default() };
        around.columns = names.iter().map(|words| plain(around.rest(words))).collect();
        let lists = lists();
        let joined = format!(" {} ", around.table.join(" "));
        let named = |list: &HashSet<String>| {
            around.table.iter().any(|word| list.contains(word))
                || list.iter().any(|entry| entry.contains(' ') && joined.contains(&format!(" {entry} ")))
        };
        let beside =
            |list: &HashSet<String>| around.columns.iter().filter(|name| list.contains(*name)).count();
        let fitting = lists.settings.iter().enumerate();
        let fitting = fitting.filter(|(_, one)| named(&one.tables) || beside(&one.columns) >= one.enough);
        let settings = fitting.map(|(place, _)| place).collect();
        let of_one = around.table.iter().any(|word| PATIENTS.split('|').any(|patient| patient == word));
        let patients = named(&lists.always)
            || (of_one && (named(&lists.records) || named(&lists.of_patients)))
            || (named(&lists.of_patients) && around.columns.iter().any(|name| points(name)));
        let has_login = beside(&lists.logins) > 0;
        let has_email =
            around.columns.iter().any(|name| name.ends_with("email") || name.ends_with("email address"))
                || around.table.first().is_some_and(|word| word == "email");
        Self { settings, patients, has_login, has_email, ..around }
    }

    /// A name's words without those that only repeat the table's name or stand before most columns.
    fn rest<'w>(&self, words: &'w [String]) -> &'w [String] {
        let repeats =
            |word: &String| self.table.contains(&singular(word)) || self.prefix.as_ref() == Some(word);
        let many = words.iter().take_while(|word| repeats(word)).count();
        match words.get(many..) {
            Some(rest) if rest.iter().any(|word| word.chars().any(char::is_alphabetic)) => rest,
            _ => words,
        }
    }

    /// A name without what repeats its table's, when that leaves something else.
    pub(super) fn own_words(&self, name: &str) -> Option<(String, Vec<String>)> {
        let words = words(name);
        let rest = self.rest(&words);
        let repeated = words.len().checked_sub(rest.len()).filter(|many| *many > 0)?;
        Some((rest.join(" "), words.get(..repeated)?.to_vec()))
    }

    /// What a column's name means here.
    pub(super) fn meant(&self, name: &str, kind: Kind) -> Option<Class> {
        let words = words(name);
        let whole = plain(&words);
        let rest = plain(self.rest(&words));
        let is_in = |list: &HashSet<String>| list.contains(&rest) || list.contains(&whole);
        let lists = lists();
        if self.patients
            && kind == Kind::Bool
            && !rest.split(' ').any(|word| ADMINISTERED.split('|').any(|one| one == word))
        {
            return Some(Class::Health);
        }
        if self.patients && is_in(&lists.of_illness) && !matches!(kind, Kind::Date | Kind::Time | Kind::Uuid)
        {
            return Some(Class::Health);
        }
        let mut fitting = self.settings.iter().filter_map(|place| lists.settings.get(*place));
        fitting.find(|one| is_in(&one.words)).map(|one| one.class)
    }
}

/// Whether a column's name points to a person: `patient`, `fk_encounter`, `visit_id`.
fn points(name: &str) -> bool {
    let pointer =
        name.strip_suffix(" id").or_else(|| name.strip_prefix("fk ")).or_else(|| name.strip_prefix("id "));
    let pointer = pointer.unwrap_or(name);
    lists().pointers.contains(pointer)
        || pointer.split(' ').any(|word| PATIENTS.split('|').any(|one| one == word))
}

/// A word with which most of several names begin.
fn common_prefix(names: &[Vec<String>]) -> Option<String> {
    let first = |name: &Vec<String>| name.first().filter(|_| name.len() > 1).cloned();
    let candidates: Vec<String> = names.iter().filter_map(first).collect();
    let many = |word: &String| candidates.iter().filter(|other| *other == word).count();
    let best = candidates.iter().max_by_key(|word| many(word))?;
    (many(best) >= 4 && many(best) * 10 >= names.len() * 7).then(|| best.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(table: &str, columns: &[&str], name: &str) -> Option<Class> {
        Around::of(table, columns.iter().copied()).meant(name, Kind::Text)
    }

    #[test]
    fn plain_words_mean_what_their_table_is_about() {
        assert_eq!(meant("queued_mail", &["to", "subject", "text"], "to"), Some(Class::Email));
        assert_eq!(meant("transitions", &["from_state", "to"], "to"), None);
        assert_eq!(meant("places", &["line_one", "city", "zip"], "line_one"), Some(Class::PostalAddress));
        assert_eq!(
            meant("repositories", &["url", "login", "password", "host"], "login"),
            Some(Class::Username)
        );
        assert_eq!(meant("comments", &["id", "html"], "html"), Some(Class::FreeText));
        assert_eq!(meant("pages", &["id", "html"], "html"), None);
    }

    #[test]
    fn a_catalogue_of_illnesses_is_of_nobody() {
        assert_eq!(meant("allergy", &["patient_id", "substance"], "substance"), Some(Class::Health));
        assert_eq!(meant("allergy", &["code", "substance"], "substance"), None);
    }

    #[test]
    fn what_repeats_the_table_is_left_out() {
        let around =
            Around::of("wp_comments", ["comment_id", "comment_author", "comment_content"].into_iter());
        let own = around.own_words("comment_author").map(|(rest, _)| rest);
        assert_eq!((own.as_deref(), around.own_words("karma")), (Some("author"), None));
        let around = Around::of("ipblocks", ["ipb_a", "ipb_b", "ipb_c", "ipb_user"].into_iter());
        assert_eq!(around.own_words("ipb_user").map(|(rest, _)| rest).as_deref(), Some("user"));
    }
}
