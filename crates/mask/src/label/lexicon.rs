//! What names say: the words of all recognisers, looked up for the words of a column's name, and the words that make a name
//! harmless. It knows no table and no value.

use std::collections::HashMap;
use std::sync::OnceLock;

use model::Class;

use super::compound::{clipped, is_small, parts, stem};
use super::concept;
use super::doer::doer;
use super::harmless::{
    BEFORE_DOERS, BEFORE_OTHERS, FRIENDS, HEADS, LEADS, OF_MAIL, OPENERS, ORNAMENTS, PICTURES, PRINTED,
    QUESTIONS, SERVICES,
};
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
    /// Nothing that says anything follows: the last word is what it is.
    pub(super) is_last: bool,
}

/// The most words of a name that are looked up together.
const GRAM_MAX: usize = 4;

/// Whether a word is in a list of words with `|` between them.
pub(super) fn listed(list: &str, word: &str) -> bool {
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
    // `race_source_value`: as it stood where it came from.
    if let [.., source, value] = telling.as_slice()
        && (source.as_str(), value.as_str()) == ("source", "value")
        && telling.len() > 2
    {
        telling.truncate(telling.len() - 2);
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
                let is_last = after.iter().all(|word| is_ornament(word));
                for (class, strength) in found {
                    if let Some(other) = about_it((*class, *strength), gram, before, after) {
                        harmless.get_or_insert_with(|| other.clone());
                    } else if *strength != Strength::Hint || is_all || beside_persons {
                        let words = gram.join(" ");
                        all.push(Said { class: *class, strength: *strength, words, is_last });
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
            None => {
                let is_last = after.iter().all(|word| is_ornament(word));
                all.push(Said { class, strength: Strength::Likely, words: word.clone(), is_last });
            }
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
        let is_last = after.iter().all(|word| is_ornament(word));
        all.push(Said { class, strength: Strength::Sure, words: said.join(" "), is_last });
    }
    if let [.., before, last] = words.as_slice()
        && listed(OPENERS, before)
        && listed(SERVICES, last)
    {
        let words = format!("{before} {last}");
        return (vec![Said { class: Class::Secret, strength: Strength::Sure, words, is_last: true }], None);
    }
    // `email_box_user` logs in at the box.
    let is_named = words.last().is_some_and(|last| matches!(last.as_str(), "name" | "slug" | "handle"));
    let is_harmless = harmless.as_deref().is_some_and(|word| !is_named || !listed(BEFORE_DOERS, word));
    let is_said = all.iter().any(|said| said.is_last && said.strength != Strength::Hint);
    if let Some(doer) = doer(&words).filter(|_| !is_harmless && !is_said) {
        all.retain(|said| said.class != Class::Email);
        all.push(doer);
    }
    // Of two that a name says the later word is what it is: `customer_email` is an e-mail address.
    all.reverse();
    all.sort_by_key(|said| std::cmp::Reverse(said.rank()));
    (all, harmless)
}

impl Said {
    /// What counts for more among several. What opens a door is that, whatever it is of: `twitter_token`, `email_password`.
    pub(super) fn rank(&self) -> (Strength, bool, usize) {
        let opens = self.is_last && matches!(self.class, Class::PasswordHash | Class::Secret);
        let strength =
            if opens && self.strength == Strength::Likely { Strength::Sure } else { self.strength };
        (strength, self.is_last, self.words.len())
    }
}

/// The word that makes of a class something about it, where only that class is meant so: the picture of a name, the text of a page.
fn about_it<'w>(
    (class, strength): (Class, Strength),
    gram: &[String],
    before: &'w [String],
    after: &'w [String],
) -> Option<&'w String> {
    let shown = matches!(
        class,
        Class::Username
            | Class::Email
            | Class::PersonName
            | Class::FreeText
            | Class::Phone
            | Class::Age
            | Class::DeviceId
            | Class::PostalAddress
    );
    let reaches = matches!(class, Class::Email | Class::Phone | Class::PostalAddress);
    let is_picture = |word: &&String| listed(PICTURES, word) && !(reaches && *word == "alt");
    if shown && let Some(picture) = after.iter().find(is_picture) {
        return Some(picture);
    }
    if class == Class::Email
        && let Some(other) = after.iter().find(|word| listed(OF_MAIL, word))
    {
        return Some(other);
    }
    let is_weak = strength == Strength::Likely && matches!(gram, [one] if listed(BEFORE_OTHERS, one));
    // `reply_code`, `auth_proxy`: what such a word stands before is what it is.
    let other = |word: &&String| !is_ornament(word) && !super::context::is_person(word);
    // A reason for something is told; a reason's code is none.
    let is_told = matches!(gram, [one] if one == "reason") && after.first().is_some_and(|next| next == "for");
    let later = after.iter().find(other).filter(|_| is_weak && !is_told);
    let is_printed = strength == Strength::Likely && class == Class::FreeText;
    later.or_else(|| before.iter().find(|word| is_printed && listed(PRINTED, word)))
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
            let words = (*entry).to_owned();
            vec![Said { class: *class, strength: Strength::Likely, words, is_last: true }]
        }
        _ => Vec::new(),
    }
}

/// Whether a name by itself is something about what it is put to: `currency`, `min_length`, `is_valid`.
pub(super) fn is_about(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| is_head(word)) || words.first().is_some_and(|first| listed(QUESTIONS, first))
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

/// What a text says whose name asks: `is_locked_reason`, `has_allergy_details`.
pub(super) fn written(name: &str) -> Option<Vec<Said>> {
    const TEXTS: &str = "message|comment|comments|note|notes|reason|details|detail|explanation|remarks|description|specify|text";
    let words = words(name);
    let (first, last) = (words.first()?, words.last()?);
    (listed(QUESTIONS, first) && words.len() > 2 && listed(TEXTS, last)).then(|| asked(name))
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
