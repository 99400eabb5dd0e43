//! The one list of session settings by what changing them means for the gate. `set_config` and SET ask here, and
//! nobody else knows setting names. It never learns whether a change is permitted.

use model::facts::RiskKind;

use crate::startup::is_utf8;

/// What changing a setting means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// How the server reads texts: another value than the pinned one loses the session.
    Reading,
    /// Who the session is.
    Identity,
    /// Where names are looked for: followed.
    Path,
    /// Whether the session may write.
    ReadWrite,
    /// The gate relies on it: limits, logs, triggers, row security, code that is loaded.
    Guarded,
    /// Any other setting.
    Plain,
    /// How values look or who asks: nothing depends on it.
    Harmless,
}

/// Settings that the gate relies on.
const GUARDED: &[&str] = &[
    // Limits that the gate sets.
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "transaction_timeout",
    "temp_file_limit",
    // What fires, what is filtered, what may be written.
    "row_security",
    "session_replication_role",
    "allow_system_table_mods",
    "lo_compat_privileges",
    "ignore_system_indexes",
    "zero_damaged_pages",
    "ignore_checksum_failure",
    "ignore_invalid_pages",
    "event_triggers",
    "transform_null_equals",
    "array_nulls",
    "restrict_nonsystem_relation_kind",
    "createrole_self_grant",
    // Code that is loaded, and from where.
    "local_preload_libraries",
    "session_preload_libraries",
    "shared_preload_libraries",
    "dynamic_library_path",
    "extension_control_path",
    "jit_provider",
    // What the server writes down about the session.
    "track_activities",
    "compute_query_id",
];

/// Whole families of them.
const GUARDED_PREFIXES: &[&str] =
    &["log_", "debug_", "auto_explain.", "trace_", "pg_stat_statements.", "pgaudit.", "session_"];

/// Settings that clients set at start-up and nothing depends on.
const HARMLESS: &[&str] = &[
    "application_name",
    "datestyle",
    "intervalstyle",
    "timezone",
    "extra_float_digits",
    "bytea_output",
    "xmloption",
    "xmlbinary",
    "lc_messages",
    "lc_monetary",
    "lc_numeric",
    "lc_time",
    "synchronize_seqscans",
    "quote_all_identifiers",
    "default_text_search_config",
    "geqo",
    "jit",
    "work_mem",
    "effective_cache_size",
    "transaction_isolation",
    "default_transaction_isolation",
    "transaction_deferrable",
    "default_table_access_method",
    "default_tablespace",
    "escape_string_warning",
];

/// Settings that make the server prefer one way to find rows over another: by an index they come in its order.
const PLANS: &[&str] = &[
    "seq_page_cost",
    "random_page_cost",
    "cursor_tuple_fraction",
    "plan_cache_mode",
    "constraint_exclusion",
];

/// The setting that says which of its messages the server tells the client.
pub(crate) const MESSAGES: &str = "client_min_messages";

/// Whether a setting may make the server tell what it does inside, which is nobody's to see where something is hidden.
#[must_use]
pub fn tells_insides(setting: &str) -> bool {
    setting.eq_ignore_ascii_case(MESSAGES)
}

/// Whether a setting steers how the server finds rows, and so in which order they come.
#[must_use]
pub fn steers_plans(setting: &str) -> bool {
    let folded = setting.to_ascii_lowercase();
    folded.starts_with("enable_") || folded.starts_with("cpu_") || PLANS.contains(&&*folded)
}

/// What it means to change a setting to `value`; `None` = back to where the session began, or a value that only
/// the server knows.
pub(crate) fn guard(name: &str, value: Option<&str>) -> Guard {
    let folded = name.to_ascii_lowercase();
    let is_on = value.and_then(boolean);
    match folded.as_str() {
        "standard_conforming_strings" if is_on == Some(true) => Guard::Harmless,
        "client_encoding" if value.is_some_and(is_utf8) => Guard::Harmless,
        "backslash_quote" if value.is_some_and(|value| value.eq_ignore_ascii_case("safe_encoding")) => {
            Guard::Harmless
        }
        "standard_conforming_strings" | "client_encoding" | "backslash_quote" => Guard::Reading,
        "role" | "session_authorization" => Guard::Identity,
        "search_path" => Guard::Path,
        "default_transaction_read_only" | "transaction_read_only" if is_on == Some(true) => Guard::Harmless,
        "default_transaction_read_only" | "transaction_read_only" => Guard::ReadWrite,
        MESSAGES if value.is_some_and(is_quiet) => Guard::Harmless,
        MESSAGES => Guard::Guarded,
        name if HARMLESS.contains(&name) => Guard::Harmless,
        name if GUARDED.contains(&name) => Guard::Guarded,
        name if GUARDED_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) => Guard::Guarded,
        _ => Guard::Plain,
    }
}

impl Guard {
    /// The risk of such a change; `None` for what is harmless. A path's is decided by what is in it.
    pub(crate) fn risk(self) -> Option<RiskKind> {
        match self {
            Self::Reading | Self::Guarded => Some(RiskKind::GuardedSetting),
            Self::Identity => Some(RiskKind::Identity),
            Self::ReadWrite => Some(RiskKind::ReadWrite),
            Self::Path | Self::Plain => Some(RiskKind::Setting),
            Self::Harmless => None,
        }
    }
}

/// A path under which built-in names may mean something else: `pg_catalog` is named, but not first.
pub(crate) fn hides_built_ins<'a>(mut path: impl Iterator<Item = &'a str>) -> bool {
    path.position(|schema| schema == "pg_catalog").is_some_and(|at| at > 0)
}

/// A boolean as the server reads it: any unique beginning of its words.
fn boolean(value: &str) -> Option<bool> {
    let value = value.trim().to_ascii_lowercase();
    let begins = |word: &str, least: usize| value.len() >= least && word.starts_with(&value);
    if begins("true", 1) || begins("yes", 1) || value == "on" || value == "1" {
        Some(true)
    } else if begins("false", 1) || begins("no", 1) || begins("off", 2) || value == "0" {
        Some(false)
    } else {
        None
    }
}

/// Not more than what clients are told anyway.
pub(crate) fn is_quiet(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "notice" | "warning" | "error")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_without_regard_to_case() {
        assert_eq!(guard("Standard_Conforming_Strings", Some("off")), Guard::Reading);
        assert_eq!(guard("LOG_STATEMENT", Some("none")), Guard::Guarded);
        assert_eq!(guard("TimeZone", Some("UTC")), Guard::Harmless);
    }

    #[test]
    fn a_pinned_setting_may_be_set_to_what_it_is() {
        assert_eq!(guard("standard_conforming_strings", Some("on")), Guard::Harmless);
        assert_eq!(guard("standard_conforming_strings", None), Guard::Reading);
        assert_eq!(guard("client_encoding", Some("UTF-8")), Guard::Harmless);
        assert_eq!(guard("client_encoding", Some("GBK")), Guard::Reading);
    }

    #[test]
    fn leaving_read_only_is_a_risk_and_entering_it_is_none() {
        assert_eq!(guard("transaction_read_only", Some("t")).risk(), None);
        assert_eq!(guard("transaction_read_only", Some("of")).risk(), Some(RiskKind::ReadWrite));
        assert_eq!(guard("default_transaction_read_only", None).risk(), Some(RiskKind::ReadWrite));
    }

    #[test]
    fn a_path_may_not_put_a_schema_before_the_built_ins() {
        assert!(hides_built_ins(["public", "pg_catalog"].into_iter()));
        assert!(!hides_built_ins(["pg_catalog", "public"].into_iter()));
        assert!(!hides_built_ins(["public"].into_iter()));
    }
}
