//! The catalogue of every key of the configuration: one line each. Unknown keys are told from it, the reference
//! and the commented example are checked against it. Holds no defaults that run: those are in the code that
//! reads the key, and a test compares the two.

/// What a key takes when it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// The key has to be there.
    Required,
    /// As if this had been written.
    Default(&'static str),
    /// Nothing; the text says what that means.
    Unset,
    /// The key opens a table of its own.
    Table,
}

/// One key.
#[derive(Debug)]
pub(crate) struct Key {
    /// The table it stands in, as written between the brackets; empty for the top.
    pub(crate) section: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// What may be written.
    pub(crate) form: &'static str,
    /// What happens without it.
    pub(crate) otherwise: Otherwise,
    /// What it does.
    pub(crate) text: &'static str,
}

use Otherwise::{Default as Def, Required, Table, Unset};

const fn key(
    section: &'static str,
    name: &'static str,
    form: &'static str,
    otherwise: Otherwise,
    text: &'static str,
) -> Key {
    Key { section, name, form, otherwise, text }
}

/// Every key, in the order of the reference.
#[rustfmt::skip]
pub(crate) const ALL: &[Key] = &[
    key("", "ledger", "table", Table, "where everything is recorded"),
    key("", "admin", "table", Table, "the operator's own address"),
    key("", "log", "table", Table, "the process' log (never statement text, never secrets)"),
    key("", "policy", "table", Table, "the rules that everything is judged by; a set that does not check refuses everything"),
    key("", "mask", "tables", Table, "classes that are masked in another way than by default: [masks](../masks.md)"),
    key("", "label", "tables", Table, "what single columns hold, where the gate was wrong; written by `tollhouse data label`"),
    key("", "listener", "tables", Table, "where clients come in; at least one"),
    key("", "target", "tables", Table, "the databases behind the gate; at least one"),
    key("", "principal", "tables", Table, "who may come in"),
    key("", "limits", "table", Table, "named limits; each refuses, none skips a check"),

    key("ledger", "origin", "text", Required, "the log's name in its checkpoints, such as `tollhouse.example/shop`; chosen once, since old checkpoints carry it"),
    key("ledger", "directory", "path", Def("\"ledger\""), "the ledger's folder; made when missing"),
    key("ledger", "key", "path", Unset, "the checkpoints' signing key; `ledger.key` in the directory when left out"),
    key("ledger", "parameters", "`hash`, `plain`, `omit`", Def("\"hash\""), "how parameter values are recorded: keyed hash, as they are, or only type and length"),

    key("admin", "listen", "`address:port` or `off`", Def("\"127.0.0.1:9640\""), "where `/metrics`, `/healthz` and `/readyz` are served, without log-in"),

    key("log", "format", "`text`, `json`", Def("\"text\""), "one line per event, for people or for programs"),
    key("log", "level", "`error`, `warn`, `info`, `debug`, `trace`", Def("\"info\""), "the least important event that is logged"),

    key("policy", "directory", "path", Unset, "a folder with rules of your own: every `*.cedar` in it, taken over when it changes"),
    key("policy", "packs", "`\"all\"` or list of packs", Def("\"all\""), "the shipped guard packs that are in force; `tollhouse policy explain` lists them"),

    key("mask", "class", "class of data", Required, "the class, such as `email`"),
    key("mask", "with", "mask", Required, "`full`, `null`, `partial`, `first1` to `last8`, `token`, `number`, `generalise`, `scan`, `constant:TEXT`"),

    key("label", "target", "name", Required, "the target"),
    key("label", "database", "text", Unset, "the database there; the target's own when left out"),
    key("label", "relation", "number", Required, "the table's OID in the database"),
    key("label", "column", "number", Required, "the column's number in its table"),
    key("label", "name", "text", Required, "their names when it was written, for people"),
    key("label", "class", "class of data or `none`", Required, "what it holds"),
    key("label", "reason", "text", Required, "why, for whoever asks later"),

    key("listener", "name", "name", Required, "its name in ledger and log"),
    key("listener", "address", "`address:port` or a path with `/`", Required, "IPv4, IPv6 (`[::1]:6432`) or a Unix socket; libpq finds sockets named `.s.PGSQL.<port>`"),
    key("listener", "certificate", "path", Unset, "PEM, the server's certificate first, then the intermediates"),
    key("listener", "key", "path", Unset, "PEM, the certificate's private key; readable by its owner only"),
    key("listener", "plaintext", "`refuse`, `allow`", Def("\"refuse\""), "whether clients may come without TLS; tokens are refused there all the same"),

    key("target", "name", "name without `@`", Required, "what clients give as database (`name`, or `database@name`)"),
    key("target", "environment", "`dev`, `staging`, `production`, `sandbox`", Def("\"production\""), "where it lives"),
    key("target", "durability", "`strict`, `relaxed`", Def("\"strict\""), "whether a decision is on disk before its effect is visible, or within 50 ms"),
    key("target", "application_name", "`client`, `forced`", Def("\"client\""), "what the server sees: the client's own name if it sends one, or always principal and session"),
    key("target", "masks", "`on`, `off`", Def("\"on\""), "whether columns that hold personal data or secrets are masked there"),
    key("target", "startup_options", "list of texts", Def("[]"), "further settings that clients may send at start-up; `[\"*\"]` = all that are safe"),
    key("target", "upstream", "table", Table, "how to reach it"),

    key("target.upstream", "hosts", "list of `host:port` or `/folder:port`", Required, "the servers, tried in order; a folder is that of the server's Unix socket; without port 5432"),
    key("target.upstream", "database", "text", Required, "the database's name there"),
    key("target.upstream", "user", "text", Required, "the role that the gate logs in as"),
    key("target.upstream", "password_file", "path", Unset, "a file with that role's password; readable by its owner only"),
    key("target.upstream", "password_env", "text", Unset, "an environment variable with that role's password, instead of the file"),
    key("target.upstream", "tls", "`verify-full`, `verify-ca`, `require`, `disable`", Def("\"verify-full\""), "chain and name checked; only the chain; nothing checked; no TLS. Unix sockets never use TLS"),
    key("target.upstream", "ca_file", "path", Unset, "PEM, the authorities that may have signed the server's certificate; needed for the first two"),
    key("target.upstream", "client_certificate", "path", Unset, "PEM, the gate's own certificate"),
    key("target.upstream", "client_key", "path", Unset, "PEM, its private key; readable by its owner only"),
    key("target.upstream", "target_session_attrs", "`any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby`", Def("\"any\""), "which of several servers will do"),
    key("target.upstream", "connect_timeout", "duration", Def("\"5s\""), "how long one attempt at one server may take"),

    key("principal", "name", "name", Required, "what the principal gives as user"),
    key("principal", "kind", "`human`, `agent`, `service`", Required, "what it is"),
    key("principal", "on_behalf_of", "name of a human", Unset, "the human an agent acts for; needed for agents, and only for them"),
    key("principal", "groups", "list of names", Def("[]"), "the groups that it is in"),
    key("principal", "targets", "list of targets", Def("[]"), "the targets that it may reach; an agent's are among its human's"),
    key("principal", "scram", "SCRAM-SHA-256 verifier", Unset, "written by `tollhouse principal password`"),
    key("principal", "token", "tables", Table, "written by `tollhouse principal token`"),

    key("principal.token", "id", "name without `_`", Required, "the part of the token that is no secret"),
    key("principal.token", "hash", "`sha256:` and 64 hexadecimal digits", Required, "SHA-256 of the whole token"),
    key("principal.token", "expires", "RFC 3339 time", Unset, "from when on it is worth nothing; never when left out"),

    key("limits", "sessions_max", "number", Def("5000"), "sessions at once; fewer where the limit of open files (two a session, 128 for the rest) does not suffice, which the log says at start"),
    key("limits", "sessions_per_principal_max", "number", Def("1000"), "sessions of one principal at once"),
    key("limits", "logins_per_address_max", "number", Def("200"), "connections of one address that have not logged in yet"),
    key("limits", "login_timeout", "duration", Def("\"10s\""), "how long start-up and log-in may take"),
    key("limits", "idle_timeout", "duration or `never`", Def("\"never\""), "how long a session may idle outside of a statement"),
    key("limits", "statement_bytes_max", "size", Def("\"16MiB\""), "the longest statement text"),
    key("limits", "prepared_max", "number", Def("10000"), "prepared statements and open portals of one session"),
    key("limits", "pipeline_max", "number", Def("100000"), "messages of one session whose answers are still to come"),
    key("limits", "drain_timeout", "duration", Def("\"30s\""), "how long sessions may go on after SIGTERM"),
];

/// The keys of a section.
pub(crate) fn of(section: &str) -> impl Iterator<Item = &'static Key> {
    ALL.iter().filter(move |key| key.section == section)
}

/// The key of `section` that `written` most likely meant, if any is close.
pub(crate) fn nearest(section: &str, written: &str) -> Option<&'static str> {
    of(section)
        .map(|key| (distance(key.name, written), key.name))
        .filter(|(far, name)| {
            *far <= 2 || (written.len() > 3 && (name.starts_with(written) || written.starts_with(name)))
        })
        .min()
        .map(|(_, name)| name)
}

/// How many characters have to be put in, taken out or exchanged (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    // A key written by a person is short; a longer one is like none of ours.
    if b.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, cell) in b.chars().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (diagonal + usize::from(x != y)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_finds_the_right_one() {
        assert_eq!(nearest("listener", "adress"), Some("address"));
        assert_eq!(nearest("limits", "sessions"), Some("sessions_max"));
        assert_eq!(nearest("", "targets"), Some("target"));
        assert_eq!(nearest("principal", "read_only"), None);
        assert_eq!(nearest("limits", &"x".repeat(1000)), None);
    }

    #[test]
    fn distances_are_levenshteins() {
        for (a, b, far) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("hosts", "host", 1)] {
            assert_eq!(distance(a, b), far, "{a} {b}");
        }
    }

    #[test]
    fn no_key_stands_twice() {
        for (at, key) in ALL.iter().enumerate() {
            assert!(!ALL[..at].iter().any(|k| (k.section, k.name) == (key.section, key.name)), "{key:?}");
        }
    }
}
