//! The files of `tests/evasion`: one per number of the catalogue.

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

/// One attempt.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attempt {
    /// `human` or `agent`.
    #[serde(rename = "as")]
    pub(crate) who: String,
    /// Texts that are sent before and must pass.
    #[serde(default)]
    pub(crate) before: Vec<String>,
    /// Texts that must each be refused, each in a session of its own after `before`.
    pub(crate) refused: Vec<String>,
    /// The rule that must be among those that refuse: a whole id, or its pack before a `/`.
    pub(crate) rule: String,
    /// Texts of the same shape that must pass.
    #[serde(default)]
    pub(crate) passes: Vec<String>,
    /// What the ledger must not hold; the text is recorded without it.
    pub(crate) secret: Option<String>,
    /// The first version that knows this syntax.
    #[serde(default)]
    pub(crate) since: u32,
}

impl Case {
    /// All files, by number.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evasion");
        let mut paths: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let text = std::fs::read_to_string(path).unwrap();
            let case: Self =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(&*case.id));
            case
        };
        paths.iter().map(read).collect()
    }
}
