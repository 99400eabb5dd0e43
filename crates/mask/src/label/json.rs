//! JSON columns, path by path: each place in the documents is judged as a column of its own, with its key for a name.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::Class;
use serde_json::Value;

use super::around::Around;
use super::judge::{Seen, column_of, holds};
use super::lexicon::{Strength, is_about, said};
use super::row::points;
use super::{ColumnEvidence, Finding, JsonPath, Kind, Label, Reason, Sampled, Samples, Step};
use crate::recognise::patterns;

/// Documents that are looked into.
const DOCUMENTS_MAX: usize = 100;
/// Paths that are told apart; what is on others is looked through.
const PATHS_MAX: usize = 500;
/// Steps of a path.
const DEPTH_MAX: usize = 12;
/// The longest key that names a field; a longer one is data.
const KEY_MAX: usize = 100;

/// Whether something says what a text is, and what a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tells {
    /// A text is to be hidden.
    pub(crate) text: bool,
    /// A number is.
    pub(crate) number: bool,
}

/// What a key says for sure of what stands under it, so that it is hidden before anybody has looked at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// By itself: `ssn`.
    own: Tells,
    /// With the key above it, in either order: `name` and `first`, `tokens` and `access`.
    with: Tells,
    /// It is something about what it stands in: `currency`, `is_valid`.
    is_about: bool,
}

impl Tells {
    fn or(self, other: Self) -> Self {
        Self { text: self.text || other.text, number: self.number || other.number }
    }
}

impl Told {
    /// Of a key that stands under another.
    pub(crate) fn of(key: &str, above: Option<&str>) -> Self {
        let own = telling(key);
        let Some(above) = above else { return Self { own, ..Self::default() } };
        let is_about = is_about(key);
        // What is said of something stands behind it in a name; what tells which one it is, before.
        let says_which = !is_about && telling(above) == Tells::default();
        let which = || telling(&format!("{key} {above}"));
        let with = telling(&format!("{above} {key}")).or(says_which.then(which).unwrap_or_default());
        Self { own, with, is_about }
    }

    /// What is told of the values under a key, when so much is told of those under the key above. What a key and the one
    /// above say together goes before what the one above says of everything: an e-mail's template is no address.
    pub(crate) fn under(self, above: Option<(Self, Tells)>) -> Tells {
        let said = self.own.or(self.with);
        match above {
            Some((above, told)) if above.own == Tells::default() && !self.is_about => said.or(told),
            _ => said,
        }
    }
}

fn telling(key: &str) -> Tells {
    if key.len() > KEY_MAX {
        return Tells::default();
    }
    let (all, harmless) = said(key);
    let sure = all.first().filter(|said| {
        harmless.is_none() && said.strength == Strength::Sure && said.class != Class::FreeText
    });
    let Some(said) = sure else { return Tells::default() };
    let number = holds(said.class, Kind::Number) || holds(said.class, Kind::Integer) && !points(said);
    Tells { text: holds(said.class, Kind::Text), number }
}

/// Judges a JSON column by its name and by the documents seen in it.
pub(super) fn judge(column: &ColumnEvidence, seen_around: &Seen<'_>) -> Finding {
    let mut places: BTreeMap<JsonPath, Vec<Sampled>> = BTreeMap::new();
    let mut seen: u32 = 0;
    let mut complete = true;
    for document in column.samples.values.iter().take(DOCUMENTS_MAX) {
        if let Ok(value) = serde_json::from_str::<Value>(&document.text) {
            seen = seen.saturating_add(1);
            complete &= collect(&value, &mut Vec::new(), &mut places);
        }
    }
    let mut paths: Vec<(JsonPath, Label)> = Vec::new();
    let last_key = |path: &JsonPath| {
        path.0.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(Arc::clone(key)),
            _ => None,
        })
    };
    let keys: Vec<Arc<str>> = places.keys().filter_map(last_key).collect();
    let around = Around::of("", keys.iter().map(|key| &**key));
    let fields = Seen { table: "", about: seen_around.about.clone(), around };
    for (path, values) in places {
        let key = last_key(&path);
        let leaf = ColumnEvidence {
            name: key.unwrap_or_default(),
            type_name: "text".into(),
            samples: Samples { values, nulls: None, distinct: None },
            ..ColumnEvidence::default()
        };
        match column_of(&leaf, &fields) {
            Finding::Labelled(label) => paths.push((path, label)),
            Finding::Unsure(label) if !label.why.contains(&Reason::NothingKnown) => paths.push((path, label)),
            _ => {}
        }
    }
    let (said, _) = said(&column.name);
    let named = said.into_iter().find(|said| said.strength == Strength::Sure);
    let whole = match (
        paths
            .iter()
            .map(|(_, label)| label)
            .max_by_key(|label| (label.class.is_secret_grade(), label.confidence)),
        named,
    ) {
        (_, Some(said)) => {
            Label { class: said.class, confidence: 80, why: vec![Reason::Name { words: said.words.into() }] }
        }
        (Some(gravest), None) => gravest.clone(),
        (None, None) if seen > 0 && complete => {
            return Finding::Clear { why: vec![Reason::HarmlessValues { seen }] };
        }
        (None, None) => Label { class: Class::FreeText, confidence: 20, why: vec![Reason::NothingKnown] },
    };
    if paths.is_empty() {
        let nothing = whole.why.contains(&Reason::NothingKnown);
        return if nothing { Finding::Unsure(whole) } else { Finding::Labelled(whole) };
    }
    Finding::Paths { whole, paths }
}

/// Collects what stands where; whether that was all.
fn collect(value: &Value, path: &mut Vec<Step>, places: &mut BTreeMap<JsonPath, Vec<Sampled>>) -> bool {
    if path.len() >= DEPTH_MAX {
        return false;
    }
    match value {
        Value::Object(fields) => {
            let mut all = true;
            for (key, value) in fields {
                path.push(step(key));
                all &= collect(value, path, places);
                path.pop();
            }
            all
        }
        Value::Array(elements) => {
            path.push(Step::Element);
            let mut all = true;
            for element in elements {
                all &= collect(element, path, places);
            }
            path.pop();
            all
        }
        Value::String(text) => put(text, path, places),
        Value::Number(number) => put(&number.to_string(), path, places),
        Value::Null | Value::Bool(_) => true,
    }
}

/// A key as a step. One that is itself data, or could not be written down, stands for any.
fn step(key: &str) -> Step {
    let is_data = patterns().findings(key.as_bytes()).next().is_some() || key.len() > KEY_MAX;
    if is_data || key.contains(['"', '\\']) { Step::Any } else { Step::Key(key.into()) }
}

fn put(text: &str, path: &[Step], places: &mut BTreeMap<JsonPath, Vec<Sampled>>) -> bool {
    let path = JsonPath(path.to_vec());
    if places.len() >= PATHS_MAX && !places.contains_key(&path) {
        return false;
    }
    let known = places.entry(path).or_default();
    if known.iter().all(|value| &*value.text != text) {
        known.push(Sampled { text: text.into(), share: None });
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(way: &str) -> (bool, bool) {
        let mut above: Option<(&str, Told, Tells)> = None;
        for key in way.split('.') {
            let told = Told::of(key, above.map(|(key, ..)| key));
            let tells = told.under(above.map(|(_, told, tells)| (told, tells)));
            above = Some((key, told, tells));
        }
        above.map(|(.., tells)| (tells.text, tells.number)).unwrap()
    }

    #[test]
    fn any_key_on_the_way_tells() {
        for way in [
            "ssn.value",
            "ssn.raw",
            "salary.amount",
            "geo.lat",
            "dob.year",
            "card.number",
            "bank.account",
            "birth.date",
            "home.ssn.parts.first",
            "phone.home.value",
            "a.b.diagnosis.c.d.e",
            "tax.id",
        ] {
            assert_eq!(told(way), (true, true), "{way}");
        }
        for way in [
            "name.first",
            "name.last",
            "customer.name",
            "tokens.access",
            "password.current",
            "secret.v",
            "secrets.aws.prod",
            "email.work",
            "address.street.line",
            "oauth.password.current",
        ] {
            assert!(told(way).0, "{way}");
        }
    }

    #[test]
    fn what_is_said_about_it_and_ordinary_documents_stay() {
        for way in [
            "plan",
            "meta.version",
            "name.en",
            "name.common",
            "name.product",
            "plan.name",
            "brand.name",
            "salary.currency",
            "email.template",
            "email.subject",
            "email.welcome.template",
            "password.min_length",
            "password.policy.length",
            "token.type",
            "token.expires_in",
            "tokens.prompt",
            "card.brand",
            "health.db",
            "address.country",
            "location.city",
            "contact.type",
            "phone.country",
            "email.settings.theme",
            "ssn.is_valid",
            "ssn.check.status",
            "file.name",
            "company.name",
            "items.price",
            "user.id",
        ] {
            assert_eq!(told(way), (false, false), "{way}");
        }
        assert_eq!(told("email.opens"), (true, false), "an address is no number");
    }
}
