//! Which settings a client may send when its session starts (as start-up parameters or in `options`).
//!
//! The lists are the settings of PostgreSQL 14 to 18 (its documentation, chapter 19) that any role may set. Not
//! in them: what makes the server read a text differently from the gate, what changes who the session is, what
//! writes data into the server's log, and what loads code. Nothing here knows who asks; a target can allow more.

mod name;

/// What is to be done with a setting that a client sends at start-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionVerdict {
    /// It goes to the server as it is; the server checks the value.
    Pass,
    /// It is the gate's own (`tollhouse.…`) and does not go to the server.
    Own,
    /// It is known and refused.
    Guarded {
        /// Why, as a clause that follows the setting's name: lower case, no full stop.
        reason: &'static str,
    },
    /// It is not known, or only a superuser or the server's files may set it.
    Unknown,
}

const READING: &str = "would make the server read statements differently from the gate";
const IDENTITY: &str = "would change who the session acts as";
const LOGGING: &str = "would write statements or data into the server's log, or hide them from it";
const CODE: &str = "would load code into the server";
const SAFETY: &str = "would switch off a protection of the server's data";
const AUDIT: &str = "belongs to an extension that records or protects";

/// Judges one setting. `name` in any case. `extra_allowed` are names that the target allows beyond the lists; they
/// cannot lift what would make the gate misread a session.
#[must_use]
pub fn judge(name: &str, value: &str, extra_allowed: &[String]) -> OptionVerdict {
    let folded = name.to_ascii_lowercase();
    match &*folded {
        "standard_conforming_strings" if !is_on(value) => return OptionVerdict::Guarded { reason: READING },
        "client_encoding" if !is_utf8(value) => return OptionVerdict::Guarded { reason: READING },
        crate::statement::MESSAGES if !crate::statement::is_quiet(value) => {
            return OptionVerdict::Guarded { reason: LOGGING };
        }
        "standard_conforming_strings" | "client_encoding" => return OptionVerdict::Pass,
        "replication" => {
            return OptionVerdict::Guarded {
                reason: "asks for a replication connection, which the gate does not relay",
            };
        }
        _ if folded.starts_with("tollhouse.") => return OptionVerdict::Own,
        _ => {}
    }
    if extra_allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(&folded)) {
        return OptionVerdict::Pass;
    }
    if name::PASS.binary_search(&&*folded).is_ok() {
        return OptionVerdict::Pass;
    }
    if let Some(reason) = guard(&folded) {
        return OptionVerdict::Guarded { reason };
    }
    if is_custom(&folded) { OptionVerdict::Pass } else { OptionVerdict::Unknown }
}

fn guard(name: &str) -> Option<&'static str> {
    let reason = match name {
        "role" | "session_authorization" | "is_superuser" => IDENTITY,
        "session_replication_role" | "allow_system_table_mods" | "zero_damaged_pages" => SAFETY,
        "ignore_checksum_failure" | "ignore_system_indexes" | "ignore_invalid_pages" | "event_triggers" => {
            SAFETY
        }
        "allow_in_place_tablespaces" | "lo_compat_privileges" | "max_stack_depth" | "temp_file_limit" => {
            SAFETY
        }
        "local_preload_libraries" | "session_preload_libraries" | "shared_preload_libraries" => CODE,
        "dynamic_library_path" | "extension_control_path" | "jit_provider" | "output_plugin_libraries" => {
            CODE
        }
        "track_activities" | "compute_query_id" => LOGGING,
        _ if ["debug_", "log_", "trace_"].iter().any(|prefix| name.starts_with(prefix)) => LOGGING,
        _ if name::GUARDED_EXTENSIONS.iter().any(|prefix| name.starts_with(prefix)) => AUDIT,
        _ => return None,
    };
    Some(reason)
}

/// `valid_custom_variable_name` of PostgreSQL's guc.c: two or more identifiers with dots between. The protocol's
/// own `_pq_.` names are no settings.
fn is_custom(name: &str) -> bool {
    let identifier = |part: &str| {
        let mut bytes = part.bytes();
        let starts =
            bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80);
        starts
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80)
    };
    name.contains('.') && !name.starts_with("_pq_.") && name.split('.').all(identifier)
}

/// `parse_bool` of PostgreSQL's bool.c for true: unique prefixes in any case.
fn is_on(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    !value.is_empty() && ("true".starts_with(&value) || "yes".starts_with(&value))
        || value == "on"
        || value == "1"
}

/// Whether an encoding's name is one of UTF-8: `pg_char_to_encoding` of PostgreSQL's encnames.c, where letters and
/// digits count, and their case does not.
#[must_use]
pub fn is_utf8(value: &str) -> bool {
    let clean: String =
        value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    // The server keeps 63 bytes of an encoding's name at most; a longer value is no spelling of this one.
    value.len() < 64 && matches!(&*clean, "utf8" | "unicode")
}

/// Whether texts that a server reports to be in this encoding are read as the server reads them: UTF-8, in whatever
/// spelling the client chose, and what the server does not look into.
#[must_use]
pub fn is_read(encoding: &[u8]) -> bool {
    encoding == b"SQL_ASCII" || std::str::from_utf8(encoding).is_ok_and(is_utf8)
}

#[cfg(test)]
mod tests;
