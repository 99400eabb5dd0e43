//! Settings judged.

use super::*;

const PASS: OptionVerdict = OptionVerdict::Pass;

fn guarded(name: &str, value: &str) -> bool {
    matches!(judge(name, value, &[]), OptionVerdict::Guarded { .. })
}

#[test]
fn the_list_is_sorted_and_in_small_letters() {
    assert!(name::PASS.is_sorted());
    assert!(
        name::PASS
            .iter()
            .all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'0'..=b'9')))
    );
    assert!(name::PASS.iter().all(|name| guard(name).is_none()), "a name is in one list only");
}

#[test]
fn what_drivers_send_passes() {
    for name in [
        "application_name",
        "extra_float_digits",
        "DateStyle",
        "TimeZone",
        "IntervalStyle",
        "search_path",
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "idle_session_timeout",
        "bytea_output",
        "jit",
        "geqo",
        "row_security",
        "work_mem",
        "default_transaction_read_only",
        "default_transaction_isolation",
        "escape_string_warning",
        "backslash_quote",
        "synchronous_commit",
        "myapp.tenant_id",
        "myapp.a.b",
    ] {
        assert_eq!(judge(name, "anything", &[]), PASS, "{name}");
    }
}

#[test]
fn the_servers_insides_are_not_told() {
    for quiet in ["notice", "WARNING", "error"] {
        assert_eq!(judge("client_min_messages", quiet, &[]), PASS, "{quiet}");
    }
    for loud in ["debug5", "Debug", "log", "info", ""] {
        assert!(guarded("client_min_messages", loud), "{loud}");
    }
}

#[test]
fn strings_stay_standard() {
    for on in ["on", "ON", "true", "TRU", "t", "y", "Yes", "1"] {
        assert_eq!(judge("Standard_Conforming_Strings", on, &[]), PASS, "{on}");
    }
    for off in ["off", "", "0", "o", "no", "false", " on", "yess", "11", "'on'"] {
        assert!(guarded("standard_conforming_strings", off), "{off}");
    }
    let extra = ["standard_conforming_strings".to_owned()];
    assert_ne!(judge("standard_conforming_strings", "off", &extra), PASS, "not even a target can allow it");
}

#[test]
fn only_utf8_is_spoken() {
    for utf8 in ["UTF8", "utf8", "UTF-8", "utf_8", "'UTF8'", "\"utf-8\"", "Unicode", "UNICODE"] {
        assert_eq!(judge("client_encoding", utf8, &[]), PASS, "{utf8}");
    }
    let long = format!("utf8{}", "-".repeat(100));
    for other in ["", "GBK", "SJIS", "BIG5", "LATIN1", "SQL_ASCII", "UTF88", "auto", "utf16", &long] {
        assert!(guarded("CLIENT_ENCODING", other), "{other}");
    }
}

#[test]
fn what_changes_identity_log_or_code_is_guarded() {
    for name in [
        "role",
        "Session_Authorization",
        "session_replication_role",
        "replication",
        "debug_print_plan",
        "log_statement",
        "log_min_duration_statement",
        "local_preload_libraries",
        "session_preload_libraries",
        "allow_system_table_mods",
        "zero_damaged_pages",
        "ignore_checksum_failure",
        "pgaudit.log",
    ] {
        assert!(guarded(name, "on"), "{name}");
    }
}

#[test]
fn a_target_can_allow_more() {
    let extra = ["ROLE".to_owned(), "deadlock_timeout".to_owned()];
    assert_eq!(judge("role", "app", &extra), PASS);
    assert_eq!(judge("deadlock_timeout", "1s", &extra), PASS);
    assert_eq!(judge("deadlock_timeout", "1s", &[]), OptionVerdict::Unknown);
}

#[test]
fn the_gates_own_and_the_unknown() {
    assert_eq!(judge("Tollhouse.Purpose", "x", &[]), OptionVerdict::Own);
    for name in
        ["", "search_pathx", "shared_buffers", "fsync", "_pq_.extension", "a.", ".a", "a..b", "a.b-c", "a.1"]
    {
        assert_eq!(judge(name, "x", &[]), OptionVerdict::Unknown, "{name}");
    }
}
