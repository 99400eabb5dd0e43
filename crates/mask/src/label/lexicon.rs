//! What names say: the words of all recognisers, looked up for the words of a column's name, and the words that make a name
//! harmless. It knows no table and no value.

use std::collections::HashMap;
use std::sync::OnceLock;

use model::Class;

use super::compound::{clipped, is_small, parts, stem};
use super::concept;
use super::token::{expand, folded, singular, words};
use crate::recognise::ALL;

/// How sure a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Needs the table, its neighbours or its values to agree.
    Hint,
    /// Most who use it mean it.
    Likely,
    /// Whoever uses it means it.
    Sure,
}

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) class: Class,
    pub(super) strength: Strength,
    /// The words of the name that say so.
    pub(super) words: String,
}

/// The most words of a name that are looked up together.
const GRAM_MAX: usize = 4;

/// Words that make of what stands before them something about it: `email_count`, `phone_type`, `name_id`.
const HEADS: &str = "country|checked|blocked|url|uri|link|zoom|media|seconds|minutes|hours|days|ms|all|check|count|counts|type|kind|at|on|id|ids|status|state flag|verified|confirmed|enabled|disabled|public|template|sent|\
    format|version|length|len|size|flag|currency|currencies|required|valid|validated|visible|hidden|order|position|index|idx|rank|\
    category|label|mask|regex|pattern|provider|service|server|host|port|domain|queue|subject|token count|min|max|minimum|maximum|\
    avg|average|sum|total|limit|rate|ratio|percent|score|level|band|bracket|range|bucket|changed|updated|created|deleted|expires|\
    expiry|expiration|expired|opened|clicked|bounced|delivered|attempts|retries|by|method|source|channel|language|locale|timezone|\
    policy|rule|group|preference|preferences|opt|consent|notification|notifications|frequency|field|column|name type|placeholder|\
    brand|issuer|network|scheme|product|model|uuid|guid|lamp|lamps|plan|tier|team|style|color|colour|theme|width|height|icon|class|schema|table|set|list id|\
    mode|step|phase|priority|reason code|error|result|hint|is|anzahl|typ|art|nombre type|tipo|tipologia|soort|rodzaj|liczba|cantidad|\
    quantidade|quantita|aantal|ilosc|sent at|verified at|since|until|from|to|last|next|expires at|last4|last 4|country code|app version";

/// Words in front that make of what follows a bound or something else.
const LEADS: &str = "max|min|maximum|minimum|cache|avg|average|mean|median|total|sum|count|number|default|third|union|unique|distinct|last|\
    stawka|stopa|taux|tasso|aliquota|type|typ|tipo|tipologia|soort|rodzaj|art|mode|statut|status|nb|anzahl|aantal|liczba|ilosc|cantidad|quantidade";

/// Words in front that make a name a yes or no.
const QUESTIONS: &str = "is|has|have|was|can|should|must|allow|allows|allowed|enable|show|hide|use|uses|requires|require|needs|send|notify|\
    accepts|accept|wants|want|no|not|ist|hat|tiene|heeft|czy";

/// All words that are known here.
pub(super) const WORDS: [&str; 3] = [HEADS, LEADS, QUESTIONS];

/// What looks like a class and is none.
const FRIENDS: &str = "address family|age rating|nota fiscal|memory address|pay date|pay period|pay run";

/// What is put before or behind a name and says nothing.
const ORNAMENTS: &str = "c|f|t|s|p|v|n|x|fld|col|str|txt|val|new|old|tbl|field";

fn listed(list: &str, word: &str) -> bool {
    list.split('|').any(|entry| entry == word)
}

/// All words of all recognisers, as they come out of names.
fn lexicon() -> &'static HashMap<String, Vec<(Class, Strength)>> {
    static LEXICON: OnceLock<HashMap<String, Vec<(Class, Strength)>>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut map: HashMap<String, Vec<(Class, Strength)>> = HashMap::new();
        for one in ALL {
            let lists = [
                (one.names.sure, Strength::Sure),
                (one.names.likely, Strength::Likely),
                (one.names.hint, Strength::Hint),
            ];
            for (list, strength) in lists {
                for entry in list.split('|').map(str::trim).filter(|entry| !entry.is_empty()) {
                    for key in [normal(entry, false), normal(entry, true)] {
                        let known = map.entry(key).or_default();
                        match known.iter_mut().find(|(class, _)| *class == one.class) {
                            Some((_, old)) => *old = (*old).max(strength),
                            None => known.push((one.class, strength)),
                        }
                    }
                }
            }
        }
        map
    })
}

fn normal(entry: &str, one: bool) -> String {
    let all: Vec<&str> = entry.split_whitespace().collect();
    let telling = all.iter().filter(|word| all.len() == 1 || !is_small(word));
    let words = telling.map(|word| {
        let word = expand(&folded(word));
        if one { singular(&word) } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a name that are looked up: what is written together taken apart, small words left out.
fn telling_words(name: &str) -> Vec<String> {
    let whole = words(name);
    let mut telling: Vec<String> = Vec::with_capacity(whole.len());
    for word in &whole {
        match parts(word).filter(|_| look_up(std::slice::from_ref(word)).is_none()) {
            Some(parts) => telling.extend(parts.into_iter().map(expand)),
            None => telling.push(word.clone()),
        }
    }
    let telling_count = telling.iter().filter(|word| !is_small(word)).count();
    if telling_count > 0 {
        telling.retain(|word| !is_small(word));
    }
    // `no_passeport`, `cardno`: before what only a number can be, and behind anything.
    if telling.len() > 1
        && let Some(last) = telling.last_mut().filter(|last| matches!(last.as_str(), "no" | "n"))
    {
        *last = "number".to_owned();
    }
    telling
}

/// Whether a class is itself a number, so that a number of it is what it is and no count.
fn is_number(class: Class) -> bool {
    matches!(
        class,
        Class::Phone
            | Class::NationalId
            | Class::Passport
            | Class::DrivingLicence
            | Class::TaxId
            | Class::SocialSecurity
            | Class::CardNumber
            | Class::Iban
            | Class::BankAccount
            | Class::DeviceId
            | Class::Vehicle
            | Class::PostalAddress
    )
}

/// What a name says, the surest first, and whether something in it makes the rest harmless.
pub(super) fn said(name: &str) -> (Vec<Said>, Option<String>) {
    if let Some(entries) = clipped(name) {
        return (of_clipped(entries), None);
    }
    let words = telling_words(name);
    if let Some(first) = words.first().filter(|first| words.len() > 1 && listed(QUESTIONS, first)) {
        let rest = words.get(1..).unwrap_or_default();
        // `no_passeport` is a number, `no_card` is an answer.
        let is_number = first == "no"
            && look_up(rest).is_some_and(|found| {
                found.iter().any(|(class, _)| is_number(*class) && *class != Class::CardNumber)
            });
        if !is_number {
            return (Vec::new(), Some(first.clone()));
        }
    }
    let mut all: Vec<Said> = Vec::new();
    let mut harmless = None;
    let mut covered = vec![false; words.len()];
    let mut friends: Vec<usize> = Vec::new();
    for length in (1..=GRAM_MAX.min(words.len())).rev() {
        for from in 0..=words.len().saturating_sub(length) {
            let to = from.saturating_add(length);
            // A longer name's words have said what they mean.
            if covered.get(from..to).is_none_or(|covered| covered.iter().all(|known| *known)) {
                continue;
            }
            let gram = words.get(from..to).unwrap_or_default();
            let one = || gram.iter().map(|word| singular(word)).collect::<Vec<_>>().join(" ");
            if length > 1 && listed(FRIENDS, &one()) {
                harmless.get_or_insert_with(|| gram.join(" "));
                friends.extend(from..to);
                covered.iter_mut().skip(from).take(length).for_each(|known| *known = true);
                continue;
            }
            let Some(found) = look_up(gram) else { continue };
            let before = words.get(..from).unwrap_or_default();
            let after = words.get(to..).unwrap_or_default();
            let head = after.iter().find(|head| is_head(head));
            let lead = before.first().filter(|lead| listed(LEADS, lead));
            // A number of passports is a count, the number of a passport is not.
            let is_many = gram.last().is_some_and(|last| singular(last) != *last);
            let lead = lead.filter(|lead| {
                *lead != "number" || is_many || !found.iter().any(|(class, _)| is_number(*class))
            });
            let head = head.or(lead);
            // A word that means several things means this one by itself, or beside words for persons.
            let mut others = before.iter().chain(after).filter(|word| !is_ornament(word));
            let is_all = others.clone().next().is_none();
            let beside_persons = !is_all && others.all(|word| super::context::is_person(word));
            if let Some(head) = head {
                harmless.get_or_insert_with(|| head.clone());
            } else {
                for (class, strength) in found {
                    if *strength != Strength::Hint || is_all || beside_persons {
                        all.push(Said { class: *class, strength: *strength, words: gram.join(" ") });
                    }
                }
            }
            covered.iter_mut().skip(from).take(length).for_each(|known| *known = true);
        }
    }
    for (place, word) in words.iter().enumerate().filter(|(place, _)| covered.get(*place) == Some(&false)) {
        let Some(class) = stem(word) else { continue };
        let after = words.get(place.saturating_add(1)..).unwrap_or_default();
        match after.iter().find(|head| is_head(head)) {
            Some(head) => _ = harmless.get_or_insert_with(|| head.clone()),
            None => all.push(Said { class, strength: Strength::Likely, words: word.clone() }),
        }
    }
    for (class, places) in concept::meant(&words) {
        let (Some(from), Some(to)) = (places.first(), places.last()) else { continue };
        // Words that stand apart mean something of their own.
        if to - from + 1 != places.len() || places.iter().any(|place| friends.contains(place)) {
            continue;
        }
        let after = words.get(to.saturating_add(1)..).unwrap_or_default();
        let lead = words.get(..*from).and_then(|before| before.first()).filter(|lead| listed(LEADS, lead));
        let lead = lead.filter(|lead| *lead != "number" || !is_number(class));
        if let Some(head) = after.iter().find(|head| is_head(head)).or(lead) {
            harmless.get_or_insert_with(|| head.clone());
            continue;
        }
        let said: Vec<&str> =
            places.iter().filter_map(|place| words.get(*place)).map(String::as_str).collect();
        all.push(Said { class, strength: Strength::Sure, words: said.join(" ") });
    }
    // Of two that a name says the later word is what it is: `customer_email` is an e-mail address.
    all.reverse();
    all.sort_by_key(|said| std::cmp::Reverse((said.strength, said.words.len())));
    (all, harmless)
}

/// What a name that was cut off may be: only what all that it can stand for agree on.
fn of_clipped(entries: &[&'static str]) -> Vec<Said> {
    let mut classes: Vec<(Class, &str)> = Vec::new();
    for entry in entries {
        for (class, _) in look_up(&[normal(entry, false)]).into_iter().flatten() {
            if classes.iter().all(|(known, _)| known != class) {
                classes.push((*class, entry));
            }
        }
    }
    match classes.as_slice() {
        [(class, entry)] => {
            vec![Said { class: *class, strength: Strength::Likely, words: (*entry).to_owned() }]
        }
        _ => Vec::new(),
    }
}

/// One or many: `phone_type`, `phone_types`.
fn is_head(word: &str) -> bool {
    listed(HEADS, word) || listed(HEADS, &singular(word))
}

fn is_ornament(word: &str) -> bool {
    listed(ORNAMENTS, word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is one word, that says what it is beside its table: `passport.number`.
pub(super) fn is_one_word(name: &str) -> bool {
    telling_words(name).iter().filter(|word| !is_ornament(word)).count() == 1
}

/// What a yes-or-no's name asks about: what is left without its question.
pub(super) fn asked(name: &str) -> Vec<Said> {
    let words = words(name);
    let rest = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && listed(QUESTIONS, first) => rest,
        _ => &words[..],
    };
    said(&rest.join(" ")).0
}

fn look_up(gram: &[String]) -> Option<&'static Vec<(Class, Strength)>> {
    let plain = gram.join(" ");
    let lexicon = lexicon();
    lexicon
        .get(&plain)
        .or_else(|| lexicon.get(&gram.iter().map(|word| singular(word)).collect::<Vec<_>>().join(" ")))
        .or_else(|| {
            // `e mail` is `email`; a word that means several things is not put together so.
            let joined = (gram.len() > 1).then(|| lexicon.get(&gram.concat())).flatten();
            joined.filter(|found| found.iter().all(|(_, strength)| *strength == Strength::Sure))
        })
}
