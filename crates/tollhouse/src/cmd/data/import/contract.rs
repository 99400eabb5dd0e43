//! A data contract of the Open Data Contract Standard, version 3: what it says its columns hold. It only ever reads what
//! people wrote about columns, and guesses nothing from their names.

use std::collections::BTreeSet;

use model::Class;

use super::word::Means;
use super::yaml::{self, Node};
use super::{Entry, Said, Words, names};
use crate::config::printable;

/// A custom property that names the class itself.
const OWN: &str = "tollhouse_class";
/// Custom properties whose value is a word such as a tag's.
const WORDS: [&str; 4] = ["sensitivity", "data_class", "pii_type", "pii_category"];
/// Custom properties that are set for personal data.
const FLAGS: [&str; 3] = ["pii", "personal_data", "sensitive"];
/// Formats of texts that tell what they hold.
const FORMATS: [(&str, Class); 4] = [
    ("email", Class::Email),
    ("password", Class::Secret),
    ("ipv4", Class::IpAddress),
    ("ipv6", Class::IpAddress),
];

/// Reads a whole contract.
pub(super) fn read(text: &str, words: &Words) -> Said {
    let mut said = Said::default();
    let root = match yaml::read(text) {
        Ok(root) => root,
        Err(remark) => {
            said.problems.push(remark);
            return said;
        }
    };
    let version = root.get("apiVersion");
    match version.and_then(Node::as_text) {
        Some(version) if version.starts_with("v3.") => {}
        Some(other) => {
            let what =
                format!("this is written by version `{}` of the standard; v3 is read", printable(other));
            said.problem(version.map_or(root.at, |node| node.at), what);
            return said;
        }
        None => {
            said.problem(
                root.at,
                "`apiVersion` is missing: this is no contract of the Open Data Contract Standard v3",
            );
            return said;
        }
    }
    let schemas: BTreeSet<&str> =
        root.list("servers").iter().filter_map(|server| server.text("schema")).collect();
    let schema = schemas.first().copied().filter(|_| schemas.len() == 1);
    let title = root.text("name").or_else(|| root.text("id")).unwrap_or("without a name");
    let title = [title, root.text("version").unwrap_or_default()].join(" ");
    let reason = format!("data contract {}", printable(title.trim_end()));
    for table in root.list("schema") {
        let tables = tables(table, schema);
        if tables.is_empty() {
            said.problem(table.at, "this object has neither `name` nor `physicalName`");
            continue;
        }
        for property in table.list("properties") {
            let Some(column) = name(property) else {
                said.problem(property.at, "this property has neither `name` nor `physicalName`");
                continue;
            };
            inner(property, column, words, &mut said);
            let Some((class, from)) = judge(property, words, &mut said) else { continue };
            said.entries.push(Entry {
                at: property.at,
                tables: tables.clone(),
                column: column.to_owned(),
                class,
                reason: Some(reason.clone()),
                from: Some(from),
            });
        }
    }
    if root.list("schema").is_empty() {
        said.problem(root.at, "`schema` is missing or empty: the contract has no tables");
    }
    said
}

/// The names that a table may have in the database, the likelier first.
fn tables(table: &Node, schema: Option<&str>) -> Vec<(Option<String>, String)> {
    let mut all = Vec::new();
    for text in ["physicalName", "name"].iter().filter_map(|field| table.text(field)) {
        // Contracts name the schema of one server; the database may have another.
        for name in names(text, schema).into_iter().chain(names(text, None)) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
}

fn name(property: &Node) -> Option<&str> {
    property.text("physicalName").or_else(|| property.text("name"))
}

/// Places inside of a column have no label of their own: the gate looks for them itself.
fn inner(property: &Node, column: &str, words: &Words, said: &mut Said) {
    let mut waiting: Vec<&Node> = property.list("properties").iter().chain(property.get("items")).collect();
    while let Some(node) = waiting.pop() {
        let class = judge(node, words, &mut Said::default()).and_then(|(class, _)| class);
        if let Some(class) = class {
            let what = format!(
                "inside of `{}` there is said to be {}; places inside of a column are found by the gate itself",
                printable(column),
                class.as_str()
            );
            said.note(node.at, what);
        }
        waiting.extend(node.list("properties").iter().chain(node.get("items")));
    }
}

/// What one property says: a class or none, and by which words; nothing when it says nothing.
fn judge(property: &Node, words: &Words, said: &mut Said) -> Option<(Option<Class>, String)> {
    let mut classes: Vec<(Class, String)> = Vec::new();
    let mut levels: Vec<(Class, String)> = Vec::new();
    let mut open = None;
    for custom in property.list("customProperties") {
        let (Some(key), Some(value)) = (custom.text("property"), custom.text("value")) else { continue };
        let key = super::word::plain(key);
        if key == OWN {
            return match crate::cmd::data::label::class(value) {
                Ok(found) => Some((found.0, format!("{OWN} {value}"))),
                Err(what) => {
                    said.problem(custom.at, what);
                    None
                }
            };
        }
        let word = if FLAGS.contains(&key.as_str()) && value.eq_ignore_ascii_case("true") {
            key.as_str()
        } else if WORDS.contains(&key.as_str()) {
            value
        } else {
            continue;
        };
        match words.means(word) {
            Some(Means::Class(class)) => classes.push((class, format!("{key} {}", printable(value)))),
            Some(Means::Level(class)) => levels.push((class, format!("{key} {}", printable(value)))),
            Some(Means::Open | Means::Nothing) | None => {}
        }
    }
    // A tag can only say more: contracts use them for anything.
    for tag in property.list("tags").iter().filter_map(Node::as_text) {
        match words.means(tag) {
            Some(Means::Class(class)) => classes.push((class, format!("tag {}", printable(tag)))),
            Some(Means::Level(class)) => levels.push((class, format!("tag {}", printable(tag)))),
            Some(Means::Open | Means::Nothing) | None => {}
        }
    }
    let classification = property.get("classification").and_then(|node| Some((node.at, node.as_text()?)));
    let mut unknown = None;
    if let Some((at, word)) = classification {
        let from = format!("classification {}", printable(word));
        match words.means(word) {
            Some(Means::Class(class)) => classes.push((class, from)),
            Some(Means::Level(class)) => levels.push((class, from)),
            Some(Means::Open) => open = Some(from),
            Some(Means::Nothing) => {}
            None => unknown = Some((at, word)),
        }
    }
    if let Some((first, from)) = classes.first() {
        if let Some((other, word)) = classes.iter().find(|(class, _)| class != first) {
            let what = format!(
                "{from} and {word} say two classes, {} and {}; a custom property `tollhouse.class` decides",
                first.as_str(),
                other.as_str()
            );
            said.problem(property.at, what);
            return None;
        }
        return Some((Some(*first), from.clone()));
    }
    if let Some(format) = property.get("logicalTypeOptions").and_then(|options| options.text("format"))
        && let Some((word, class)) = FORMATS.iter().find(|(word, _)| *word == format)
    {
        return Some((Some(*class), format!("format {word}")));
    }
    if let Some((at, word)) = unknown {
        let word = printable(word);
        let what = format!(
            "nobody told what the classification `{word}` means; say `--word '{word}=CLASS'`, `none` or `keep`"
        );
        said.problem(at, what);
        return None;
    }
    // Of two levels the one that hides more: agents may not even look secrets up.
    let strictest = levels.iter().find(|(class, _)| *class == Class::Secret).or_else(|| levels.first());
    if let Some((class, from)) = strictest {
        return Some((Some(*class), from.clone()));
    }
    open.map(|from| (None, from))
}

#[cfg(test)]
#[path = "contract_tests.rs"]
mod tests;
