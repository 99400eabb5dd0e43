//! Ideas that names are made of, in eight languages, and which ideas together mean a class in whatever order: `stato civile`,
//! `numero de la tarjeta`, `kod bezpieczeństwa karty`. The recognisers' own lists name phrases; this puts plain words together.

use std::collections::HashMap;
use std::sync::OnceLock;

use model::Class;

use super::token::{expand, folded};

/// An idea and the plain words for it, as dictionaries have them, with the forms that stand beside other nouns.
const IDEAS: [(&str, &str); 68] = [
    (
        "birth",
        "birth born geburt geburts geboren naissance naiss ne nee nacimiento nac nacido nascimento nasc nascido nascita nato nata geboorte urodzenia urodzony",
    ),
    ("date", "date datum fecha data day tag jour dia giorno dag dzien on am le il op el"),
    ("year", "year jahr jahre jahren annee annees ans ano anos anno anni jaar rok lat years"),
    (
        "place",
        "place ort lieu lugar local luogo plaats miejsce city stadt ville ciudad cidade citta stad miasto comune",
    ),
    ("country", "country land pays pais paese stato kraj state staat"),
    ("name", "name namen nom nombre nome naam nazwa names"),
    (
        "user",
        "user nutzer benutzer utilisateur usuario utilizador utente gebruiker gebruikers uzytkownik uzytkownika",
    ),
    ("login", "login anmelde inlog logowania connexion acceso accesso logon"),
    (
        "person",
        "customer kunde kunden client cliente klant klanten klient klienta patient patienten paciente paziente pacjent pacjenta employee mitarbeiter employe salarie empleado trabajador funcionario dipendente medewerker pracownik pracownika contact kontakt contacto contato contatto person persona personne pessoa persoon osoba osoby holder inhaber titulaire titular titolare intestatario houder wlasciciel mother mutter mere madre mae moeder matki father vater pere padre pai vader ojca member mitglied membre miembro membro lid guest gast huesped hospede ospite gosc student recipient empfaenger destinataire destinatario ontvanger odbiorca odbiorcy applicant antragsteller solicitante beneficiary beneficiaire beneficiario spouse conjoint conyuge attendee teilnehmer participant",
    ),
    (
        "given",
        "given first christian battesimo pila bapteme rodowe panienskie maiden jeune fille meisjes nubile soltera solteira",
    ),
    ("address", "address adresse anschrift direccion endereco indirizzo adres domicilio morada adresu"),
    ("number", "number"),
    (
        "card",
        "card karte karten kreditkarte kreditkarten creditcard tarjeta cartao carta carte cb kaart karta karty kartei pas",
    ),
    ("code", "code codigo codice kod cod pin pincode ziffer"),
    (
        "security",
        "security sicherheit sicherheits securite seguridad seguranca sicurezza beveiliging beveiligings bezpieczenstwa verification verificacion verificador verifica weryfikacyjny pruef pruefnummer prufnummer cvv cvc pin",
    ),
    ("account", "account konto compte cuenta conta conto rekening konta rachunek rachunku"),
    (
        "bank",
        "bank bancaire banque bancaria bancarias banco banca bancario bancarie bankowy bankowego bankowe",
    ),
    ("wallet", "wallet portefeuille billetera monedero carteira portafoglio portemonnee portfel portfela"),
    ("crypto", "bitcoin btc ethereum eth crypto krypto cripto"),
    ("balance", "balance saldo solde guthaben tegoed srodki fonds fondos funds fondi fundos"),
    ("available", "available disponible disponibile disponivel beschikbaar verfuegbar dostepne dostepny"),
    ("credit", "credit kredit credito kredyt kredytowy krediet dispo overdraft decouvert descubierto rood"),
    ("limit", "limit limite plafond limiet rahmen"),
    (
        "device",
        "device geraet geraete geraets gerat gerate dispositivo appareil terminal aparelho equipo apparaat toestel urzadzenia urzadzenie handy telefonu",
    ),
    (
        "id",
        "id identifier identifiant identificador identificativo identyfikator kennung kenmerk numero serial seriennummer",
    ),
    ("browser", "browser navigateur navegador browsers przegladarki"),
    (
        "print",
        "print fingerprint abdruck empreinte empreintes huella huellas impressao impronta impronte afdruk odcisk odciski",
    ),
    ("imei", "imei imsi iccid"),
    (
        "passport",
        "passport passeport pasaporte passaporte passaporto paspoort paszport paszportu reisepass reisdocument",
    ),
    ("licence", "licence licenza licencia permis permiso carnet carteira carta patente permit prawo prawa"),
    ("drive", "driving driver drivers conduire conducir conducao conduzir motorista guida jazdy rijden"),
    (
        "tax",
        "tax steuer fiscal fiscale impot tva vat btw podatkowy podatkowej belasting fiscaal umsatzsteuer",
    ),
    ("social", "social sociale soziale sozial sociaal spoleczne spolecznego"),
    (
        "insurance",
        "insurance versicherung versicherungs versicherten versichertennummer vers securite secu seguridad seguranca previdenza verzekering verzekerings ubezpieczenia ubezpieczenie",
    ),
    (
        "health",
        "health gesundheit gesundheits kranken sante salud saude salute zorg gezondheid zdrowia zdrowotne sanitaria",
    ),
    (
        "identity",
        "identity ausweis personalausweis identite identidad identidade identita identiteit identiteits tozsamosci dowod dowodu pesel cni dni",
    ),
    ("document", "document dokument documento documentos"),
    ("national", "national nationale nacional nazionale nationaal krajowy civil"),
    (
        "vehicle",
        "vehicle fahrzeug vehicule vehiculo veiculo veicolo voertuig pojazdu pojazd car auto automovel carro kfz",
    ),
    (
        "plate",
        "plate kennzeichen plaque placa matricula targa kenteken tablica rejestracyjny rejestracyjna immatriculation plaat",
    ),
    ("chassis", "chassis fahrgestell bastidor telaio chassi nadwozia vin"),
    ("password", "password passwort kennwort motdepasse contrasena senha haslo hasla wachtwoord"),
    ("answer", "answer antwort reponse respuesta resposta risposta antwoord odpowiedz"),
    (
        "secret",
        "secret geheim geheime geheimer secrete secreta secreto segreta segreto tajna tajny tajne sicherheits",
    ),
    ("key", "key schluessel schlussel cle clave chave chiave sleutel klucz klucze"),
    ("access", "access zugriffs zugriff acces acceso acesso accesso toegangs toegang dostepu api"),
    ("token", "token jeton tokenu tokens"),
    (
        "location",
        "location standort aufenthaltsort aufenthalts ubicacion ubicaciones localizacao localisation posizione posizioni locatie lokalizacji lokalizacja position positions positionen lieux lugares locais luoghi miejsca orte places gps",
    ),
    (
        "history",
        "history verlauf historique historial historico cronologia historie historia geschiedenis track tracks trail recorrido trajet percurso percorso",
    ),
    ("mail", "mail post posta correo courrier correio poczta post email"),
    (
        "electronic",
        "electronic electronique electronica electronico eletronico eletronica elettronica elettronico elektronische elektroniczna elektroniczny",
    ),
    ("last", "last letzter letzte derniere dernier ultima ultimo laatste ostatnia ostatni"),
    ("visited", "visited visites visitados visitati odwiedzone bezochte besuchte"),
    ("geo", "gps geo geographique geographiques geograficas geografica geografiche geograficzne geografisch"),
    ("coordinate", "coordinate coordinates koordinaten coordonnees coordenadas coordinaten wspolrzedne"),
    ("age", "age alter edad idade eta leeftijd leeftijds wiek alters"),
    ("group", "group gruppe groupe tranche grupo rango faixa fascia groep categorie kategorie grupa"),
    ("gender", "gender geschlecht geschlechts sexe sexo sesso geslacht geslachts plec plci sex genero"),
    ("status", "status stand stato etat estado est stan situation situacion situacao situazione staat"),
    (
        "marital",
        "marital civil civile civili cywilny matrimoniale matrimonial conjugal coniugale burgerlijke famiglia famille familiale familiar rodzinny familien family",
    ),
    ("orientation", "orientation orientierung orientacion orientacao orientamento geaardheid orientacja"),
    ("sexual", "sexual sexuelle sexuell sessuale seksuele seksualna"),
    (
        "political",
        "political politische politique politica politico politieke polityczne partei parti partito partidaria partido partij partyjna party",
    ),
    (
        "opinion",
        "opinion meinung opinione opiniao affiliation affiliazione afiliacion filiacao filiation zugehoerigkeit appartenance appartenenza przynaleznosc voorkeur views poglady membership member lid mitglied politico partito",
    ),
    (
        "union",
        "union syndicale syndical sindical sindacale gewerkschaft gewerkschafts vakbond vakbonds zwiazkowa",
    ),
    ("religious", "religious religieuse religieux religiosa religioso religioese religieus kirchen kirche"),
    ("criminal", "criminal criminais criminales penal penales penali penale judiciaire straf karny karna"),
    (
        "record",
        "record records antecedents antecedentes precedenti casier register blad convictions conviction",
    ),
];

/// More ideas, about bodies and illness.
const OF_BODIES: [(&str, &str); 9] = [
    (
        "medical",
        "medical medizinisch medizinische medico medica medici medische medyczna medyczne clinique clinica clinico surgical",
    ),
    (
        "treatment",
        "treatment behandlung traitement tratamiento tratamento trattamento behandeling leczenie history diagnosis diagnostico diagnostic file record",
    ),
    (
        "illness",
        "illness disease krankheit krankheits maladie enfermedad doenca malattia ziekte choroby choroba",
    ),
    ("days", "days tage jours dias giorni dagen dni history geschichte historia storia"),
    ("blood", "blood blut sanguin sanguineo sanguigno bloed krwi sangre sangue"),
    (
        "kind",
        "type typ tipo group gruppe groupe grupo gruppo groep grupa pressure druck tension presion pressione",
    ),
    (
        "face",
        "face gesicht gesichts facial faciale facciale gezicht gezichts twarzy visage rostro iris teczowki retina palm palec palca voice stimm stimme vocal vocale stem glosu finger polegar thumb",
    ),
    (
        "template",
        "template gabarit plantilla modello modelo patron wzorzec vektor vector encoding embedding scan skan escaneo scansione digital abdruck afdruk empreinte huella impronta odcisk print",
    ),
    ("ethnic", "ethnic ethnische ethnique etnico etnica etnische etniczne herkunft"),
];

/// Which ideas together mean a class.
const RULES: [(&str, Class); 70] = [
    ("birth date", Class::DateOfBirth),
    ("birth year", Class::DateOfBirth),
    ("birth place", Class::Nationality),
    ("birth country", Class::Nationality),
    ("birth name", Class::PersonName),
    ("electronic mail", Class::Email),
    ("electronic address", Class::Email),
    ("mail address electronic", Class::Email),
    ("person name", Class::PersonName),
    ("given name", Class::PersonName),
    ("user name", Class::Username),
    ("login name", Class::Username),
    ("user login", Class::Username),
    ("card security", Class::CardCode),
    ("card code security", Class::CardCode),
    ("card number", Class::CardNumber),
    ("bank account", Class::BankAccount),
    ("account number", Class::BankAccount),
    ("wallet address", Class::CryptoWallet),
    ("crypto address", Class::CryptoWallet),
    ("crypto wallet", Class::CryptoWallet),
    ("crypto wallet address", Class::CryptoWallet),
    ("balance available", Class::Balance),
    ("balance account", Class::Balance),
    ("credit limit", Class::Balance),
    ("device id", Class::DeviceId),
    ("device number", Class::DeviceId),
    ("device imei", Class::DeviceId),
    ("imei number", Class::DeviceId),
    ("imei code", Class::DeviceId),
    ("browser print", Class::DeviceId),
    ("passport number", Class::Passport),
    ("passport person", Class::Passport),
    ("drive licence", Class::DrivingLicence),
    ("drive licence number", Class::DrivingLicence),
    ("tax number", Class::TaxId),
    ("tax id", Class::TaxId),
    ("tax id number", Class::TaxId),
    ("social insurance", Class::SocialSecurity),
    ("social insurance number", Class::SocialSecurity),
    ("health insurance number", Class::SocialSecurity),
    ("identity number", Class::NationalId),
    ("identity card", Class::NationalId),
    ("identity document", Class::NationalId),
    ("identity national number", Class::NationalId),
    ("vehicle plate", Class::Vehicle),
    ("plate number", Class::Vehicle),
    ("chassis number", Class::Vehicle),
    ("vehicle chassis", Class::Vehicle),
    ("password print", Class::PasswordHash),
    ("answer secret", Class::Secret),
    ("key secret", Class::Secret),
    ("key access", Class::Secret),
    ("token access", Class::Secret),
    ("location history", Class::LocationHistory),
    ("location last", Class::LocationHistory),
    ("location visited", Class::LocationHistory),
    ("coordinate geo", Class::GeoPoint),
    ("age person", Class::Age),
    ("age year", Class::Age),
    ("age group", Class::Age),
    ("gender person", Class::Gender),
    ("gender code", Class::Gender),
    ("status marital", Class::MaritalStatus),
    ("orientation sexual", Class::SpecialCategory),
    ("political opinion", Class::SpecialCategory),
    ("union opinion", Class::SpecialCategory),
    ("religious opinion", Class::SpecialCategory),
    ("criminal record", Class::SpecialCategory),
    ("ethnic place", Class::SpecialCategory),
];

/// The rules about bodies.
const RULES_OF_BODIES: [(&str, Class); 5] = [
    ("medical treatment", Class::Health),
    ("illness days", Class::Health),
    ("blood kind", Class::Health),
    ("face template", Class::Biometric),
    ("ethnic opinion", Class::SpecialCategory),
];

/// All plain words.
pub(super) fn plain_words() -> impl Iterator<Item = &'static str> {
    IDEAS.iter().chain(&OF_BODIES).map(|(_, words)| *words)
}

fn ideas_of(word: &str) -> u128 {
    static IDEAS_OF: OnceLock<HashMap<String, u128>> = OnceLock::new();
    let map = IDEAS_OF.get_or_init(|| {
        let mut map: HashMap<String, u128> = HashMap::new();
        for (place, (_, words)) in IDEAS.iter().chain(&OF_BODIES).enumerate() {
            for word in words.split(' ') {
                *map.entry(expand(&folded(word))).or_default() |= 1 << place;
            }
        }
        map
    });
    map.get(word).copied().unwrap_or_default()
}

fn number(idea: &str) -> Option<usize> {
    IDEAS.iter().chain(&OF_BODIES).position(|(name, _)| *name == idea)
}

/// The classes that some words of a name mean together, and which words, from the first to the last.
pub(super) fn meant(words: &[String]) -> Vec<(Class, Vec<usize>)> {
    static KNOWN: OnceLock<Vec<(Vec<usize>, Class)>> = OnceLock::new();
    let rules = KNOWN.get_or_init(|| {
        let rules = RULES.iter().chain(&RULES_OF_BODIES);
        rules.map(|(ideas, class)| (ideas.split(' ').filter_map(number).collect(), *class)).collect()
    });
    let ideas: Vec<u128> = words.iter().map(|word| ideas_of(word)).collect();
    let fitting = rules.iter().filter_map(|(rule, class)| {
        let mut used = Vec::with_capacity(rule.len());
        fit(rule, &ideas, &mut used).then(|| {
            used.sort_unstable();
            (*class, used)
        })
    });
    fitting.collect()
}

/// Whether each idea has a word of its own.
fn fit(rule: &[usize], ideas: &[u128], used: &mut Vec<usize>) -> bool {
    let Some((first, rest)) = rule.split_first() else { return true };
    for (place, idea) in ideas.iter().enumerate() {
        if idea & (1 << first) != 0 && !used.contains(&place) {
            used.push(place);
            if fit(rest, ideas, used) {
                return true;
            }
            used.pop();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Vec<Class> {
        let words: Vec<String> = name.split(' ').map(|word| expand(&folded(word))).collect();
        meant(&words).into_iter().map(|(class, _)| class).collect()
    }

    #[test]
    fn ideas_together_mean_a_class_in_any_order() {
        assert_eq!(first("stato civile"), [Class::MaritalStatus]);
        assert_eq!(first("kod bezpieczeństwa karty"), [Class::CardCode, Class::CardCode]);
        assert_eq!(first("numero tarjeta"), [Class::CardNumber]);
        assert_eq!(first("adresse ethereum"), [Class::CryptoWallet]);
        assert!(first("product name").is_empty());
        assert!(first("data").is_empty());
    }

    #[test]
    fn every_rule_is_of_known_ideas() {
        for (ideas, _) in RULES.iter().chain(&RULES_OF_BODIES) {
            assert!(ideas.split(' ').all(|idea| number(idea).is_some()), "{ideas}");
        }
    }
}
