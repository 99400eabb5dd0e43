//! Telephone and fax numbers.
//!
//! False friends: order numbers, timestamps, amounts, ids, versions. Only a leading `+` or national punctuation is telling in
//! running text; bare digits count in a column whose name says so.

use model::Class;

use super::check::digits;
use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Phone,
    names: Names {
        sure: "pager address|pager number|work cell|home cell|contact cell|cell alternate|subject cell|phone e164|e164|phone subject|contact fax|telefon privat|telefon dienstlich|telefono casa|telefono trabajo|telefono ufficio|telefone casa|\
            telefone trabalho|telefone comercial|telefone residencial|telefon domowy|telefon sluzbowy|telefoon thuis|\
            bedrijfstelefoon|telefone celular|telefon asystenta|festnetz|tfno|telnr|telefonanschluss|phone|phones|\
            phone number|phonenumber|telephone|telephone number|tel number|mobile number|mobile phone|cell phone|cellphone|\
            cell number|mobile tel|tel mobile|home phone|work phone|office phone|fax number|faxnumber|fax|contact number|\
            msisdn|whatsapp|whatsapp number|emergency phone|sms number|phone home|phone work|phone mobile|day phone|\
            evening phone|telefon|telefonnummer|handy|handynummer|mobilnummer|mobiltelefon|rufnummer|telefax|faxnummer|\
            telefonnr|mobilfunknummer|telephone portable|numero de telephone|numero telephone|num tel|portable|tel portable|\
            tel fixe|telecopie|telefono|telefono movil|numero telefono|numero de telefono|movil|celular|tel celular|\
            telefono fijo|telefone|numero telefone|telemovel|numero celular|cellulare|numero cellulare|numero di telefono|\
            telefono fisso|telefoon|telefoonnummer|mobiel|mobiel nummer|gsm nummer|faxnummer|numer telefonu|\
            telefon komorkowy|komorka|nr telefonu|faks|mobil|mobilnr|telefonszam|puhelin|puhelinnumero|telf1|telf2|\
            sms phone|phone1|phone2|facsimile|fax no|fax nr|phone no|phone nr|phone num|phone1 number|mobile no|mobile nr|\
            cell no|tel no|telephone no|telephone num|contact phone|contact telephone|contact mobile|phone contact|\
            daytime phone|daytime telephone|evening telephone|business phone|business telephone|private phone|\
            private telephone|main phone|main telephone|other phone|alternate phone|alternative phone|secondary phone|\
            primary phone|primary telephone|emergency contact number|emergency contact phone|emergency telephone|\
            emergency number|switchboard number|direct line|direct dial|phone extension number|callback phone|\
            delivery phone|shipping phone|billing phone|recipient phone|sender phone|customer phone|guest phone|\
            guardian phone|parent phone|whatsapp phone|viber number|signal number|telegram phone|phone full|phone e164|e164|\
            phone hash|sms recipient|telefon nr|tel nr|tel privat|tel geschaeft|tel dienstlich|tel mobil|telefon mobil|\
            telefon geschaeftlich|telefon geschaeft|telefon arbeit|mobil nr|handy nr|handynr|rufnr|rueckrufnummer|\
            notfallnummer|notrufnummer kontakt|notfalltelefon|festnetznummer|festnetznr|durchwahl|telefonnummer privat|\
            fax nummer|faxnr|mobiltelefonnummer|telefon kontakt|numero portable|num portable|no telephone|num telephone|\
            telephone fixe|telephone mobile|telephone domicile|telephone travail|telephone bureau|telephone professionnel|\
            tel domicile|tel bureau|tel travail|tel pro|tel mobile perso|numero fax|telecopieur|ligne directe|numero gsm|\
            numero urgence|telephone urgence|contact telephonique|num telefono|nro telefono|tel casa|tel trabajo|\
            tel oficina|telefono oficina|telefono particular|telefono contacto|telefono de contacto|telefono celular|\
            telefono emergencia|telefono domicilio|numero movil|num movil|nro celular|numero de celular|telefonos|\
            num telefone|numero de telefone|tel residencial|tel comercial|tel trabalho|telefone fixo|telefone movel|\
            telefone contato|telefone contacto|telefone emergencia|numero telemovel|num telemovel|contacto telefonico|\
            contato telefonico|celular contato|telefone principal|num telefono casa|recapito telefonico|numero telefonico|\
            tel ufficio|tel abitazione|telefono abitazione|telefono cellulare|telefono mobile|telefono lavoro|\
            telefono emergenza|cellulare personale|num cellulare|telefoonnr|tel nr prive|tel prive|tel werk|telefoon werk|\
            telefoon prive|telefoon mobiel|telefoon zakelijk|mobiel nr|mobielnummer|mobiele telefoon|mobiel telefoonnummer|\
            gsm nr|gsmnummer|huistelefoon|noodnummer|noodcontact telefoon|vast nummer|vaste telefoon|doorkiesnummer|nr tel|\
            nr telefonu kontaktowego|telefon kontaktowy|telefon stacjonarny|tel stacjonarny|tel komorkowy|telefon kom|\
            tel kom|numer komorki|numer komorkowy|nr komorki|numer kontaktowy|telefon prywatny|telefon alarmowy|nr faksu|\
            numer faksu|telefon praca|mobile perso|mobile pro|mobile home|mobile work|mobile private|mobile privat|\
            mobile business|portable perso|portable pro|portable personnel|portable professionnel|mobile personal|\
            mobile contact|cell home|cell work|cell personal|tel perso|telephone perso|telephone personnel|fixe perso|\
            fixe domicile",
        likely: "tele|telef|telefone nr|tel|mobile|ph number|mob|telno|phn|fon|telfax|landline|pager number|gsm|viber|hotline caller|caller number|\
            calling number|called number|caller id|callback number|tlf|fone|tel1|tel2|sms to|recapito",
        hint: "contact|contact info|from number|to number|caller|callee|kontakt|signal|ph|pager|cell",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        Pattern {
            name: "phone_international",
            regex: r"(?:\+|\b00)[1-9][0-9]{0,3}(?:[ .\-/]{0,2}\(?[0-9]{1,5}\)?){2,7}\b",
            check: is_international,
            chance: 0.01,
            place: Where::Text,
            min: 9,
            max: 26,
        },
        // As it comes out of tables and forms.
        Pattern {
            name: "phone_spread",
            regex: r"\+[1-9][0-9]{0,3}(?:[ \t.\-/]{0,2}\(?[0-9]{1,5}\)?){2,7}\b",
            check: is_international,
            chance: 0.01,
            place: Where::Text,
            min: 9,
            max: 62,
        },
        Pattern {
            name: "phone_north_america",
            regex: r"(?:\b1[ .\-])?(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[ .\-])[2-9][0-9]{2}[ .\-][0-9]{4}\b(?: ?x[0-9]{1,5}\b)?",
            check: is_north_american,
            chance: 0.02,
            place: Where::Text,
            min: 12,
            max: 24,
        },
        Pattern {
            name: "phone_national",
            regex: r"\(?0[1-9](?:[ .\-/()]{0,2}[0-9]){6,11}\b(?: ?(?:x|ext\.?) ?[0-9]{1,5})?",
            check: is_national,
            chance: 0.2,
            place: Where::Column,
            min: 8,
            max: 30,
        },
        Pattern {
            name: "phone_digits",
            regex: r"[1-9](?:[ .\-()]{0,2}[0-9]){6,14}",
            check: is_digits,
            chance: 0.75,
            place: Where::Column,
            min: 7,
            max: 30,
        },
    ],
    examples: Examples {
        named: &[
            "phone",
            "mobileNumber",
            "TEL_NO",
            "cust_ph_num",
            "telefonnummer",
            "telefono",
            "celular",
            "Handy",
        ],
        unnamed: &[
            "phone_type",
            "is_mobile",
            "phone_verified",
            "phone_country_code",
            "mobile_app_version",
            "phone_count",
        ],
        values: &[
            "+49 30 1234567",
            "+1-202-555-0143",
            "+49\t30\t1234567",
            "(202) 555-0143",
            "0033 1 23 45 67 89",
            "030 1234567",
            "2025550143",
        ],
        friends: &[
            "2024-05-17 10:20:30",
            "1.2.3.4",
            "1715940000",
            "12345",
            "+15",
            "123-45-6789",
            "+0.1234567",
        ],
    },
};

fn is_international(text: &[u8]) -> bool {
    let plus = text.starts_with(b"+");
    let count = digits(text).len().saturating_sub(if plus { 0 } else { 2 });
    // Numbers with `00` in front and nothing between are parcels more often than telephones, when they are that long.
    (8..=15).contains(&count) && (plus || count <= 13 || !text.iter().all(u8::is_ascii_digit))
}

fn is_north_american(text: &[u8]) -> bool {
    // An exchange N11 is no subscriber's; areas end in no 11 either.
    let all = digits(text);
    let ten = all.strip_prefix(&[1]).unwrap_or(&all);
    ten.get(1..3) != Some(&[1, 1]) && ten.len() >= 10
}

fn is_national(text: &[u8]) -> bool {
    (8..=13).contains(&digits(text).len())
}

fn is_digits(text: &[u8]) -> bool {
    (7..=15).contains(&digits(text).len())
}
