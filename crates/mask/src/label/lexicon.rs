//! What names say: the words of all recognisers, looked up for the words of a column's name, and the words that make a name
//! harmless. It knows no table and no value.

use std::collections::HashMap;
use std::sync::OnceLock;

use model::Class;

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
    brand|issuer|network|scheme|product|plan|tier|team|style|color|colour|theme|width|height|icon|class|schema|table|set|list id|\
    mode|step|phase|priority|reason code|error|result|hint|is|anzahl|typ|art|nombre type|tipo|tipologia|soort|rodzaj|liczba|cantidad|\
    quantidade|quantita|aantal|ilosc|sent at|verified at|since|until|from|to|last|next|expires at|last4|last 4|country code|app version";

/// Words in front that make of what follows a bound or something else.
const LEADS: &str = "max|min|maximum|minimum|cache|avg|average|mean|median|total|sum|count|number|default|third|union|unique|distinct|last";

/// Words in front that make a name a yes or no.
const QUESTIONS: &str = "is|has|have|was|can|should|must|allow|allows|allowed|enable|show|hide|use|uses|requires|require|needs|send|notify|\
    accepts|accept|wants|want|no|not|ist|hat|es|tiene|est|heeft|czy";

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
    let words = entry.split_whitespace().map(|word| {
        let word = expand(&folded(word));
        if one { singular(&word) } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a name says, the surest first, and whether something in it makes the rest harmless.
pub(super) fn said(name: &str) -> (Vec<Said>, Option<String>) {
    let words = words(name);
    if let Some(first) = words.first().filter(|first| words.len() > 1 && listed(QUESTIONS, first)) {
        return (Vec::new(), Some(first.clone()));
    }
    let mut all: Vec<Said> = Vec::new();
    let mut harmless = None;
    let mut covered = vec![false; words.len()];
    for length in (1..=GRAM_MAX.min(words.len())).rev() {
        for from in 0..=words.len().saturating_sub(length) {
            let to = from.saturating_add(length);
            // A longer name's words have said what they mean.
            if covered.get(from..to).is_none_or(|covered| covered.iter().all(|known| *known)) {
                continue;
            }
            let gram = words.get(from..to).unwrap_or_default();
            let Some(found) = look_up(gram) else { continue };
            let before = words.get(..from).unwrap_or_default();
            let after = words.get(to..).unwrap_or_default();
            let head = after.iter().find(|head| listed(HEADS, head));
            let head = head.or_else(|| before.first().filter(|lead| listed(LEADS, lead)));
            // A word that means several things means this one by itself, or beside words for persons.
            let others = before.iter().chain(after);
            let beside_persons = others.clone().all(|word| super::context::is_person(word));
            let is_all = length == words.len();
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
    // Of two that a name says the later word is what it is: `customer_email` is an e-mail address.
    all.reverse();
    all.sort_by_key(|said| std::cmp::Reverse((said.strength, said.words.len())));
    (all, harmless)
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
