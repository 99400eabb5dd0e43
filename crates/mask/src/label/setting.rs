//! Words that mean something only beside others: in mail, addresses, log-ins, secrets, talk, and in what is written down of patients.
//! It holds lists only; which table is of which kind is told elsewhere.

use model::Class;

/// What plain words mean in one kind of table.
pub(super) struct Setting {
    /// Words of a table's name, of which one makes it such a table.
    pub(super) tables: &'static str,
    /// Names of columns, of which so many make it one.
    pub(super) columns: &'static str,
    /// How many of them.
    pub(super) enough: usize,
    /// Which class the words are of.
    pub(super) class: Class,
    /// The words.
    pub(super) words: &'static str,
}

pub(super) const SETTINGS: [Setting; 16] = [
    Setting {
        tables: "authentication|login|signin|logon",
        columns: "",
        enough: 1,
        class: Class::Username,
        words: "identifier|pending identifier|login identifier",
    },
    Setting {
        tables: "audit|log|logbook|trail|changelog|audittrail|auditlog|protokoll|registro",
        columns: "",
        enough: 1,
        class: Class::Username,
        words: "user|username|administrator|admin|actor|operator|who|editor|initiator|performer|changed by|modified by|benutzer|\
            utilisateur|usuario|utente|gebruiker|uzytkownik|auteur|autor",
    },
    Setting {
        tables: "bank account|credit card|debit card|payment card|bankaccount|creditcard|bankverbindung|kreditkarte",
        columns: "iban|bic|swift|account number|card number|bank identification code|kontonummer|sort code",
        enough: 2,
        class: Class::PersonName,
        words: "owner|holder|depositor|account owner|card owner|inhaber|titular|titulaire|intestatario|houder|posiadacz",
    },
    Setting {
        tables: "locator|household|next of kin|emergency contact",
        columns: "mail address|physical address|postal address|cell|home phone|work phone|contact phone|phone|mobile",
        enough: 2,
        class: Class::PostalAddress,
        words: "physical address|mail address|address|home|residence|directions",
    },
    Setting {
        tables: "mail|email|newsletter|mailing|outbox|smtp|courriel|correo|mailbox|maillog|mailaddr|alias|alia|forwarding|forward|vacation|autoresponder|autoreply|responder|blacklist|whitelist|bounce|sender",
        columns: "subject|body|to email|cc|bcc|recipient|recipients|reply to|mail from|betreff|objet|asunto|assunto|oggetto|onderwerp|temat",
        enough: 2,
        class: Class::Email,
        words: "address|addresses|to|from|cc|bcc|recipient|recipients|sender|reply to|return path|envelope from|envelope to|\
            ticket cc|invitee|rcpt|mail to|to addr|from addr|empfaenger|absender|an|von|kopie|destinataire|destinataires|\
            expediteur|destinatario|destinatarios|remitente|remetente|mittente|destinatari|ontvanger|afzender|nadawca|odbiorca|from header|to header",
    },
    Setting {
        tables: "",
        columns: "mobile|mobile number|mobile phone|cell|cell number|cellphone|phone|phone number|telephone|tel",
        enough: 1,
        class: Class::Phone,
        words: "home number|office number|work number|residence number|house phone|office|business number|other number|alternate number",
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
            block number|barrio|colonia|bairro|frazione|lieu dit|batiment|hnr|bus|address extra",
    },
    Setting {
        tables: "gateway|host|router|interface|peer|trusted|network|subnet|proxy|dns|dhcp|firewall|gw|netblock|vpn|radius|node|ipblock|ip|ipban|lease|ipv|dhcp 4|dhcp 6",
        columns: "port|proto|protocol|netmask|hostname|host name|mac|gateway|prefix length|prefix len|subnet id|hwaddr|duid|subnet|vlan|ip",
        enough: 2,
        class: Class::IpAddress,
        words: "address|addr|src address|dst address|source address|destination address|host address|remote address|local address|\
            listen address|bind address|server address|gateway|nexthop|next hop|address 6|range start|range end|broadcast|from address|to address",
    },
    Setting {
        tables: "authentication|login|signin|logon",
        columns: "password|passwd|pass|passwort|kennwort|mot de passe|contrasena|senha|wachtwoord|haslo|account password",
        enough: 1,
        class: Class::Username,
        words: "login|user|account|usr|uid|principal|operator|userid|user id|utilisateur|usuario|utente|gebruiker|\
            uzytkownik|benutzer|nutzer|konto|cuenta",
    },
    Setting {
        tables: "token|secret|passcode|otp|credential|apikey|jeton|recovery|activation|verification|\
            invite|reset|cookie|oauth|totp|mfa|webauthn|confirmation|grant",
        columns: "secret|client secret|app secret|consumer secret",
        enough: 1,
        class: Class::Secret,
        words: "key|code|value|hash|ciphertext|app key|client key|consumer key|secret value|nonce secret|\
            encrypted value|totp key|seed|data key|pin|user pin|so pin|admin pin|pin seed|puk|verifier|code verifier|device code|user code|account key|auth code",
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
            temat|opis|tekst|texto|testo|texte|old value|new value|content html|body html|html body|text body|remark|wording|original|\
            parsed|cooked|rendered|edited|edited from|edited to|markup|old text|new text|original text|old content|new content|\
            quoted text|stripped text",
    },
    Setting {
        tables: "calendar|appointment|meeting|task|case|request|claim|encounter|visit|crash|accident|call|interview|lead|opportunity|\
            activity|termin|aufgabe|vorgang|rendez|cita|compromisso|appuntamento|afspraak|wizyta|zadanie|tache|tarea|tarefa|attivita",
        columns: "attendees|attendee|all day|allday|recurrence|recurtype|recur|rrule|alarm|alarm methods|dtstart|dtend|location|participants|organizer|invitees",
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
        words: "given|family|middle|fn|cn|sn|preferred|other names|formatted|prefix name|known as|aka|additional name|full|first|last|manager|assistant|spouse|children|child",
    },
    Setting {
        tables: "athlete|fitness|wellness|bodyweight|weight entry|weight log|body measurement|weighing",
        columns: "gender|sex|birthdate|birth date|dob|date of birth|blood type|blood group|age|body fat|bmi|eye color|hair color|height|weight",
        enough: 2,
        class: Class::Health,
        words: "weight|height|weight kg|height cm|body weight|body height|size weight|build|fitness level|resting pulse|pulse",
    },
    Setting {
        tables: "session|sesion|sitzung|sessione|sessie|sessao",
        columns: "",
        enough: 1,
        class: Class::Secret,
        words: "session id|sid|session key|session hash|session uid|cookie value|token|session token",
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
pub(super) const OF_PATIENTS: &str = "diagnosis|diagnose|diagnoses|allergy|allergies|vaccination|immunization|\
    immunisation|prescription|medication|vitals|vital|anamnesis|hospitalization|clinical|clin|surgery|pathology|disability|pregnancy|\
    newborn|perinatal|triage|symptom|lab result|test result|lab test|nursing|psychiatric|dental|ambulatory|inpatient|outpatient|\
    hospital stay|medical history|medical record|health record|health issue|substance intake|family history|encounter";

/// Words of a table's name that put it in a doctor's hands, so that what points to somebody there is of his health.
pub(super) const OF_MEDICINE: &str = "medical|clinical|clinic|health|healthcare|resident";

/// What is written down of a patient, beside a word for one.
pub(super) const RECORDS: &str = "evaluation|examination|exam|assessment|record|history|observation|measurement|monitoring|rounding|therapy|treatment|\
    procedure|disease|condition|problem|follow up|screening|consultation|result|intake|note|visit|file|chart|status|data|state";

/// Tables of which each row is of somebody, whatever else they say.
pub(super) const ALWAYS: &str = "lab result|test result|medical history|medical record|health record|substance intake|family history|hospital stay|\
    drug intake|patient history|clinical note|lab value|lab observation|labvalue|labresult|clin medication|vital sign|vitals|prescription line";

/// Somebody who is ill, as a table's name says it.
pub(super) const PATIENTS: &str = "patient|patiente|paciente|paziente|pacjent";

/// What follows a word for somebody ill where each row still is one: `patient_registration`.
pub(super) const ROWS: &str =
    "registration|master|info|profile|detail|demographic|extra|enrollment|enrolment|admission|registry|card";

/// What says when something was, and what only when it was written or holds.
pub(super) const DATED: &str = "date|when|onset|start|begin|started|noted|recorded|performed|admission|discharge|datum|fecha|data|datetime";
pub(super) const KEPT_SINCE: &str = "created|updated|modified|changed|deleted|inserted|valid|expiry|expiration|expires|effective|published|\
    release|last|next|version|at|by|upload|uploaded|import|imported|retired|voided|archived|entry|due|type|format";

/// What goods have, whose height and weight are nobody's.
pub(super) const GOODS: &str = "width|length|depth|volume|sku|price|barcode|ean|gtin|dimensions|diameter|image|thumbnail|product|item|package|parcel|\
    shipment|order|position|color|font|zoom|quantity|url|file|filename|mime type";

/// Columns that point to a person, so that the table is of persons' illnesses and no catalogue of them.
pub(super) const POINTERS: &str = "patient|resident|person|encounter|episode|visit|admission|subject|insuree|identity|beneficiary|evaluation|consultation|prescription|medical record|\
    health record|\
    case|health professional|physician|doctor|paciente|paziente|pacjent|patiente";

/// What a table of illnesses tells of somebody.
pub(super) const OF_ILLNESS: &str = "description|narrative|substance|drug|brand|brandname|generic|adjuvant|directions|dose|strength|route|severity|\
    reaction|result|value|condition|issue|laterality|finding|findings|site|preparation|aim|indication|indications|onset|stage|outcome|\
    complication|complications|reason|procedure|treatment|assessment|drug name|unit dose|duration of treatment|frequency|\
    cause|reason for encounter|assessment of encounter|reason for visit|abnormality|abnormality indicator|interpretation|specimen|\
    val num|val alpha|numeric value|text value|observation|observations|pathology|disease|vaccine|weight|height|temperature|pulse|\
    stress|exercise|diet|coffee|alcohol|tobacco|drugs|sleep|hospital number|impression|prognosis|discharge|evolution|atc code|\
    icd|hours sleep|status notes|karyotype|is cause of death|has allergy|measurement|disease status|anatomic site|body site|\
    history|relevant history|grade|classification|dose|sig|snippet|source value|condition status|exposure|ingredient|regimen|device|cause|comorbidity|relation";

/// What is written down of somebody where a column points to a person and to nothing else.
pub(super) const OBSERVED: &str = "measurement|observation|obs|condition|procedure|drug|dose|exposure|specimen|death|adverse|ae|rx|refill|\
    medicament|treatment|therapy|aliquot|vital";

/// Who that is.
pub(super) const OBSERVED_OF: &str =
    "patient|person|subject|participant|insuree|resident|paciente|paziente|pacjent|encounter";

/// What says how a value is written and not what of: `condition source value`, `weight in kgs`.
pub(super) const WRITTEN: &str =
    "source|value|string|numeric|text|txt|coded|other|as|number|verbatim|specify|kg|kgs|in|cm|raw|desc";

/// How what opens a door is kept.
pub(super) const KEPT: &str = "hash|hashed|digest|enc|encrypted|crypt|sha256|md5|cipher";

/// Columns that only firms have, so that a `name` beside them is a firm's.
pub(super) const FIRM: &str = "industry|annual revenue|number employees|employees count|legal form|company size|schema name|subdomain|db name|database name|vat number|founded|client secret|redirect uris|redirect uri|grant types|response types|client uri";
/// Columns of firms and offices, and of what somebody else answers for.
pub(super) const OF_FIRMS: &str =
    "contact name|contact person|contact|shop owner|owner|opening hours|jurisdiction";
/// What firms have, and some persons.
pub(super) const OF_MANY: &str = "website|web site|homepage|url|fax|logo|slug|www|currency|domain|parent|kind|classification|description|category";

/// What is measured and written short of somebody ill, in his own row or in what is written down of him.
pub(super) const MEASURED: &str = "rh|hb|bp|hr|bpm|rr|spo2|osat|o2|sat|temp|wt|ht|bmi|hba1c|gcs|hx|dx|tx|sx|pmh|hpi|lmp|wbc|rbc|hgb|hct|plt|\
    ekg|ecg|htn|hbp|copd|ckd|cad|chf|tb|hiv|hcv|hbv|cva|uti|systolic|diastolic|pulse|blood type|blood group|critical info|general info|\
    critical information|medical info|whr|height|weight|abdominal circ|head circumference|hip|waist|cholesterol|ldl|hdl|tg|glucose|\
    glycemia|abg|abx|afib|alp|alt|ast|aptt|bun|cabg|cbc|ccu|cea|cns|cpr|crp|csf|cxr|dka|dnr|dvt|eeg|egfr|emg|esr|fbs|fev1|fhr|fvc|gerd|gfr|\
    hbsag|hcg|hpv|ibd|ibs|icp|inr|iop|iud|ivf|jvp|lft|lscs|mch|mchc|mcv|mmr|mri|mrsa|nkda|npo|nsaid|nyha|ogtt|osa|pco2|pcos|pcv|pefr|\
    pft|ph|po2|prn|psa|ptsd|ptt|rbs|sgot|sgpt|sle|sob|svt|t3|t4|tft|tsh|urti|vldl|xray|bsa|ldh|ck|cpk|ggt|rdw|mpv|anc|hiv status|crcl|\
    bcg|dtp|dpt|opv|ipv|mdr|arv|haart|cd4|viral load|edd|ga|efw|afi|rhesus|rbg|ecog|mmse|phq9|gad7|nihss|vas|fim|braden|\
    lifestyle|genetic risk|family history|past history|deceased|cause of death|cod|dod|date of death|stress|habits|diet";

/// What else is counted in a patient's record and tells nothing of an illness.
pub(super) const COUNTED: &str = "price|amount|quantity|qty|sequence|number|total|cost|fee|age|year|count|version|priority|order|rank|index|\
    line|position|rate|discount|tax|balance|days|hours|minutes|seconds|tariff|budget|charge|refund|copay|weight unit|latitude|longitude|lat|lon";

/// Catalogues of what people take and have, where no column points to anybody.
pub(super) const CATALOGUES: &str = "drug|medicine|medicament|substance|vaccine|icd|icd10|icpc|atc|loinc|snomed|dose|dosage|formulary|\
    ingredient|praeparat|arzneimittel|farmaco|medicamento|lek|geneesmiddel|test type|test panel|test norm|medication|diagnosis code|\
    procedure code|billing code";

/// The last word of a table that lists what may be chosen.
pub(super) const CHOICES: &str = "type|category|status|state|kind|class|template|config|setting|tag|label|level|priority|definition|rule|\
    option|enum|lookup|typ|kategorie|tipo|categoria|soort|rodzaj|statut|vorlage|schedule|panel";

/// The last word of what is kept about an illness and tells nothing of it.
pub(super) const KEPT_OF: &str = "id|ids|uuid|pk|fk|date|time|at|on|by|url|uri|link|file|filename|path|image|count|number|unit|units|format|version|\
    template|enabled|order|sequence|status|state|user|price|cost|fee|amount|datetime|timestamp|language|locale|source|system|until|since";

/// Words of what is kept about somebody ill that tell who keeps it, and how.
pub(super) const LEFT_OUT: &str = "scope|scopes|permission|role|duration|service|identifier|code|coding|prefix|suffix|medium|requisition|cat|qualifier|name|npi|ndc|dea|payer|pharmacy|\
    business|original|year|institution|organisation|company|call|abbreviation|initial|initials|companion|key|hash|tag|tags|label|title|version|vocabulary|system|site|ward|bed|room|department|location|facility|clinic|hospital|\
    lab|laboratory|insurance|plan|policy|group|batch|lot|serial|barcode|accession|manufacturer|supplier|stock|billing|invoice|slot|queue|\
    display|text id|concept|term|mode|flag|flags|active|color|schema|model|config|settings|options|metadata|filename|mime|attachment|scan";

/// Tables of which each row of a patient's has a name that tells of his health, beside those that a dictionary has.
pub(super) const NAMED: &str = "exam|test|treatment|procedure|condition|problem|drug|medicine|symptom|complaint|operation|immunisation|immunization|\
    observation|finding|detectedissue";

/// Names of that in tables that hold more.
pub(super) const NAMED_THERE: &str = "test name|exam name|drug name|medicine name|medication name|vaccine name|treatment name|procedure name|\
    diagnosis name|disease name|condition name|allergy name|symptom name|analyte|procedure code|diagnosis code|drug code";

/// What whole numbers point to, so that they are no value.
pub(super) const POINTED_AT: &str = "diagnosis|disease|illness|medication|vaccine|disorder|therapy|allergy|surgery|pathology|symptom|injury|tissue";

/// Columns beside which a `name` is shown and no log-in name.
pub(super) const LOGINS: &str =
    "username|login|user name|login name|email|mail|email address|first name|last name|handle|phone|birthday";

/// Words of a yes-or-no about the record itself and not about whoever is ill.
pub(super) const ADMINISTERED: &str = "active|enabled|deleted|archived|confirmed|verified|signed|approved|paid|billed|invoiced|printed|sent|visible|default|\
    primary|main|current|closed|locked|draft|final|reviewed|approximate|estimated|state|readonly|editable|exported|imported|synced|public|\
    private|required|reported|show|hide|email|phone|contact|consent|insurance|insured|invoice|payment|valid|complete|completed|done|new|\
    cancelled|canceled|missing|validated|checked|processed|read|seen|modified|auto|automatic|manual|original|copy|urgent|emergency|clinically|provisional|status|\
    relevant|technically|generic|selected|latest|last|first|review|schedule|scheduled|transfer|telemedicine|is|voided|void|retired|discontinued|\
    revoked|preferred|dispensed|packed|shipped|received|emailed|linked|ignore|reminder|resolved|refunded|expired|eligible|consented";
