//! The judgement: what name, table, neighbours, type and values say of each column of a table, put together.

use std::cmp::Reverse;

use model::Class;

use super::around::Around;
use super::compound::parts;
use super::context::{self, About};
use super::doer::{attending, deed, is_doer, somebody, who};
use super::lexicon::{Said, Strength, asked, is_one_word, said, written};
use super::row::forget_rows;
use super::token::{singular, words};
use super::value::{Values, look};
use super::{ColumnEvidence, Finding, Kind, Label, Reason, TableEvidence, json, spot};
use crate::recognise::ALL;

/// Different values of which none looks as the name says: then a name that is not sure is doubted.
const CONTRADICTION_MIN: u32 = 20;

/// What each column of a table holds, in the order of the columns.
#[must_use]
pub fn judge(table: &TableEvidence) -> Vec<Finding> {
    let around = Around::of(&table.name, table.columns.iter().map(|column| &*column.name));
    let seen = Seen { table: &table.name, about: about(table), around };
    table.columns.iter().map(|column| with_twin(column, table, &seen)).collect()
}

/// What one column holds; one of which nothing is known holds what its twin does: `lgiven` beside `given`, in small letters.
fn with_twin(column: &ColumnEvidence, table: &TableEvidence, seen: &Seen<'_>) -> Finding {
    let finding = column_of(column, seen);
    if !finding.is_precaution() {
        return finding;
    }
    let mut letters = column.name.chars();
    let is_marked = letters.next().is_some_and(|first| first.is_ascii_lowercase());
    let rest = letters.as_str();
    let is_twin = |other: &&ColumnEvidence| {
        is_marked && rest.len() > 1 && &*other.name == rest && other.type_name == column.type_name
    };
    let twin = table.columns.iter().find(is_twin).map(|twin| column_of(twin, seen));
    twin.filter(|twin| matches!(twin, Finding::Labelled(_))).unwrap_or(finding)
}

/// What is known of a column's table.
pub(super) struct Seen<'t> {
    /// Its name.
    pub(super) table: &'t str,
    /// What it is about, and how that is known.
    pub(super) about: (About, Reason),
    /// What its columns are called.
    pub(super) around: Around,
}

/// What the table is about: its name says, or columns that only persons have.
fn about(table: &TableEvidence) -> (About, Reason) {
    match context::of(&table.name) {
        About::Persons => (About::Persons, Reason::Persons),
        named => {
            const OF_PERSONS: [Class; 5] =
                [Class::Email, Class::DateOfBirth, Class::NationalId, Class::SocialSecurity, Class::Gender];
            let mut sure = table.columns.iter().filter(|column| {
                let (said, _) = said(&column.name);
                said.iter().any(|said| said.strength == Strength::Sure && OF_PERSONS.contains(&said.class))
            });
            match (sure.next(), named) {
                (Some(_), About::Unknown) => (About::Persons, Reason::Neighbours),
                (Some(_), _) if sure.next().is_some() => (About::Persons, Reason::Neighbours),
                (_, named) => (named, Reason::Things),
            }
        }
    }
}

/// What one column holds.
pub(super) fn column_of(column: &ColumnEvidence, seen: &Seen<'_>) -> Finding {
    let Seen { table, about, around } = seen;
    let kind = Kind::of(&column.type_name);
    if kind == Kind::Bool {
        return answer(&column.name, around);
    }
    if kind == Kind::System {
        return Finding::Clear { why: vec![Reason::HarmlessType] };
    }
    if kind == Kind::Json {
        return json::judge(column, seen);
    }
    let values = look(&column.samples, column.type_name.ends_with("[]"));
    let (mut said, harmless) = said_here(&column.name, around);
    if kind == Kind::Text {
        said.extend(deed(&column.name));
        if said.iter().all(|said| said.strength == Strength::Hint) {
            let who = around.alone(&column.name).and_then(|rest| who(&rest));
            said.splice(0..0, who.or_else(|| somebody(&column.name).filter(|_| harmless.is_none())));
        }
        // `is_active_staff_message` is no yes-or-no when it is a text.
        said.extend(written(&column.name).into_iter().flatten());
    }
    // `number` says what it is beside its table: `passport.number`.
    let is_bare = is_one_word(&column.name) && !matches!(&*column.name, "id" | "uuid" | "pk");
    if harmless.is_none() && is_bare && said.first().is_none_or(|said| said.strength == Strength::Hint) {
        let (both, _) = self::said(&format!("{} {}", singular(table), column.name));
        // What the table's name says alone is said of its rows, not of each column.
        let own = words(&column.name).pop().unwrap_or_default();
        // Beside a log-in name `name` is what is shown.
        let is_shown = around.has_login && &*column.name == "name";
        let of_both = |said: &Said| {
            let is_of_rows = said.words.split(' ').next_back() != Some(own.as_str());
            // A list of nationalities is of nobody.
            let is_choice = matches!(&*column.name, "name" | "title" | "label")
                && (matches!(said.class, Class::Nationality | Class::Gender | Class::MaritalStatus)
                    || said.words == "screen name");
            !(is_of_rows || is_choice || is_shown && said.class == Class::Username)
        };
        said.splice(0..0, both.into_iter().filter(|said| said.strength == Strength::Sure && of_both(said)));
    }
    let described =
        [&column.domain, &column.comment].into_iter().flatten().flat_map(|text| self::said(text).0);
    let described: Vec<Said> = described.filter(|said| said.strength == Strength::Sure).collect();
    forget_rows(&mut said, column, kind, seen);
    said.retain(|said| said.class != Class::Phone || said.words != "contact" || !around.has_phone);
    let is_of_firms = around.is_firm || (around.is_of_firms && about.1 != Reason::Persons);
    said.retain(|said| {
        !is_of_firms
            || said.class != Class::PersonName
            || !(said.words == "name" || said.words == "client name")
    });
    // Bytes, and text for searching, may be another spelling of anything that their name says.
    said.retain(|said| holds(said.class, kind) || matches!(kind, Kind::Binary | Kind::Search));
    if let Some(finding) = by_type(kind, &said) {
        return finding;
    }
    if let Some(finding) = by_values(&values, kind, &said) {
        return finding;
    }
    // Given names are names, unless the column's own name is sure of something else.
    if kind == Kind::Text
        && let Some((matching, seen)) = values.given
        && said.first().is_none_or(|said| said.strength < Strength::Sure)
    {
        return labelled(
            Class::PersonName,
            80,
            vec![Reason::Values { shape: "given_names", matching, seen }],
        );
    }
    if let Some(finding) = by_table(column, kind, &values, &said, around) {
        return finding;
    }
    let by_name = said.into_iter().find_map(|said| by_name(&said, kind, &values, about));
    if let Some(finding) = by_name {
        return finding;
    }
    if spot::is_somebodys(column, table, about.0, around) {
        return labelled(Class::GeoPoint, 75, vec![Reason::Type, Reason::Neighbours]);
    }
    if let Some(said) = described.into_iter().find(|said| holds(said.class, kind)) {
        return labelled(said.class, 80, vec![Reason::Described]);
    }
    if values.is_prose && kind.is_open() {
        let why = vec![Reason::Values { shape: "running text", matching: values.seen, seen: values.seen }];
        return labelled(Class::FreeText, 70, why);
    }
    if let Some(words) = harmless {
        return Finding::Clear { why: vec![Reason::HarmlessName { words: words.into() }] };
    }
    if !kind.is_open() {
        return Finding::Clear { why: vec![Reason::HarmlessType] };
    }
    if values.seen > 0 {
        return Finding::Clear { why: vec![Reason::HarmlessValues { seen: values.seen }] };
    }
    if kind == Kind::Text
        && around.is_told(&column.name)
        && let Some(said) = attending(&column.name)
    {
        return labelled(said.class, 65, vec![Reason::Name { words: said.words.into() }, Reason::Neighbours]);
    }
    if kind == Kind::Text && (around.is_form || around.is_told(&column.name)) {
        return labelled(Class::Health, 60, vec![Reason::Neighbours]);
    }
    Finding::Unsure(Label { class: Class::FreeText, confidence: 20, why: vec![Reason::NothingKnown] })
}

/// What a name says, without what only repeats its table's: `comment_author` of comments is an author.
fn said_here(name: &str, around: &Around) -> (Vec<Said>, Option<String>) {
    let (mut all, harmless) = said(name);
    let Some((rest, repeated)) = around.own_words(name) else { return (all, harmless) };
    let (own, _) = said(&rest);
    let is_repeated = |word: &str| {
        repeated.iter().any(|other| other == word || parts(other).is_some_and(|p| p.contains(&word)))
    };
    let repeats = |said: &Said| said.words.split(' ').all(is_repeated);
    // `lst_name` of lists is no last name: letters before all names are put together with nothing.
    let letters = name.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    if let [prefix] = repeated.as_slice()
        && around.is_prefix(prefix)
        && letters.len() < 4
        && !context::is_person(prefix)
    {
        all.retain(|said| said.words.split(' ').next() != Some(prefix.as_str()));
    }
    all.retain(|said| !repeats(said) || (own.is_empty() && said.class != Class::FreeText));
    if harmless.is_none() {
        let is_new = |one: &Said| all.iter().all(|known| known.class != one.class);
        let new: Vec<Said> = own.into_iter().filter(is_new).collect();
        all.extend(new);
        all.sort_by_key(|said| Reverse(said.rank()));
    }
    (all, harmless)
}

/// What plain words mean beside what else the table has, where the name is not sure of something else.
fn by_table(
    column: &ColumnEvidence,
    kind: Kind,
    values: &Values,
    said: &[Said],
    around: &Around,
) -> Option<Finding> {
    let fits = |class: &Class| holds(*class, kind) || matches!(kind, Kind::Binary);
    let class = around.meant(&column.name, kind).filter(fits)?;
    let sure = said.first().filter(|said| said.strength == Strength::Sure);
    if sure.is_some_and(|sure| sure.class != class && !yields(sure.class, class)) {
        return None;
    }
    if is_contradicted(class, kind, values) {
        return None;
    }
    let name = Reason::Name { words: (*column.name).into() };
    Some(labelled(class, 72, vec![name, Reason::Neighbours]))
}

/// Whether what a name is sure of still is what its table makes of it: notes of a patient, the PIN of a token.
fn yields(sure: Class, meant: Class) -> bool {
    matches!((sure, meant), (Class::FreeText, Class::Health) | (Class::CardCode, Class::Secret))
}

/// Whether so many values do not look like the class that the name is doubted.
fn is_contradicted(class: Class, kind: Kind, values: &Values) -> bool {
    let mut shapes = values.shapes.iter().filter(|shape| shape.class == class);
    let has_shapes = ALL.iter().any(|one| one.class == class && !one.patterns.is_empty());
    has_shapes
        && kind.is_open()
        && values.seen >= CONTRADICTION_MIN
        && shapes.all(|shape| shape.share() < 0.05)
}

/// A yes or no about a person's health, faith, sex or marriage tells as much as a word.
fn answer(name: &str, around: &Around) -> Finding {
    const TELLING: [Class; 4] = [Class::Health, Class::SpecialCategory, Class::Gender, Class::MaritalStatus];
    let telling =
        asked(name).into_iter().find(|said| TELLING.contains(&said.class) && said.strength != Strength::Hint);
    match telling {
        Some(said) => labelled(said.class, 80, vec![Reason::Name { words: said.words.into() }]),
        None if around.meant(name, Kind::Bool) == Some(Class::Health) => {
            labelled(Class::Health, 75, vec![Reason::Name { words: name.into() }, Reason::Neighbours])
        }
        None => Finding::Clear { why: vec![Reason::HarmlessType] },
    }
}

/// Types that hold nothing else.
fn by_type(kind: Kind, said: &[Said]) -> Option<Finding> {
    let class = match kind {
        Kind::Net => Class::IpAddress,
        Kind::Mac => Class::MacAddress,
        _ => return None,
    };
    let named = said.first().filter(|said| said.class == class);
    let mut why = vec![Reason::Type];
    why.extend(named.map(|said| Reason::Name { words: said.words.as_str().into() }));
    Some(labelled(class, 85, why))
}

/// Shapes that so many values have that it is no accident: they say more than a name, both ways.
fn by_values(values: &Values, kind: Kind, said: &[Said]) -> Option<Finding> {
    let telling = values.shapes.iter().filter(|shape| shape.is_telling() && holds(shape.class, kind));
    let best = telling.min_by_key(|shape| {
        let is_named = said.iter().any(|said| said.class == shape.class);
        // Of shapes that fit the name's word counts, then the one that fewer others have.
        (Reverse(is_named), (shape.pattern.chance * 1e6) as u64, Reverse(shape.matching))
    })?;
    let reason = Reason::Values { shape: best.pattern.name, matching: best.matching, seen: best.seen };
    let named = said.iter().find(|said| said.class == best.class);
    // What the name is sure of stays, unless hardly anything else has the shape.
    if named.is_none()
        && best.pattern.chance >= 0.02
        && let Some(sure) = said.iter().find(|said| said.strength == Strength::Sure)
    {
        let why = vec![Reason::Name { words: sure.words.as_str().into() }];
        return Some(labelled(sure.class, 85, why));
    }
    // A number that passes a check now and then needs a word for it.
    if named.is_none() && best.pattern.chance >= 0.05 && best.matching < 8 {
        return None;
    }
    let mut why = vec![reason];
    why.extend(named.map(|said| Reason::Name { words: said.words.as_str().into() }));
    Some(labelled(best.class, if named.is_some() { 98 } else { 90 }, why))
}

/// What the name says, weighed with the table and with values that speak for or against it.
fn by_name(said: &Said, kind: Kind, values: &Values, about: &(About, Reason)) -> Option<Finding> {
    let name = Reason::Name { words: said.words.as_str().into() };
    let shapes = || values.shapes.iter().filter(|shape| shape.class == said.class);
    let agreeing = shapes().max_by(|a, b| a.share().total_cmp(&b.share()));
    let agree = agreeing.filter(|shape| shape.share() >= 0.5);
    let contradicted = is_contradicted(said.class, kind, values);
    let mut why = vec![name];
    if let Some(shape) = agree {
        why.push(Reason::Values { shape: shape.pattern.name, matching: shape.matching, seen: shape.seen });
    }
    match said.strength {
        Strength::Sure if agree.is_some() => Some(labelled(said.class, 98, why)),
        // Values that do not look so may be tests, or a poisoner's: a person decides.
        Strength::Sure if contradicted => {
            why.push(Reason::Contradicted);
            Some(labelled(said.class, 75, why))
        }
        Strength::Sure => Some(labelled(said.class, 90, why)),
        Strength::Likely if agree.is_some() => Some(labelled(said.class, 92, why)),
        Strength::Likely if contradicted => {
            why.push(Reason::Contradicted);
            Some(Finding::Unsure(Label { class: said.class, confidence: 45, why }))
        }
        Strength::Likely
            if about.0 == About::Things && !context::is_in_things(said.class) && !is_doer(said) =>
        {
            None
        }
        Strength::Likely => Some(labelled(said.class, 75, why)),
        Strength::Hint if agree.is_some_and(|shape| shape.pattern.chance < 0.3) => {
            Some(labelled(said.class, 85, why))
        }
        Strength::Hint if about.0 == About::Persons && !contradicted && context::of_persons(said.class) => {
            why.push(about.1.clone());
            Some(labelled(said.class, 70, why))
        }
        Strength::Hint => None,
    }
}

pub(super) fn holds(class: Class, kind: Kind) -> bool {
    ALL.iter().any(|one| one.class == class && one.holds.has(kind))
}

fn labelled(class: Class, confidence: u8, why: Vec<Reason>) -> Finding {
    Finding::Labelled(Label { class, confidence, why })
}
