//! The configuration against case files, the examples and the reference.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use gateway::settings::{Limits, Settings};
use model::Timestamp;
use proptest::prelude::*;

use super::key::{self, Otherwise};
use super::problem::Code;
use super::*;
use crate::cmd::dev_ca;

/// A folder with every file that the examples and cases name.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = jiff::Timestamp::now();
        let (ours, theirs) = (dev_ca::make(&[], now).unwrap(), dev_ca::make(&[], now).unwrap());
        let files = [
            ("server.crt", ours.server_certificate.as_str(), 0o644),
            ("server.key", &ours.server_key, 0o600),
            ("open.key", &ours.server_key, 0o644),
            ("upstream-ca.crt", &theirs.ca_certificate, 0o644),
            ("gate.crt", &theirs.server_certificate, 0o644),
            ("gate.key", &theirs.server_key, 0o600),
            ("upstream.password", "s3cr3t-of-the-file\n", 0o600),
            ("open.password", "s3cr3t-of-the-file\n", 0o644),
            ("empty.password", "\n", 0o600),
            ("two-lines.password", "s3cr3t\nof-the-file\n", 0o600),
            ("not-a-folder", "", 0o644),
        ];
        for (name, contents, mode) in files {
            let path = folder.path().join(name);
            fs::write(&path, contents).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join(FILE_NAME)
    }

    fn check(&self, text: &str) -> Result<Loaded, ConfigError> {
        check(&self.path(), text, &surroundings())
    }
}

fn surroundings() -> Surroundings<'static> {
    Surroundings {
        // 2026-01-01T00:00:00Z
        now: Timestamp(1_767_225_600_000_000),
        variable: &|name| (name == "SHOP_PASSWORD").then(|| "s3cr3t-of-the-variable".to_owned()),
        rules: None,
    }
}

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn examples() -> Vec<(PathBuf, String)> {
    let mut all: Vec<_> = fs::read_dir(here("../../examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    all.sort();
    all
}

fn example(name: &str) -> String {
    fs::read_to_string(here("../../examples").join(name)).unwrap()
}

/// Everything that a configuration says, for comparison.
fn meaning(loaded: &Loaded) -> String {
    let Settings { listeners, admin, targets, accounts, parameters, limits, policy_sources, .. } =
        &loaded.settings;
    format!(
        "{listeners:#?} {admin:?} {targets:#?} {accounts:#?} {parameters:?} {limits:#?} {policy_sources:?} {:#?} {:?}",
        loaded.ledger, loaded.log
    )
}

#[test]
fn each_case_gives_its_problems() {
    let folder = Folder::new();
    let place = folder.0.path().display().to_string();
    cases::run(here("tests/config/cases"), "toml", |input| {
        let text = match folder.check(input) {
            Ok(loaded) => {
                let path = folder.path();
                loaded.warnings.iter().fold("ok\n".to_owned(), |text, w| format!("{text}{}\n", w.show(&path)))
            }
            Err(error) => format!("{error}\n"),
        };
        assert!(!text.contains("s3cr3t"), "a secret is shown: {text}");
        text.replace(&format!("{place}/"), "")
    });
}

#[test]
fn every_example_loads_without_a_warning() {
    let folder = Folder::new();
    let examples = examples();
    assert!(examples.len() >= 3);
    for (path, text) in examples {
        let loaded = folder.check(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // The minimal example's principal has no password yet; its second line of comment says how to give one.
        let password = |problem: &Problem| {
            path.ends_with("minimal.toml") && problem.fault.what.contains("cannot log in")
        };
        let unexpected: Vec<_> = loaded.warnings.iter().filter(|problem| !password(problem)).collect();
        assert!(unexpected.is_empty(), "{}: {unexpected:?}", path.display());
    }
}

/// Takes the `# ` away from every `# key = …` and `# [section]`.
fn uncommented(text: &str) -> (String, usize) {
    let mut count = 0;
    let lines = text.lines().map(|line| {
        let bare = line.strip_prefix("# ").unwrap_or_default();
        let key = bare.split_once(" = ").is_some_and(|(key, _)| key::ALL.iter().any(|k| k.name == key));
        if key || (bare.starts_with('[') && bare.contains(']')) {
            count += usize::from(key);
            bare
        } else {
            line
        }
    });
    (lines.collect::<Vec<_>>().join("\n"), count)
}

#[test]
fn the_defaults_in_comments_are_the_codes() {
    let folder = Folder::new();
    let minimal = example("minimal.toml");
    let (full, count) = uncommented(&minimal);
    assert!(count > 20, "only {count} defaults were found");
    assert_eq!(meaning(&folder.check(&minimal).unwrap()), meaning(&folder.check(&full).unwrap()));
    assert_eq!(folder.check(&minimal).unwrap().settings.limits, Limits::default());
}

#[test]
fn the_minimal_example_shows_every_key_with_its_default() {
    let minimal = example("minimal.toml");
    let mut section = String::new();
    let mut shown = Vec::new();
    for line in minimal.lines() {
        let bare = line.strip_prefix("# e.g. ").or(line.strip_prefix("# ")).unwrap_or(line);
        if bare.starts_with('[') {
            section = bare.trim_start_matches('[').split(']').next().unwrap().to_owned();
        } else if let Some((name, value)) = bare.split_once(" = ") {
            shown.push((
                section.clone(),
                name.to_owned(),
                value.to_owned(),
                line.starts_with("# ") && !line.starts_with("# e.g."),
            ));
        }
    }
    for key in key::ALL.iter().filter(|key| key.otherwise != Otherwise::Table) {
        let found = shown
            .iter()
            .find(|(section, name, ..)| (section.as_str(), name.as_str()) == (key.section, key.name));
        let Some((.., value, commented)) = found else {
            panic!("{}.{} is not in the example", key.section, key.name)
        };
        if let (Otherwise::Default(default), true) = (key.otherwise, commented) {
            assert!(value.starts_with(default), "{}.{}: {value} is not {default}", key.section, key.name);
        }
    }
}

#[test]
fn a_written_value_is_a_value_used() {
    let folder = Folder::new();
    let (full, _) = uncommented(&example("minimal.toml"));
    let before = meaning(&folder.check(&full).unwrap());
    let changes = [
        ("\"ledger\"", "\"elsewhere\""),
        ("ledger/ledger.key", "other.key"),
        ("\"hash\"", "\"omit\""),
        ("127.0.0.1:9640", "127.0.0.1:9641"),
        ("format = \"text\"", "format = \"json\""),
        ("\"info\"", "\"debug\""),
        ("packs = \"all\"", "packs = [\"baseline\", \"opaque\"]"),
        ("plaintext = \"refuse\"", "plaintext = \"allow\""),
        ("environment = \"production\"", "environment = \"dev\""),
        ("durability = \"strict\"", "durability = \"relaxed\""),
        ("application_name = \"client\"", "application_name = \"forced\""),
        ("startup_options = []", "startup_options = [\"geqo\"]"),
        ("target_session_attrs = \"any\"", "target_session_attrs = \"standby\""),
        ("connect_timeout = \"5s\"", "connect_timeout = \"6s\""),
        ("groups = []", "groups = [\"a\"]"),
        ("sessions_max = 5000", "sessions_max = 1"),
        ("sessions_per_principal_max = 1000", "sessions_per_principal_max = 1"),
        ("logins_per_address_max = 200", "logins_per_address_max = 1"),
        ("login_timeout = \"10s\"", "login_timeout = \"1s\""),
        ("idle_timeout = \"never\"", "idle_timeout = \"1s\""),
        ("statement_bytes_max = \"16MiB\"", "statement_bytes_max = \"1KiB\""),
        ("prepared_max = 10000", "prepared_max = 1"),
        ("pipeline_max = 100000", "pipeline_max = 1"),
        ("drain_timeout = \"30s\"", "drain_timeout = \"1s\""),
    ];
    for (from, to) in changes {
        assert!(full.contains(from), "{from}");
        let after = meaning(&folder.check(&full.replacen(from, to, 1)).unwrap());
        assert_ne!(before, after, "{to} changes nothing");
    }
}

#[test]
fn a_loaded_configuration_shows_no_secret() {
    let folder = Folder::new();
    let text = example("minimal.toml");
    let with_file = folder.check(&text).unwrap();
    let with_variable =
        text.replace("password_file = \"upstream.password\"", "password_env = \"SHOP_PASSWORD\"");
    let with_variable = folder.check(&with_variable).unwrap();
    let password = |loaded: &Loaded| {
        let target = loaded.settings.targets.values().next().unwrap().clone();
        target.upstream.password.as_ref().unwrap().reveal().to_owned()
    };
    assert_eq!(password(&with_file), "s3cr3t-of-the-file");
    assert_eq!(password(&with_variable), "s3cr3t-of-the-variable");
    assert!(!format!("{with_file:?} {with_variable:?}").contains("s3cr3t"));
}

#[test]
fn the_files_that_it_depends_on_are_known() {
    let folder = Folder::new();
    let loaded = folder.check(&example("minimal.toml")).unwrap();
    let names: Vec<_> = loaded.files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, [FILE_NAME, "server.crt", "server.key", "upstream.password", "upstream-ca.crt"]);
}

#[test]
fn a_file_that_is_not_there_is_one_problem() {
    let error = load(Path::new("/nowhere/tollhouse.toml")).unwrap_err();
    assert!(error.unreadable());
    assert_eq!(
        error.to_string(),
        "/nowhere/tollhouse.toml: cannot read the configuration: there is no such file; give its path with `--config`, or check its mode"
    );
}

#[test]
fn a_verifier_that_everybody_can_read_is_warned_of() {
    let folder = Folder::new();
    fs::write(folder.path(), example("agents.toml")).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(load(&folder.path()).unwrap().warnings.iter().any(|problem| problem.fault.code == Code::Exposed));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(load(&folder.path()).unwrap().warnings.is_empty());
}

/// Compares a part of a page, between two marks, with what the code says; `BLESS=1` writes it.
fn assert_page_has(page: &str, mark: &str, wanted: &str) {
    let path = here("../../docs/reference").join(page);
    let text = fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = text.split_once(&open).expect("the page has the opening mark");
    let (found, after) = rest.split_once(&close).expect("the page has the closing mark");
    if found != wanted && std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, format!("{before}{open}{wanted}{close}{after}")).unwrap();
        return;
    }
    assert_eq!(found, wanted, "{page} differs from the code (BLESS=1 writes it)");
}

#[test]
fn the_reference_has_every_key() {
    assert_page_has("configuration.md", "keys", &crate::cmd::check::keys());
}

#[test]
fn the_reference_has_every_code() {
    let text = fs::read_to_string(here("../../docs/reference/codes.md")).unwrap();
    for code in Code::ALL {
        assert!(text.contains(&format!("| `{}` |", code.as_str())), "{code:?} is not in codes.md");
    }
}

/// A change of a text: a piece taken out, doubled, or put in.
fn mutations() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let piece = prop_oneof![
        Just(String::new()),
        "[\\[\\]{}=\"'.,#\n a-z0-9-]{0,6}",
        Just("[[principal]]\n".to_owned()),
        Just("token = 1\n".to_owned()),
        Just("= [[{}]]".to_owned()),
        Just("\u{202e}é\0".to_owned()),
    ];
    prop::collection::vec((0_usize..6000, 0_usize..40, piece), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(changes in mutations(), which in 0_usize..3) {
        let (_, mut text) = examples().swap_remove(which);
        for (at, length, piece) in changes {
            let at = text.floor_char_boundary(at % (text.len() + 1));
            let end = text.floor_char_boundary((at + length).min(text.len()));
            text.replace_range(at..end, &piece);
        }
        let folder = Path::new("/nowhere/t.toml");
        // Both answers are right; each problem must be printable.
        match check(folder, &text, &surroundings()) {
            Ok(loaded) => prop_assert!(loaded.warnings.iter().all(|p| p.severity == Severity::Warning)),
            Err(error) => {
                prop_assert!(error.errors() > 0);
                prop_assert!(!error.to_string().contains('\0'));
            }
        }
    }
}
