//! Who does, did or has something: `editor_name`, `rejected_by`, `task_owner`. It knows words for persons and deeds, and no table.

use model::Class;

use super::dictionary::{Meaning, meaning};
use super::harmless::{ATTESTED, DOERS, NO_PERSONS, UNATTESTED, WRITERS};
use super::lexicon::{Said, Strength, listed};
use super::token::words;

/// Who does something is a person: `editor_name`, `requester_name`. And who logs in somewhere: `smtp_user`.
pub(super) fn doer(words: &[String]) -> Option<Said> {
    let [.., before, last] = words else { return None };
    let is_doer = ["er", "or", "ee", "ist"].iter().any(|ending| before.len() > 4 && before.ends_with(ending));
    let is_doer = (is_doer && !listed(NO_PERSONS, before)) || before == "by" || is_somebody(before);
    let class = match last.as_str() {
        "name" if is_doer => Class::PersonName,
        "slug" | "handle" if is_doer || (before == "name" && words.len() > 2) => Class::Username,
        "user" | "login" if !super::context::is_person(before) => Class::Username,
        _ => return None,
    };
    Some(Said { class, strength: Strength::Likely, words: format!("{before} {last}"), is_last: true })
}

/// Whether words that meant something name who does something, which stays a person beside things.
pub(super) fn is_doer(said: &Said) -> bool {
    let words: Vec<String> = said.words.split(' ').map(str::to_owned).collect();
    let does = |doer: Said| doer.class == said.class;
    doer(&words).is_some_and(does)
        || matches!(words.as_slice(), [one] if listed(DOERS, one) || is_somebody(one))
}

/// Whoever stands for what somebody did or has, in a text: `task_owner`.
pub(super) fn who(rest: &str) -> Option<Said> {
    let words = rest.to_owned();
    let class = if listed(WRITERS, rest) { Class::PersonName } else { Class::Username };
    listed(DOERS, rest).then_some(Said { class, strength: Strength::Likely, words, is_last: true })
}

/// Whether a word is of somebody with a task or a trade, and of nothing else.
fn is_somebody(word: &str) -> bool {
    meaning(word) == Some(Meaning::Doer) && !listed(NO_PERSONS, word)
}

/// Somebody whom a name's last word is of, in a text: `scrub_nurse`. What is told to him, or is about him, is not his name.
pub(super) fn somebody(name: &str) -> Option<Said> {
    const TOWARDS: &str =
        "to|for|as|of|per|by|from|with|at|in|on|is|has|needs|no|not|number|count|min|max|total";
    let words = words(name);
    let (last, before) = words.split_last()?;
    let is_his = before.iter().all(|word| !listed(TOWARDS, word));
    let words = last.clone();
    (is_his && is_somebody(last)).then_some(Said {
        class: Class::PersonName,
        strength: Strength::Likely,
        words,
        is_last: true,
    })
}

/// Somebody whom only the ending of a name's last word tells of, where patients are written about: `prescriber`.
pub(super) fn attending(name: &str) -> Option<Said> {
    let words = words(name);
    let last = words.last()?;
    let is_ending = ["er", "or", "ist", "ian", "dr"].iter().any(|ending| last.ends_with(ending));
    let is_somebody = is_ending && !listed(NO_PERSONS, last) && meaning(last).is_none();
    let words = last.clone();
    is_somebody.then_some(Said { class: Class::PersonName, strength: Strength::Likely, words, is_last: true })
}

/// Who did something, where the deed alone is named and no number points to him: `rejected_by`.
pub(super) fn deed(name: &str) -> Option<Said> {
    let words = words(name);
    let [.., deed, by] = words.as_slice() else { return None };
    let is_deed = by == "by" && (listed(ATTESTED, deed) || !listed(UNATTESTED, deed));
    let words = format!("{deed} by");
    is_deed.then_some(Said { class: Class::Username, strength: Strength::Sure, words, is_last: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_something_is_a_person() {
        let named = |name: &str| doer(&words(name)).map(|said| said.class);
        assert_eq!(named("last_poster_name"), Some(Class::PersonName));
        assert_eq!(named("last_poster_slug"), Some(Class::Username));
        assert_eq!(named("approved_by_name"), Some(Class::PersonName));
        assert_eq!(
            (named("server_name"), named("product_name"), named("randomizer_name")),
            (None, None, None)
        );
    }

    #[test]
    fn a_deed_alone_names_who_did_it_where_somebody_answers_for_it() {
        assert_eq!(deed("verified_by").map(|said| said.class), Some(Class::Username));
        assert!(
            deed("manufactured_by").is_none() && deed("created_by").is_none() && deed("sort_by").is_none()
        );
        assert_eq!(who("owner").map(|said| said.class), Some(Class::Username));
        assert!(who("container").is_none());
        assert_eq!(deed("application_by").map(|said| said.class), Some(Class::Username));
        assert!(deed("group_by").is_none() && deed("blocked_by").is_none());
    }

    #[test]
    fn whoever_has_a_trade_is_a_person_where_nothing_is_told_to_him() {
        let class = |said: Option<Said>| said.map(|said| said.class);
        assert_eq!(class(somebody("scrub_nurse")), Some(Class::PersonName));
        assert_eq!(class(somebody("treasurers")), Some(Class::PersonName));
        assert!(somebody("message_to_nurse").is_none() && somebody("server").is_none());
        assert!(somebody("nurse_count").is_none() && somebody("smtp_client").is_none());
        assert_eq!(class(attending("prescriber")), Some(Class::PersonName));
        assert!(attending("identifier").is_none() && attending("tumor").is_none());
    }
}
