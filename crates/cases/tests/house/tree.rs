//! The files of the project, and reading tables out of Markdown. Paths are relative to the project's folder.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made by building or running.
const MADE: [&str; 5] = ["target", ".git", ".rig", ".demo", "node_modules"];

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's folder")
}

/// A file's text.
#[track_caller]
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below `folder` (`""` = all) whose name ends with `ending`, sorted.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<String> {
    let root = root();
    let mut found = Vec::new();
    let mut left = vec![root.join(folder)];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project").flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !MADE.contains(&name.as_str()) {
                    left.push(path);
                }
            } else if name.ends_with(ending) {
                let path = path.strip_prefix(&root).expect("a path below the project's folder");
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// The rooms: the folders in `crates/`.
pub(crate) fn rooms() -> Vec<String> {
    let folders = fs::read_dir(root().join("crates")).expect("`crates`").flatten();
    let mut rooms: Vec<String> = folders
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    rooms
}

/// The rows of the first table under `heading` (such as `## Allowed edges`), without the two of its head.
#[track_caller]
pub(crate) fn table(path: &str, heading: &str) -> Vec<Vec<String>> {
    let text = text(path);
    let mut lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let rows: Vec<Vec<String>> = lines
        .by_ref()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "{path}: there is no table under `{heading}`");
    rows
}

/// What stands between backticks.
pub(crate) fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
