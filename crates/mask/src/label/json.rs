//! JSON columns, path by path: each place in the documents is judged as a column of its own, with its key for a name.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::Class;
use serde_json::Value;

use super::around::Around;
use super::judge::{Seen, column_of, holds};
use super::lexicon::{Strength, said};
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

/// Whether a key says for sure what stands under it, of texts and of numbers, so that it is hidden before anybody has looked at it.
#[must_use]
pub(crate) fn telling(key: &str) -> (bool, bool) {
    if key.len() > KEY_MAX {
        return (false, false);
    }
    let (all, harmless) = said(key);
    let sure = all.first().filter(|said| {
        harmless.is_none() && said.strength == Strength::Sure && said.class != Class::FreeText
    });
    let Some(said) = sure else { return (false, false) };
    let is_number = holds(said.class, Kind::Number) || holds(said.class, Kind::Integer) && !points(said);
    (holds(said.class, Kind::Text), is_number)
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
