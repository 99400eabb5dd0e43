//! What a source file must never hold: I/O in a pure room, a stub, a mile of code, a codeless name.

use crate::manifest::map;
use crate::nothing;
use crate::tree::{files, rooms, table, text, ticked};

/// Lines of a file without its tests. Aim at 100 to 350.
const LINES_MAX: usize = 400;
/// Files that are longer, and how long each may be. They may shrink, never grow; a new one is not added but split.
const LONG: [(&str, usize); 1] = [
    // A table of names and streets.
    ("crates/rig/src/sample/locale.rs", 720),
];

/// Words that stand for I/O, time, randomness, threads, environment or logging.
const IMPURE: [&str; 16] = [
    "tokio",
    "std::fs",
    "fs::",
    "std::net",
    "std::env",
    "env::var",
    "std::thread",
    "std::process",
    "std::os",
    "SystemTime",
    "Instant::now",
    "rand::",
    "tracing::",
    "println!",
    "eprintln!",
    "dbg!",
];

/// The part of a file before its tests.
fn without_tests(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| *line != "#[cfg(test)]").collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// Whether `line` says `word` as a word of its own, outside of a comment.
fn says(line: &str, word: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
    })
}

#[test]
fn words_are_found_as_words() {
    assert!(says("use std::fs;", "std::fs"));
    assert!(says("    fs::read(path)", "fs::"));
    assert!(!says("offs::read(path)", "fs::"));
    assert!(!says("// std::fs is not used here", "std::fs"));
}

#[test]
fn pure_rooms_do_no_io() {
    let mut findings = Vec::new();
    for room in map().iter().filter(|room| room.pure) {
        for path in files(&format!("crates/{}/src", room.name), ".rs") {
            if is_test(&path) {
                continue;
            }
            let text = text(&path);
            for (number, line) in without_tests(&text).iter().enumerate() {
                for word in IMPURE.iter().filter(|word| says(line, word)) {
                    findings.push(format!("{path}:{}: `{word}`", number + 1));
                }
            }
        }
    }
    nothing(&findings, "in a pure room time, randomness and bytes are arguments");
}

#[test]
fn files_are_short() {
    let mut findings = Vec::new();
    for path in files("crates", ".rs").iter().filter(|path| path.contains("/src/") && !is_test(path)) {
        let most = LONG.iter().find(|(long, _)| long == path).map_or(LINES_MAX, |(_, most)| *most);
        let lines = without_tests(&text(path)).len();
        if lines > most {
            findings.push(format!("{path}: {lines} lines, at most {most}"));
        }
    }
    nothing(&findings, "a file holds one idea: split it");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["unimple", "mented!"].concat(),
        ["to", "do!"].concat(),
    ];
    let mut findings = Vec::new();
    for ending in [".rs", ".toml", ".md", ".sql", ".py", ".sh"] {
        for path in files("", ending) {
            let text = text(&path);
            let lines = text.lines().enumerate();
            for (number, line) in
                lines.filter(|(_, line)| marks.iter().any(|mark| line.contains(mark.as_str())))
            {
                findings.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    nothing(&findings, "finish it, or leave it out");
}

#[test]
fn files_begin_with_what_they_are() {
    let silent = |path: &String| !text(path).starts_with("//!") && !path.starts_with("fuzz/");
    let findings: Vec<String> = files("crates", ".rs").into_iter().filter(silent).collect();
    nothing(&findings, "a file begins with `//!`: what it is and what it never does");
}

#[test]
fn files_have_telling_names() {
    let vague = ["utils", "util", "common", "helpers", "helper", "manager", "handler", "misc"];
    let mut findings = files("crates", ".rs");
    findings.retain(|path| path.trim_end_matches(".rs").split('/').any(|part| vague.contains(&part)));
    nothing(&findings, "a name says what is inside");
}

/// Every code and rule that the shipped rooms can give, against the reference.
#[test]
fn every_code_and_rule_is_in_the_reference() {
    let reference = text("docs/reference/codes.md");
    let known = ticked(&reference);
    let mut findings = Vec::new();
    for room in rooms().iter().filter(|room| *room != "rig" && *room != "cases") {
        for path in files(&format!("crates/{room}/src"), ".rs").iter().filter(|path| !is_test(path)) {
            let text = text(path);
            for line in without_tests(&text) {
                let code = line.split_once("Sqlstate::new(b\"").and_then(|(_, rest)| rest.get(..5));
                let rule = line.split_once("rule `").and_then(|(_, rest)| rest.split('`').next());
                // A rule's name has a slash; what is put in at run time is the name of an operator's or a pack's rule.
                let rule = rule.filter(|name| name.contains('/') && !name.contains('{'));
                for name in code.into_iter().chain(rule).filter(|name| !known.contains(name)) {
                    findings.push(format!("{path}: `{name}`"));
                }
            }
        }
    }
    nothing(&findings, "a code that a client can meet is explained in `docs/reference/codes.md`");
}

/// The table of limits names constants: each must be where the table says.
#[test]
fn every_limit_is_where_the_map_says() {
    let mut findings = Vec::new();
    for row in table("ARCHITECTURE.md", "## Limits in the code") {
        let (names, path) = (ticked(&row[0]), ticked(&row[1])[0].to_owned());
        let text = text(&path);
        for name in names {
            if !text.contains(&format!("const {name}:")) {
                findings.push(format!("{path}: `{name}`"));
            }
        }
    }
    nothing(&findings, "a limit has a name, and the map knows it");
}
