//! What a column's table and its neighbours make of a plain word: `to` beside a subject is an e-mail address, `line one` beside a
//! postcode a postal address, `dose` in a table of what patients take tells of their health. It reads names only, no values.

use std::collections::HashSet;
use std::sync::OnceLock;

use model::Class;

use super::compound::{is_small, parts};
use super::illness::{COMPLAINTS, COMPLAINTS_ENOUGH, EXAMINED, FORM_ENOUGH};
use super::lexicon::listed;
use super::setting::{
    ADMINISTERED, ALWAYS, CATALOGUES, CHOICES, COUNTED, FIRM, GOODS, KEPT, LOGINS, MEASURED, NAMED, OBSERVED,
    OBSERVED_OF, OF_FIRMS, OF_ILLNESS, OF_MANY, OF_PATIENTS, PATIENTS, POINTERS, RECORDS, ROWS, SETTINGS,
    WRITTEN,
};
use super::token::{singular, words};
use super::told::{is_dated, is_of_illness, pointed, points, says_illness};
use super::{Kind, context};

/// What is known around the columns of a table.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The words of the table's name, one of each.
    pub(super) table: Vec<String>,
    /// A word before most columns' names, that says nothing of one of them.
    prefix: Option<String>,
    /// Which of [`SETTINGS`] the table is.
    settings: Vec<usize>,
    /// What stands there is of ill persons.
    patients: bool,
    /// It lists what can be taken or had, of nobody.
    pub(super) is_catalogue: bool,
    /// It asks somebody ill many things, so that what else it asks is of his health too.
    pub(super) is_form: bool,
    /// Each row is somebody ill.
    rows_are_patients: bool,
    /// What stands there is of ill persons, and a column points to one or several tell of illness.
    pub(super) is_record: bool,
    /// Each row is a code of what a patient has.
    pub(super) is_coding: bool,
    /// A column points to somebody, or to what is written of him.
    pub(super) points_away: bool,
    /// Its columns are of somebody, or several of them of illness.
    pub(super) is_of_somebody: bool,
    /// Somebody logs in with what stands there.
    pub(super) has_login: bool,
    /// Another column holds e-mail addresses, so that `email_id` points to a mail.
    pub(super) has_email: bool,
    /// Each row is a firm or an office, whose `name` is no person's.
    pub(super) is_of_firms: bool,
    /// The same, whatever its table is called.
    pub(super) is_firm: bool,
    /// Another column holds telephone numbers, so that `contact` is who answers.
    pub(super) has_phone: bool,
    /// Names of columns, as words.
    columns: HashSet<String>,
}

/// A list's entries, as they come out of names.
fn set(list: &str) -> HashSet<String> {
    list.split('|').map(|entry| plain(&words(entry))).filter(|entry| !entry.is_empty()).collect()
}

/// A setting's lists, ready to be looked up in.
struct Listed {
    tables: HashSet<String>,
    columns: HashSet<String>,
    enough: usize,
    class: Class,
    words: HashSet<String>,
}

/// All lists, ready to be looked up in.
pub(super) struct Lists {
    settings: Vec<Listed>,
    of_patients: HashSet<String>,
    records: HashSet<String>,
    catalogues: HashSet<String>,
    always: HashSet<String>,
    pub(super) pointers: HashSet<String>,
    of_illness: HashSet<String>,
    measured: HashSet<String>,
    logins: HashSet<String>,
    observed: HashSet<String>,
    observed_of: HashSet<String>,
    of_firms: HashSet<String>,
    firm: HashSet<String>,
    of_many: HashSet<String>,
    complaints: HashSet<String>,
    goods: HashSet<String>,
    examined: HashSet<String>,
}

pub(super) fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        settings: SETTINGS
            .iter()
            .map(|one| Listed {
                tables: set(one.tables),
                columns: set(one.columns),
                enough: one.enough,
                class: one.class,
                words: set(one.words),
            })
            .collect(),
        of_patients: set(OF_PATIENTS),
        records: set(RECORDS),
        catalogues: set(CATALOGUES),
        always: set(ALWAYS),
        pointers: set(POINTERS),
        of_illness: set(OF_ILLNESS),
        measured: set(MEASURED),
        logins: set(LOGINS),
        observed: set(OBSERVED),
        observed_of: set(OBSERVED_OF),
        of_firms: set(OF_FIRMS),
        firm: set(FIRM),
        of_many: set(OF_MANY),
        complaints: set(COMPLAINTS),
        goods: set(GOODS),
        examined: set(EXAMINED),
    })
}

/// A name's words without small ones, in one string.
fn plain(words: &[String]) -> String {
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_small(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

impl Around {
    /// What is around the columns of this table.
    pub(super) fn of<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> Self {
        let table: Vec<String> = words(table).iter().map(|word| singular(word)).collect();
        let apart: Vec<String> = table.iter().flat_map(|word| taken_apart(word)).collect();
        let names: Vec<Vec<String>> = columns.map(words).collect();
        let prefix = common_prefix(&names);
        let mut around = Self { table, prefix, ..Self::default() };
        around.columns = names.iter().map(|words| plain(around.rest(words))).collect();
        let lists = lists();
        let named = |list: &HashSet<String>| says(&around.table, list);
        let of_health = |list: &HashSet<String>| named(list) || says(&apart, list);
        let beside =
            |list: &HashSet<String>| around.columns.iter().filter(|name| list.contains(*name)).count();
        let is_of_choices = around.table.last().is_some_and(|word| listed(CHOICES, word));
        let fitting = lists.settings.iter().enumerate();
        let fitting = fitting.filter(|(_, one)| !(is_of_choices && one.class == Class::FreeText));
        // What is sold has a weight as well.
        let of_goods = beside(&lists.goods) > 0;
        let fitting = fitting.filter(|(_, one)| !(of_goods && one.class == Class::Health));
        let fitting = fitting.filter(|(_, one)| named(&one.tables) || beside(&one.columns) >= one.enough);
        let settings = fitting.map(|(place, _)| place).collect();
        let of_one = apart.iter().any(|word| listed(PATIENTS, word));
        let whole: Vec<String> = names.iter().map(|words| plain(words)).collect();
        let own = names.iter().filter_map(|words| words.split_first());
        let own = own.filter(|(first, _)| around.is_prefix(first)).map(|(_, own)| plain(own));
        let whole: Vec<String> = whole.into_iter().chain(own).collect();
        let points_away = whole.iter().chain(&around.columns).any(|name| points(name));
        let ills = around.columns.iter().filter(|name| says_illness(name)).count();
        let is_of_ill = apart.iter().any(|word| is_of_illness(word));
        let patients = !is_of_choices
            && (beside(&lists.complaints).max(ills) >= COMPLAINTS_ENOUGH
                || of_health(&lists.always)
                || (of_one && (of_health(&lists.records) || of_health(&lists.of_patients)))
                || (is_of_ill && points_away)
                || (of_health(&lists.of_patients)
                    && (points_away || around.columns.iter().any(|name| is_dated(name))))
                || (of_health(&lists.observed)
                    && around.columns.iter().any(|name| lists.observed_of.contains(pointed(name)))));
        let names_somebody =
            of_one || around.columns.iter().any(|name| name.split(' ').any(context::is_person));
        let is_catalogue = of_health(&lists.catalogues) && !patients && !points_away && !names_somebody;
        let is_patient = |word: &String| listed(PATIENTS, word);
        let is_row = |word: &String| is_patient(word) || listed(ROWS, word);
        let rows_are_patients = of_one && apart.last().is_some_and(is_row);
        let has_login = beside(&lists.logins) > 0;
        let has_email =
            around.columns.iter().any(|name| name.ends_with("email") || name.ends_with("email address"))
                || around.table.first().is_some_and(|word| word == "email");
        let is_firm = beside(&lists.firm) > 0;
        let is_form = beside(&lists.complaints).saturating_add(beside(&lists.examined)) >= FORM_ENOUGH;
        let is_of_firms = beside(&lists.of_firms) > 0 || beside(&lists.of_many) > 1;
        let has_phone =
            around.columns.iter().any(|name| name.ends_with("phone") || name == "mobile" || name == "tel");
        let is_of_somebody = points_away
            || names_somebody
            || ills > 1
            || around.table.iter().any(|word| context::is_person(word));
        // `conditioncoding`, as records that are exchanged have it.
        let coded = around.table.last().and_then(|last| last.strip_suffix("coding"));
        let is_coding = coded.is_some_and(|coded| {
            let mut of = taken_apart(coded).into_iter().chain(around.table.iter().cloned());
            of.any(|word| is_of_illness(&word) || listed(NAMED, &word))
        });
        let is_record = patients
            && (points_away
                || of_health(&lists.always)
                || beside(&lists.complaints).max(ills) >= COMPLAINTS_ENOUGH);
        let around = Self { is_record, points_away, is_coding, ..around };
        let around = Self { settings, patients, is_catalogue, rows_are_patients, is_of_somebody, ..around };
        Self { has_login, has_email, is_form, is_firm, is_of_firms, has_phone, ..around }
    }

    /// The names of all columns, as words.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// A name's words without those that only repeat the table's name or stand before most columns.
    pub(super) fn rest<'w>(&self, words: &'w [String]) -> &'w [String] {
        let repeats = |word: &String| self.table.contains(&singular(word)) || self.is_prefix(word);
        let many = words.iter().take_while(|word| repeats(word)).count();
        match words.get(many..) {
            Some(rest) if rest.iter().any(|word| word.chars().any(char::is_alphabetic)) => rest,
            _ => words,
        }
    }

    /// A name without what repeats its table's, when that leaves something else.
    pub(super) fn own_words(&self, name: &str) -> Option<(String, Vec<String>)> {
        let words = words(name);
        let rest = self.rest(&words);
        let repeated = words.len().checked_sub(rest.len()).filter(|many| *many > 0)?;
        Some((rest.join(" "), words.get(..repeated)?.to_vec()))
    }

    /// Whether a word stands before most columns' names.
    pub(super) fn is_prefix(&self, word: &str) -> bool {
        self.prefix.as_deref() == Some(word)
    }

    /// What is left of a name, in one word, without what says nothing of one column.
    pub(super) fn alone(&self, name: &str) -> Option<String> {
        let words = words(name);
        let rest = plain(self.rest(&words));
        // An `owner` alone may be of a server or of a firm.
        let is_of_row = words.len() > 1 || rest != "owner";
        (!rest.contains(' ') && is_of_row).then_some(rest)
    }

    /// What a column's name means here.
    pub(super) fn meant(&self, name: &str, kind: Kind) -> Option<Class> {
        let words = words(name);
        let whole = plain(&words);
        let rest = plain(self.rest(&words));
        let unprefixed = match words.split_first() {
            Some((first, own)) if self.is_prefix(first) => plain(own),
            _ => String::new(),
        };
        let is_in = |list: &HashSet<String>| {
            list.contains(&rest) || list.contains(&whole) || list.contains(&unprefixed)
        };
        let (bare, bare_whole) = (without(&rest, WRITTEN), without(&whole, WRITTEN));
        let is_of = |list: &HashSet<String>| is_in(list) || list.contains(bare) || list.contains(bare_whole);
        let lists = lists();
        if kind == Kind::Integer && words.last().is_some_and(|last| last == "number") {
            return None;
        }
        let has_word = |list: &str| rest.split(' ').any(|word| listed(list, word));
        let of_ill = self.patients || self.rows_are_patients;
        let says_yes = kind == Kind::Bool && !has_word(ADMINISTERED);
        let is_measure = self.patients && kind == Kind::Number && !has_word(COUNTED);
        if of_ill
            && (says_yes
                || is_measure
                || (is_of(&lists.measured) && !matches!(kind, Kind::Uuid | Kind::Date)))
        {
            return Some(Class::Health);
        }
        let is_asked = is_of(&lists.complaints) || is_of(&lists.examined);
        if of_ill && is_asked && !matches!(kind, Kind::Date | Kind::Time | Kind::Uuid) {
            return Some(Class::Health);
        }
        if self.patients && is_of(&lists.of_illness) && !matches!(kind, Kind::Date | Kind::Time | Kind::Uuid)
        {
            return Some(Class::Health);
        }
        if self.tells_of_illness(&rest, kind, of_ill) {
            return Some(Class::Health);
        }
        if let Some(("login" | "user" | "account", own)) =
            words.split_last().map(|(last, own)| (last.as_str(), own))
            && !own.is_empty()
            && self.columns.contains(&format!("{} password", plain(self.rest(own))))
        {
            return Some(Class::Username);
        }
        let mut fitting = self.settings.iter().filter_map(|place| lists.settings.get(*place));
        let kept = without(&rest, KEPT);
        let is_meant = |one: &&Listed| {
            is_in(&one.words)
                || (one.class == Class::FreeText
                    && one.words.contains(without(&rest, "redacted|translated|parsed|raw")))
                || (one.class == Class::Secret && kept != rest && one.words.contains(kept))
        };
        fitting.find(is_meant).map(|one| one.class)
    }
}

/// A table's word, and what it is written together from: `allergyintolerance`.
fn taken_apart(word: &str) -> Vec<String> {
    let parts = parts(word).unwrap_or_default();
    let known = (!parts.is_empty()).then(|| parts.iter().map(|part| singular(part)).collect());
    known.unwrap_or_else(|| vec![singular(word)])
}

/// Whether a name has a word of a list, or several in a row that are one entry of it.
fn says(name: &[String], list: &HashSet<String>) -> bool {
    let joined = format!(" {} ", name.join(" "));
    name.iter().any(|word| list.contains(word))
        || list.iter().any(|entry| entry.contains(' ') && joined.contains(&format!(" {entry} ")))
}

/// A name without the words of a list at its end; one word is left.
fn without<'n>(name: &'n str, list: &str) -> &'n str {
    let mut left = name;
    while let Some((before, last)) = left.rsplit_once(' ')
        && listed(list, last)
    {
        left = before;
    }
    left
}

/// A word with which most of several names begin.
fn common_prefix(names: &[Vec<String>]) -> Option<String> {
    let first = |name: &Vec<String>| name.first().filter(|_| name.len() > 1).cloned();
    let candidates: Vec<String> = names.iter().filter_map(first).collect();
    let many = |word: &String| candidates.iter().filter(|other| *other == word).count();
    let best = candidates.iter().max_by_key(|word| many(word))?;
    (many(best) >= 4 && many(best) * 10 >= names.len() * 7).then(|| best.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(table: &str, columns: &[&str], name: &str) -> Option<Class> {
        Around::of(table, columns.iter().copied()).meant(name, Kind::Text)
    }

    #[test]
    fn plain_words_mean_what_their_table_is_about() {
        assert_eq!(meant("queued_mail", &["to", "subject", "text"], "to"), Some(Class::Email));
        assert_eq!(meant("transitions", &["from_state", "to"], "to"), None);
        assert_eq!(meant("places", &["line_one", "city", "zip"], "line_one"), Some(Class::PostalAddress));
        assert_eq!(
            meant("repositories", &["url", "login", "password", "host"], "login"),
            Some(Class::Username)
        );
        assert_eq!(meant("comments", &["id", "html"], "html"), Some(Class::FreeText));
        assert_eq!(meant("pages", &["id", "html"], "html"), None);
    }

    #[test]
    fn a_catalogue_of_illnesses_is_of_nobody() {
        assert_eq!(meant("allergy", &["patient_id", "substance"], "substance"), Some(Class::Health));
        assert_eq!(meant("allergy", &["code", "substance"], "substance"), None);
    }

    #[test]
    fn what_repeats_the_table_is_left_out() {
        let around =
            Around::of("wp_comments", ["comment_id", "comment_author", "comment_content"].into_iter());
        let own = around.own_words("comment_author").map(|(rest, _)| rest);
        assert_eq!((own.as_deref(), around.own_words("karma")), (Some("author"), None));
        let around = Around::of("ipblocks", ["ipb_a", "ipb_b", "ipb_c", "ipb_user"].into_iter());
        assert_eq!(around.own_words("ipb_user").map(|(rest, _)| rest).as_deref(), Some("user"));
    }
}
