//! Dates of birth. Every date looks alike: names tell, or a column whose dates spread over lifetimes.
//!
//! False friends: `created_at`, `due_date`, founding dates of firms, `birth_place`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::DateOfBirth,
    names: Names {
        sure: "nato il|nata il|ne le|nee le|datenaiss|geboren op|dtnasc|ano nacimiento|date of birth|dob|birth date|birthdate|\
            birthday|birthdt|birth day|born|born on|born at|birth dt|birth year|year of birth|yob|birth month|\
            month of birth|day of birth|birth date time|date birth|bdate|bday|d o b|birthyear|geburtsdatum|geb datum|gebdat|\
            geburtstag|geburtsjahr|geboren|geboren am|date de naissance|date naissance|datenaissance|naissance|\
            annee naissance|ddn|fecha nacimiento|fecha de nacimiento|fechanacimiento|fec nac|fecha nac|fec nacimiento|fnac|\
            cumpleanos|nacimiento|data nascimento|data de nascimento|datanascimento|dt nascimento|dt nasc|nascimento|\
            data nasc|data nascita|data di nascita|datanascita|nascita|anno nascita|geboortedatum|geb dat|geboortejaar|\
            geboortedag|verjaardag|data urodzenia|data ur|dataurodzenia|rok urodzenia|urodziny|fodelsedatum|fodselsdato|\
            syntymaaika|szuletesi datum|datum narozeni|gbdat|dateofbirth|birth date day|birthdate day|birth date month|\
            birth date year|birth dat|birthdat|date birth customer|dob date|dob day|dob month|dob year|dob text|dob string|\
            dob encrypted|dob hash|customer dob|patient dob|member dob|child dob|child birth date|child birthdate|\
            spouse dob|spouse birth date|guardian dob|holder dob|insured dob|passenger dob|student dob|employee dob|\
            applicant dob|date of birth day|birth timestamp|birth time stamp|birth datetime|birthday date|birthdays|\
            birth moment|born date|date born|born year|year born|born day|born in year|natal day|user birthday|\
            user birthdate|customer birthday|customer birthdate|patient birthdate|patient birth date|contact birthday|\
            person birthday|geburt|geburt datum|geburtsdat|geburts datum|geburtstermin kind|geburtsdatum kind|\
            geburtsdatum kunde|geburtsdatum patient|geburtsmonat|geburtsjahrgang|jahrgang person|geb am|gebjahr|geb jahr|\
            geb tag|gebtag|geboren datum|geboren im|geburtszeit|geburtszeitpunkt|tag der geburt|monat der geburt|\
            jahr der geburt|datum der geburt|date naissance client|date naiss|dat naiss|dat naissance|dt naissance|dtnaiss|\
            dnaiss|date de naiss|dat de naissance|annee de naissance|an naissance|an naiss|annee naiss|jour naissance|\
            jour de naissance|mois naissance|mois de naissance|nee en|ne en|date anniversaire|anniversaire|\
            jour anniversaire|date naissance patient|date naissance enfant|naissance date|fecha nacim|\
            fecha nacimiento cliente|fecha nacimiento paciente|fecha nacimiento hijo|fec nacim|f nacimiento|f nac|\
            fnacimiento|fecnac|fecnacimiento|fnacim|fecha de nac|dia nacimiento|dia de nacimiento|mes nacimiento|\
            mes de nacimiento|anio nacimiento|ano de nacimiento|anyo nacimiento|ano nac|nacido el|nacida el|nacido en|\
            fecha cumpleanos|fecha de cumpleanos|dia cumpleanos|nacimiento fecha|data nasc cliente|data nascim|dat nasc|\
            dat nascimento|dtnascimento|d nasc|data de nasc|ano nascimento|ano de nascimento|mes nascimento|\
            mes de nascimento|dia nascimento|dia de nascimento|nascido em|nascida em|nasc|data aniversario|aniversario|\
            dia aniversario|data de aniversario|nascimento data|data nascimento paciente|data nascimento filho|\
            data nasc paciente|dt aniversario|data nasc di|data di nasc|dat nascita|dt nascita|dtnascita|dnascita|\
            giorno nascita|giorno di nascita|mese nascita|mese di nascita|anno di nascita|nato nel|nata nel|compleanno|\
            data compleanno|data di compleanno|nascita data|data nascita paziente|data nascita cliente|data nascita figlio|\
            dt nasc cliente|geboorte|geboorte datum|geboortedat|geb datum klant|gebdatum|geboorte dag|geboorte maand|\
            geboortemaand|geboorte jaar|geboren in|jaar van geboorte|dag van geboorte|datum van geboorte|datum geboorte|\
            verjaardatum|verjaardagsdatum|geboortedatum kind|geboortedatum patient|geboortedatum klant|geboortetijd|\
            geboortetijdstip|data urodz|data ur klienta|data ur pacjenta|dat urodzenia|dat ur|dt urodzenia|dt ur|\
            data urodzin|dataur|data narodzin|dzien urodzenia|dzien urodzin|miesiac urodzenia|rok urodz|rok ur|urodzony|\
            urodzona|urodzony dnia|ur dnia|data urodzenia dziecka|data urodzenia klienta|data urodzenia pacjenta|\
            urodzenie data",
        likely: "birth|geb|birth time|natal date|ngay sinh|jahrgang|nato|nata",
        hint: "",
    },
    holds: Holds::DATE.or(Holds::TEXT).or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[],
    examples: Examples {
        named: &[
            "dob",
            "birthDate",
            "DATE_OF_BIRTH",
            "geburtsdatum",
            "fecha_nac",
            "data_nascimento",
            "pat_dob",
        ],
        unnamed: &["birth_place", "created_on", "due_date", "is_birthday_public", "birthday_email_sent"],
        values: &[],
        friends: &[],
    },
};
