//! What the ledger has to say after the tour, asked by the program's own commands; and that a changed copy is found out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::check::{Outcome, Report};
use super::tour::{AGENT, FAILING, PURPOSE, READ, SECRET};
use crate::error::Context;
use crate::gate::Gate;
use crate::{Error, Result};

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
        report.step("dana's DROP is there", has(&["--principal", "dana"], &["DROP TABLE shop.tour"]));
        report.step("etl's COPY is there", has(&["--principal", "etl"], &["COPY ml.training_run TO STDOUT"]));
        report.step("the password that dana typed is in no file of it", self.keeps_secrets());
        report.step("it verifies", self.verifies(&self.folder));
    }

    /// Changes copies of it and lets `verify` look.
    pub(super) fn tampered(&self, report: &mut Report) {
        report.step("an untouched copy verifies with the public key alone", self.copy_verifies());
        report.step("one changed letter of a statement is found and named", self.edit_is_found());
        report.step("a removed tile is found and named", self.removal_is_found());
    }

    /// Some one line of the answer has all `words`.
    fn has(&self, arguments: &[&str], words: &[&str]) -> Outcome {
        let lines = self.search(arguments).map_err(|error| error.to_string())?;
        let found = lines.iter().find(|line| {
            let texts = texts(line);
            words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
        });
        match found {
            Some(line) => Ok(summary(line)),
            None => {
                let first = lines.first().map(Value::to_string).unwrap_or_default();
                Err(format!("no entry of {} has all of {words:?}; the first: {first}", lines.len()))
            }
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

    fn copy_verifies(&self) -> Outcome {
        let copy = self.copy().map_err(|error| error.to_string())?;
        self.verifies(copy.path())
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
            let tile = files(&folder.join("tile"))?.into_iter().next();
            let tile = tile.ok_or_else(|| Error::new("there is no tile"))?;
            fs::remove_file(&tile).context(|| format!("cannot remove `{}`", tile.display()))
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
        let output = self
            .command("verify", folder)
            .output()
            .context(|| "cannot run `tollhouse ledger verify`".into())?;
        let text = [output.stdout, output.stderr].concat();
        Ok((output.status.code(), String::from_utf8_lossy(&text).trim().to_owned()))
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

/// Every text in a JSON value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn summary(line: &Value) -> String {
    line.to_string().chars().take(160).collect()
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
    fn texts_are_found_at_any_depth() {
        let value = serde_json::json!({"a": [{"b": "x"}, 1], "c": "y"});
        let mut found = texts(&value);
        found.sort_unstable();
        assert_eq!(found, ["x", "y"]);
    }
}
