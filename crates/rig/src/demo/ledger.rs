//! What the ledger has to say after the tour, asked by the program's own commands; and that a changed copy is found out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::check::{Outcome, Report};
use super::tour::{AGENT, FAILING, PURPOSE, READ, SECRET};
use crate::error::Context;
use crate::gate::Gate;
use crate::{Error, Result, wait};

/// The file of the signed state.
const CHECKPOINT: &str = "checkpoint";
/// How long a ledger may go without a checkpoint.
const FIRST_CHECKPOINT: Duration = Duration::from_secs(20);

/// The ledger of the gate that the tour went through.
pub(super) struct Ledger<'a> {
    gate: &'a Gate,
    folder: PathBuf,
}

impl<'a> Ledger<'a> {
    /// That of this gate.
    pub(super) fn of(gate: &'a Gate) -> Self {
        Self { gate, folder: gate.ledger() }
    }

    /// Asks for what the personas did.
    pub(super) fn told(&self, report: &mut Report) {
        let has = |arguments: &[&str], words: &[&str]| self.has(arguments, words);
        report.step(
            "who counted customers: alice, with the statement's text",
            has(&["--principal", "alice", "--text", "shop.customer"], &[READ, "alice"]),
        );
        report.step(
            "the agent's statement names alice beside the agent, and the purpose",
            has(&["--principal", "support-bot"], &[AGENT, "support-bot", "alice", PURPOSE]),
        );
        report.step(
            "the failing statement has its SQLSTATE",
            has(&["--principal", "alice", "--outcome", "error"], &[FAILING, "22012"]),
        );
        report.step(
            "the cancelled one is `cancelled`",
            has(&["--outcome", "cancelled"], &["pg_sleep(600)", "57014"]),
        );
        report.step("dana's DROP is there", has(&["--principal", "dana"], &["DROP TABLE tour"]));
        report.step("etl's COPY is there", has(&["--principal", "etl"], &["COPY ml.training_run TO STDOUT"]));
        report.step("the password that dana typed is in no file of it", self.keeps_secrets());
        report.step("it verifies", self.verifies_in_time());
    }

    /// The signed state of now, as an auditor keeps it.
    pub(super) fn checkpoint(&self) -> Result<String> {
        let path = self.folder.join(CHECKPOINT);
        fs::read_to_string(&path).context(|| format!("cannot read `{}`", path.display()))
    }

    /// Changes copies of it and lets `verify` look. `kept` is a checkpoint from before.
    pub(super) fn tampered(&self, report: &mut Report, kept: &str) {
        report.step("an untouched copy verifies without any secret", self.copy_verifies(kept));
        report.step("one changed letter of a statement is found and named", self.edit_is_found());
        report.step("removed tiles are found and named", self.removal_is_found());
        report.step("a forged checkpoint is found", self.forgery_is_found());
    }

    /// Some one statement of the answer has all `words`, in its decision and its outcome together.
    fn has(&self, arguments: &[&str], words: &[&str]) -> Outcome {
        let statements = statements(self.search(arguments).map_err(|error| error.to_string())?);
        let found = statements.iter().find(|entries| {
            let texts: Vec<&str> = entries.iter().flat_map(texts).collect();
            words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
        });
        match found {
            Some(entries) => Ok(summary(entries)),
            None => Err(format!("none of {} has all of {words:?}", statements.len())),
        }
    }

    fn search(&self, arguments: &[&str]) -> Result<Vec<Value>> {
        let mut command = self.command("search", &self.folder);
        command.arg("--json").args(arguments);
        let output = command.output().context(|| "cannot run `tollhouse ledger search`".into())?;
        // 1 = nothing found, which the caller tells better.
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(Error::new(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).context(|| format!("not JSON: `{line}`")))
            .collect()
    }

    fn keeps_secrets(&self) -> Outcome {
        let files = files(&self.folder).map_err(|error| error.to_string())?;
        let redacted = self
            .search(&["--principal", "dana", "--text", "ALTER ROLE"])
            .map_err(|error| error.to_string())?;
        if redacted.is_empty() {
            return Err("the statement itself is missing".into());
        }
        for file in &files {
            let bytes = fs::read(file).unwrap_or_default();
            if position(&bytes, SECRET.as_bytes()).is_some() {
                return Err(format!("it is in `{}`", file.display()));
            }
        }
        Ok(format!("searched {} files", files.len()))
    }

    fn verifies(&self, folder: &Path) -> Outcome {
        let (code, text) = self.verify(folder).map_err(|error| error.to_string())?;
        if code == Some(0) { Ok(text) } else { Err(text) }
    }

    /// A young ledger has its first checkpoint within a second or so.
    fn verifies_in_time(&self) -> Outcome {
        let signed = wait::until("the first checkpoint", FIRST_CHECKPOINT, || {
            Ok(self.folder.join(CHECKPOINT).exists().then_some(()))
        });
        signed.map_err(|error| error.to_string())?;
        self.verifies(&self.folder)
    }

    fn copy_verifies(&self, kept: &str) -> Outcome {
        let try_it = || -> Result<(Option<i32>, String)> {
            let copy = self.copy()?;
            let file = copy.path().join("kept");
            write(&file, kept.as_bytes())?;
            let mut command = self.command("verify", copy.path());
            finish(command.arg("--from").arg(&file))
        };
        match try_it() {
            Ok((Some(0), text)) => Ok(text),
            Ok((_, text)) => Err(text),
            Err(error) => Err(error.to_string()),
        }
    }

    fn edit_is_found(&self) -> Outcome {
        self.is_found(|folder| {
            for file in files(folder)? {
                let mut bytes = read(&file)?;
                if let Some(at) = position(&bytes, READ.as_bytes())
                    && let Some(byte) = bytes.get_mut(at)
                {
                    *byte ^= 1;
                    return write(&file, &bytes);
                }
            }
            Err(Error::new("the statement's text is in no file"))
        })
    }

    fn removal_is_found(&self) -> Outcome {
        self.is_found(|folder| {
            let tiles = folder.join("tile/0");
            fs::remove_dir_all(&tiles).context(|| format!("cannot remove `{}`", tiles.display()))
        })
    }

    /// A checkpoint whose size was changed, so that the last entry is out of it.
    fn forgery_is_found(&self) -> Outcome {
        self.is_found(|folder| {
            let text = self.checkpoint()?;
            let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            if let Some(size) = lines.get_mut(1) {
                let smaller =
                    size.parse::<u64>().context(|| format!("`{size}` is no size"))?.saturating_sub(1);
                *size = smaller.to_string();
            }
            write(&folder.join(CHECKPOINT), lines.join("\n").as_bytes())
        })
    }

    fn is_found(&self, change: impl FnOnce(&Path) -> Result<()>) -> Outcome {
        let try_it = || -> Result<(Option<i32>, String)> {
            let copy = self.copy()?;
            change(copy.path())?;
            self.verify(copy.path())
        };
        match try_it() {
            Ok((Some(1), text)) => Ok(text),
            Ok((code, text)) => Err(format!("`verify` ended with {code:?}: {text}")),
            Err(error) => Err(error.to_string()),
        }
    }

    fn verify(&self, folder: &Path) -> Result<(Option<i32>, String)> {
        finish(&mut self.command("verify", folder))
    }

    /// A copy without the secret keys, as an auditor gets it.
    fn copy(&self) -> Result<tempfile::TempDir> {
        let copy = tempfile::Builder::new()
            .prefix("tollhouse-copy-")
            .tempdir()
            .context(|| "cannot make a folder".into())?;
        for file in files(&self.folder)? {
            let name = file.strip_prefix(&self.folder).context(|| "a file outside of the ledger".into())?;
            let is_secret = file.extension().is_some_and(|extension| extension == "key");
            if is_secret {
                continue;
            }
            let target = copy.path().join(name);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).context(|| format!("cannot make `{}`", parent.display()))?;
            }
            fs::copy(&file, &target).context(|| format!("cannot copy `{}`", file.display()))?;
        }
        Ok(copy)
    }

    fn command(&self, name: &str, folder: &Path) -> Command {
        let mut command = self.gate.tollhouse(&["ledger", name, "--ledger"]);
        command.arg(folder);
        command
    }
}

/// Exit code and everything that was printed.
fn finish(command: &mut Command) -> Result<(Option<i32>, String)> {
    let output = command.output().context(|| "cannot run `tollhouse ledger verify`".into())?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8_lossy(&text).trim().to_owned()))
}

/// Every text in a JSON value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The entries of each statement together; whatever is of no statement stands alone.
fn statements(entries: Vec<Value>) -> Vec<Vec<Value>> {
    let mut statements: BTreeMap<(String, u64), Vec<Value>> = BTreeMap::new();
    for entry in entries {
        let number = |name: &str| entry.get(name).and_then(Value::as_u64);
        let key = match (entry.get("session").and_then(Value::as_str), number("number")) {
            (Some(session), Some(number)) => (session.to_owned(), number),
            _ => (String::new(), number("index").unwrap_or_default()),
        };
        statements.entry(key).or_default().push(entry);
    }
    statements.into_values().collect()
}

/// Who said what, why, and what came of it, in one line.
fn summary(entries: &[Value]) -> String {
    let word = |path: &str| entries.iter().find_map(|entry| Some(text(entry.pointer(path)?)));
    let mut line = word("/principal").unwrap_or_default();
    for (before, path) in [
        (" for ", "/on_behalf_of"),
        (", purpose ", "/body/asserted/purpose"),
        (": ", "/body/text"),
        (" -> ", "/result"),
    ] {
        if let Some(word) = word(path) {
            line.push_str(before);
            line.push_str(&word);
        }
    }
    for (name, path) in [("sqlstate", "/sqlstate"), ("rows", "/rows"), ("bytes", "/bytes")] {
        if let Some(word) = word(path) {
            line.push_str(&format!(", {name} {word}"));
        }
    }
    line
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).context(|| format!("cannot read `{}`", folder.display()))? {
            let path = entry.context(|| format!("cannot read `{}`", folder.display()))?.path();
            if path.is_dir() { left.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).context(|| format!("cannot read `{}`", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).context(|| format!("cannot write `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_its_decision_and_its_outcome() {
        let entry = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let found = statements(vec![
            entry(
                r#"{"session":"a","number":1,"principal":"bot","on_behalf_of":"alice","body":{"text":"SELECT 1"}}"#,
            ),
            entry(r#"{"session":"b","number":1,"principal":"eve"}"#),
            entry(
                r#"{"session":"a","number":1,"principal":"bot","result":"error","sqlstate":"22012","rows":0}"#,
            ),
        ]);
        assert_eq!(found.len(), 2);
        let first = found.first().unwrap();
        assert_eq!(summary(first), "bot for alice: SELECT 1 -> error, sqlstate 22012, rows 0");
    }

    #[test]
    fn texts_are_found_at_any_depth() {
        let value = serde_json::json!({"a": [{"b": "x"}, 1], "c": "y"});
        let mut found = texts(&value);
        found.sort_unstable();
        assert_eq!(found, ["x", "y"]);
    }
}
