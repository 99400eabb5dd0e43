//! What the documents point at: links, headings, paths, and the types and tests that the threat table names.

use std::path::Path;

use crate::nothing;
use crate::tree::{files, root, text, ticked};

/// Where a path that stands between backticks may begin.
const FOLDERS: [&str; 7] = ["crates/", "docs/", "examples/", "fuzz/", "packaging/", "clients/", ".ci/"];

/// A document's lines outside of fenced blocks, with their numbers.
fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((number + 1, line));
        }
    }
    lines
}

/// A heading as an anchor, as code hosts make it.
fn anchor(heading: &str) -> String {
    let plain = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = plain.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn has_anchor(text: &str, wanted: &str) -> bool {
    prose(text).iter().any(|(_, line)| line.starts_with('#') && anchor(line) == wanted)
}

/// The targets of `[…](target)`.
fn links(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

/// Whether a source defines a function, type or constant of this name.
fn defines(source: &str, item: &str) -> bool {
    let words: Vec<&str> = source.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let kinds = ["fn", "struct", "enum", "trait", "const"];
    words.windows(2).any(|pair| kinds.contains(&pair[0]) && pair[1] == item)
}

#[test]
fn headings_become_anchors() {
    assert_eq!(anchor("## Limits in the code"), "limits-in-the-code");
    assert_eq!(anchor("### `[ledger]`"), "ledger");
    assert_eq!(anchor("## What it does, and not yet"), "what-it-does-and-not-yet");
}

#[test]
fn every_link_leads_somewhere() {
    let mut findings = Vec::new();
    for path in files("", ".md") {
        let document = text(&path);
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        for (number, line) in prose(&document) {
            for link in links(line) {
                if link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
                let target =
                    if file.is_empty() { root().join(&path) } else { root().join(folder).join(file) };
                let leads = if fragment.is_empty() {
                    target.exists()
                } else {
                    std::fs::read_to_string(&target).is_ok_and(|text| has_anchor(&text, fragment))
                };
                if !leads {
                    findings.push(format!("{path}:{number}: {link}"));
                }
            }
        }
    }
    nothing(&findings, "a link leads to a file and a heading that are there");
}

/// `crates/room/src/file.rs::name` is a promise: the file is there, and so is a function or type of that name in it.
#[test]
fn every_named_file_type_and_test_exists() {
    let mut findings = Vec::new();
    for path in files("", ".md") {
        for (number, line) in prose(&text(&path)) {
            for named in ticked(line) {
                let is_path = FOLDERS.iter().any(|folder| named.starts_with(folder))
                    && !named.contains(|c: char| c.is_whitespace() || "<>*…{}$".contains(c));
                if !is_path {
                    continue;
                }
                let (file, item) = named.split_once("::").unwrap_or((named, ""));
                let found = root().join(file).exists() && (item.is_empty() || defines(&text(file), item));
                if !found {
                    findings.push(format!("{path}:{number}: {named}"));
                }
            }
        }
    }
    nothing(&findings, "what a document names is in the project");
}
