//! Which room may know which: the table in ARCHITECTURE.md against the rooms' manifests, and each outside dependency
//! with its reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::nothing;
use crate::tree::{rooms, table, text, ticked};

const MAP: &str = "ARCHITECTURE.md";
/// Rooms for development, which any room's tests may use and no shipped room may know.
const FOR_TESTS: [&str; 2] = ["cases", "rig"];
/// What does I/O, waits, or draws random numbers: never below a pure room.
const IMPURE: [&str; 12] = [
    "axum",
    "jiff",
    "rand",
    "rpassword",
    "rustix",
    "rustls",
    "socket2",
    "tempfile",
    "tokio",
    "tokio-rustls",
    "tracing",
    "tracing-subscriber",
];

/// One row of the table.
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) may: Vec<String>,
    pub(crate) pure: bool,
}

/// The table of allowed edges.
pub(crate) fn map() -> Vec<Room> {
    let rows = table(MAP, "## Allowed edges");
    rows.iter()
        .map(|row| Room {
            name: ticked(&row[0]).first().expect("a room's name").to_string(),
            may: ticked(&row[1]).into_iter().map(str::to_owned).collect(),
            pure: row[2] == "pure",
        })
        .collect()
}

/// The names in a section of a manifest.
fn section(manifest: &str, name: &str) -> BTreeSet<String> {
    let head = format!("[{name}]");
    manifest
        .lines()
        .skip_while(|line| *line != head)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['=', '.']).next())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn manifest(room: &str) -> String {
    text(&format!("crates/{room}/Cargo.toml"))
}

#[test]
fn the_map_has_every_room() {
    let drawn: BTreeSet<String> = map().into_iter().map(|room| room.name).collect();
    let built: BTreeSet<String> = rooms().into_iter().collect();
    assert_eq!(drawn, built, "the rooms in {MAP} (left) and the folders in `crates` (right)");
    let told: BTreeSet<String> =
        table(MAP, "## Rooms").iter().map(|row| ticked(&row[0])[0].to_owned()).collect();
    assert_eq!(told, built, "the rooms told of in {MAP} (left) and the folders in `crates` (right)");
}

#[test]
fn rooms_know_only_what_the_map_allows() {
    let names = rooms();
    let mut findings = Vec::new();
    for room in map() {
        let text = manifest(&room.name);
        for used in section(&text, "dependencies").iter().filter(|used| names.contains(used)) {
            if !room.may.contains(used) {
                findings.push(format!("`{}` depends on `{used}`, which {MAP} does not allow", room.name));
            }
        }
        for used in section(&text, "dev-dependencies").iter().filter(|used| names.contains(used)) {
            if !room.may.contains(used) && !FOR_TESTS.contains(&used.as_str()) {
                findings.push(format!("the tests of `{}` depend on `{used}`", room.name));
            }
        }
        for allowed in &room.may {
            if !section(&text, "dependencies").contains(allowed) {
                findings.push(format!("{MAP} lets `{}` know `{allowed}`, which it does not use", room.name));
            }
        }
    }
    nothing(&findings, "an edge between rooms is drawn before it is built");
}

#[test]
fn nothing_that_is_shipped_knows_the_test_rooms() {
    for room in map().iter().filter(|room| !FOR_TESTS.contains(&room.name.as_str())) {
        assert!(!room.may.iter().any(|may| FOR_TESTS.contains(&may.as_str())), "`{}`", room.name);
    }
}

#[test]
fn pure_rooms_depend_on_nothing_that_does_io() {
    let rows = map();
    let pure: BTreeMap<&str, bool> = rows.iter().map(|room| (room.name.as_str(), room.pure)).collect();
    let mut findings = Vec::new();
    for room in rows.iter().filter(|room| room.pure) {
        for used in section(&manifest(&room.name), "dependencies") {
            if IMPURE.contains(&used.as_str()) {
                findings.push(format!("`{}` depends on `{used}`", room.name));
            }
            if pure.get(used.as_str()) == Some(&false) {
                findings.push(format!("`{}` depends on the room `{used}`, which is not pure", room.name));
            }
        }
    }
    nothing(&findings, "a pure room does no I/O, and neither does what it is made of");
}

#[test]
fn every_outside_dependency_has_its_reason_and_is_used() {
    let mut outside = section(&text("Cargo.toml"), "workspace.dependencies");
    for room in rooms() {
        outside.remove(&room);
    }
    let told: BTreeSet<String> = table(MAP, "## Dependencies, and why these")
        .iter()
        .flat_map(|row| ticked(&row[0]))
        .map(str::to_owned)
        .collect();
    assert_eq!(told, outside, "dependencies told of in {MAP} (left) and in `Cargo.toml` (right)");

    let manifests: Vec<String> = rooms().iter().map(|room| manifest(room)).collect();
    outside.retain(|name| {
        !manifests.iter().any(|text| {
            section(text, "dependencies").contains(name) || section(text, "dev-dependencies").contains(name)
        })
    });
    assert!(outside.is_empty(), "no room uses {outside:?}: take them out of `Cargo.toml`");
}

#[test]
fn every_room_takes_the_workspaces_lints() {
    for room in rooms() {
        assert!(manifest(&room).contains("[lints]\nworkspace = true"), "`{room}`");
    }
}
