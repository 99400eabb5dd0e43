//! The commands as a person or a script meets them: the real program, its output and its exit codes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers as well")]
#![allow(clippy::indexing_slicing, reason = "these are tests")]

mod backtest;
mod policy;

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

/// A folder with certificates made by the program itself, and the configuration that a test gives.
struct Place(tempfile::TempDir);

struct Answer {
    code: i32,
    out: String,
    err: String,
}

const CONFIGURATION: &str = r#"# the shop's gate
[ledger]
origin = "t.example/shop"

[[listener]]
name = "main"
address = "127.0.0.1:0" # any port
certificate = "server.crt"
key = "server.key"

[[target]]
name = "shop"
[target.upstream]
hosts = ["127.0.0.1"]
database = "shop"
user = "gate"
tls = "disable"

# an engineer
[[principal]]
name = "alice"
kind = "human" # a person
targets = ["shop"]

[[principal]]
name = "support-bot"
kind = "agent"
on_behalf_of = "alice" # since spring
targets = ["shop"]

[limits]
sessions_max = 10 # small
"#;

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        assert_eq!(place.run(&["dev-ca", "."], "").code, 0);
        fs::write(place.file(), CONFIGURATION).unwrap();
        fs::set_permissions(place.file(), fs::Permissions::from_mode(0o600)).unwrap();
        place
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("tollhouse.toml")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn run(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tollhouse"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn ok(&self, arguments: &[&str], input: &str) -> Answer {
        let answer = self.run(arguments, input);
        assert_eq!(answer.code, 0, "{arguments:?}: {}{}", answer.out, answer.err);
        assert_eq!(self.run(&["check"], "").code, 0, "{arguments:?} leaves a file that can be used");
        answer
    }

    /// What `principal list --json` says of one principal.
    fn listed(&self, name: &str) -> serde_json::Value {
        let list = self.run(&["principal", "list", "--json"], "").out;
        let mut lines = list.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.find(|line| line["name"] == name).unwrap_or(serde_json::Value::Null)
    }
}

#[test]
fn check_says_ok_or_what_is_wrong() {
    let place = Place::new();
    let good = place.run(&["check"], "");
    assert_eq!((good.code, good.err.lines().count()), (0, 1), "{}", good.err);
    assert!(good.err.contains("warning: principal.name: `support-bot` cannot log in"), "{}", good.err);
    assert!(good.out.starts_with("tollhouse.toml: ok: 1 listener, 1 target, 2 principals, "), "{}", good.out);
    assert!(good.out.contains(" rules; ledger `t.example/shop` in "), "{}", good.out);

    fs::write(place.file(), CONFIGURATION.replace("kind = \"human\"", "kind = \"person\"")).unwrap();
    let bad = place.run(&["check"], "");
    assert_eq!((bad.code, bad.out.as_str()), (1, ""));
    assert!(
        bad.err.contains("tollhouse.toml:22:8: principal.kind: `person` is not known here; write one of"),
        "{}",
        bad.err
    );
    assert!(!bad.err.contains('\x1b'), "no colours where there is no terminal");

    let answer: serde_json::Value = serde_json::from_str(&place.run(&["check", "--json"], "").out).unwrap();
    assert_eq!(answer["ok"], false);
    assert_eq!(answer["problems"][0]["line"], 22);
    assert_eq!(answer["problems"][0]["code"], "value");

    assert_eq!(place.run(&["check", "nowhere.toml"], "").code, 2);
    assert_eq!(place.run(&["check", "--colour"], "").code, 2);
}

#[test]
fn check_gives_the_hash_of_the_file() {
    let place = Place::new();
    let answer: serde_json::Value = serde_json::from_str(&place.run(&["check", "--json"], "").out).unwrap();
    let hash: String = Sha256::digest(CONFIGURATION).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(answer["hash"], hash.as_str());
}

#[test]
fn a_password_becomes_a_verifier() {
    let place = Place::new();
    let answer = place.ok(&["principal", "password", "alice", "--stdin"], "correct horse\n");
    assert_eq!(answer.out, "");
    let text = place.text();
    let verifier = text.lines().find_map(|line| line.strip_prefix("scram = ")).unwrap().trim_matches('"');
    let parsed: wire::auth::scram::Verifier = verifier.parse().unwrap();
    assert_eq!(parsed.iterations(), 4096);
    assert_eq!(text.replace(&format!("scram = \"{verifier}\"\n"), ""), CONFIGURATION, "nothing else changes");
    assert!(!text.contains("correct horse"));
    assert_eq!(place.listed("alice")["password"], true);
    assert_eq!(fs::metadata(place.file()).unwrap().mode() & 0o777, 0o600);

    place.ok(&["principal", "password", "alice", "--stdin"], "battery staple\n");
    assert_eq!(place.text().matches("scram = ").count(), 1, "the old one is replaced");
    assert!(!place.text().contains(verifier));
}

#[test]
fn a_printed_verifier_changes_nothing() {
    let place = Place::new();
    let answer = place.ok(&["principal", "password", "anybody", "--stdin", "--print"], "correct horse");
    assert!(answer.out.trim().parse::<wire::auth::scram::Verifier>().is_ok(), "{}", answer.out);
    assert_eq!(place.text(), CONFIGURATION);
}

#[test]
fn passwords_that_are_none_change_nothing() {
    let place = Place::new();
    for password in ["", "\n", "a\0b\n", &"x".repeat(1025)] {
        assert_eq!(place.run(&["principal", "password", "alice", "--stdin"], password).code, 2);
    }
    assert_eq!(place.run(&["principal", "password", "nobody", "--stdin"], "secret\n").code, 1);
    assert_eq!(place.text(), CONFIGURATION);
}

#[test]
fn a_token_is_shown_once_and_revoked_by_its_id() {
    let place = Place::new();
    let answer = place.ok(&["principal", "token", "support-bot", "--expires", "30d", "--id", "k3v9"], "");
    let token = answer.out.trim();
    assert_eq!(token.len(), "tollhouse_k3v9_".len() + 43);
    let hash: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(
        place.text().contains(&format!(
            "[[principal.token]]\nid = \"k3v9\"\nhash = \"sha256:{hash}\"\nexpires = \"20"
        )),
        "{}",
        place.text()
    );
    assert!(!place.text().contains(token));
    assert_eq!(place.listed("support-bot")["tokens"][0]["id"], "k3v9");

    assert_eq!(
        place.run(&["principal", "token", "support-bot", "--id", "k3v9"], "").code,
        1,
        "the id is taken"
    );
    let second = place.ok(&["principal", "token", "support-bot", "--json"], "");
    let second: serde_json::Value = serde_json::from_str(&second.out).unwrap();
    assert_eq!(second["principal"], "support-bot");
    assert_eq!(place.listed("support-bot")["tokens"].as_array().unwrap().len(), 2);
    assert!(
        place.text().find("[[principal.token]]").unwrap() < place.text().find("[limits]").unwrap(),
        "with its principal"
    );

    let list = place.run(&["principal", "list"], "").out;
    assert!(list.contains("k3v9 (until 20") && !list.contains("sha256"), "{list}");

    place.ok(&["principal", "token", "revoke", "support-bot", "k3v9"], "");
    place.ok(&["principal", "token", "revoke", "support-bot", second["id"].as_str().unwrap()], "");
    assert_eq!(place.text(), CONFIGURATION, "as it was before");
    assert_eq!(place.run(&["principal", "token", "revoke", "support-bot", "k3v9"], "").code, 1);
}

#[test]
fn token_arguments_are_checked() {
    let place = Place::new();
    for arguments in
        [&["--expires", "yesterday"][..], &["--expires", "2001-01-01T00:00:00Z"], &["--id", "a_b"]]
    {
        let all: Vec<&str> = ["principal", "token", "support-bot"].iter().chain(arguments).copied().collect();
        assert_eq!(place.run(&all, "").code, 2, "{arguments:?}");
    }
    assert_eq!(place.run(&["principal", "token"], "").code, 2);
    assert_eq!(place.run(&["principal", "token", "nobody"], "").code, 1);
    assert_eq!(place.text(), CONFIGURATION);
}

#[test]
fn principals_come_and_go() {
    let place = Place::new();
    place.ok(&["principal", "add", "etl", "--kind", "service", "--target", "shop", "--group", "data"], "");
    let etl = place.listed("etl");
    assert_eq!((etl["kind"].as_str(), etl["groups"][0].as_str()), (Some("service"), Some("data")));
    assert!(place.text().find("name = \"etl\"").unwrap() < place.text().find("[limits]").unwrap());
    assert_eq!(
        place.run(&["principal", "add", "etl", "--kind", "service"], "").code,
        1,
        "it is there already"
    );
    place.ok(&["principal", "remove", "etl"], "");
    assert_eq!(place.text(), CONFIGURATION, "as it was before");
    assert_eq!(place.run(&["principal", "remove", "etl"], "").code, 1);
}

#[test]
fn a_change_that_breaks_a_rule_is_declined() {
    let place = Place::new();
    let declined = place.run(&["principal", "remove", "alice"], "");
    assert_eq!(declined.code, 1);
    assert!(declined.err.contains("there is no principal `alice`"), "{}", declined.err);
    let arguments =
        ["principal", "add", "bot", "--kind", "agent", "--on-behalf-of", "alice", "--target", "stock"];
    let declined = place.run(&arguments, "");
    assert_eq!(declined.code, 1);
    assert!(declined.err.contains("there is no target `stock`"), "{}", declined.err);
    assert_eq!(
        place.run(&["principal", "add", "bot", "--kind", "agent"], "").code,
        2,
        "an agent needs a human"
    );
    assert_eq!(place.text(), CONFIGURATION);
}

#[test]
fn an_empty_file_gets_its_first_principal() {
    let place = Place::new();
    let without = CONFIGURATION.split("# an engineer").next().unwrap();
    fs::write(place.file(), without).unwrap();
    place.ok(&["principal", "add", "alice", "--kind", "human", "--target", "shop"], "");
    assert!(place.text().starts_with(without));
    assert_eq!(place.listed("alice")["targets"][0], "shop");
}

#[test]
fn dev_ca_overwrites_nothing_unless_told_to() {
    let place = Place::new();
    let mode = |name: &str| fs::metadata(place.0.path().join(name)).unwrap().mode() & 0o777;
    assert_eq!((mode("ca.key"), mode("server.key"), mode("ca.crt")), (0o600, 0o600, 0o644));
    let before = fs::read(place.0.path().join("server.crt")).unwrap();
    let declined = place.run(&["dev-ca", "."], "");
    assert_eq!(declined.code, 1);
    assert!(declined.err.contains("is there already"), "{}", declined.err);
    assert_eq!(fs::read(place.0.path().join("server.crt")).unwrap(), before);
    let forced = place.run(&["dev-ca", ".", "--force", "--host", "gate.internal", "--host", "10.0.0.7"], "");
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert!(forced.out.contains("psql \"host=localhost"), "{}", forced.out);
    assert_ne!(fs::read(place.0.path().join("server.crt")).unwrap(), before);
    assert_eq!(place.run(&["dev-ca", "other", "--host", "no host"], "").code, 2);
    assert!(!place.0.path().join("other").exists());
}

#[test]
fn every_shell_gets_its_completions() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let answer = place.run(&["completions", shell], "");
        assert_eq!(answer.code, 0);
        assert!(answer.out.contains("dev-ca"), "{shell}");
    }
}

#[test]
fn help_and_version_are_there() {
    let place = Place::new();
    assert!(place.run(&["--version"], "").out.starts_with("tollhouse 0."));
    for command in ["serve", "check", "principal", "ledger", "dev-ca", "completions"] {
        let answer = place.run(&[command, "--help"], "");
        assert_eq!(answer.code, 0);
        assert!(
            answer.out.contains("Example") || answer.out.contains("Commands:"),
            "{command}: {}",
            answer.out
        );
    }
}
