//! Ages in years.
//!
//! False friends: ages of records and caches, `page`, `average`, `stage`, `image`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Age,
    names: Names {
        sure: "alter jahre|alter jahren|age patient|patientenalter|leeftijdscategorie|idade paciente|age assure|age years|\
            age in years|patient age|customer age|user age|age at diagnosis|age at death|age group|age range|age band|\
            age bracket|person age|employee age|age at admission|lebensalter|altersgruppe|tranche age|tranche d age|\
            rango edad|grupo edad|faixa etaria|fascia eta|leeftijdsgroep|grupa wiekowa|age category|age at visit|\
            age of person|age of patient|age of customer|age of child|age child|child age|children ages|age of employee|\
            age employee|employee age years|member age|passenger age|student age|applicant age|driver age|age of driver|\
            insured age|age at entry|age at enrollment|age at enrolment|age at registration|age at event|age at onset|\
            age at test|age at intake|age at screening|age at hire|age at retirement|age at marriage|age at purchase|\
            age first|current age|actual age|real age|exact age|estimated age|approximate age|approx age|reported age|\
            calculated age|computed age|age calculated|age now|age today|age yrs|age yr|age months|age in months|age month|\
            age days|age in days|age weeks|age value|age num|age number|age numeric|age code|age class|age cohort|\
            age segment|age bucket|age interval|age range code|age group code|age grp|agegroup|agerange|agebracket|ageband|\
            age completed years|years of age|year age|full age|patient age years|alter patient|alter kunde|alter person|\
            alter kind|alter mitarbeiter|alter versicherter|alter fahrer|alter bei aufnahme|alter bei eintritt|\
            alter bei diagnose|alter bei abschluss|alter bei tod|alter heute|alter aktuell|aktuelles alter|alter jahr|\
            alter monate|alter in monaten|alter in jahren|altersangabe|alterskategorie|altersklasse|altersstufe|\
            altersspanne|altersbereich|altersband|altersintervall|altersjahr|altersjahre|altersdurchschnitt kunde|\
            kindesalter|kundenalter|eintrittsalter|jahre alt|age client|age personne|age enfant|age salarie|age eleve|\
            age conducteur|age adherent|age actuel|age reel|age exact|age annees|age en annees|age ans|age mois|age en mois|\
            age entree|age inscription|age diagnostic|age deces|age declare|age estime|age calcule|age revolu|classe age|\
            classe d age|categorie age|categorie d age|groupe age|groupe d age|intervalle age|tranche d ages|tranche ages|\
            nombre annees age|edad cliente|edad paciente|edad persona|edad hijo|edad nino|edad empleado|edad alumno|\
            edad asegurado|edad conductor|edad actual|edad anos|edad en anos|edad meses|edad en meses|edad ingreso|\
            edad diagnostico|edad inscripcion|edad al morir|edad fallecimiento|edad estimada|edad aproximada|edad cumplida|\
            edad calculada|rango de edad|rango etario|rango edades|grupo de edad|grupo etario|franja edad|franja de edad|\
            franja etaria|tramo edad|tramo de edad|intervalo edad|categoria edad|anos cumplidos|anos edad|idade cliente|\
            idade pessoa|idade filho|idade crianca|idade funcionario|idade aluno|idade segurado|idade condutor|idade atual|\
            idade anos|idade em anos|idade meses|idade em meses|idade admissao|idade diagnostico|idade inscricao|\
            idade obito|idade estimada|idade aproximada|idade completa|idade calculada|faixa de idade|faixa idade|\
            faixa idades|grupo idade|grupo de idade|escalao etario|intervalo idade|categoria idade|anos idade|\
            anos completos|eta cliente|eta paziente|eta persona|eta figlio|eta bambino|eta dipendente|eta alunno|\
            eta assicurato|eta conducente|eta attuale|eta anni|eta in anni|eta mesi|eta in mesi|eta ingresso|eta diagnosi|\
            eta iscrizione|eta decesso|eta morte|eta stimata|eta compiuta|eta calcolata|eta anagrafica|fascia di eta|\
            fascia d eta|fascia eta cliente|fasce eta|gruppo eta|gruppo di eta|classe eta|classe di eta|intervallo eta|\
            categoria eta|anni compiuti|anni eta|leeftijd klant|leeftijd patient|leeftijd persoon|leeftijd kind|\
            leeftijd medewerker|leeftijd leerling|leeftijd verzekerde|leeftijd bestuurder|huidige leeftijd|leeftijd nu|\
            leeftijd jaren|leeftijd in jaren|leeftijd jaar|leeftijd maanden|leeftijd in maanden|leeftijd bij opname|\
            leeftijd bij diagnose|leeftijd bij inschrijving|leeftijd overlijden|geschatte leeftijd|leeftijd berekend|\
            leeftijdsgroep code|leeftijdsklasse|leeftijdsinterval|leeftijdsbereik|leeftijdsband|leeftijdscohort|\
            leeftijd groep|leeftijd categorie|leeftijdsjaren|jaren oud|wiek klienta|wiek pacjenta|wiek osoby|wiek dziecka|\
            wiek pracownika|wiek ucznia|wiek ubezpieczonego|wiek kierowcy|wiek aktualny|aktualny wiek|obecny wiek|wiek lata|\
            wiek w latach|wiek lat|wiek miesiace|wiek w miesiacach|wiek przyjecia|wiek diagnozy|wiek zapisu|wiek zgonu|\
            wiek szacowany|wiek obliczony|wiek ukonczony|przedzial wiekowy|przedzial wieku|kategoria wiekowa|\
            kategoria wieku|grupa wieku|klasa wieku|ile lat|liczba lat",
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
