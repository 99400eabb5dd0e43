//! A connection string as the runner takes it, and as the clients get it: by `PG…` variables.

use std::collections::BTreeMap;
use std::process::Command;

use crate::{Error, Result};

/// The variables that a client sees, and nothing else of its caller's.
const NAMES: [(&str, &str); 7] = [
    ("host", "PGHOST"),
    ("port", "PGPORT"),
    ("user", "PGUSER"),
    ("password", "PGPASSWORD"),
    ("dbname", "PGDATABASE"),
    ("sslmode", "PGSSLMODE"),
    ("sslrootcert", "PGSSLROOTCERT"),
];

/// Where a client connects and as whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dsn(BTreeMap<&'static str, String>);

impl Dsn {
    /// Reads `postgres://user:password@host:port/database?sslmode=…` or `host=… port=… user=…`.
    ///
    /// # Errors
    /// When a word is unknown or broken. The text itself is not repeated: it holds a password.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let url = ["postgres://", "postgresql://"].iter().find_map(|start| text.strip_prefix(start));
        let words = match url {
            Some(rest) => url_words(rest)?,
            None => text
                .split_whitespace()
                .map(|word| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| Error::new("a connection string is `name=value …` or `postgres://…`"))?,
        };
        let mut dsn = Self(BTreeMap::new());
        for (name, value) in words {
            dsn = dsn.set(&name, &value)?;
        }
        Ok(dsn)
    }

    /// The same with one word more or changed.
    ///
    /// # Errors
    /// When no client would know the word.
    pub(super) fn set(mut self, name: &str, value: &str) -> Result<Self> {
        let known = NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| Error::new(format!("a connection string may not say `{name}` here")))?;
        self.0.insert(known.0, value.to_owned());
        Ok(self)
    }

    /// One word, empty when it is not said.
    pub(super) fn word(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Gives it to a program.
    pub(super) fn apply(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        for (word, variable) in NAMES {
            if let Some(value) = self.0.get(word) {
                command.env(variable, value);
            }
        }
    }
}

fn url_words(rest: &str) -> Result<Vec<(String, String)>> {
    let (main, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = main.split_once('/').unwrap_or((main, ""));
    let (login, address) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (address, ""),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let given =
        [("host", host), ("port", port), ("user", user), ("password", password), ("dbname", database)];
    let asked = query
        .split('&')
        .filter(|word| !word.is_empty())
        .map(|word| word.split_once('=').unwrap_or((word, "")));
    given
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .chain(asked)
        .map(|(name, value)| Ok((name.to_owned(), decode(value)?)))
        .collect()
}

fn decode(text: &str) -> Result<String> {
    let broken = || Error::new("a connection string has a broken `%` in it");
    let mut bytes = Vec::with_capacity(text.len());
    let mut pieces = text.split('%');
    bytes.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        let (code, rest) = piece.split_at_checked(2).ok_or_else(broken)?;
        bytes.push(u8::from_str_radix(code, 16).map_err(|_| broken())?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let url = Dsn::parse(
            "postgres://al%3Aice:p%40ss@[::1]:6432/shop?sslmode=verify-full&sslrootcert=/tmp/a%20b",
        )
        .unwrap();
        assert_eq!(url.word("user"), "al:ice");
        assert_eq!(url.word("password"), "p@ss");
        assert_eq!(url.word("host"), "::1");
        assert_eq!(url.word("sslrootcert"), "/tmp/a b");
        let words =
            Dsn::parse("host=::1 port=6432 user=al:ice password=p@ss dbname=shop sslmode=verify-full")
                .unwrap();
        assert_eq!(words.set("sslrootcert", "/tmp/a b").unwrap(), url);
    }

    #[test]
    fn what_no_client_knows_is_refused_without_repeating_it() {
        for bad in [
            "host=a secret",
            "nonsense=1",
            "postgres://a:%2@h/d",
            "postgres://a:%zz@h/d",
            "postgres://h/d?x=1",
        ] {
            let error = Dsn::parse(bad).unwrap_err().to_string();
            assert!(!error.contains("secret") && !error.contains("%2@"), "{error}");
        }
    }
}
