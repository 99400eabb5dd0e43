//! What the statements of one text share beside the session's view, and the words of the one at hand, for the few
//! places where the tree does not show a name.

use std::collections::HashMap;
use std::sync::Arc;

use model::facts::Output;

use super::prepared::Outputs;
use crate::analyze::Analyzed;
use crate::word::{name, one_of};
use crate::{Kind, Lexer};

/// One text while it is analyzed.
#[derive(Default)]
pub(crate) struct Text<'t> {
    /// The bytes of the statement at hand.
    words: &'t str,
    prepared: HashMap<String, Arc<Analyzed>>,
    last: Option<Arc<Analyzed>>,
    declared: HashMap<String, Outputs>,
    inside_into: bool,
}

impl<'t> Text<'t> {
    /// The next statement begins.
    pub(crate) fn begin(&mut self, words: &'t str) {
        self.words = words;
        self.last = None;
    }

    /// What the statement at hand prepared or declared.
    pub(crate) fn take_prepared(&mut self) -> Option<Arc<Analyzed>> {
        self.last.take()
    }

    pub(super) fn prepared(&mut self, name: &str, analyzed: Arc<Analyzed>) {
        self.prepared.insert(name.to_owned(), Arc::clone(&analyzed));
        self.last = Some(analyzed);
    }

    /// What FETCH runs of the cursor that the statement at hand declares.
    pub(super) fn keeps(&mut self, analyzed: Analyzed) {
        self.last = Some(Arc::new(analyzed));
    }

    pub(super) fn find_prepared(&self, name: &str) -> Option<Arc<Analyzed>> {
        self.prepared.get(name).cloned()
    }

    pub(super) fn declared(&mut self, name: &str, outputs: Outputs) {
        self.declared.insert(name.to_owned(), outputs);
    }

    pub(super) fn find_declared(&self, name: &str) -> Option<Vec<Output>> {
        self.declared.get(name)?.as_ref().map(|outputs| outputs.to_vec())
    }

    pub(super) fn is_inside_into(&self) -> bool {
        self.inside_into
    }

    pub(super) fn inside_into(&mut self, inside: bool) {
        self.inside_into = inside;
    }

    /// The lists of names behind the last of `starts` that comes before a word of `stops`, outside of brackets:
    /// `ON SCHEMA a, b TO` gives `a` and `b`. Words that say what is named are left out.
    pub(super) fn names_after(&self, starts: &[&str], stops: &[&str]) -> Vec<Vec<String>> {
        const KINDS: [&str; 30] = [
            "all",
            "aggregate",
            "configuration",
            "data",
            "database",
            "domain",
            "exists",
            "foreign",
            "function",
            "functions",
            "if",
            "in",
            "language",
            "large",
            "not",
            "object",
            "parameter",
            "procedure",
            "procedures",
            "routine",
            "routines",
            "schema",
            "sequence",
            "sequences",
            "server",
            "table",
            "tables",
            "tablespace",
            "type",
            "wrapper",
        ];
        let bytes = self.words.as_bytes();
        let (mut found, mut parts): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
        let (mut inside, mut depth) = (false, 0_usize);
        for token in Lexer::new(bytes).filter(|token| !token.kind.is_comment()) {
            let spelled = token.of(bytes);
            let word = token.kind == Kind::Word;
            match spelled {
                b"(" if inside && stops.contains(&"(") => break,
                b"(" => depth = depth.saturating_add(1),
                b")" => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                _ if !inside => inside = word && one_of(spelled, starts),
                _ if word && one_of(spelled, stops) => break,
                b"," => found.push(std::mem::take(&mut parts)),
                _ if word && parts.is_empty() && one_of(spelled, &KINDS) => {}
                _ => parts.extend(name(bytes, token, b'\\')),
            }
        }
        found.push(parts);
        found.retain(|parts| !parts.is_empty());
        found
    }

    /// The command of CREATE, ALTER and DROP for what lies in no schema, by its words.
    pub(super) fn command(&self) -> &'static str {
        const COMMANDS: [&str; 33] = [
            "CREATE ROLE",
            "ALTER ROLE",
            "DROP ROLE",
            "CREATE USER MAPPING",
            "ALTER USER MAPPING",
            "DROP USER MAPPING",
            "CREATE USER",
            "ALTER USER",
            "DROP USER",
            "CREATE GROUP",
            "ALTER GROUP",
            "DROP GROUP",
            "CREATE DATABASE",
            "ALTER DATABASE",
            "DROP DATABASE",
            "CREATE TABLESPACE",
            "ALTER TABLESPACE",
            "DROP TABLESPACE",
            "ALTER SYSTEM",
            "ALTER EXTENSION",
            "CREATE ACCESS METHOD",
            "ALTER EVENT TRIGGER",
            "CREATE FOREIGN DATA WRAPPER",
            "ALTER FOREIGN DATA WRAPPER",
            "CREATE SERVER",
            "ALTER SERVER",
            "CREATE SUBSCRIPTION",
            "ALTER SUBSCRIPTION",
            "DROP SUBSCRIPTION",
            "ALTER TABLE",
            "ALTER INDEX",
            "ALTER MATERIALIZED VIEW",
            "ALTER FOREIGN TABLE",
        ];
        let bytes = self.words.as_bytes();
        let words: Vec<String> = Lexer::new(bytes)
            .filter(|token| !token.kind.is_comment())
            .take(4)
            .map(|token| String::from_utf8_lossy(token.of(bytes)).to_ascii_uppercase())
            .collect();
        let words = words.join(" ");
        let begins = |command: &&str| {
            words.strip_prefix(*command).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        COMMANDS.into_iter().find(begins).unwrap_or("OTHER")
    }
}
