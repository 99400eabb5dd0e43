//! Numbers by which states know persons, each with its check digits where its scheme has them.
//!
//! False friends: order numbers and timestamps of the same length; so bare digits count only when a whole column passes.

use model::Class;

use super::pattern::{Where, any};
use super::scheme::{asia, british, latin, north, slavic, west};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

const fn column(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Column, min: 8, max: 20 }
}

const fn text(name: &'static str, regex: &'static str, check: fn(&[u8]) -> bool, chance: f32) -> Pattern {
    Pattern { name, regex, check, chance, place: Where::Text, min: 8, max: 20 }
}

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::NationalId,
    names: Names {
        sure: "identifikationsnummer|identificatienummer|numer identyfikacyjny|numero identificazione|numero identification|\
            ausweis nummer|numero identite nationale|numero identidade|national id|national id number|national identifier|\
            national identification number|national number|nationalid|identity number|identity card|identity card number|\
            id card|id card number|idcard|government id|citizen id|citizen number|personal id number|\
            personal identity number|personal identification number|resident number|id number|identity document|\
            identity document number|id document number|nin|nric|aadhaar|aadhar|aadhaar number|personalausweis|\
            ausweisnummer|ausweisnr|personalausweisnummer|personennummer|carte identite|numero carte identite|numero cni|\
            cni|piece identite|registre national|numero registre national|niss|dni|nie|nif persona|documento identidad|\
            documento nacional|cedula|cedula identidad|curp|rut|numero identificacion|cartao cidadao|bilhete identidade|\
            numero bi|rg|registro geral|carta identita|numero carta identita|documento identita|bsn|burgerservicenummer|\
            identiteitskaart|rijksregisternummer|rijksregister|identiteitsnummer|pesel|numer pesel|nr pesel|dowod osobisty|\
            numer dowodu|nr dowodu|personnummer|personnr|fodselsnummer|cpr|cpr number|cpr nr|hetu|henkilotunnus|kennitala|\
            isikukood|rodne cislo|cnp|egn|oib|tckn|tc kimlik|tc kimlik no|tc no|kimlik no|rrn|hkid|omang|emirates id|\
            civil id|voter id number|cccd|cmnd|ktp|national identity number|national identity card|\
            national identity card number|national identity|national id card|national id card number|national id code|\
            national identification|national identification code|citizen service number|citizenship number|citizen card|\
            citizen card number|civil registration number|civil registry number|civil id number|personal number|\
            personal code|personal id|personal id code|personal identifier|personal identification|person identifier|\
            person identity number|personal identity code|unique identity number|unique citizen number|\
            unique master citizen number|uidai|voter card|voter card number|epic number|government issued id|\
            government id number|state id number|resident id|resident card|residence permit number|residence card number|\
            residence card|alien registration number|alien number|foreigner id|foreigner number|id proof number|\
            identification card|identification card number|identification document|identification document number|\
            population register number|cnic|cnic number|nicop|nic number|mykad|mykad number|ic number|nid number|bvn|\
            nin number|ghana card|huduma number|philsys|philsys number|jmbg|emso|rodne cislo number|cui person|\
            identity doc number|identity code|proof of identity number|legal id number|id number person|id passport number|\
            id no|personenkennziffer|personenkennzahl|persoenliche identifikationsnummer|persoenliche kennziffer|ausweis|\
            ausweis id|ausweis kennung|ausweiskennung|ausweisdokument|ausweis nr|personalausweis nr|personalausweisnr|\
            personalausweis number|perso nr|identitaetsnummer|identitaetskarte|identitaetskartennummer|identitaetsausweis|\
            identitaetsdokument|id karte|id kartennummer|buergernummer|buergerkarte|zentrale personenkennzahl|\
            aufenthaltstitel|aufenthaltstitelnummer|aufenthaltskarte|aufenthaltserlaubnis nummer|auslaenderausweis|\
            seriennummer ausweis|seriennummer personalausweis|zmr zahl|legitimationsnummer|legitimationsausweis|\
            numero national|numero national identite|carte nationale identite|carte nationale|num cni|carte d identite|\
            no carte identite|num carte identite|cin|numero cin|num cin|piece d identite|num piece identite|\
            numero piece identite|numero piece|numero de piece d identite|document identite|numero document identite|\
            identifiant national|identifiant national unique|numero identification nationale|numero identification national|\
            numero identite|num registre national|nrn|carte sejour|titre sejour|numero titre sejour|numero carte sejour|\
            carte de sejour|titre de sejour|numero etranger|numero agdref|carte resident|dni nie|nif nie|num dni|numero dni|\
            nro dni|dni numero|dni cliente|numero nie|nie numero|tarjeta residencia|tarjeta identidad|tarjeta de identidad|\
            numero tarjeta identidad|permiso residencia|numero identidad|num identidad|cedula ciudadania|cedula extranjeria|\
            numero cedula|num cedula|nro cedula|documento unico identidad|dui|documento nacional identidad|carnet identidad|\
            carnet de identidad|carnet extranjeria|clave unica registro poblacion|clave elector|credencial elector|\
            credencial ine|numero ine|numero identificacion personal|identificacion nacional|identificacion oficial|\
            identificacion personal|doc identidad|documento identificacion|numero documento identidad|nuip|cuil dni|\
            libreta civica|numero de identificacion|numero rg|rg numero|num rg|carteira identidade|carteira de identidade|\
            numero carteira identidade|num identidade|numero de identidade|bilhete de identidade|numero bilhete identidade|\
            num bi|cartao de cidadao|numero cartao cidadao|num cartao cidadao|cc cidadao|titulo residencia|\
            numero titulo residencia|autorizacao residencia|rne|crnm|titulo eleitor|titulo de eleitor|numero titulo eleitor|\
            documento identificacao|documento de identificacao|documento de identidade|numero documento identificacao|\
            numero identificacao civil|numero de identificacao civil|identificacao civil|registro nacional|\
            numero identificacao|carta d identita|numero carta d identita|num carta identita|nr carta identita|\
            carta identita elettronica|cie numero|documento riconoscimento|documento di riconoscimento|\
            numero documento riconoscimento|documento d identita|documento identificativo|numero documento identita|\
            num documento identita|estremi documento|estremi documento identita|permesso soggiorno|permesso di soggiorno|\
            numero permesso soggiorno|codice identificativo personale|numero identificativo|numero identificativo personale|\
            codice identita|numero identita|tessera identita|burger service nummer|burgerservicenr|bsn nummer|bsn nr|\
            bsnnummer|rijksregisternr|rijksregister nummer|insz|insz nummer|nationaal nummer|id kaart|id kaartnummer|\
            identiteitskaartnummer|identiteitskaart nummer|identiteitsbewijs|identiteitsbewijsnummer|\
            nummer identiteitsbewijs|identiteitsdocument|documentnummer id|legitimatiebewijs|legitimatienummer|\
            nummer legitimatiebewijs|verblijfsvergunning|verblijfsdocument|verblijfskaart|vreemdelingennummer|id bewijs|\
            paspoort of id|persoonsnummer|persoonlijk nummer|seria dowodu|seria numer dowodu|seria i numer dowodu|\
            numer dowodu osobistego|nr dowodu osobistego|dowodu osobistego|dowod tozsamosci|dokument tozsamosci|\
            numer dokumentu tozsamosci|nr dokumentu tozsamosci|karta pobytu|numer karty pobytu|karta tozsamosci|\
            numer legitymacji|nr legitymacji|legitymacja|numer ewidencyjny|nr ewidencyjny|pesel numer|pesel klienta|\
            numer tozsamosci|numer identyfikacji osobistej|identyfikator osobowy|numer osobisty",
        likely: "id document|identification number|civil number|person number|pid number|id proof number|ident number|\
            passport or id|nik|id doc|identificacion",
        hint: "document|doc number|voter id|documento|document number|identidad|identidade|numer dokumentu|nr dokumentu|\
            documentnummer|num documento|nro documento|numero documento|legitimatie|identity",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        text("es_dni", r"\b(?:[0-9]{8}|[XYZ][0-9]{7})-?[A-HJ-NP-TV-Z]\b", latin::es_dni, 0.045),
        text(
            "fi_hetu",
            r"\b[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]\b",
            north::fi_hetu,
            0.005,
        ),
        text("se_personnummer", r"\b(?:19|20)?[0-9]{6}[-+][0-9]{4}\b", north::se_personnummer, 0.03),
        text("dk_cpr", r"\b[0-3][0-9][01][0-9]{3}-[0-9]{4}\b", north::dk_cpr, 0.05),
        text("be_nrn", r"\b[0-9]{2}\.[01][0-9]\.[0-3][0-9]-[0-9]{3}\.[0-9]{2}\b", west::be_nrn, 0.0005),
        text("in_aadhaar", r"\b[2-9][0-9]{3} [0-9]{4} [0-9]{4}\b", asia::in_aadhaar, 0.05),
        text(
            "cn_id",
            r"\b[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]\b",
            asia::cn_id,
            0.005,
        ),
        text(
            "mx_curp",
            r"\b[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z][0-9]\b",
            super::scheme::america::mx_curp,
            0.001,
        ),
        text("kr_rrn", r"\b[0-9]{2}[01][0-9][0-3][0-9]-[1-8][0-9]{6}\b", asia::kr_rrn, 0.02),
        text("sg_nric", r"\b[STFG][0-9]{7}[A-Z]\b", asia::sg_nric, 0.05),
        text("hk_id", r"\b[A-Z]{1,2}[0-9]{6}\([0-9A]\)", asia::hk_id, 0.01),
        text("cl_rut", r"\b[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9Kk]\b", super::scheme::america::cl_rut, 0.01),
        column("cl_rut_plain", r"[0-9]{7,8}-[0-9Kk]", super::scheme::america::cl_rut, 0.07),
        column("tw_id", r"[A-Z][1289][0-9]{8}", asia::tw_id, 0.08),
        column(
            "fi_hetu_lower",
            r"[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9a-fhj-npr-y]",
            north::fi_hetu,
            0.005,
        ),
        text("cz_rodne_cislo", r"\b[0-9]{2}[0-8][0-9][0-3][0-9]/[0-9]{4}\b", slavic::cz_rodne_cislo, 0.01),
        column("nl_bsn", r"[0-9]{9}|[0-9]{4}\.[0-9]{2}\.[0-9]{3}", west::nl_bsn, 0.1),
        column("pl_pesel", r"[0-9]{11}", slavic::pl_pesel, 0.02),
        column("no_fodselsnummer", r"[0-9]{6} ?[0-9]{5}", north::no_fodselsnummer, 0.002),
        column("tr_tckn", r"[1-9][0-9]{10}", west::tr_tckn, 0.01),
        column("be_nrn_plain", r"[0-9]{11}", west::be_nrn, 0.006),
        column("ee_isikukood", r"[1-8][0-9]{10}", north::ee_isikukood, 0.01),
        column("hr_oib", r"[0-9]{11}", slavic::hr_oib, 0.1),
        column(
            "se_personnummer_plain",
            r"(?:(?:19|20)[0-9]{2}|[0-9]{2})[01][0-9][0-9]{6}",
            north::se_personnummer,
            0.03,
        ),
        column("dk_cpr_plain", r"[0-3][0-9][01][0-9]{7}", north::dk_cpr, 0.25),
        column("is_kennitala", r"[0-9]{6}-?[0-9]{4}", north::is_kennitala, 0.005),
        column("in_aadhaar_plain", r"[2-9][0-9]{11}", asia::in_aadhaar, 0.09),
        column("ro_cnp", r"[1-9][0-9]{12}", slavic::ro_cnp, 0.01),
        column("za_id", r"[0-9]{6} ?[0-9]{4} ?[0-9]{3}", british::za_id, 0.005),
        column("bg_egn", r"[0-9]{10}", slavic::bg_egn, 0.02),
        column("cz_rodne_cislo_plain", r"[0-9]{2}[0-8][0-9][0-3][0-9]{5}", slavic::cz_rodne_cislo, 0.02),
        column("il_id", r"[0-9]{9}", asia::il_id, 0.1),
        column("de_personalausweis", r"[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]?", any, 0.6),
    ],
    examples: Examples {
        named: &[
            "national_id",
            "NationalIdNumber",
            "dni",
            "BSN",
            "pesel_nr",
            "personnummer",
            "aadhaar_no",
            "ID_CARD_NO",
        ],
        unnamed: &["national_id_type", "national_id_kind", "id", "order_number", "national_team"],
        values: &[
            "12345678Z",
            "X1234567L",
            "131052-308T",
            "811228-9874",
            "85.07.30-033.28",
            "2341 2341 2346",
            "11010519491231002X",
            "111222333",
            "44051401359",
            "10000000146",
            "S1234567D",
            "736028/5163",
            "8001015009087",
        ],
        friends: &["20240517-1234", "1715940000", "A1234567", "12345678A", "2024-05-17"],
    },
};
