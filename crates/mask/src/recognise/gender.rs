//! Gender and sex.
//!
//! False friends: grammatical gender and the gender that an article of clothing is for.

use model::Class;

use super::pattern::Where;
use super::word::is_one_of;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Gender,
    names: Names {
        sure: "geschlechtsangabe|code sexe|geslachtscode|identidade genero|biologisches geschlecht|gender|sex|gender identity|\
            biological sex|sex at birth|gender code|sex code|pronouns|preferred pronouns|geschlecht|sexe|genero|sexo|sesso|\
            geslacht|plec|kon|gender id|sex id|is male|is female|kjonn|sukupuoli|pohlavi|gesch|gender name|gender value|\
            gender cd|gender flag|gender identification|gender identity code|gender at birth|gender assigned at birth|\
            assigned gender|assigned sex|legal gender|legal sex|administrative gender|administrative sex|birth sex|\
            birth gender|sex assigned at birth|sex cd|sex flag|sex m f|gender m f|male female|is woman|is man|female flag|\
            male flag|customer gender|customer sex|patient gender|patient sex|employee gender|user gender|user sex|\
            child gender|child sex|student gender|person gender|person sex|member gender|gender pronoun|gender pronouns|\
            personal pronouns|geschlecht code|geschlechtscode|geschlechtskennzeichen|geschlechtsschluessel|\
            geschlechtsidentitaet|geschlechtseintrag|geschlechtszugehoerigkeit|geschlechtsmerkmal|geschl|geschlecht kunde|\
            geschlecht patient|geschlecht kind|geschlecht person|maennlich weiblich|ist maennlich|ist weiblich|pronomen|\
            anrede geschlecht|anredecode|anredeschluessel|sexe code|sexe client|sexe patient|sexe enfant|sexe naissance|\
            sexe legal|sexe administratif|sexe personne|sexe eleve|genre client|genre personne|genre patient|\
            genre utilisateur|identite genre|identite de genre|identite sexuelle genre|homme femme|est homme|est femme|\
            masculin feminin|code civilite|civilite code|code genre|pronoms|sexo cliente|sexo paciente|sexo codigo|\
            codigo sexo|sexo nacimiento|sexo biologico|sexo legal|sexo persona|sexo alumno|sexo hijo|genero cliente|\
            genero paciente|genero persona|genero usuario|codigo genero|genero codigo|identidad genero|identidad de genero|\
            hombre mujer|es hombre|es mujer|masculino femenino|pronombres|pronombre|sexo nascimento|sexo do cliente|\
            sexo do paciente|cod sexo|sexo pessoa|sexo aluno|sexo filho|genero do cliente|genero pessoa|genero utilizador|\
            identidade de genero|homem mulher|e homem|e mulher|masculino feminino|pronomes|sesso cliente|sesso paziente|\
            sesso codice|codice sesso|cod sesso|sesso nascita|sesso biologico|sesso anagrafico|sesso persona|sesso alunno|\
            sesso figlio|genere cliente|genere paziente|genere persona|genere utente|identita genere|identita di genere|\
            uomo donna|e uomo|e donna|maschio femmina|pronomi|geslacht code|geslachtcode|geslachtaanduiding|\
            geslachtsaanduiding|geslachtsidentiteit|geslachtskenmerk|geslacht klant|geslacht patient|geslacht kind|\
            geslacht persoon|geslacht leerling|biologisch geslacht|geboortegeslacht|gender identiteit|genderidentiteit|\
            man vrouw|is vrouw|voornaamwoorden|aanhefcode|plec klienta|plec pacjenta|plec dziecka|plec osoby|plec ucznia|\
            plec biologiczna|plec metrykalna|plec kod|kod plci|tozsamosc plciowa|kobieta mezczyzna|czy kobieta|\
            czy mezczyzna|zaimki",
        likely: "genere|genre sexe|gndr|anrede|civilite|aanhef|tratamento|salutation|maennlich|weiblich|plci",
        hint: "salutation|genre|genere|prefix|male|female",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER).or(Holds::BOOL),
    patterns: &[Pattern {
        name: "gender_word",
        regex: r"[^0-9\x00-\x1f]{1,24}",
        check: is_gender,
        chance: 0.02,
        place: Where::Column,
        min: 1,
        max: 24,
    }],
    examples: Examples {
        named: &["gender", "SEX", "patientSex", "geschlecht", "gender_code", "płeć"],
        unnamed: &["gender_count", "sextant", "has_gender_filter"],
        values: &[],
        friends: &[],
    },
};

/// Words for it, and the two letters; other letters mean too much else.
fn is_gender(text: &[u8]) -> bool {
    const WORDS: &str = "m|f|male|female|man|woman|men|women|boy|girl|other|diverse|non binary|nonbinary|maennlich|weiblich|divers|\
        homme|femme|autre|masculin|feminin|hombre|mujer|otro|masculino|femenino|varon|feminino|outro|maschio|femmina|femminile|\
        maschile|altro|vrouw|mannelijk|vrouwelijk|anders|mezczyzna|kobieta|inna|inny|prefer not to say|not specified|unspecified";
    is_one_of(text, WORDS)
}
