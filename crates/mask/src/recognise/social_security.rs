//! Numbers of social security and health insurance.
//!
//! False friends: nine-digit ids (bare digits pass the rules of a US number nine times of ten), part numbers with dashes.

use model::Class;

use super::pattern::Where;
use super::scheme::{america, british, latin, west};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

const fn column(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Column, min: 8, max: 22 }
}

const fn text(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Text, min: 8, max: 22 }
}

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::SocialSecurity,
    names: Names {
        sure: "ssn last 4|ssn last four|last 4 ssn|last four ssn|social security last 4|ssn last4|numer ubezpieczenia spolecznego|numero de seguranca social|num afiliacion ss|krankenversichertennummer|\
            sozialvers nr|polisnummer zorgverzekering|zorgverzekeringsnummer|ssn|social security|social security number|\
            socialsecurity|soc sec|soc sec number|socsec|social insurance number|sin number|social insurance|\
            national insurance|national insurance number|nino|ni number|nhs number|nhs|medicare|medicare number|\
            health insurance number|health card|health card number|insurance number health|medicaid number|ssno|ssnr|hicn|\
            mbi|sozialversicherungsnummer|sv nummer|svnr|rentenversicherungsnummer|rvnr|krankenversicherungsnummer|\
            versichertennummer|krankenkassennummer|ahv|ahv nummer|ahvnr|ahv number|sozialversicherung|\
            numero securite sociale|securite sociale|num secu|numero secu|nir|carte vitale|nss|seguridad social|\
            numero seguridad social|nuss|numero seguro social|seguro social|imss|afiliacion imss|seguranca social|\
            numero seguranca social|nis|pis|pis pasep|niss number|numero utente|tessera sanitaria|numero tessera sanitaria|\
            sociale zekerheid|sofinummer|sofi nummer|polisnummer zorg|numer ubezpieczenia|ubezpieczenie spoleczne|\
            sozialnummer|pps number|ppsn|sin|fed ssn|ni no|national insurance no|national insurance code|nhs no|nhs id|\
            medicare id|medicaid id|medicare beneficiary identifier|social insurance id|social security id|\
            social security code|soc sec no|ssn hash|ssn last four|ssn full|sin canada|health insurance id|\
            health insurance card number|health insurance card|health plan id|health plan member id|health plan number|\
            insurance card number|health fund number|member insurance id|medical insurance number|medical aid number|\
            hukou number|sss number|gsis number|philhealth number|epf number|uan number|esi number|iess|isss|igss|rvn|\
            rv nummer|sozialversicherungsnr|sozialvers nummer|sv nr|sozvers nr|versicherten nr|versichertennr|\
            krankenversicherungsnr|kv nummer|kvnr|krankenversicherten nr|egk nummer|gesundheitskarte|\
            gesundheitskartennummer|rentenversicherungsnr|rentenversicherung|sozialversicherungsausweis|e card nummer|\
            nir numero|numero nir|no securite sociale|numero de securite sociale|num securite sociale|num ss|no ss|\
            numero assure|numero assure social|immatriculation securite sociale|carte vitale numero|numero avs|no avs|\
            numero assurance sociale|numero assurance maladie|niss numero|numero afiliacion|\
            numero afiliacion seguridad social|num seguridad social|nro seguridad social|numero ss|nss numero|numero imss|\
            numero afiliado|tarjeta sanitaria|numero tarjeta sanitaria|cip sanitario|nuhsa|numero de la seguridad social|\
            cuil|num seguranca social|numero da seguranca social|numero pis|num pis|pis numero|nit pis|nis numero|\
            numero utente saude|numero sns|cartao sus|numero cartao sus|carteira trabalho|numero ctps|inscricao inss|\
            nit inss|numero previdenza|numero inps|matricola inps|posizione inps|codice sanitario|tessera sanitaria numero|\
            codice tessera sanitaria|numero assistito|sociaal nummer|sociaal verzekeringsnummer|zorgverzekering nummer|\
            zorgpolisnummer|polisnummer zorgverzekeraar|verzekerdennummer|verzekerdenummer|verzekerden nummer|numer zus|\
            nr zus|zus|numer ubezpieczonego|nr ubezpieczenia|numer ubezpieczenia zdrowotnego|nr ubezpieczenia zdrowotnego|\
            karta ekuz|numer ekuz|numero insee|num insee",
        likely: "ssn number|insurance id|health insurance|insurance member id|ssn4|member insurance number|insured id",
        hint: "insurance number|insurance policy number|ni|soc|social|insee",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        text("us_ssn", r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b", america::us_ssn, 0.05),
        // Without hyphens only the word before it tells.
        text(
            "us_ssn_named",
            r"\bSSN(?:[ :-]|: )[0-8][0-9]{2}(?: [0-9]{2} |[0-9]{2})[0-9]{4}\b",
            america::us_ssn,
            0.05,
        ),
        text(
            "uk_nino",
            r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
            british::uk_nino,
            0.02,
        ),
        text("uk_nhs", r"\b[0-9]{3} [0-9]{3} [0-9]{4}\b", british::uk_nhs, 0.09),
        text(
            "fr_nir",
            r"\b[1-478] ?[0-9]{2} ?[0-9]{2} ?[0-9][0-9AB] ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}\b",
            latin::fr_nir,
            0.005,
        ),
        text("ch_ahv", r"\b756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}\b", west::ch_ahv, 0.01),
        text("de_rente", r"\b[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}\b", west::de_rente, 0.03),
        text("ca_sin", r"\b[1-79][0-9]{2}[ -][0-9]{3}[ -][0-9]{3}\b", america::ca_sin, 0.09),
        text("at_svnr", r"\b[1-9][0-9]{3} [0-3][0-9][01][0-9]{3}\b", west::at_svnr, 0.02),
        text("ie_pps", r"\b[0-9]{7}[A-W][A-IW]?\b", british::ie_pps, 0.05),
        column("ch_ahv_plain", r"756[0-9]{10}", west::ch_ahv, 0.01),
        column("at_svnr_plain", r"[1-9][0-9]{9}", west::at_svnr, 0.01),
        column("au_medicare", r"[2-6][0-9]{3} ?[0-9]{5} ?[0-9]{1,2}", british::au_medicare, 0.09),
        column("uk_nhs_plain", r"[0-9]{10}|[0-9]{3}-[0-9]{3}-[0-9]{4}", british::uk_nhs, 0.09),
        column("ca_sin_plain", r"[1-79][0-9]{8}", america::ca_sin, 0.1),
        column("us_ssn_plain", r"[0-8][0-9]{8}|[0-8][0-9]{2} [0-9]{2} [0-9]{4}", america::us_ssn, 0.89),
    ],
    examples: Examples {
        named: &[
            "ssn",
            "SocialSecurityNumber",
            "emp_ssn",
            "nhs_number",
            "numero_securite_sociale",
            "sv_nummer",
            "SIN",
            "ssn_last4",
            "ssn_last_four",
            "last_4_ssn",
        ],
        unnamed: &["session_id", "social_media_url", "business_name", "ssn_verified", "since"],
        values: &[
            "123-45-6789",
            "536-90-4399",
            "SSN 536 90 4399",
            "SSN: 536904399",
            "AB123456C",
            "943 476 5919",
            "2 55 08 14 168 025 38",
            "756.9217.0769.85",
            "15 070649 C 103",
            "1234567T",
        ],
        friends: &[
            "000-12-3456",
            "666-12-3456",
            "123-45-678",
            "2024-05-1789",
            "756.9217.0769.84",
            "987-65-4321",
            "USSN 536 90 4399",
            "SSN 000 12 3456",
        ],
    },
};
