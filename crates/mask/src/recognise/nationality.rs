//! Citizenship, and where somebody was born.
//!
//! False friends: the country of an address, of a product, of a firm.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Nationality,
    names: Names {
        sure: "nationalite origine|nationale herkunft|religie land|nationalitat|country of origin person|stato di nascita|\
            stato nascita|nationality|citizenship|country of birth|birth country|country of citizenship|place of birth|\
            birth place|birthplace|birth city|city of birth|nationalities|immigration status|visa status|residency status|\
            citizenship status|staatsangehoerigkeit|staatsbuergerschaft|nationalitaet|geburtsort|geburtsland|nationalite|\
            citoyennete|lieu de naissance|lieu naissance|pays de naissance|pays naissance|nacionalidad|ciudadania|\
            lugar nacimiento|lugar de nacimiento|pais nacimiento|pais de nacimiento|nacionalidade|naturalidade|cidadania|\
            local nascimento|pais nascimento|nazionalita|cittadinanza|luogo nascita|luogo di nascita|comune nascita|\
            paese nascita|nationaliteit|geboorteplaats|geboorteland|burgerschap|narodowosc|obywatelstwo|miejsce urodzenia|\
            kraj urodzenia|medborgarskap|statsborgerskap|fodelseort|kansalaisuus|nationality code|nationality name|\
            nationality 1|nationality 2|first nationality|second nationality|dual nationality|other nationality|\
            other nationalities|nationality country|country nationality|country of nationality|nationality country code|\
            citizen country|citizenship country|country citizenship|citizenships|second citizenship|dual citizenship|\
            us citizen|eu citizen|citizenship code|passport nationality|passport country|passport issuing country|\
            country of issue passport|birth place name|birth town|birth state|birth province|birth region|birth county|\
            birth location|birth municipality|birth nation|place birth|location of birth|town of birth|state of birth|\
            province of birth|region of birth|county of birth|municipality of birth|nation of birth|born place|born city|\
            born country|native country|homeland|origin country person|place of origin|immigration|immigrant status|\
            immigration category|immigrant|migrant status|migration background|migration status|residence status|\
            resident status|residency type|residence permit|residence permit type|visa type|visa category|visa class|\
            work permit|work permit status|right to work|work authorization|work authorisation|naturalization|\
            naturalization date|naturalised|ethnic nationality|nationalitaeten|nationalitaet code|nationalitaetscode|\
            nationalitaetskennzeichen|staatsang|staatsangehoerigkeiten|staatsangehoerigkeit code|\
            staatsangehoerigkeitsschluessel|zweite staatsangehoerigkeit|weitere staatsangehoerigkeit|staatsbuerger|\
            staatsbuergerschaften|staatsbuergerschaft land|geb ort|gebort|geburts ort|geburts land|gebland|geburtsstadt|\
            geburtsstaat|geburtsregion|geburtsgemeinde|geburtskanton|ort der geburt|land der geburt|geboren in ort|\
            heimatland|heimatort|heimatstaat|herkunftsort|buergerort|aufenthaltsstatus|aufenthaltsrecht|\
            aufenthaltsgenehmigung|aufenthaltserlaubnis|migrationshintergrund|einbuergerung|einbuergerungsdatum|visumsart|\
            visumstyp|visumstatus|nationalites|code nationalite|nationalite code|nationalite actuelle|seconde nationalite|\
            double nationalite|autre nationalite|nationalite client|nat client|citoyennetes|pays citoyennete|\
            pays nationalite|pays de nationalite|lieu naiss|lieu de naiss|lieu naissance ville|ville naissance|\
            ville de naissance|commune naissance|commune de naissance|departement naissance|departement de naissance|\
            dept naissance|code commune naissance|region naissance|code pays naissance|pays naiss|nee a|pays de provenance|\
            origine nationale|titre de sejour type|type titre sejour|type de titre sejour|statut sejour|statut immigration|\
            statut migratoire|date naturalisation|nacionalidades|codigo nacionalidad|nacionalidad codigo|\
            segunda nacionalidad|doble nacionalidad|otra nacionalidad|nacionalidad cliente|ciudadania pais|pais ciudadania|\
            pais nacionalidad|pais de nacionalidad|lugar nac|lugar de nac|ciudad nacimiento|ciudad de nacimiento|\
            municipio nacimiento|municipio de nacimiento|provincia nacimiento|provincia de nacimiento|estado nacimiento|\
            departamento nacimiento|localidad nacimiento|pais nac|entidad nacimiento|entidad federativa nacimiento|\
            nacido en lugar|pais procedencia|lugar de origen|lugar origen|origen nacional|estatus migratorio|\
            estado migratorio|situacion migratoria|condicion migratoria|permiso residencia tipo|tipo permiso residencia|\
            tipo visado|tipo de visado|tipo visa|naturalizacion|nacionalidades codigo|codigo nacionalidade|\
            nacionalidade codigo|segunda nacionalidade|dupla nacionalidade|outra nacionalidade|nacionalidade cliente|\
            cidadanias|pais cidadania|pais nacionalidade|pais de nacionalidade|local nasc|local de nasc|local de nascimento|\
            cidade nascimento|cidade de nascimento|concelho nascimento|concelho naturalidade|freguesia naturalidade|\
            naturalidade concelho|distrito nascimento|municipio nascimento|municipio de nascimento|estado nascimento|\
            uf nascimento|uf naturalidade|naturalidade uf|naturalidade cidade|lugar nascimento|pais de nascimento|pais nasc|\
            terra natal|pais de proveniencia|local de origem|origem nacional|estatuto migratorio|situacao migratoria|\
            condicao migratoria|tipo visto|tipo de visto|tipo autorizacao residencia|data naturalizacao|codice nazionalita|\
            nazionalita codice|seconda nazionalita|doppia nazionalita|altra nazionalita|nazionalita cliente|cittadinanze|\
            codice cittadinanza|cittadinanza codice|seconda cittadinanza|doppia cittadinanza|paese cittadinanza|\
            stato cittadinanza|luogo nasc|luogo di nasc|citta nascita|citta di nascita|comune di nascita|provincia nascita|\
            provincia di nascita|prov nascita|regione nascita|codice comune nascita|stato di nasc|nazione nascita|\
            nazione di nascita|paese di nascita|nata a|paese d origine|paese provenienza|nazione origine|nazione di origine|\
            luogo origine|luogo di origine|stato immigrazione|permesso di soggiorno tipo|tipo permesso soggiorno|\
            naturalizzazione|nationaliteiten|nationaliteitscode|nationaliteit code|code nationaliteit|tweede nationaliteit|\
            dubbele nationaliteit|andere nationaliteit|nationaliteit klant|burgerschap land|staatsburgerschap|\
            land van nationaliteit|geb plaats|gebplaats|geboorte plaats|geboorte land|geboortestad|geboortegemeente|\
            geboorteprovincie|geboorteregio|plaats van geboorte|land van geboorte|stad van geboorte|geboren te|\
            geboren in plaats|herkomstland|plaats van herkomst|verblijfsstatus|verblijfstitel|verblijfsrecht|\
            migratieachtergrond|migratiestatus|naturalisatie|naturalisatiedatum|visumtype|soort visum|narodowosci|\
            kod narodowosci|narodowosc kod|obywatelstwa|kod obywatelstwa|obywatelstwo kod|drugie obywatelstwo|\
            podwojne obywatelstwo|inne obywatelstwo|obywatelstwo klienta|kraj obywatelstwa|panstwo obywatelstwa|miejsce ur|\
            miejsce urodz|miasto urodzenia|miejscowosc urodzenia|gmina urodzenia|powiat urodzenia|wojewodztwo urodzenia|\
            panstwo urodzenia|kraj ur|kraj urodz|urodzony w|kraj ojczysty|ojczyzna|panstwo pochodzenia|miejsce pochodzenia|\
            status pobytowy|status pobytu|status imigracyjny|status migracyjny|rodzaj wizy|typ wizy|karta pobytu typ|\
            naturalizacja",
        likely: "country of origin person|nation|national origin|naturality|herkunftsland|pays d origine|pays origine|\
            pais origen|pais origem|paese origine|land van herkomst|kraj pochodzenia|country of origin|residency|\
            home country|born in|nato a",
        hint: "citizen|origin country|herkunft|herkomst|pochodzenie|origine|nation origine|pays",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER),
    patterns: &[],
    examples: Examples {
        named: &["nationality", "countryOfBirth", "staatsangehörigkeit", "birth_place", "obywatelstwo"],
        unnamed: &["country", "national_park", "international"],
        values: &[],
        friends: &[],
    },
};
