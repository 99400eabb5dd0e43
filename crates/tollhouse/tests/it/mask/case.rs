//! The files of `tests/mask`: one per number of the catalogue.

use std::path::Path;

use serde::Deserialize;

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Its number, which is also its file's name.
    pub(crate) id: String,
    /// What is tried, for people.
    #[expect(dead_code, reason = "for whoever reads the file")]
    pub(crate) about: String,
    /// The attempts.
    pub(crate) attempt: Vec<Attempt>,
}

/// One kind of attempt, with its twins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attempt {
    /// `human`, `agent`.
    #[serde(rename = "as", default = "everybody")]
    pub(crate) who: Vec<String>,
    /// Texts that are sent before and must pass.
    #[serde(default)]
    pub(crate) before: Vec<String>,
    /// Texts that are tried, each in a session of its own after `before`.
    #[serde(default)]
    pub(crate) texts: Vec<String>,
    /// Attempts of several texts; the last one is what would tell.
    #[serde(default)]
    pub(crate) steps: Vec<Vec<String>>,
    /// What may come of it.
    #[serde(default)]
    pub(crate) holds: Vec<Holds>,
    /// The rows of the last text, as text, with `NULL`.
    pub(crate) cells: Option<Vec<Vec<String>>>,
    /// Texts of the same shape that get the server's own answer, byte by byte.
    #[serde(default)]
    pub(crate) passes: Vec<String>,
    /// The first version that knows this syntax.
    #[serde(default)]
    pub(crate) since: u32,
    /// An extension that the server must have.
    pub(crate) needs: Option<String>,
    /// Why it does not hold yet: it is counted, not tried.
    pub(crate) open: Option<String>,
    /// Only by Query: several statements in a text, or an answer that formats do not change.
    #[serde(default)]
    pub(crate) simple: bool,
    /// The server's own answer has no canary in it: what it tells is told in other ways.
    #[serde(default)]
    pub(crate) blind: bool,
    /// The server's own answer differs from time to time, or it is not sent past the gate since it stays.
    #[serde(default)]
    pub(crate) alone: bool,
    /// Equality is answered, so other values give other answers.
    #[serde(default)]
    pub(crate) differs: bool,
}

/// What a gate may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Holds {
    /// Rows, with the column's own mask.
    Mask,
    /// Rows that tell nothing.
    Full,
    /// A refusal.
    Deny,
    /// What it was copied to is masked as well.
    Inherit,
    /// The server's own error, without values.
    Scrub,
    /// It passes, and tells nothing that may not be told: no rows are asked for.
    Pass,
}

fn everybody() -> Vec<String> {
    vec!["human".into(), "agent".into()]
}

impl Attempt {
    /// Everything that is tried.
    pub(crate) fn tries(&self) -> impl Iterator<Item = Vec<String>> {
        self.texts.iter().map(|text| vec![text.clone()]).chain(self.steps.iter().cloned())
    }
}

impl Case {
    /// All files, by number.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mask");
        let mut paths: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let text = std::fs::read_to_string(path).unwrap();
            let case: Self =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(&*case.id));
            for attempt in &case.attempt {
                let tries = attempt.tries().count();
                assert!(tries + attempt.passes.len() > 0, "{}: an attempt without texts", case.id);
                assert_eq!(tries == 0, attempt.holds.is_empty(), "{}: what must hold of it", case.id);
            }
            case
        };
        paths.iter().map(read).collect()
    }
}
