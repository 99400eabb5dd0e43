//! Tax numbers of persons and firms.
//!
//! False friends: tax rates, tax classes, ids of tax records; eleven-digit order numbers.

use model::Class;

use super::pattern::{Where, any};
use super::scheme::{america, asia, british, latin, slavic, west};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

const fn column(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Column, min: 8, max: 20 }
}

const fn text(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Text, min: 8, max: 20 }
}

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::TaxId,
    names: Names {
        sure: "numer podatkowy|numero impositivo|numero tasse|identifiant tva|identificador iva|ust id nr|tax reg number|\
            vat reg number|numer vat|identyfikator podatkowy|tax id|taxid|tax number|tax identification number|tax payer id|\
            taxpayer id|taxpayer number|tin|itin|ein|employer identification number|vat id|vat number|vatin|\
            vat registration number|tax file number|tfn|tax reference|tax registration number|utr|gstin|gst number|\
            pan number|pan card|pan|fiscal code|fiscal number|tax code person|steuer id|steuerid|steuernummer|steuernr|\
            steueridentifikationsnummer|ust id|ustid|umsatzsteuer id|ustidnr|idnr|numero fiscal|num fiscal|numero tva|\
            tva intracom|siret|siren|numero siret|spi|nif|cif|numero identificacion fiscal|rfc|cuit|cuil|nit|\
            identificacion fiscal|cpf|cnpj|cpf cnpj|numero contribuinte|contribuinte|nipc|documento cpf|codice fiscale|\
            codicefiscale|partita iva|piva|cod fiscale|cod fisc|btw nummer|btwnummer|fiscaal nummer|rsin|nip|numer nip|\
            regon|organisationsnummer|orgnr|cvr|ytunnus|stcd1|stcd2|stceg|inn|tax code number|tax identifier|\
            tax ident number|tax identification|tax identification code|tax identity number|taxpayer|\
            taxpayer identification number|taxpayer identification|tax payer number|taxpayer code|personal tax id|\
            individual tax number|tax account number|tax card number|tax office number|tax registration|vat code number|\
            vat no|vat registration|vat identification|vat identification number|vatid|vat reg|gst registration number|\
            gst id|gstin number|pan card number|pan no|permanent account number|federal tax id|state tax id|sales tax id|\
            fein|ein number|fiscal id|fiscal identifier|fiscal identification|abn number|acn number|ird number|ird|\
            utr number|unique taxpayer reference|company tax id|business tax id|tax id person|kra pin|npwp|nif person|\
            steuer identifikationsnummer|steuerliche identifikationsnummer|steuer idnr|steuer id nr|steuer ident nr|\
            steueridnr|steuer kennung|steuerkennung|steuernummer nr|finanzamt steuernummer|ust idnr|ustidnummer|ust nummer|\
            umsatzsteuernummer|umsatzsteueridentifikationsnummer|umsatzsteuer identifikationsnummer|uid nummer|mwst nummer|\
            wirtschafts id|numero impots|numero fiscal personne|reference fiscale|identifiant fiscal|\
            numero identification fiscale|numero d identification fiscale|numero contribuable|numero tva intracommunautaire|\
            num tva|no tva|numero de tva|siren numero|numero siren|code fiscal|nif numero|numero nif|cif empresa|\
            identificacion tributaria|numero identificacion tributaria|registro federal contribuyentes|clave rfc|\
            rfc cliente|nit numero|numero nit|rut empresa|ruc|numero ruc|cuit cuil|numero cuit|nro cuit|clave tributaria|\
            numero tributario|id fiscal|identificador fiscal|num contribuinte|numero de contribuinte|nif contribuinte|\
            cadastro pessoa fisica|cadastro de pessoas fisicas|numero cpf|num cpf|cpf numero|cpf cliente|numero cnpj|\
            cnpj empresa|numero identificacao fiscal|inscricao estadual|inscricao municipal|num identificacao fiscal|\
            cod fiscale cliente|codice fiscale cliente|cf piva|numero partita iva|num partita iva|p iva|numero iva|\
            codice contribuente|identificativo fiscale|fiscaal nummer persoon|fiscaalnummer|fiscaal identificatienummer|\
            belastingnummer|belasting nummer|btwnr|btw nr|btw id|btw identificatienummer|btw id nummer|loonheffingennummer|\
            rsin nummer|kvknummer|nr nip|nip firmy|nip klienta|numer nip klienta|numer identyfikacji podatkowej|\
            nr identyfikacji podatkowej|identyfikator podatnika|numer podatnika|regon numer|numer regon|nr regon|nr vat|\
            vat ue|numer vat ue",
        likely: "vat|tax ident|business tax number|ust|tax registration|abn|acn|cvr nummer|tva number|codice f|kvk nummer|company registration number",
        hint: "fiscal|vat code|tax code|cf|registration number|orgnummer|kvk|iva",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        text(
            "it_codice_fiscale",
            r"\b[A-Za-z]{6}[0-9LMNP-V]{2}[A-EHLMPR-Ta-ehlmpr-t][0-9LMNP-V]{2}[A-Za-z][0-9LMNP-V]{3}[A-Za-z]\b",
            latin::it_codice_fiscale,
            0.001,
        ),
        text("br_cpf", r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b", america::br_cpf, 0.002),
        text("br_cnpj", r"\b[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}\b", america::br_cnpj, 0.001),
        text("us_itin", r"\b9[0-9]{2}-[5-9][0-9]-[0-9]{4}\b", america::us_itin, 0.05),
        text("in_pan", r"\b[A-Z]{3}[PCHABGJLFT][A-Z][0-9]{4}[A-Z]\b", asia::in_pan, 0.05),
        text("mx_rfc", r"\b[A-Z&]{3,4}[0-9]{2}[01][0-9][0-3][0-9][A-Z0-9]{3}\b", america::mx_rfc, 0.01),
        text("ar_cuit", r"\b(?:20|23|24|27|30|33|34)-[0-9]{8}-[0-9]\b", america::ar_cuit, 0.01),
        text(
            "vat_eu",
            r"\b(?:ATU[0-9]{8}|BE[01][0-9]{9}|DE[1-9][0-9]{8}|DK[0-9]{8}|ES[A-Z][0-9]{7}[0-9A-Z]|FR[0-9A-Z]{2}[0-9]{9}|IT[0-9]{11}|NL[0-9]{9}B[0-9]{2}|PL[0-9]{10}|PT[1-9][0-9]{8}|SE[0-9]{10}01|FI[0-9]{8})\b",
            any,
            0.02,
        ),
        column("us_ein", r"[0-9]{2}-[0-9]{7}", america::us_ein, 0.6),
        column(
            "de_steuer_id",
            r"[1-9][0-9]{10}|[1-9][0-9] [0-9]{3} [0-9]{3} [0-9]{3}",
            west::de_steuer_id,
            0.015,
        ),
        column("br_cpf_plain", r"[0-9]{11}", america::br_cpf, 0.01),
        column("br_cnpj_plain", r"[0-9]{14}", america::br_cnpj, 0.01),
        column("pt_nif", r"[12356789][0-9]{8}|[12356789][0-9]{2} [0-9]{3} [0-9]{3}", latin::pt_nif, 0.08),
        column("es_cif", r"[A-HJ-NP-SUVW][0-9]{7}[0-9A-J]", latin::es_cif, 0.08),
        column(
            "pl_nip",
            r"[1-9][0-9]{9}|[0-9]{3}-[0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{3}-[0-9]{2}-[0-9]{2}-[0-9]{3}",
            slavic::pl_nip,
            0.09,
        ),
        column("au_tfn", r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}", british::au_tfn, 0.09),
        column("nz_ird", r"[0-9]{2,3}-?[0-9]{3}-?[0-9]{3}", british::nz_ird, 0.09),
        column("it_partita_iva", r"[0-9]{11}", latin::it_partita_iva, 0.1),
        column("ar_cuit_plain", r"(?:20|23|24|27|30|33|34)[0-9]{9}", america::ar_cuit, 0.05),
    ],
    examples: Examples {
        named: &["tax_id", "VatNumber", "steuer_id", "codiceFiscale", "cpf", "CNPJ", "nip", "cust_tin"],
        unnamed: &["tax_rate", "tax_amount", "tax_class_id", "tax_type", "vat_rate", "pan_zoom"],
        values: &[
            "RSSMRA85T10A562S",
            "529.982.247-25",
            "11.222.333/0001-81",
            "ABCPE1234F",
            "86095742719",
            "123456782",
            "20-12345678-6",
        ],
        friends: &["2024.517.100-22", "123.456.789-00", "1715940000", "ABCXE1234F"],
    },
};
