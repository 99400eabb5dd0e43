//! Words that are written together, or cut off: `dateofbirth`, `numerodepasaporte`, `CUSTNAME`. It knows which words there are, and
//! no class.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use model::Class;

use super::lexicon::listed;
use super::token::folded;
use super::{concept, context, harmless};
use crate::recognise::ALL;

/// Small words between others, which change nothing.
const SMALL: &str =
    "of|the|de|di|do|da|del|della|delle|dei|du|des|la|le|el|los|las|van|der|den|het|y|et|i|und|von|dla";

/// Short words that stand for a class or a number wherever they are; other short ones are found in any word.
const SHORT: &str = "rok|cni|kod|nom|tax|zip|dob|ssn|sex|bic|pin|cvc|cvv|vin|vat|mac|fax|tel|btc|eth|dni|nif|cpf|bsn|nip|nie|gps|sms|btw|ip";

/// Numbers at the end: `cardno`.
const NUMBERS: &str = "no|nr|num|nro";

/// Beginnings of words that mean a class whatever follows, in whatever ending or compound.
const STEMS: [(&str, Class); 14] = [
    (
        "allerg|medikament|medicament|krankheit|patholog|patolog|symptom|sintom|therapi|terapi|vaccin|vacunac|vacinac|schwanger|embaraz|gravidez|behinder|discapaci|niepelnospraw|blutgrupp|medikation",
        Class::Health,
    ),
    ("geschlecht", Class::Gender),
    (
        "religi|konfession|ethnizit|etnici|ethnici|gewerkschaft|vakbond|sindicat|syndical|sindacat|vorstraf|strafregist",
        Class::SpecialCategory,
    ),
    (
        "nationalit|nazionalit|nacionalid|staatsangehoerig|staatsbuerger|obywatelstw|cittadinanz|citizensh",
        Class::Nationality,
    ),
    ("passport|passeport|pasaport|passaport|paspoort|paszport|reisepass", Class::Passport),
    ("fuehrerschein|rijbewij|fahrerlaubnis", Class::DrivingLicence),
    ("passwor|kennwor|wachtwoor|contrasen|motdepass", Class::PasswordHash),
    ("geburtsd|geburtst|geboorted|cumplean", Class::DateOfBirth),
    ("breitengr|laengengr|breedtegr|lengtegr|latitud|longitud", Class::GeoPoint),
    ("stipend|wynagrodz|retribuz|remunera|salari", Class::Salary),
    ("biometr|fingerabdr|vingerafdr", Class::Biometric),
    ("kreditkart|creditcard", Class::CardNumber),
    ("sozialversich", Class::SocialSecurity),
    ("handynum|telefonn|mobilnum|rufnum|telefoonn", Class::Phone),
];

/// Ends of words that mean a class whatever stands before, where words are written together.
const ENDINGS: [(&str, Class); 12] = [
    (
        "notes|comments|remarks|bemerkung|bemerkungen|kommentar|notiz|notizen|anmerkung|anmerkungen|opmerking|opmerkingen|notitie|notities",
        Class::FreeText,
    ),
    ("password|passwd|passphrase", Class::PasswordHash),
    ("email|emailaddress", Class::Email),
    ("phonenumber|phone", Class::Phone),
    ("username|loginname", Class::Username),
    ("firstname|lastname|surname|fullname|realname", Class::PersonName),
    (
        "apikey|accesstoken|secretkey|privatekey|adminkey|userkey|serverkey|masterkey|authkey|invoicekey|writekey|readkey",
        Class::Secret,
    ),
    ("anschrift|adresse|adres|strasse|straat", Class::PostalAddress),
    ("gehalt|lohn|loon|salaris|einkommen|inkomen", Class::Salary),
    ("guthaben|kontostand|banksaldo", Class::Balance),
    ("krankheit|ziekte", Class::Health),
    // What medicine calls what somebody suffers from.
    (
        "itis|aemia|emia|algia|uria|pathy|ectomy|plegia|pnea|pnoea|rrhea|rrhoea|phagia|penia|ostomy|paresis|megaly|phobia|pathie|plegie",
        Class::Health,
    ),
];

/// What is written before an address that is no street's, and before endings that are no illness's.
const OTHER_ADDRESSES: &str = "acad|sym|tele|nost|anti|xeno|micro|head|saxo|smart|mega|gramo|ear|soft|allo|homo|mail|email|ip|mac|wallet|web|internet|bitcoin|crypto|krypto|host|netz|netzwerk";

/// What the beginning or the end of a word means.
pub(super) fn stem(word: &str) -> Option<Class> {
    let begins = STEMS.iter().find(|(list, _)| list.split('|').any(|stem| word.starts_with(stem)));
    begins.map(|(_, class)| *class).or_else(|| {
        let ends = |list: &str| {
            list.split('|')
                .filter_map(|ending| word.strip_suffix(ending))
                .any(|before| before.len() > 2 && !listed(OTHER_ADDRESSES, before))
        };
        ENDINGS.iter().find(|(list, _)| ends(list)).map(|(_, class)| *class)
    })
}

/// The shortest word that is found within another.
const PART_MIN: usize = 4;
/// The longest word that is taken apart: longer ones are no names.
const WHOLE_MAX: usize = 48;

pub(super) fn is_small(word: &str) -> bool {
    listed(SMALL, word)
}

/// The words that a word is written together from, when there are several and all are known.
pub(super) fn parts(word: &str) -> Option<Vec<&str>> {
    if word.len() < 6 || word.len() > WHOLE_MAX || !word.is_ascii() || known().contains(word) {
        return None;
    }
    // The fewest words that end at each place, and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    *best.first_mut()? = Some((0, 0));
    for to in 1..=word.len() {
        for from in 0..to {
            let Some(&Some((count, _))) = best.get(from) else { continue };
            let Some(part) = word.get(from..to).filter(|part| is_part(part, from, to == word.len())) else {
                continue;
            };
            let count = count + if is_small(part) { 2 } else { 1 };
            if let Some(place) = best.get_mut(to)
                && place.is_none_or(|(fewest, _)| count < fewest)
            {
                *place = Some((count, from));
            }
        }
    }
    let mut parts = Vec::new();
    let mut to = word.len();
    while to > 0 {
        let (_, from) = (*best.get(to)?)?;
        parts.push(word.get(from..to)?);
        to = from;
    }
    parts.reverse();
    (parts.iter().filter(|part| !is_small(part)).count() > 1).then_some(parts)
}

fn is_part(part: &str, from: usize, is_last: bool) -> bool {
    (part.len() >= PART_MIN && known().contains(part))
        || listed(SHORT, part)
        || (from > 0 && !is_last && is_small(part))
        || ((is_last || from == 0) && listed(NUMBERS, part))
}

/// Every word of every recogniser, and those that make names harmless.
fn known() -> &'static HashSet<String> {
    static KNOWN: OnceLock<HashSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let lists = ALL.iter().flat_map(|one| [one.names.sure, one.names.likely, one.names.hint]);
        let lists = lists.chain(harmless::WORDS).chain(context::WORDS).chain(concept::plain_words());
        lists.flat_map(|list| list.split(['|', ' '])).map(folded).filter(|word| !word.is_empty()).collect()
    })
}

/// Names of old systems, in capitals: the first four letters of two words, or the first eight or ten of one.
pub(super) fn clipped(name: &str) -> Option<&'static [&'static str]> {
    static CLIPPED: OnceLock<HashMap<String, Vec<&'static str>>> = OnceLock::new();
    let is_old = (6..=10).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_old || known().contains(&name.to_ascii_lowercase()) {
        return None;
    }
    let clipped = CLIPPED.get_or_init(|| {
        let mut map: HashMap<String, Vec<&'static str>> = HashMap::new();
        let cut = |word: &str, many: usize| word.chars().take(many).collect::<String>();
        for entry in ALL.iter().flat_map(|one| one.names.sure.split('|')) {
            let words: Vec<&str> = entry.split_whitespace().filter(|word| !is_small(word)).collect();
            match words.as_slice() {
                [first, second] | [first, second, "number" | "id"] => {
                    map.entry(format!("{}{}", cut(first, 4), cut(second, 4))).or_default().push(entry.trim());
                }
                [one] if one.len() > 8 => {
                    map.entry(cut(one, 8)).or_default().push(entry.trim());
                    if one.len() > 10 {
                        map.entry(cut(one, 10)).or_default().push(entry.trim());
                    }
                }
                _ => {}
            }
        }
        map
    });
    clipped.get(&name.to_ascii_lowercase()).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_written_together_come_apart() {
        for (word, wanted) in [
            ("countryofbirth", "country of birth"),
            ("numerodepasaporte", "numero de pasaporte"),
            ("grossannualsalary", "gross annual salary"),
            ("percentage", "percentage"),
            ("storage", "storage"),
            ("temperature", "temperature"),
            ("passport", "passport"),
            ("xyzzyname", "xyzzyname"),
        ] {
            let parts = parts(word).map_or_else(|| word.to_owned(), |parts| parts.join(" "));
            assert_eq!(parts, wanted, "{word}");
        }
    }

    #[test]
    fn beginnings_and_ends_of_words_mean_a_class() {
        assert_eq!(stem("geschlechtskennzeichen"), Some(Class::Gender));
        assert_eq!(stem("wohnanschrift"), Some(Class::PostalAddress));
        assert_eq!(stem("jahresbruttogehalt"), Some(Class::Salary));
        assert_eq!(
            (stem("mailadresse"), stem("adresse"), stem("strasse"), stem("product")),
            (None, None, None, None)
        );
    }

    #[test]
    fn names_of_old_systems_are_cut_off() {
        assert!(clipped("BIRTDATE").is_some_and(|entries| entries.contains(&"birth date")));
        assert_eq!(clipped("birtdate"), None);
        assert_eq!(clipped("ORDENUMB"), None);
    }
}
