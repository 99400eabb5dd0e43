//! `OPTIONS (key 'value', …)` of foreign servers, tables, wrappers and user mappings. What is in there is up to each
//! wrapper, so all values are taken for secrets but those of keys that are known to hold none.

use crate::word::one_of;

/// Whose options they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A user mapping.
    Mapping,
    /// A server, wrapper, foreign table or foreign schema.
    Foreign,
}

const OF_MAPPING: &[&str] = &["user", "username"];

/// Of postgres_fdw, file_fdw and the common ones of other wrappers.
const OF_FOREIGN: &[&str] = &[
    "address",
    "analyze_sampling",
    "application_name",
    "async_capable",
    "batch_size",
    "column_name",
    "database",
    "dbname",
    "dbserver",
    "delimiter",
    "encoding",
    "extensions",
    "fdw_startup_cost",
    "fdw_tuple_cost",
    "fetch_size",
    "filename",
    "format",
    "header",
    "host",
    "hostaddr",
    "import_collate",
    "import_default",
    "import_generated",
    "import_not_null",
    "keep_connections",
    "key",
    "keyspace",
    "null",
    "parallel_abort",
    "parallel_commit",
    "port",
    "quote",
    "region",
    "schema",
    "schema_name",
    "sslmode",
    "table",
    "table_name",
    "truncatable",
    "updatable",
    "use_remote_estimate",
    "use_scram_passthrough",
];

/// The owner of the options of a statement with these first words, in small letters.
pub(super) fn owner(words: &[Vec<u8>]) -> Option<Owner> {
    let (verb, others) = words.split_first()?;
    if !one_of(verb, &["create", "alter", "import"]) {
        return None;
    }
    if others.iter().any(|word| word == b"mapping") {
        return Some(Owner::Mapping);
    }
    others.iter().any(|word| one_of(word, &["server", "wrapper", "foreign"])).then_some(Owner::Foreign)
}

/// Whether the value of option `key` may be recorded.
pub(super) fn is_plain(owner: Owner, key: &[u8]) -> bool {
    match owner {
        Owner::Mapping => one_of(key, OF_MAPPING),
        Owner::Foreign => one_of(key, OF_FOREIGN),
    }
}
